"""The documents, byte for byte: a change of theirs is a change for every subscriber, and is made on purpose.

To make them anew: `python -m tests.unit.formats.test_golden`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.formats.samples import ALL, WITH_RELATED, document

GOLDEN = Path(__file__).parents[2] / "golden"
CASES = [
    ("rss", ALL, "rss.xml"),
    ("atom", ALL, "atom.xml"),
    ("json", ALL, "feed.json"),
    ("rss", (), "empty-rss.xml"),
    ("atom", (), "empty-atom.xml"),
    ("json", (), "empty-feed.json"),
]


@pytest.mark.parametrize(("name", "articles", "file"), CASES)
def test_a_document_is_byte_for_byte_the_golden_one(name: str, articles: tuple, file: str) -> None:
    assert document(name, articles, WITH_RELATED).decode() == (GOLDEN / file).read_bytes().decode()


if __name__ == "__main__":
    for name, articles, file in CASES:
        (GOLDEN / file).write_bytes(document(name, articles, WITH_RELATED))
