"""Words of texts and pages, and sketches by which to tell whether one holds the other.

A sketch is a sample of all runs of four words that takes the same runs from every text that has them: of a short text
all, of a longer one every second, fourth, eighth, by their hash. So two sketches can be compared without the texts.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from unicodedata import normalize
from zlib import crc32

from feedwright.text.html_bounds import without_comments, without_element

RUN = 4
"""Words of a run."""

_WHOLE = 256
_LARGEST_STEP = 8
_LOWEST = _LARGEST_STEP - 1
_MOST_WORDS = 200_000
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAS_CJK = re.compile(f"[{_CJK}]")
_CJK_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
_UNSEEN = ("script", "style", "template", "noscript")
_TARGET = re.compile(
    r"\]\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+(?:\s+\"[^\"\n]*+\")?\s*\)|^ {0,3}\[[^\]\n]++\]:.*+$", re.MULTILINE
)


class Sketch(NamedTuple):
    """A sample of a text's runs.

    Args:
        words: how many words the text has.
        step: the sample holds the runs whose hash is a multiple of it: a power of two.
        runs: the hashes, four bytes each in the machine's order, the lowest first.
    """

    words: int
    step: int
    runs: bytes

    def hashes(self) -> array[int]:
        """The runs' hashes."""
        return array("I", self.runs)


NOTHING = Sketch(0, 1, b"")


def words_of(text: str) -> list[str]:
    """The words of plain text, case-folded; of scripts that put no space between words every character is one.

    Source: Unicode Standard Annex #15 (NFKC).
    """
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    text = normalize("NFKC", text).casefold().replace("_", " ")
    return (_CJK_WORD if _HAS_CJK.search(text) else _WORD).findall(text)


def words_of_source(text: str) -> list[str]:
    """The words of Markdown or HTML as a page shows them: without tags, and without what links lead to.

    Args:
        text: as its author wrote it; nothing is rendered, so a shortcode's name is a word, too.
    """
    if "<" in text:
        text = without_comments(text)
        for name in _UNSEEN:
            text = without_element(name, text)
        text = _TAG.sub(" ", text)
    if "]" in text:
        text = _TARGET.sub("] ", text)
    return words_of(unescape(text) if "&" in text else text)


def hashes_of(words: Sequence[str], step: int = 1) -> list[int]:
    """A hash of every run of four words, in their order; of a shorter text of the whole.

    Args:
        step: only those that are a multiple of it; 1, 2, 4 or 8.
    """
    # The lowest bits are the first word's, so that of most runs no more need be looked at.
    lowest = list(map(_lowest_bits.__getitem__, words))
    starts = [start for start in range(max(1, len(words) - RUN + 1)) if not lowest[start] & (step - 1)] if words else []
    return [
        crc32(" ".join(words[start : start + RUN]).encode("utf-8", "surrogatepass")) & ~_LOWEST | lowest[start]
        for start in starts
    ]


class _LowestBits(dict[str, int]):
    """Of words, as far as they were asked for: asked far more often than anything else."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = bits = crc32(word.encode("utf-8", "surrogatepass")) & _LOWEST
        return bits


_lowest_bits = _LowestBits()


def sketch_of(words: Sequence[str]) -> Sketch:
    """The sketch of a text of so many words."""
    step = 1
    while step < _LARGEST_STEP and len(words) > step * _WHOLE:
        step *= 2
    return Sketch(len(words), step, array("I", sorted(set(hashes_of(words, step)))).tobytes())


def share(source: Iterable[int], held: set[int], step: int) -> tuple[float, int]:
    """How much of a text another one holds.

    Args:
        source: the hashes of the text.
        held: those of the other, at its `step`.

    Returns: the share, 0 to 1, and the number of runs that were asked.
    """
    asked = [run for run in source if run % step == 0]
    return (sum(run in held for run in asked) / len(asked), len(asked)) if asked else (0.0, 0)


@lru_cache(maxsize=4096)
def plain_title(text: str) -> str:
    """A title's words: the same however often it was escaped, and however its quotes are written."""
    for _ in range(3):
        if "&" not in text or (shown := unescape(text)) == text:
            break
        text = shown
    text = _TAG.sub(" ", text) if "<" in text else text
    return " ".join(words_of(text)) or " ".join(text.split())


def title_hash(title: str) -> int:
    """Of a title as `plain_title` gives it."""
    return crc32(title.encode("utf-8", "surrogatepass"))
