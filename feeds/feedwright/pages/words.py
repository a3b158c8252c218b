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
from itertools import accumulate
from typing import NamedTuple
from unicodedata import normalize
from zlib import crc32

from feedwright.text.html_bounds import without_comments, without_element

RUN = 4
"""Words of a run."""

_WHOLE = 256
_LARGEST_STEP = 8
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
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
    return _WORD.findall(normalize("NFKC", text).casefold())


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


def hashes_of(words: Sequence[str]) -> list[int]:
    """A hash of every run of four words, in their order; of a shorter text of the whole."""
    if len(words) <= RUN:
        return [crc32(" ".join(words).encode())] if words else []
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    text = b" ".join(encoded)
    ends = list(accumulate((len(word) + 1 for word in encoded), initial=0))
    return [crc32(text[start : end - 1]) for start, end in zip(ends, ends[RUN:], strict=False)]


def sketch_of(words: Sequence[str]) -> Sketch:
    """The sketch of a text of so many words."""
    step = 1
    while step < _LARGEST_STEP and len(words) > step * _WHOLE:
        step *= 2
    kept = {run for run in hashes_of(words) if run % step == 0}
    return Sketch(len(words), step, array("I", sorted(kept)).tobytes())


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
