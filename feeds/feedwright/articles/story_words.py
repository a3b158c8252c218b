"""What an article is about, in words: by what related stories are found."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import NamedTuple

from feedwright.model import Article
from feedwright.text.html_bounds import without_comments, without_element
from feedwright.text.words import is_telling, words_of

MOST_WORDS = 80
"""Words of an article that are kept, those first that stand in it most often."""

MOST_ABOUT = 25
"""Words that an article is about: of those, the ones that stand in it more than once."""

TEXT_READ = 3_000
"""Characters of a text that are looked at: what it is about, it says at its beginning."""

_LONGEST_WORD = 40
_TITLE_COUNTS, _SUMMARY_COUNTS = 3, 1
_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
_TARGET = re.compile(r"\]\([^()\s]*+")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}+\]:.*+$", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>]*+")
_TYPOGRAPHIC = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00a0"
_LETTERS = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))


class StoryWords(NamedTuple):
    """What an article is about.

    Args:
        terms: its categories and tags, in lower case: "category:sea", "tag:tides".
        words: those of its title, summary and text that stand in it most often, these first.
        about: how many of them, from the first, say what it is about.
    """

    terms: tuple[str, ...]
    words: tuple[str, ...]
    about: int


def story_words(article: Article) -> StoryWords:
    """The words of an article's title, summary and text, and its terms, each once.

    Args:
        article: with its text as written or clean; nothing is rendered, so a shortcode's name is a word, too.
    """
    terms = [f"category:{term}" for term in (_folded(one.term) for one in article.categories) if term]
    terms += [f"tag:{term}" for term in (_folded(one.term) for one in article.tags) if term]
    counts = _counted(article.body.text[:TEXT_READ])
    for text, often in ((article.title, _TITLE_COUNTS), (article.summary, _SUMMARY_COUNTS)):
        for word in dict.fromkeys(filter(is_telling, words_of(text))):
            counts[word] = counts.get(word, 0) + often
    words = sorted(counts, key=counts.__getitem__, reverse=True)[:MOST_WORDS]
    about = sum(counts[word] > 1 for word in words[:MOST_ABOUT])
    return StoryWords(tuple(dict.fromkeys(terms)), tuple(words), about)


def _counted(text: str) -> dict[str, int]:
    """The words of a text that may be telling, those first that stand in it most often, and how often they do."""
    text = _without_markup(text)
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
    if not text.isascii():
        every = Counter(words_of(text)).items()
        found = sorted((one for one in every if len(one[0]) <= _LONGEST_WORD and is_telling(one[0])), key=_often)
        return dict(found[:MOST_WORDS])
    # Most texts are of letters that take a byte, and this is several times as fast.
    counts: dict[str, int] = {}
    for word, often in sorted(Counter(text.lower().encode().translate(_LETTERS).split()).items(), key=_often):
        if 2 < len(word) <= _LONGEST_WORD and not word.isdigit():
            counts[word.decode()] = often
            if len(counts) == MOST_WORDS:
                break
    return counts


def _often(counted: tuple[object, int]) -> int:
    return -counted[1]


def _folded(term: str) -> str:
    return " ".join(term.casefold().split())


def _without_markup(text: str) -> str:
    if "<" in text:
        text = without_comments(text)
        for name in ("script", "style"):
            if f"<{name}" in text:
                text = without_element(name, text)
        text = _TAG.sub(" ", text)
    if "](" in text:
        text = _TARGET.sub(" ", text)
    if "]:" in text:
        text = _DEFINITION.sub(" ", text)
    if "://" in text:
        text = _ADDRESS.sub(" ", text)
    return unescape(text) if "&" in text else text
