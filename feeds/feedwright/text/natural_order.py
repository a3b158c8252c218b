"""The order in which people put names that hold numbers: post-8, post-9, post-10."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NUMBERS = re.compile(r"([0-9]+)")


def sort_key(path: str) -> str:
    """A text that sorts, character by character, as a path does in natural order.

    Numbers count as such, letter case does not, and a folder comes before what begins with its name.

    Args:
        path: "/"-separated.
    """
    folder, slash, name = path.rpartition("/")
    return f"{_of_folder(folder)}\x01{_key(name)}" if slash else _key(name)


@lru_cache(maxsize=1024)
def _of_folder(path: str) -> str:
    return _key(path).replace("/", "\x01")


def _key(text: str) -> str:
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    parts = _NUMBERS.split(text.casefold())
    for place in range(1, len(parts), 2):
        digits = parts[place].lstrip("0")
        parts[place] = f"{len(digits):04}{digits}"
    return "".join(parts)
