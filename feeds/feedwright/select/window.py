"""What each feed shows: the newest articles, as many of them as it may hold, and how much of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from feedwright.config import Config
from feedwright.model import EntryOptions, FeedName, PublishedFeed, Way, Window, named
from feedwright.select import archived_window, feeds
from feedwright.select.archived_window import Archiving
from feedwright.select.feeds import Selection
from feedwright.state import archive_records
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger

HEAD = 4096
"""Bytes that are kept free for a document's head where its size is bounded."""

BETWEEN = 8
"""Bytes that stand before and after an entry, at most."""


class Bound(NamedTuple):
    """What a feed does without, so as not to be too large.

    Args:
        limit: how many entries it shows at most; None where no fewer than it should.
    """

    summary: bool = False
    limit: int | None = None


class View(NamedTuple):
    """What a feed shows.

    Args:
        articles: the numbers of the window's.
        formats: that it is made in: those that it has, and those that it had.
        options: how its entries are made.
        archiving: what becomes of its archives, where it has or gets any.
    """

    window: Window
    articles: Sequence[int]
    formats: frozenset[str]
    options: EntryOptions
    archiving: Archiving | None = None

    def ways(self) -> list[Way]:
        """What its entries are made for."""
        return [(format_, self.options) for format_ in sorted(self.formats)]

    def needed(self) -> Iterator[tuple[Way, Collection[int]]]:
        """The entries that it needs, and its archives do."""
        for way in self.ways():
            yield way, self.articles
            if self.archiving:
                yield (way[0], self.archiving.options), self.archiving.needed


@dataclass(frozen=True, slots=True)
class Views:
    """What there is to look at.

    Args:
        published: the feeds that were published before.
        archived: those that have archives.
        bounds: feeds that would be too large -> what they do without.
    """

    config: Config
    ledger: Ledger
    catalog: Catalog
    published: Mapping[FeedName, PublishedFeed]
    archived: Collection[FeedName]
    bounds: dict[FeedName, Bound] = field(default_factory=dict)

    def of(self, selection: Selection) -> View:
        """What a feed shows now."""
        config, name = self.config, selection.name
        bound = self.bounds.get(name, Bound())
        options = EntryOptions(selection.rules.body or config.body, config.related.in_body)
        shown = replace(options, body="summary") if bound.summary else options
        formats = self._formats(selection)
        limit, size = feeds.limit_of(config, selection), feeds.archive_of(config, selection)
        past = archive_records.past(self.ledger, name) if size or name in self.archived else None
        if size and past:
            window, articles, archiving = archived_window.view(
                self.catalog, selection, past, limit, size, formats, options
            )
            return View(window, articles, formats, shown, archiving)
        if selection.retired:
            window, articles = self.catalog.kept(self.published[name].entries)
        else:
            window, articles = self.catalog.window(name, limit if bound.limit is None else bound.limit)
        return View(window, articles, formats, shown, archived_window.unchanged(past, options) if past else None)

    def _formats(self, selection: Selection) -> frozenset[str]:
        known = self.published.get(selection.name)
        former = {format_ for format_, _ in known.places} if known else set()
        return frozenset((*feeds.formats_of(self.config, selection), *former))

    def shorten(self, shown: Iterable[Selection], views: Mapping[FeedName, View]) -> bool:
        """Have feeds that would be too large do without something; whether there are any, to be looked at again then.

        First it does without texts, all of it, then without its oldest entries: but for archived feeds, whose entries
        must stay in reach.
        """
        found = [self._shorten(selection, views[selection.name]) for selection in shown]
        return any(found)

    def _shorten(self, selection: Selection, view: View) -> bool:
        most = feeds.max_bytes_of(self.config, selection)
        if not most:
            return False
        fitting = min(_fitting(self.catalog, way, view.articles, most - HEAD) for way in view.ways())
        if fitting == len(view.articles):
            return False
        before = self.bounds.get(selection.name, Bound())
        if view.options.body == "full":
            now = Bound(summary=True)
        elif feeds.archive_of(self.config, selection) or selection.retired:
            now = before
        else:
            now = before._replace(limit=max(1, fitting))
        self.bounds[selection.name] = now
        return now != before


def _fitting(catalog: Catalog, way: Way, articles: Sequence[int], most: int) -> int:
    """How many entries, from the first, fit into some bytes."""
    sizes = catalog.entry_sizes(*named(way), articles)
    for rank, n in enumerate(articles):
        most -= sizes[n] + BETWEEN
        if most < 0:
            return rank
    return len(articles)
