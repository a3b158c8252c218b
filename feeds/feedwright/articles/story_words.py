"""What an article is about, in words: by what related stories are found."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from itertools import islice
from typing import NamedTuple

from feedwright.model import Article
from feedwright.text.html_bounds import without_comments, without_element
from feedwright.text.words import is_telling, words_of

MOST_WORDS = 80
"""Words of an article by which others are found, those first that stand in it most often."""

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
    text = _without_markup(article.body.text[:TEXT_READ])
    spaced = _spaced(text)
    words = " ".join(words_of(text)) if spaced is None else spaced.decode(_LATIN)
    return StoryText(_terms(article), " ".join((*words_of(article.title), *words_of(article.summary), words)))


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
    spaced = _spaced(text)
    if spaced is None:
        every = ((word, often) for word, often in Counter(words_of(text)).most_common() if is_telling(word))
    else:
        every = (
            (word.decode(_LATIN), often)
            for word, often in Counter(spaced.split()).most_common()
            if len(word) > 2 and not word.isdigit()
        )
    return dict(islice((one for one in every if len(one[0]) <= _LONGEST_WORD), MOST_WORDS))


def _spaced(text: str) -> bytes | None:
    """The words of a text in lower case, between spaces, in Latin-1; None where it has letters that are not there."""
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
    try:
        # As `words_of` has these, and titles.
        return text.replace("ß", "ss").encode(_LATIN).translate(_LETTERS)
    except UnicodeEncodeError:
        return None


def _terms(article: Article) -> tuple[str, ...]:
    terms = [f"category:{term}" for term in (_folded(one.term) for one in article.categories) if term]
    terms += [f"tag:{term}" for term in (_folded(one.term) for one in article.tags) if term]
    return tuple(dict.fromkeys(terms))


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
