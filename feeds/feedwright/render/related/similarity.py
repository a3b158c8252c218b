"""Related stories that are found by terms and titles, where SQLite has no FTS5 to find them by their texts.

They look back in time only. All that is counted for an article is counted among older ones, so that publishing
another changes no earlier entry. Scores are whole numbers: the same everywhere, for ever.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heapify, heappop
from itertools import islice, repeat
from types import MappingProxyType

from feedwright.model import Article
from feedwright.text.words import UNSPACED, is_telling, words_of

_WEIGHTS = {"category": 3, "tag": 4, "word": 2, "pair": 1}
_BIT = 1024
_ENOUGH = 12 * _BIT
_NEWEST = 40
_CANDIDATES = 100
_HALVED = 730
"""The age in days that halves what an older article is worth."""


@dataclass(slots=True, eq=False)
class _Older:
    """An article that another may be related to, with those of its features that are asked for."""

    id: str
    published: datetime
    features: tuple[str, ...]


Holders = defaultdict[str, list[_Older]]
"""Feature -> the articles that have it, oldest first; "" -> all of them."""


def find(
    articles: Iterable[Article],
    wanted: Collection[str],
    count: int,
    excluded: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> dict[str, tuple[str, ...]]:
    """Find related stories by what articles share: categories, tags and words of the title, the rarer the better.

    Only older articles (by `published`, then `id`) in the same language count, or in an unknown one; of two that
    share as much, the newer comes first. An article that shares nothing rare with another gets none.

    Args:
        articles: those that may be shown, in any order, each id once.
        wanted: ids of the articles to find related ones for.
        count: how many each gets at most.
        excluded: id -> ids that are not to be found for it, e.g. because its author named them.

    Returns: wanted id -> ids of older articles, best first.
    """
    order = sorted(articles, key=lambda article: (article.published, article.id))
    while order and order[-1].id not in wanted:
        order.pop()
    own = {article.id: features(article) for article in order if article.id in wanted}
    asked = {feature: feature for mine in own.values() for feature in mine}
    holders: dict[str, Holders] = {}
    found: dict[str, tuple[str, ...]] = {}
    for article in order:
        language = article.language.partition("-")[0].lower()
        if article.id in own:
            near = [here for name, here in holders.items() if not language or name in ("", language)]
            taken = excluded.get(article.id, ())
            best = (id_ for id_ in _best(article.published, own[article.id], near) if id_ not in taken)
            found[article.id] = tuple(islice(best, max(0, count)))
        # The very strings of `asked`: a hundred thousand articles would keep a million copies.
        older = _Older(article.id, article.published, tuple({asked[one] for one in _spelled(article) if one in asked}))
        here = holders.setdefault(language, defaultdict(list))
        for feature in ("", *older.features):
            here[feature].append(older)
    return found


def features(article: Article) -> tuple[str, ...]:
    """What an article may share with others, each once: "category:sea", "tag:tides", "harbour", "潮汐"."""
    return tuple(dict.fromkeys(filter(is_telling, _spelled(article))))


def _spelled(article: Article) -> list[str]:
    found = ["category:" + category.term.casefold() for category in article.categories]
    found += ["tag:" + tag.term.casefold() for tag in article.tags]
    return found + words_of(article.title)


def _best(published: datetime, own: Iterable[str], near: Sequence[Holders]) -> Iterator[str]:
    """The ids of older articles that share enough with one, best first.

    Args:
        own: its features.
        near: what is known of older articles in languages that will do.
    """
    count = sum(len(here[""]) for here in near) + 2
    weights = _weights(own, near, count)
    # In a small site, nothing can be very rare.
    enough = min(_ENOUGH, 2 * _bits(count, 1))
    rated = []
    for older in _candidates(weights, near):
        worth = sum(map(weights.get, older.features, repeat(0)))
        if worth >= enough:
            age = published - older.published
            rated.append((-worth * _HALVED // (_HALVED + age.days), age, older.id, worth, older.features))
    heapify(rated)
    while rated:
        _, _, id_, worth, shared = heappop(rated)
        common = [feature for feature in shared if feature in weights]
        # Words alone must be two, and rarer.
        if any(":" in feature for feature in common) or (len(common) > 1 and 3 * worth >= 5 * enough):
            yield id_


def _weights(own: Iterable[str], near: Sequence[Holders], count: int) -> dict[str, int]:
    """What each feature is worth to those who share it, the rarest first; without those that are everywhere."""
    weights = {}
    for often, feature in sorted((sum(len(here.get(feature, ())) for here in near), feature) for feature in own):
        kind = feature.partition(":")[0] if ":" in feature else "pair" if UNSPACED.match(feature) else "word"
        if 0 < often <= (count // 2 if ":" in feature else count // 8 + 3):
            weights[feature] = _WEIGHTS[kind] * _bits(count, often)
    return weights


def _candidates(rarest: Iterable[str], near: Sequence[Holders]) -> dict[_Older, None]:
    """The newest articles that have the rarest features: the work is bounded, however many share a tag."""
    candidates: dict[_Older, None] = {}
    for feature in rarest:
        newest = [older for here in near for older in here.get(feature, [])[-_NEWEST:]]
        if len(near) > 1:
            newest = sorted(newest, key=lambda older: (older.published, older.id))[-_NEWEST:]
        candidates.update(dict.fromkeys(newest))
        if len(candidates) >= _CANDIDATES:
            break
    return candidates


def _bits(count: int, often: int) -> int:
    """The base-2 logarithm of `count / often`, in parts of `_BIT`, to a tenth of a bit, from whole numbers alone."""
    ratio = count * _BIT // often
    whole = ratio.bit_length() - 1
    return (whole - 10) * _BIT + (ratio * _BIT >> whole) - _BIT
