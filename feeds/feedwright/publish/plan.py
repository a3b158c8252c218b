"""What is to be published: every feed in each of its formats, at each of its addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.model import Feed, PublishedFeed, Tombstone, Window
from feedwright.render import entries
from feedwright.render.feeds import Rendered
from feedwright.run import Moment, Run
from feedwright.select import size_limits
from feedwright.select.archived_window import Archiving
from feedwright.select.feeds import Selection
from feedwright.select.shapes import shapes as every_shape
from feedwright.select.shapes import shapes_of_view
from feedwright.select.unmatched import unknown_feeds, unmatched
from feedwright.select.window import View
from feedwright.state.catalog import Catalog
from feedwright.text.moments import fixed


class Shown(NamedTuple):
    """A feed as it is to be published.

    Args:
        number: of the feed in the catalog.
        window: what it shows; `articles` are the numbers of these.
        coming, going: numbers of articles that it shows now and did not, and the other way round.
        shapes: the feed in each of its formats, then as it is at addresses that it had before.
        brief: numbers of articles that it shows a summary of, whatever it shows of others.
    """

    number: int
    selection: Selection
    window: Window
    articles: Sequence[int]
    coming: frozenset[int]
    going: frozenset[int]
    shapes: tuple[Feed, ...]
    archiving: Archiving | None = None
    brief: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be published.

    Args:
        feeds: those that something touched, in the order in which feeds are listed.
        every: all feeds, without what they show, in that order.
        shapes: all feeds in each of their formats, without what they show, with their numbers, in that order; and at
            addresses that they had before.
        causes: number of a feed -> what touched it, in words.
        left_out: numbers of articles that could not be shown.
        problems: of the configuration, and of articles that cannot be shown.
        at_hand: entries that were just made.
    """

    feeds: tuple[Shown, ...]
    every: tuple[Selection, ...]
    shapes: tuple[tuple[int, Feed], ...]
    causes: Mapping[int, Sequence[str]]
    left_out: frozenset[int]
    problems: tuple[Problem, ...]
    at_hand: entries.AtHand = field(default_factory=dict)

    def sourced(self) -> list[tuple[int, Feed]]:
        """Those shapes that somebody may still subscribe to: of feeds that have a source, at their own addresses."""
        retired = {one.name for one in self.every if one.retired}
        return [(n, feed) for n, feed in self.shapes if not feed.former and (feed.kind, feed.term) not in retired]


def plan(run: Run, rendered: Rendered) -> Plan:
    """What is to be published, of what feeds show now."""
    looked, every, views, at = rendered.looked, rendered.every, rendered.views, run.time
    config, catalog, published = looked.config, looked.catalog, looked.published
    latest = _latest(config, catalog, at) if any(not view.articles for view in views.values()) else at.now
    feeds = tuple(
        _shown(config, catalog, published.get(one.name), one, views[one.name], latest, looked.told.get(one.name, ()))
        for one in every
        if one.name in views
    )
    archived = {n for view in views.values() if view.archiving for n in view.archiving.needed}
    if archived or any(one.going for one in feeds):
        catalog.forget_unshown(archived)
    shapes = tuple(
        (catalog.number(one.name), feed)
        for one in every
        for feed in every_shape(config, published.get(one.name), one, Window(), latest)
    )
    unknown = unknown_feeds(catalog.naming_feeds(), {one.name for one in every})
    paths = {one.selection.name: one.shapes[0].path for one in feeds}
    problems = (*unmatched(config, catalog), *unknown, *size_limits.shortened(looked, every, views, paths))
    return Plan(feeds, tuple(every), shapes, rendered.causes, rendered.left_out, problems, rendered.at_hand)


def _latest(config: Config, catalog: Catalog, run_time: Moment) -> datetime:
    """The newest change of any article, which is when a feed that is empty from the first was updated.

    Not the clock's time: the same content gives the same bytes on any day.
    """
    return catalog.last_change() or fixed(run_time.now, ZoneInfo(config.site.timezone))


def _shown(
    config: Config,
    catalog: Catalog,
    known: PublishedFeed | None,
    selection: Selection,
    view: View,
    since: datetime,
    tombstones: tuple[Tombstone, ...],
) -> Shown:
    number = catalog.number(selection.name)
    coming, going = catalog.show(number, view.articles)
    shapes = shapes_of_view(config, known, selection, view, tombstones, since)
    return Shown(
        *(number, selection, view.window, view.articles, frozenset(coming), frozenset(going), shapes),
        archiving=view.archiving,
        brief=view.brief,
    )
