"""What each feed shows: the newest articles, as many of them as it may hold, and how much of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from feedwright.config import Config
from feedwright.model import EntryOptions, FeedName, PublishedFeed, Tombstone, Way, Window
from feedwright.select import archived_window, feeds
from feedwright.select.archived_window import Archiving, Room
from feedwright.select.feeds import Selection
from feedwright.state import archive_records
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger

FIRST = 50
"""Entries that are tried first where a feed shows as many as it has room for."""


class Bound(NamedTuple):
    """What a feed may show, so as not to be larger than `max_bytes`.

    Args:
        limit: how many entries it shows at most; 0 for as many as it should.
        brief: numbers of articles that it shows a summary of, as each alone would be too large.
        fits: whether there is room for `limit` entries and for no more; else they are tried.
        archived: how many entries a new archive document of it holds at most; 0 for as many as it should.
        is_over: whether it is too large all the same.
    """

    limit: int = 0
    brief: frozenset[int] = frozenset()
    fits: bool = False
    archived: int = 0
    is_over: bool = False


class View(NamedTuple):
    """What a feed shows.

    Args:
        articles: the numbers of the window's.
        formats: that it is made in: those that it has, and those that it had.
        options: how its entries are made.
        archiving: what becomes of its archives, where it has or gets any.
        brief: numbers of articles that it shows a summary of, whatever it shows of others.
    """

    window: Window
    articles: Sequence[int]
    formats: frozenset[str]
    options: EntryOptions
    archiving: Archiving | None = None
    brief: frozenset[int] = frozenset()

    def needed(self) -> Iterator[tuple[Way, Collection[int]]]:
        """The entries that it needs, and its archives do."""
        for format_ in sorted(self.formats):
            yield from ways_of((format_, self.options), self.articles, self.brief)
            if self.archiving:
                yield (format_, self.archiving.options), self.archiving.needed


def ways_of(way: Way, articles: Sequence[int], brief: Collection[int]) -> Iterator[tuple[Way, list[int]]]:
    """What a feed's entries in one format are made for, and the numbers of their articles, in order.

    Args:
        brief: numbers of those that it shows a summary of, whatever it shows of others.
    """
    if not brief:
        yield way, list(articles)
        return
    format_, options = way
    yield way, [n for n in articles if n not in brief]
    yield (format_, replace(options, body="summary")), [n for n in articles if n in brief]


@dataclass(frozen=True, slots=True)
class Views:
    """What there is to look at.

    Args:
        published: the feeds that were published before.
        archived: those that have archives.
        told: what each feed has to tell of articles that were retracted, the latest first.
        bounds: feeds that would be too large -> what they may show.
    """

    config: Config
    ledger: Ledger
    catalog: Catalog
    published: Mapping[FeedName, PublishedFeed]
    archived: Collection[FeedName]
    told: Mapping[FeedName, tuple[Tombstone, ...]] = field(default_factory=dict)
    bounds: dict[FeedName, Bound] = field(default_factory=dict)

    def bound(self, selection: Selection) -> Bound:
        """What a feed may show, as far as that is known."""
        known = self.bounds.get(selection.name)
        if known:
            return known
        archived = feeds.archive_of(self.config, selection) or selection.name in self.archived
        if archived or selection.retired or not feeds.max_bytes_of(self.config, selection):
            return Bound()
        before = self.published.get(selection.name)
        return Bound(max(FIRST, 2 * len(before.entries) if before else 0))

    def of(self, selection: Selection) -> View:
        """What a feed shows now."""
        config, name, bound = self.config, selection.name, self.bound(selection)
        options = EntryOptions(selection.rules.body or config.body, config.related.in_body)
        formats = self._formats(selection)
        limit, size = feeds.limit_of(config, selection), feeds.archive_of(config, selection)
        past = archive_records.past(self.ledger, name) if size or name in self.archived else None
        if size and past:
            window, articles, archiving = archived_window.view(
                *(self.catalog, selection, past, limit, size, formats, options),
                Room(bound.limit, bound.archived),
            )
            return _view(window, articles, formats, options, archiving, bound)
        if selection.retired:
            kept = self.published[name].entries
            window, articles = self.catalog.kept(kept[: bound.limit] if bound.limit else kept)
        else:
            window, articles = self.catalog.window(name, min(filter(None, (limit, bound.limit)), default=0))
        unchanged = archived_window.unchanged(past, options) if past else None
        return _view(window, articles, formats, options, unchanged, bound)

    def _formats(self, selection: Selection) -> frozenset[str]:
        known = self.published.get(selection.name)
        former = {format_ for format_, _ in known.places} if known else set()
        return frozenset((*feeds.formats_of(self.config, selection), *former))


def _view(
    window: Window,
    articles: Sequence[int],
    formats: frozenset[str],
    options: EntryOptions,
    archiving: Archiving | None,
    bound: Bound,
) -> View:
    return View(window, articles, formats, options, archiving, bound.brief.intersection(articles))
