"""How much an older article has to do with another: the rarer what they share, and the nearer in time, the more.

It is BM25's idea, in whole numbers, which are the same everywhere: what all articles say tells nothing, and a word that
comes ten times tells little more than one that comes twice. All is counted among older articles.

Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), §3.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from feedwright.articles.story_words import StoryWords
from feedwright.state.catalog.stories import MOST_PLACES, Older, days_between
from feedwright.text.words import is_telling, words_of

BIT = 1024
"""What one bit is in these numbers."""

HALVED = 730
"""The age in days, counted from the newer article, that halves what an older one is worth."""

MOST_LOOKED_UP = 30
"""Words of an article that are looked up."""

_MOST_TERMS, _MOST_READ, _MOST_RATED = 20, 400, 60
_KINDS = {"category": 2, "tag": 3}
_FEWEST_BITS, _SHARE = 12 * BIT, 12
_LONG = 4


class Term(NamedTuple):
    """What an article may share with others.

    Args:
        word: "tag:tides", "category:sea" or "harbour".
        worth: how much it counts, in `BIT`s: its rarity, twice for a word that says what the article is about, and by
            a weight of their own for a tag and a category.
        places: of the older articles that have it.
    """

    word: str
    worth: int
    places: Sequence[int]


def telling_terms(about: StoryWords, older: Older) -> list[Term]:
    """What of an article tells most, the most telling first: rare among the older articles, but not unknown.

    Args:
        about: the article.
        older: than that.
    """
    words = about.words[:MOST_LOOKED_UP]
    weights = [
        *(_KINDS[term.partition(":")[0]] for term in about.terms),
        *(1 + (n < about.about) for n in range(len(words))),
    ]
    asked, found = (*about.terms, *words), []
    most = _most_that_tell(older.count)
    for word, weight, often in zip(asked, weights, older.often(asked), strict=True):
        if 0 < often <= most:
            found.append((-bits(older.count + 2, often) * weight, word, often))
    found.sort()
    kept: list[Term] = []
    read = 0
    for worth, word, often in found[:_MOST_TERMS]:
        kept.append(Term(word, -worth, older.places(word)))
        read += often
        if read > _MOST_READ:
            break
    return kept


def _most_that_tell(count: int) -> int:
    """In how many of so many articles a word may be, to tell anything: not in all of them."""
    return min(MOST_PLACES, count // 2 + 1, max(1, count - 1))


def best(terms: Sequence[Term], count: int) -> list[tuple[int, int]]:
    """Place and worth of those that are worth enough, and of very many only of those that are worth most.

    What shares a single word is not enough, and what shares words alone must be worth more than what shares a term.

    Args:
        terms: as `telling_terms` gave them.
        count: of the older articles.
    """
    worths, floor = _worths(terms), enough(terms, count)
    lowest = max(floor, sorted(worths.values(), reverse=True)[_MOST_RATED - 1] if len(worths) > _MOST_RATED else 0)
    # What is worth just what a word is shares that word.
    alone = {term.worth for term in terms if ":" not in term.word}
    found = [one for one in worths.items() if one[1] >= lowest and one[1] not in alone]
    if len(found) > _MOST_RATED:
        found = _newest(found, lowest)
    if 3 * lowest >= 5 * floor:
        return found
    alike = set(chain.from_iterable(term.places for term in terms if ":" in term.word))
    return [one for one in found if 3 * one[1] >= 5 * floor or one[0] in alike]


def _newest(found: Sequence[tuple[int, int]], lowest: int) -> list[tuple[int, int]]:
    """Of those that are worth no more than the lowest, the newest alone, so that there are not too many."""
    most = [one for one in found if one[1] > lowest]
    others = sorted([place for place, worth in found if worth == lowest], reverse=True)
    last = others[max(0, _MOST_RATED - len(most) - 1)]
    # Those of the last one's day stay, as numbers of places are no order that lasts.
    return most + [(place, lowest) for place in others if place >= last or not days_between(place, last)]


def _worths(terms: Iterable[Term]) -> dict[int, int]:
    """Place -> what the article there is worth by what it shares."""
    found: dict[int, int] = {}
    for _, worth, places in terms:
        # Few have two of the words, and all else is several times as fast this way.
        now = dict.fromkeys(places, worth)
        for place in found.keys() & now.keys():
            now[place] += found[place]
        found.update(now)
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
    return [(term.word, term.worth) for term in terms if _has(term.places, place)]


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


@lru_cache(maxsize=4096)
def _skeleton(title: str) -> frozenset[str]:
    words = [word for word in words_of(title) if not word[0].isdecimal()]
    long = [word for word in words if len(word) >= _LONG or not word.isascii()]
    return frozenset(long or filter(is_telling, words))


def bits(count: int, often: int) -> int:
    """The base-2 logarithm of `count / often`, in `BIT`s, to a tenth of a bit, from whole numbers alone."""
    ratio = count * BIT // often
    whole = ratio.bit_length() - 1
    return (whole - 10) * BIT + (ratio * BIT >> whole) - BIT
