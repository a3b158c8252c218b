"""What an article is about, in words: by what related stories are found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape

from feedwright.model import Article
from feedwright.text.html_bounds import without_comments, without_element
from feedwright.text.words import is_telling, words_of

MOST_WORDS = 150
"""Words of an article that are kept, those first that stand in it most often."""

MOST_ABOUT = 30
"""Words that an article is about: of those, the ones that stand in it more than once."""

_LONGEST_TEXT = 60_000
_LONGEST_WORD = 40
_TITLE_COUNTS, _SUMMARY_COUNTS = 3, 1
_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
_ADDRESS = re.compile(r"\]\([^()\s]*+|^ {0,3}\[[^\]\n]{1,200}+\]:.*+$|\bhttps?://[^\s<>]++", re.MULTILINE)


def story_words(article: Article) -> tuple[str, ...]:
    """The words of an article's title, summary and text, and its terms.

    Args:
        article: with its text as written or clean; nothing is rendered, so a shortcode's name is a word, too.

    Returns: each once, the terms first: "category:sea", "tag:tides", "harbour"; "harbour!" beside "harbour" where that
        is what the article is about.
    """
    found = {f"category:{term}": None for term in (_folded(one.term) for one in article.categories) if term}
    found |= {f"tag:{term}": None for term in (_folded(one.term) for one in article.tags) if term}
    counts = Counter(_kept(words_of(_without_markup(article.body.text[:_LONGEST_TEXT]))))
    for text, often in ((article.title, _TITLE_COUNTS), (article.summary, _SUMMARY_COUNTS)):
        for word in dict.fromkeys(_kept(words_of(text))):
            counts[word] += often
    for place, (word, often) in enumerate(counts.most_common(MOST_WORDS)):
        found[word] = None
        if place < MOST_ABOUT and often > 1:
            found[f"{word}!"] = None
    return tuple(found)


def _folded(term: str) -> str:
    return " ".join(term.casefold().split())


def _kept(words: Iterable[str]) -> Iterable[str]:
    return (word for word in words if is_telling(word) and len(word) <= _LONGEST_WORD)


def _without_markup(text: str) -> str:
    if "<" in text:
        text = without_comments(text)
        for name in ("script", "style"):
            if f"<{name}" in text:
                text = without_element(name, text)
        text = _TAG.sub(" ", text)
    if "]" in text or "://" in text:
        text = _ADDRESS.sub(" ", text)
    return unescape(text) if "&" in text else text
