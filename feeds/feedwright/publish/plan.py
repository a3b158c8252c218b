"""What is to be published: every feed's window, the articles and entries that it needs, and what is not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feedwright import formats
from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.model import Feed, FeedName, PublishedFeed, Tombstone, Way, Window
from feedwright.publish.archives.make import linked
from feedwright.publish.tombstones import tombstones_by_feed
from feedwright.read.change_set import Moment, Progress, Refreshed
from feedwright.render import entries
from feedwright.select import size_limits
from feedwright.select.archived_window import Archiving
from feedwright.select.feeds import Selection, feeds_of, formats_of, former_shapes, most_needed, selections, shape
from feedwright.select.unmatched import unknown_feeds, unmatched
from feedwright.select.window import View, Views
from feedwright.state import archive_records
from feedwright.state.catalog import Catalog, article_of, facts
from feedwright.state.ledger import Ledger
from feedwright.state.serialise import dumps
from feedwright.text.moments import fixed


class Shown(NamedTuple):
    """A feed as it is to be published.

    Args:
        number: of the feed in the catalog.
        window: what it shows; `articles` are the numbers of these.
        coming, going: numbers of articles that it shows now and did not, and the other way round.
        shapes: the feed in each of its formats, then as it is at addresses that it had before.
    """

    number: int
    selection: Selection
    window: Window
    articles: Sequence[int]
    coming: frozenset[int]
    going: frozenset[int]
    shapes: tuple[Feed, ...]
    archiving: Archiving | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be published.

    Args:
        feeds: those that something touched, in the order in which feeds are listed.
        every: all feeds, without what they show, in that order.
        shapes: all feeds in each of their formats, without what they show, with their numbers, in that order; and at
            addresses that they had before.
        causes: number of a feed -> what touched it, in words.
        problems: of the configuration, and of articles that cannot be shown.
        at_hand: entries that were just made.
    """

    feeds: tuple[Shown, ...]
    every: tuple[Selection, ...]
    shapes: tuple[tuple[int, Feed], ...]
    causes: Mapping[int, Sequence[str]]
    problems: tuple[Problem, ...]
    at_hand: entries.AtHand = field(default_factory=dict)

    def sourced(self) -> list[tuple[int, Feed]]:
        """Those shapes that somebody may still subscribe to: of feeds that have a source, at their own addresses."""
        retired = {one.name for one in self.every if one.retired}
        return [(n, feed) for n, feed in self.shapes if not feed.former and (feed.kind, feed.term) not in retired]


def plan(
    config: Config,
    known: Ledger,
    catalog: Catalog,
    at: Moment,
    found: Refreshed,
    progress: Progress | None = None,
) -> Plan:
    """Decide what each feed shows that something touched, and make what it needs.

    An article that cannot be shown (its text cannot be made safe, its entry would be invalid) is left out, and what
    comes next takes its place.

    Args:
        found: what has changed; what is found out on the way is added to its causes.
    """
    # What renders texts is not needed where nothing has changed.
    from feedwright.render.articles import store_rendered
    from feedwright.render.related.lookup import Names

    published = known.feeds()
    looked = Views(config, known, catalog, published, archive_records.names(known))
    names = Names(catalog, at.now)
    at_hand: entries.AtHand = {}
    for numbers, cause in _stale(found):
        for f in catalog.shown_in(numbers):
            found.causes[f].append(cause)
    while True:
        every = selections(config, catalog.with_members(most_needed(config)), published)
        _touch_all(config, catalog, every, found)
        shown = [one for one in every if catalog.number(one.name) in found.causes]
        views = {one.name: looked.of(one) for one in shown}
        wanted = _wanted(views.values())
        numbers = {n for some in wanted.values() for n in some}
        faults = store_rendered(config, known, catalog, names, found, numbers, progress)
        _bar(config, catalog, found, faults)
        if faults:
            continue
        faults = entries.make_entries(config.site, catalog, wanted, at_hand)
        _bar(config, catalog, found, faults)
        # A text that turned out to be spoilt is made anew, as is whatever is not sure any more.
        if not faults and not catalog.not_whole(numbers) and not looked.shorten(shown, views):
            break
    found.at_hand.clear()
    return _planned(looked, every, views, at, found, at_hand)


def _stale(found: Refreshed) -> Iterator[tuple[set[int], str]]:
    """Numbers of articles whose texts are to be made anew, and why, in words."""
    yield found.stale & found.changed, "an article that it shows has changed"
    others = "texts are made anew" if found.new_texts else "an article that it shows names one that has changed"
    yield found.stale - found.changed, others


def _planned(
    looked: Views,
    every: Sequence[Selection],
    views: Mapping[FeedName, View],
    at: Moment,
    found: Refreshed,
    at_hand: entries.AtHand,
) -> Plan:
    config, catalog, published = looked.config, looked.catalog, looked.published
    latest = _latest(config, catalog, at) if any(not view.articles for view in views.values()) else at.now
    told = tombstones_by_feed(config, looked.known, at)
    feeds = tuple(
        _shown(config, catalog, published, one, views[one.name], latest, told.get(one.name, ()))
        for one in every
        if one.name in views
    )
    archived = {n for view in views.values() if view.archiving for n in view.archiving.needed}
    if archived or any(one.going for one in feeds):
        catalog.forget_unshown(archived)
    shapes = tuple(
        (catalog.number(one.name), feed)
        for one in every
        for feed in _shapes(config, published.get(one.name), one, Window(), latest)
    )
    unknown = unknown_feeds(catalog.naming_feeds(), {one.name for one in every})
    touched = {one.selection.name: one.shapes[0].path for one in feeds}
    problems = (*unmatched(config, catalog), *unknown, *size_limits.shortened(looked, every, touched))
    return Plan(feeds, tuple(every), shapes, found.causes, problems, at_hand)


def _wanted(views: Iterable[View]) -> dict[Way, set[int]]:
    """The entries that feeds need, in each way."""
    wanted: dict[Way, set[int]] = {}
    for view in views:
        for way, numbers in view.needed():
            wanted.setdefault(way, set()).update(numbers)
    return wanted


def _latest(config: Config, catalog: Catalog, at: Moment) -> datetime:
    """The newest change of any article, which is when a feed that is empty from the first was updated.

    Not the clock's time: the same content gives the same bytes on any day.
    """
    return catalog.last_change() or fixed(at.now, ZoneInfo(config.site.timezone))


def _touch_all(config: Config, catalog: Catalog, every: Sequence[Selection], found: Refreshed) -> None:
    """Where the settings of feeds, or the set of feeds, have changed, each of them is looked at."""
    # Not what a single article is made with: that has been looked after.
    settings = (config.site, config.limit, config.archive, config.max_bytes, config.body, config.formats)
    there = repr([one.name for one in every])
    rules = f"{there}\n{(*settings, config.feed_path, config.related, config.stylesheet, every)!r}"
    before = catalog.fact(facts.FEEDS)
    if before != rules:
        catalog.note(facts.FEEDS, rules)
        same = before.partition("\n")[0] == there
        cause = "settings of feeds have changed" if same else "other feeds have come or gone"
        for f in {catalog.number(one.name) for one in every} - set(found.causes):
            found.causes[f].append(cause)


def _bar(config: Config, catalog: Catalog, found: Refreshed, faults: Mapping[int, Problem]) -> None:
    """Leave articles out that cannot be shown, until they or what they depend on changes."""
    for row in catalog.numbered(faults):
        catalog.put([row._replace(shown=0, barred=dumps(faults[row.n]))])
        feeds = [catalog.number(name) for name in feeds_of(config, article_of(row))]
        catalog.leave((f, row.published, row.n) for f in feeds)
        found.note_change(row.n, was=True, now=False)
        for f in {*feeds, *catalog.shown_in([row.n])}:
            found.causes[f].append(f"{row.key} cannot be shown")


def _shown(
    config: Config,
    catalog: Catalog,
    published: Mapping[FeedName, PublishedFeed],
    selection: Selection,
    view: View,
    since: datetime,
    tombstones: tuple[Tombstone, ...],
) -> Shown:
    number = catalog.number(selection.name)
    coming, going = catalog.show(number, view.articles)
    known = published.get(selection.name)
    shapes = tuple(
        replace(feed, options=view.options) for feed in _shapes(config, known, selection, view.window, since)
    )
    if view.archiving:
        shapes = tuple(linked(feed, view.archiving.now) for feed in shapes)
    if tombstones:
        latest = tombstones[0].when
        shapes = tuple(replace(one, tombstones=tombstones, updated=max(one.updated, latest)) for one in shapes)
    return Shown(
        *(number, selection, view.window, view.articles, frozenset(coming), frozenset(going), shapes, view.archiving)
    )


def _shapes(
    config: Config, known: PublishedFeed | None, selection: Selection, window: Window, since: datetime
) -> Iterator[Feed]:
    now = [
        shape(config, selection, window, name, formats.load(name).file_name, known, since)
        for name in formats_of(config, selection)
    ]
    yield from now
    if known:
        yield from former_shapes(config, now, known)
