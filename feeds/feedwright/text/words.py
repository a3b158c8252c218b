"""Words of titles and texts in any script, as articles are compared by them."""

from __future__ import annotations

import re
from unicodedata import normalize

# Marks within words, which \w lacks: Latin to Arabic, then South and South-East Asian scripts as they come.
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0971-\u0df3\u200c\u200d"
)
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:(?<=[0-9])\.[0-9]+)*")
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}])+(?:(?<=[0-9])\.[0-9]+)*")
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u9fff"
    "\uac00-\ud7af\U00020000-\U0003ffff]+"
)
"""Runs of scripts without spaces between words, and of Korean, whose words change at their end."""


def words_of(text: str) -> list[str]:
    """The words of plain text, case-folded; of scripts without spaces between words, every two characters that meet.

    Source: Unicode Standard Annex #15 (NFKC).
    """
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    text = normalize("NFKC", text).casefold()
    pairs = [run[at : at + 2] for run in UNSPACED.findall(text) for at in range(len(run) - 1)]
    return pairs + _WORD.findall(UNSPACED.sub(" ", text))


def is_telling(word: str) -> bool:
    """Whether a word, as `words_of` gave it, may say what a text is about: neither short nor a number."""
    return (len(word) > 2 and not word.isdecimal()) or UNSPACED.match(word) is not None
