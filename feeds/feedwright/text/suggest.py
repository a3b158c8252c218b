"""What somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def likest(word: str, known: Iterable[str], most: int = 1, least: float = 0.6) -> list[str]:
    """The known words that are most like one that is not known, the likest first.

    Args:
        most: how many.
        least: how like they have to be, from 0 to 1.
    """
    from difflib import get_close_matches  # most runs meet no slip

    return get_close_matches(word, list(known), most, least)
