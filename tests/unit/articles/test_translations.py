"""Which articles are the same in two languages."""

from __future__ import annotations

import pytest

from feedwright.articles.translations import Version, are_translations

TIDES = Version("posts/tides", "tides", "en", 1)


@pytest.mark.parametrize(
    "other",
    [
        Version("posts/tides.de", "tides", "de", 2),
        Version("de/posts/tides", "gezeiten", "de", 2),
        Version("posts/de/tides", "tides", "de-AT", 2),
        Version("posts/gezeiten", "tides", "de", 1),
    ],
)
def test_the_same_file_in_another_language_is_a_translation(other: Version) -> None:
    assert are_translations(TIDES, other)
    assert are_translations(other, TIDES)


@pytest.mark.parametrize(
    "other",
    [
        TIDES,
        Version("posts/tides", "tides", "en-GB", 1),
        Version("posts/gezeiten", "gezeiten", "de", 1),
        Version("notes/tides", "tides", "de", 2),
        Version("fr/posts/tides", "tides", "de", 2),
    ],
)
def test_others_are_none(other: Version) -> None:
    assert not are_translations(TIDES, other)
    assert not are_translations(other, TIDES)
