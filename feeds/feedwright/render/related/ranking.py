"""How much an older article has to do with another: the rarer what they share, and the nearer in time, the more.

It is BM25's idea, in whole numbers, which are the same everywhere: what all articles say tells nothing, and a word that
comes ten times tells little more than one that comes twice. All is counted among older articles.

Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), §3.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from feedwright.text.words import is_telling, words_of

BIT = 1024
"""What one bit is in these numbers."""

MOST_PLACES = 1_000
"""Articles that may have what is looked for; what more have is left out."""

HALVED = 730
"""The age in days, counted from the newer article, that halves what an older one is worth."""

MOST_TERMS, _MOST_READ = 40, 8_000
_KINDS = {"category": 2, "tag": 3}
_FEWEST_BITS, _SHARE = 12 * BIT, 12
_LONG = 4


class Term(NamedTuple):
    """What an article may share with others.

    Args:
        word: as `story_words` has it, without the mark of what an article is about.
        bits: how rare it is, in `BIT`s.
        level: how much it counts in this article: 1, or 2 where the article is about it; of a tag or category, its
            weight.
        places: of the older articles that have it.
        about: of those that are about it.
    """

    word: str
    bits: int
    level: int
    places: Sequence[int]
    about: Sequence[int] = ()

    @property
    def worth(self) -> int:
        """What it is worth to one who merely has it."""
        return self.bits * self.level


def telling_terms(words: Collection[str], older: Callable[[str], Sequence[int] | None], count: int) -> list[Term]:
    """What of an article's words tells most, the most telling first: rare among the older articles, but not unknown.

    Args:
        words: as `story_words` gave them.
        older: word -> places of the older articles that have it; None where these are too many.
        count: of the older articles.
    """
    about, found = {word[:-1] for word in words if word[-1] == "!"}, []
    for word in words:
        kind = word.partition(":")[0] if ":" in word else ""
        if word[-1] == "!" and not kind:
            continue
        places = older(word)
        if places and len(places) <= (count // 2 if kind else count // 8) + 3 and len(places) < max(2, count):
            found.append(Term(word, bits(count + 2, len(places)), _KINDS.get(kind, 2 if word in about else 1), places))
    found.sort(key=lambda term: (-term.worth, term.word))
    return _bounded(found, older)


def _bounded(terms: Iterable[Term], older: Callable[[str], Sequence[int] | None]) -> list[Term]:
    kept: list[Term] = []
    read = 0
    for term in terms:
        about = () if ":" in term.word else older(f"{term.word}!") or ()
        kept.append(term._replace(about=about))
        read += len(term.places) + len(about)
        if len(kept) == MOST_TERMS or read > _MOST_READ:
            break
    return kept


def worths(terms: Iterable[Term]) -> dict[int, int]:
    """Place -> what the article there is worth by what it shares."""
    found: dict[int, int] = defaultdict(int)
    for term in terms:
        worth = term.worth
        for place in term.places:
            found[place] += worth
        for place in term.about:
            found[place] += worth
    return found


def enough(terms: Iterable[Term], count: int) -> int:
    """What an older article must be worth to be offered.

    Args:
        count: of the older articles: among few, nothing can be very rare.
    """
    return max(min(_FEWEST_BITS, 2 * bits(count + 2, 1)), sum(term.worth for term in terms) // _SHARE)


def aged(worth: int, days: int) -> int:
    """What is left of a worth at an age."""
    return worth * HALVED // (HALVED + days)


def shared(terms: Iterable[Term], place: int) -> list[tuple[str, int]]:
    """What the article at a place shares, with its part of the worth, the most telling first."""
    found = [
        (term.word, term.worth * (2 if _has(term.about, place) else 1)) for term in terms if _has(term.places, place)
    ]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _has(places: Sequence[int], place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place


def are_alike(one: str, other: str) -> bool:
    """Whether two titles are nearly equal, as those of monthly digests are: they differ in numbers and in one word."""
    mine, others = _skeleton(one), _skeleton(other)
    if mine == others:
        return bool(mine)
    common = len(mine & others)
    return common > 1 and len(mine) - common <= 1 and len(others) - common <= 1


@lru_cache(maxsize=1024)
def _skeleton(title: str) -> frozenset[str]:
    words = [word for word in words_of(title) if not word[0].isdecimal()]
    return frozenset(word for word in words if len(word) >= _LONG or not word.isascii()) or frozenset(
        filter(is_telling, words)
    )


def bits(count: int, often: int) -> int:
    """The base-2 logarithm of `count / often`, in `BIT`s, to a tenth of a bit, from whole numbers alone."""
    ratio = count * BIT // often
    whole = ratio.bit_length() - 1
    return (whole - 10) * BIT + (ratio * BIT >> whole) - BIT
