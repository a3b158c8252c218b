"""Feeds that may be no larger than `max_bytes`: as many entries as there is room for, the newest.

What subscribers hold is not taken from them: the oldest entries leave, and stay in readers as they are; an entry has
its whole text as long as a document with it alone is not too large. All of that follows from what the feed selects, so
that every run comes to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from feedwright import formats
from feedwright.model import NEVER, UNDATED, Feed, FeedName, Site, named
from feedwright.select import feeds
from feedwright.select.archived_window import feed_of_archive, path_of
from feedwright.select.feeds import Selection
from feedwright.select.shapes import shapes_of_view
from feedwright.select.window import Bound, View, Views, ways_of
from feedwright.state.catalog import Catalog
from feedwright.text.moments import written

_ELSEWHERE = datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=1)))
"""A moment that is not in UTC: JSON Feed says that with more bytes."""

_NOWHERE = "https://feed.example/"
_PLAIN = Feed(
    site=Site("Feed", _NOWHERE, _NOWHERE, "feed.example"),
    kind="site",
    term="",
    id=_NOWHERE,
    title="Feed",
    description="Feed",
    url=_NOWHERE,
    self_url=_NOWHERE,
    path="feed",
    format="",
    updated=UNDATED,
)


class _Document(NamedTuple):
    """A document of a feed.

    Args:
        feed: its head.
        sizes: bytes of its entries, in order; at least one.
    """

    feed: Feed
    sizes: Sequence[int]

    @property
    def size(self) -> int:
        """Its bytes."""
        between = (len(self.sizes) - 1) * _between(self.feed.format)
        return _frame(_undated(self.feed, self.feed.updated)) + sum(self.sizes) + between

    @property
    def least_frame(self) -> int:
        """The bytes that it has besides those of one entry, at least: with another entry it has another date."""
        return min(_frame(_undated(self.feed, one)) for one in (UNDATED, _ELSEWHERE))

    def fitting(self, most: int) -> int:
        """How many of its entries, from the first, there may be room for."""
        between = _between(self.feed.format)
        room = most - self.least_frame + between
        for rank, size in enumerate(self.sizes):
            room -= size + between
            if room < 0:
                return rank
        return len(self.sizes)


def fit(looked: Views, shown: Iterable[Selection], views: Mapping[FeedName, View]) -> bool:
    """Have feeds show less than they do where they would be too large, or more where there is room.

    Returns: whether any is to be looked at again.
    """
    again = [_fit(looked, selection, views[selection.name]) for selection in shown]
    return any(again)


def _fit(looked: Views, selection: Selection, view: View) -> bool:
    most = feeds.max_bytes_of(looked.config, selection)
    if not most or not view.articles:
        return False
    known, told = looked.published.get(selection.name), looked.told.get(selection.name, ())
    shapes = shapes_of_view(looked.config, known, selection, view, told, NEVER)
    before = looked.bound(selection)
    now = _next(view, before, [_Document(one, _sizes(looked.catalog, one, view)) for one in shapes], most)
    if now == before:
        large = [len(one.sizes) for one in _archives(looked.catalog, selection, shapes, view) if one.size > most]
        if large:
            now = before._replace(archived=max(1, max(large) // 2))
    looked.bounds[selection.name] = now
    return now != before


def _next(view: View, before: Bound, documents: Sequence[_Document], most: int) -> Bound:
    """What a feed may show, after what it shows was measured."""
    count = len(view.articles)
    if all(one.size <= most for one in documents):
        # How many were tried first makes no difference to what is found in the end.
        return before._replace(limit=2 * count) if count == before.limit and not before.fits else before
    whole = view.options.body == "full"
    large = {
        n
        for one in documents
        for n, size in zip(view.articles, one.sizes, strict=True)
        if whole and n not in before.brief and (one.least_frame + size > most or count == 1)
    }
    if large:
        return before._replace(brief=before.brief | large, limit=0 if count == 1 else before.limit, fits=False)
    if count == 1:
        return before._replace(is_over=True)
    room = min(one.fitting(most) for one in documents)
    return before._replace(limit=max(1, min(count - 1, room)), fits=True)


def _sizes(catalog: Catalog, feed: Feed, view: View) -> list[int]:
    """The bytes of a feed's entries in one format, in order."""
    found: dict[int, int] = {}
    for way, numbers in ways_of((feed.format, view.options), view.articles, view.brief):
        found.update(catalog.entry_sizes(*named(way), numbers))
    return [found[n] for n in view.articles]


def _archives(catalog: Catalog, selection: Selection, shapes: Sequence[Feed], view: View) -> Iterator[_Document]:
    """A feed's new archive documents that hold several entries."""
    if not view.archiving:
        return
    archives, numbers = view.archiving.now.archives, view.archiving.numbers
    for feed in {one.format: one for one in reversed(shapes)}.values():
        for rank, archive in enumerate(archives):
            inside = [numbers[id_] for id_ in archive.entries if id_ in numbers]
            if archive.documents[feed.format].hash or len(inside) < 2:
                continue
            before = archives[rank - 1].documents[feed.format].path if rank else ""
            file_name = formats.load(feed.format).file_name
            # It is told what comes after it when there is something.
            after = path_of(selection.kind, selection.file, archive.number + 1, file_name)
            sizes = catalog.entry_sizes(*named((feed.format, view.archiving.options)), inside)
            yield _Document(feed_of_archive(feed, archive, before, after), list(sizes.values()))


def _undated(feed: Feed, updated: datetime) -> Feed:
    """A feed's head, but for what makes no difference to its size."""
    return replace(feed, entries=(), updated=_ELSEWHERE if written(updated).utcoffset() else UNDATED)


@lru_cache(maxsize=256)
def _frame(feed: Feed, count: int = 1) -> int:
    """The bytes of a feed's document besides those of its entries, of which it has so many."""
    return sum(len(document) for _, document in formats.load(feed.format).documents(feed, [b""] * count))


@lru_cache(maxsize=8)
def _between(format_: str) -> int:
    """The bytes that one more entry brings besides its own."""
    feed = replace(_PLAIN, format=format_)
    return _frame(feed, 2) - _frame(feed, 1)
