"""Whether two folders hold the same feeds: `python -m tests.benchmarks.entries ONE OTHER`.

Every field that feedparser finds is compared, but for the generator's name; addresses in bodies count as what they
mean: Hugo's are relative to the entry's own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from urllib.parse import urljoin

import feedparser

ADDRESS = re.compile(r'( (?:href|src)=")([^"]*)')


def fields(document: Path) -> Iterator[dict[str, object]]:
    """The feed's own fields, then those of each entry."""
    parsed = feedparser.parse(document.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    if parsed.bozo:
        sys.exit(f"{document} cannot be parsed: {parsed.bozo_exception}")
    yield {name: value for name, value in parsed.feed.items() if not name.startswith("generator")}
    for entry in parsed.entries:
        yield {**entry, "content": [absolute(content.value, entry.link) for content in entry.content]}


def absolute(body: str, base: str) -> str:
    return ADDRESS.sub(lambda found: found[1] + urljoin(base, found[2]), body)


def differences(one: Path, other: Path) -> Iterator[str]:
    missing: dict[str, object] = {}
    names = [{str(file.relative_to(folder)) for file in folder.rglob("*.xml")} for folder in (one, other)]
    yield from (f"{name}: in one folder only" for name in sorted(names[0] ^ names[1]))
    for name in sorted(names[0] & names[1]):
        for place, (left, right) in enumerate(zip_longest(fields(one / name), fields(other / name), fillvalue=missing)):
            if left != right:
                differing = sorted(key for key in {*left, *right} if left.get(key) != right.get(key))
                yield f"{name}: entry {place} (0 is the feed): {', '.join(differing)}"


def main(one: Path, other: Path) -> int:
    found = list(differences(one, other))
    print(f"same entries: {'NO' if found else 'yes'}")
    for difference in found[:10]:
        print(f"  {difference}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
