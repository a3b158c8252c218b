"""What feeds show: selected, rendered and checked; what cannot be shown gives its place to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from feedwright.articles.link_names import names_of
from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.model import FeedName, Way
from feedwright.read.change_set import ChangeSet, Touched
from feedwright.render import entries
from feedwright.run import Run
from feedwright.select.feeds import Selection, feeds_of, most_needed, selections
from feedwright.select.fitting import fit
from feedwright.select.window import View, Views
from feedwright.state import archive_records
from feedwright.state.catalog import Catalog, article_of, facts
from feedwright.state.retractions import tombstones_by_feed
from feedwright.state.serialise import dumps


class Rendered(NamedTuple):
    """What feeds show now.

    Args:
        looked: what was looked at for it.
        every: all feeds, in the order in which they are listed.
        views: what those show that something touched; all that they need is in the catalog.
        causes: number of a feed -> what touched it, in words.
        left_out: numbers of articles that could not be shown.
        at_hand: entries that were just made.
    """

    looked: Views
    every: Sequence[Selection]
    views: Mapping[FeedName, View]
    causes: Mapping[int, Sequence[str]]
    left_out: frozenset[int]
    at_hand: entries.AtHand


def rendered(run: Run, changes: ChangeSet, touched: Touched = ()) -> Rendered:
    """Decide what each feed shows that something touched, and make and check the texts and entries that it needs.

    An article that cannot be shown (its text cannot be made safe, its entry would be invalid) is left out, and what
    comes next takes its place.

    Args:
        changes: what has changed.
        touched: feeds that are to be looked at besides.
    """
    # What renders texts is not needed where nothing has changed.
    from feedwright.render.articles import render_articles
    from feedwright.render.related.lookup import Names

    config, catalog = run.config, run.catalog
    published = run.ledger.feeds()
    told = tombstones_by_feed(run.ledger, config.retracted_for, run.time.now)
    looked = Views(config, run.ledger, catalog, published, archive_records.names(run.ledger), told)
    names = Names(catalog, run.time.now, run.config.content)
    at_hand: entries.AtHand = {}
    causes = _causes(catalog, changes, touched)
    left_out: set[int] = set()
    while True:
        every = selections(config, catalog.with_members(most_needed(config)), published)
        _touch_all(config, catalog, every, causes)
        shown = [one for one in every if catalog.number(one.name) in causes]
        views = {one.name: looked.of(one) for one in shown}
        wanted = _wanted(views.values())
        numbers = {n for some in wanted.values() for n in some}
        faults = render_articles(run, names, changes, numbers)
        faults = faults or entries.make_entries(config.site, catalog, wanted, at_hand, run)
        left_out.update(faults)
        if faults:
            _exclude(config, catalog, faults, causes)
            names.forget()
        # A text that turned out to be spoilt is made anew, as is whatever is not sure any more.
        if not faults and not catalog.not_whole(numbers) and not fit(looked, shown, views):
            break
    if changes.at_hand:
        changes.at_hand.clear()
    return Rendered(looked, every, views, causes, frozenset(left_out), at_hand)


def _causes(catalog: Catalog, changes: ChangeSet, touched: Touched) -> defaultdict[int, list[str]]:
    """Number of a feed -> what touched it, in words."""
    causes: defaultdict[int, list[str]] = defaultdict(list)
    for f, some in (*changes.causes.items(), *touched):
        causes[f].extend(some)
    for numbers, cause in _stale(changes):
        for f in catalog.shown_in(numbers):
            causes[f].append(cause)
    return causes


def _stale(changes: ChangeSet) -> Iterator[tuple[set[int], str]]:
    """Numbers of articles whose texts are to be made anew, and why, in words."""
    yield changes.stale & changes.changed, "an article that it shows has changed"
    others = "texts are rebuilt" if changes.new_texts else "an article that it shows names one that has changed"
    yield changes.stale - changes.changed, others


def _wanted(views: Iterable[View]) -> dict[Way, set[int]]:
    """The entries that feeds need, in each way."""
    wanted: dict[Way, set[int]] = {}
    for view in views:
        for way, numbers in view.needed():
            wanted.setdefault(way, set()).update(numbers)
    return wanted


def _touch_all(config: Config, catalog: Catalog, every: Sequence[Selection], causes: dict[int, list[str]]) -> None:
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
        for f in {catalog.number(one.name) for one in every} - set(causes):
            causes[f] = [cause]


def _exclude(
    config: Config, catalog: Catalog, faults: Mapping[int, Problem], causes: defaultdict[int, list[str]]
) -> None:
    """Leave articles out that cannot be shown, until they or what they depend on changes."""
    rows = catalog.numbered(faults)
    for row in rows:
        catalog.put([row._replace(shown=0, exclusion=dumps(faults[row.n]))])
        feeds = [catalog.number(name) for name in feeds_of(config, article_of(row))]
        catalog.remove_members((f, row.published, row.n) for f in feeds)
        for f in {*feeds, *catalog.shown_in([row.n])}:
            causes[f].append(f"{row.key} cannot be shown")
    # What others' names come to was looked up while these counted as shown.
    naming = catalog.made_with({name for row in rows for name in names_of(article_of(row))}) - faults.keys()
    catalog.mark_stale(naming)
    for f in catalog.shown_in(naming):
        causes[f].append("an article that it shows names one that cannot be shown")
