"""Articles that were taken back, in the ledger: when, why, and which feeds had them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from feedwright.model import UNDATED, FeedName, Tombstone
from feedwright.state.ledger import Ledger
from feedwright.state.serialise import moment, seconds

DAY = 86400
"""Seconds."""


class Retraction(NamedTuple):
    """An article that was taken back.

    Args:
        since: when it was first told, in seconds since 1970.
        moment: when it was, as it is told, likewise.
        feeds: kind and term of each that had it, as JSON.
        offset: of `moment` from UTC, in minutes.
    """

    id: str
    since: int
    moment: int
    reason: str
    feeds: str
    offset: int = 0

    def when(self) -> datetime:
        """When it was taken back, as it is told."""
        return moment(self.moment, self.offset)


def retractions(ledger: Ledger) -> list[Retraction]:
    """All articles that were taken back, by id."""
    rows = ledger.db.execute("SELECT id, since, moment, reason, feeds, moment_offset FROM retraction ORDER BY id")
    return [Retraction._make(row) for row in rows]


def tombstones_by_feed(ledger: Ledger, days: int, now: datetime) -> dict[FeedName, tuple[Tombstone, ...]]:
    """What each feed has to tell, the latest first.

    Args:
        days: for how long a retraction is told.
        now: aware.
    """
    told: dict[FeedName, list[Tombstone]] = {}
    for one in retractions(ledger):
        if one.since + days * DAY > seconds(now):
            for kind, term in json.loads(one.feeds):
                first = moment(min(one.since, one.moment), one.offset)
                told.setdefault((kind, term), []).append(Tombstone(one.id, one.when(), one.reason, first))
    return {name: tuple(sorted(some, key=lambda one: (-seconds(one.when), one.ref))) for name, some in told.items()}


def put(ledger: Ledger, one: Retraction) -> None:
    """Note a retraction, in the place of what was known of its article."""
    ledger.db.execute("INSERT OR REPLACE INTO retraction VALUES (?, ?, ?, ?, ?, ?)", one)


def drop(ledger: Ledger, ids: Iterable[str]) -> None:
    """Forget the retractions of articles."""
    ledger.db.executemany("DELETE FROM retraction WHERE id = ?", ((id_,) for id_ in sorted(ids)))


def feeds_that_had(ledger: Ledger, id_: str) -> tuple[datetime, list[FeedName]]:
    """When an article whose file is gone last changed, and the feeds that had it then."""
    row = ledger.db.execute("SELECT feeds, updated, updated_offset FROM departed WHERE id = ?", (id_,)).fetchone()
    return (moment(*row[1:]), [(kind, term) for kind, term in json.loads(row[0])]) if row else (UNDATED, [])


def departures(ledger: Ledger) -> dict[str, tuple[datetime, tuple[FeedName, ...]]]:
    """Articles whose files are gone, by id: when each last changed, and the feeds that had it."""
    rows = ledger.db.execute("SELECT id, updated, updated_offset, feeds FROM departed ORDER BY id")
    return {
        id_: (moment(updated, minutes), tuple((kind, term) for kind, term in json.loads(feeds)))
        for id_, updated, minutes, feeds in rows
    }
