"""What an article is about, in words: by what related stories are found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from operator import itemgetter
from typing import NamedTuple
from unicodedata import category

from feedwright.model import Article
from feedwright.text.html_bounds import without_comments, without_element
from feedwright.text.words import is_telling, words_of

MOST_WORDS = 80
"""Words of an article by which others are found, those first that stand in it most often."""

MOST_ABOUT = 25
"""Words that an article is about: of those, the ones that stand in it more than once."""

TEXT_READ = 2_400
"""Characters of a text that are looked at: what it is about, it says at its beginning."""

_LONGEST_WORD = 40
_TITLE_COUNTS, _SUMMARY_COUNTS = 3, 1
_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
_TARGET = re.compile(r"\]\([^()\s]*+")
_ADDRESS = re.compile(r"https?://[^\s<>]*+")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}+\]:.*+$", re.MULTILINE)
_OTHERS = re.compile(r"[^\x00-\xff]")
_LATIN = "latin-1"
# Letters of western languages take a byte each there, and are lower-cased and told apart several times as fast.
_LETTERS = bytes(
    ord(lower) if (lower := chr(code).lower()).isalnum() and ord(lower) < 256 else 32 for code in range(256)
)


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


class StoryText(NamedTuple):
    """What an article is found by.

    Args:
        terms: as `StoryWords` has them.
        text: its words, in lower case, between spaces; they may stand in it more than once.
    """

    terms: tuple[str, ...]
    text: str


def story_text(article: Article) -> StoryText:
    """What an article is found by.

    Args:
        article: with its text as written or clean; nothing is rendered, so a shortcode's name is a word, too.
    """
    latin, others = _spaced(_without_markup(article.body.text[:TEXT_READ]))
    words = (*words_of(article.title), *words_of(article.summary), *others, latin.decode(_LATIN))
    return StoryText(_terms(article), " ".join(words))


def story_words(article: Article) -> StoryWords:
    """What an article is about: the words of its title, summary and text, and its terms, each once.

    Args:
        article: as `story_text` takes it.
    """
    counts = _counted(_without_markup(article.body.text[:TEXT_READ]))
    for text, often in ((article.title, _TITLE_COUNTS), (article.summary, _SUMMARY_COUNTS)):
        for word in dict.fromkeys(filter(is_telling, words_of(text))):
            counts[word] = counts.get(word, 0) + often
    words = sorted(counts, key=counts.__getitem__, reverse=True)[:MOST_WORDS]
    about = sum(counts[word] > 1 for word in words[:MOST_ABOUT])
    return StoryWords(_terms(article), tuple(words), about)


def _counted(text: str) -> dict[str, int]:
    """The words of a text that may be telling, those first that stand in it most often, and how often they do."""
    latin, others = _spaced(text)
    found: dict[str, int] = {}
    if others:
        counts = Counter(others)
        found = {word: counts[word] for word in counts if is_telling(word) and len(word) <= _LONGEST_WORD}
    for word, often in _most_often(Counter(latin.split())):
        if 2 < len(word) <= _LONGEST_WORD and not word.isdigit():
            found[word.decode(_LATIN)] = often
            if len(found) >= 2 * MOST_WORDS:
                break
    return found


def _most_often(counts: Mapping[bytes, int]) -> Iterator[tuple[bytes, int]]:
    """Words and how often they stand in a text, those first that do most often."""
    yield from sorted([one for one in counts.items() if one[1] > 1], key=itemgetter(1), reverse=True)
    yield from (one for one in counts.items() if one[1] == 1)


def _spaced(text: str) -> tuple[bytes, list[str]]:
    """The words of a text: those of western languages in lower case between spaces, in Latin-1; and all others."""
    if text.isascii():
        return text.encode().translate(_LETTERS), []
    others: list[str] = []
    if any(map(_is_of_words, set(_OTHERS.findall(text)))):
        parts = text.split()
        others = words_of(" ".join([part for part in parts if not part.isascii()]))
        text = " ".join(filter(str.isascii, parts))
    # As `words_of` has this letter, and titles.
    return text.replace("ß", "ss").encode(_LATIN, "replace").translate(_LETTERS), others


def _is_of_words(sign: str) -> bool:
    """Whether it is a letter, a digit or a mark, rather than a dash or a picture."""
    return category(sign)[0] in "LMN"


def _terms(article: Article) -> tuple[str, ...]:
    terms = [f"category:{term}" for term in (_folded(one.term) for one in article.categories) if term]
    terms += [f"tag:{term}" for term in (_folded(one.term) for one in article.tags) if term]
    return tuple(dict.fromkeys(terms))


@lru_cache(maxsize=4096)
def _folded(term: str) -> str:
    return " ".join(term.casefold().split())


def _without_markup(text: str) -> str:
    if "<" in text:
        text = without_comments(text)
        for name in ("script", "style"):
            if f"<{name}" in text:
                text = without_element(name, text)
    if "]:" in text:
        text = _DEFINITION.sub(" ", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "](" in text:
        text = _TARGET.sub(" ", text)
    if "://" in text:
        text = _ADDRESS.sub(" ", text)
    return unescape(text) if "&" in text else text
