"""Articles that moved: a file that vanished and another that appeared, recognised as the same article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from feedwright.state.ledger import Remembered


class Arrival(NamedTuple):
    """An article whose file was not known before.

    Args:
        title: may be empty.
        published: in seconds since 1970.
        own: the guid or id that its front matter gives it; empty where there is none.
    """

    key: str
    hash: bytes
    title: str = ""
    published: int = 0
    own: str = ""


def matched(arrivals: Iterable[Arrival], vanished: Iterable[Remembered]) -> tuple[dict[str, Remembered], list[str]]:
    """Tell which articles moved: by an id of their own, else by content, else by title and date.

    Args:
        arrivals: in any order.
        vanished: articles that were published, and whose files are not there now.

    Returns: an arrival's file -> what is remembered of its article; and the files of which that cannot be told, as two
        could be meant.
    """
    found: dict[str, Remembered] = {}
    doubtful: set[str] = set()
    coming = sorted(arrivals, key=lambda one: one.key)
    left = sorted(vanished, key=lambda one: one.key)
    for mark in (name, _content, headline):
        olds, news = Counter(map(mark, left)), Counter(map(mark, coming))
        by_mark = {mark(one): one for one in left}
        for arrival in coming:
            sign = mark(arrival)
            if sign and olds[sign] == news[sign] == 1:
                found[arrival.key] = by_mark[sign]
            elif sign and olds[sign]:
                doubtful.add(arrival.key)
        taken = {one.key for one in found.values()}
        left = [one for one in left if one.key not in taken]
        coming = [one for one in coming if one.key not in found]
    return found, sorted(doubtful - set(found))


def name(one: Arrival | Remembered) -> str:
    """The guid, or the id, that an article is known by; empty where its file says none."""
    return one.own if isinstance(one, Arrival) else one.guid or one.id


def _content(one: Arrival | Remembered) -> object:
    return one.hash


def headline(one: Arrival | Remembered) -> object:
    """Title and date of an article; None where it lacks one of both."""
    return (one.title, one.published) if one.title and one.published else None
