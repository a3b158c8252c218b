"""Articles that were taken back: told to readers for some time, in the feeds that had them (RFC 6721).

An article is retracted where its file says so, or where it is deleted and `feeds retract` confirms that. That a file is
gone never means it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from feedwright.config import Config
from feedwright.run import Moment, Run
from feedwright.select.feeds import feeds_of
from feedwright.state import archive_records, ledger_facts
from feedwright.state.catalog import Catalog, article_of, facts
from feedwright.state.ledger import Ledger
from feedwright.state.retractions import DAY, Retraction, drop, put, retractions, tombstones_by_feed
from feedwright.state.serialise import moment, seconds
from feedwright.text.moments import fixed, offset

EARLY = 2 * DAY
"""Seconds by which the day of a retraction may be to come, and is told as it is written: somewhere, it has begun."""


def refresh(run: Run) -> list[tuple[int, Sequence[str]]]:
    """Note what was retracted; the feeds that have to tell it, or need not any more, and why, in words."""
    touched: list[tuple[int, Sequence[str]]] = []
    config, ledger, catalog, at = run.config, run.ledger, run.catalog, run.time
    _note(config, ledger, catalog, at)
    if catalog.fact(facts.ERASED) != (erased := ledger.fact(ledger_facts.ERASED)):
        catalog.note(facts.ERASED, erased)
        cause = ["an article was erased from archive documents"]
        touched += [(catalog.number(archived), cause) for archived in sorted(archive_records.names(ledger))]
    told = tombstones_by_feed(ledger, config.retracted_for, at.now)
    ends = [one.since + config.retracted_for * DAY for one in retractions(ledger)]
    due = [end for end in ends if end > seconds(at.now)]
    catalog.note(facts.RETRACTIONS_DUE, min(due, default=None))
    now: dict[str, dict[str, list[object]]] = {
        json.dumps(name): {one.ref: [seconds(one.when), one.comment] for one in some} for name, some in told.items()
    }
    before = catalog.fact(facts.RETRACTIONS_TOLD)
    retracted = {one.id for one in retractions(ledger)}
    for name in sorted(now.keys() | before.keys()):
        if causes := list(_causes(before.get(name, {}), now.get(name, {}), retracted, config.retracted_for)):
            kind, term = json.loads(name)
            touched.append((catalog.number((kind, term)), causes))
    catalog.note(facts.RETRACTIONS_TOLD, now)
    return touched


def _causes(
    before: Mapping[str, object], now: Mapping[str, object], retracted: Collection[str], days: int
) -> Iterator[str]:
    """Why a feed tells other retractions than before, in words.

    Args:
        before, now: ids of articles -> what is told of their retraction.
        retracted: ids of all articles that are.
    """
    gone = before.keys() - now.keys()
    if now.keys() - before.keys():
        yield "an article was retracted"
    if gone.intersection(retracted):
        yield f"a retraction was told for {days} day{'s' * (days != 1)}"
    if gone.difference(retracted):
        yield "an article is no longer retracted"
    if any(before[id_] != now[id_] for id_ in before.keys() & now.keys()):
        yield "what is told of a retraction has changed"


def _note(config: Config, ledger: Ledger, catalog: Catalog, run_time: Moment) -> None:
    """What files say of their retraction now. Of those that are gone, what was said last counts."""
    before = {one.id: one for one in retractions(ledger)}
    rows = list(catalog.retracted_rows())
    published = ledger.among(row.key for row in rows)
    zone = ZoneInfo(config.site.timezone)
    for row in (row for row in rows if row.key in published):
        assert row.retracted is not None
        article, old = article_of(row), before.get(row.id)
        since = old.since if old else seconds(run_time.now)
        # Without a day, or with one that is far from here, it is taken back when that is first seen.
        assert article.retracted is not None
        said = article.retracted if 0 < row.retracted <= since + EARLY else fixed(moment(since), zone)
        when = max(said, article.updated)
        feeds = old.feeds if old else json.dumps(feeds_of(config, article))
        now = Retraction(row.id, since, seconds(when), row.reason, feeds, offset(when))
        if now != old:
            put(ledger, now)
    back = {row.id for row in catalog.unretracted(before)} if before else set()
    drop(ledger, back)
