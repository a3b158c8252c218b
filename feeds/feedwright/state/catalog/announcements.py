"""What somebody is still to be told, in the catalog: files that commands are, and feeds that hubs are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import NamedTuple

from feedwright.state.catalog.documents import Catalog
from feedwright.state.serialise import moment


class Ping(NamedTuple):
    """A feed that a hub is to be told of; `change` is the number of the run that changed it last."""

    hub: str
    path: str
    topic: str
    change: int


class Waiting(NamedTuple):
    """What waits for one hub.

    Args:
        topics: addresses of the feeds that it is still to be told of.
        given_up: those that it will not be told of until they change again.
        since: when the first change was that it was not told of.
        due: when it is tried next; None where all is given up.
        fault: why it failed, in words; empty where it was not tried yet.
    """

    hub: str
    topics: tuple[str, ...]
    given_up: tuple[str, ...]
    since: datetime
    due: datetime | None
    fault: str


class Attempt(NamedTuple):
    """A try that failed.

    Args:
        tries: how many have, in a row.
        at: when, in seconds since 1970, as `due`, when it is tried again.
        code, fault: why, as a code and in words.
        give_up: what was first tried in vain by then, likewise, is not tried any more.
    """

    tries: int
    at: int
    due: int
    code: str
    fault: str
    give_up: int


def keep_only(catalog: Catalog, hubs: Sequence[str], commands: int) -> None:
    """Forget whom nothing is told any more: other hubs than these, and commands beyond so many."""
    marks = ", ".join("?" * len(hubs))
    for table in ("ping", "hub"):
        catalog.db.execute(f"DELETE FROM {table} WHERE hub NOT IN ({marks})", hubs)
    catalog.db.execute("DELETE FROM untold WHERE command >= ?", (commands,))


def note_files(catalog: Catalog, commands: int, changed: Collection[str], run: int) -> None:
    """Note files that so many commands are to be told of, and the run that changed them."""
    catalog.db.executemany(
        "INSERT OR REPLACE INTO untold VALUES (?, ?, ?)",
        ((number, path, run) for number in range(commands) for path in sorted(changed)),
    )


def note_feeds(catalog: Catalog, hubs: Sequence[str], topics: Mapping[str, str], at: int, run: int) -> None:
    """Note feeds that hubs are to be told of.

    Args:
        topics: path of each -> the address that hubs know it by.
        at: when they changed, in seconds since 1970.
        run: that changed them.
    """
    catalog.db.executemany(
        "INSERT INTO ping VALUES (?, ?, ?, ?, ?, 0, 0, ?, '', '', 0) ON CONFLICT (hub, path) DO UPDATE SET "
        "topic = excluded.topic, change = excluded.change, over = 0, "
        # What was given up begins anew; what waits goes on waiting, so that a dead hub is not asked at each change.
        "since = iif(over, excluded.since, since), tries = iif(over, 0, tries), tried = iif(over, 0, tried), "
        "due = iif(over, excluded.due, due)",
        ((hub, path, topics[path], run, at, at) for hub in hubs for path in sorted(topics)),
    )


def forget(catalog: Catalog, gone: Iterable[str]) -> None:
    """Forget files that are no longer there: nobody can be told of these."""
    for table in ("untold", "ping"):
        catalog.db.executemany(f"DELETE FROM {table} WHERE path = ?", ((path,) for path in sorted(gone)))


def untold(catalog: Catalog, commands: int) -> dict[int, list[tuple[str, int]]]:
    """Number of a command, of so many -> what it is to be told of: paths, and runs that changed them."""
    found: dict[int, list[tuple[str, int]]] = {}
    query = "SELECT command, path, change FROM untold WHERE command < ? ORDER BY command, path"
    for number, path, change in catalog.db.execute(query, (commands,)):
        found.setdefault(number, []).append((path, change))
    return found


def pings(catalog: Catalog, due: tuple[int, int] | None) -> list[Ping]:
    """What hubs are to be told of, by hub; what failed least often comes first, so that it waits for nothing else.

    Args:
        due: what is due by the first of these, or later than the second, which comes from a clock that was wrong; None
            for all that waits, and what was given up, too.
    """
    query = "SELECT ping.hub, path, topic, change FROM ping LEFT JOIN hub ON hub.hub = ping.hub "
    order = " ORDER BY ping.hub, ping.tries, path"
    if due is None:
        rows = catalog.db.execute(query + order)
    else:
        now = "NOT over AND (ping.due <= ? OR ping.due > ?) AND (hub.due IS NULL OR hub.due <= ? OR hub.due > ?)"
        rows = catalog.db.execute(f"{query} WHERE {now} {order}", (*due, *due))
    return [Ping._make(row) for row in rows.fetchall()]


def heard(catalog: Catalog, number: int, files: Iterable[tuple[str, int]]) -> None:
    """A command was told of files; those that have changed since then are still to be told."""
    query = "DELETE FROM untold WHERE command = ? AND path = ? AND change <= ?"
    catalog.db.executemany(query, ((number, path, change) for path, change in files))


def told(catalog: Catalog, done: Sequence[Ping]) -> None:
    """Hubs were told of feeds; those that have changed since then are still to be told."""
    query = "DELETE FROM ping WHERE hub = ? AND path = ? AND change <= ?"
    catalog.db.executemany(query, ((one.hub, one.path, one.change) for one in done))
    catalog.db.executemany("DELETE FROM hub WHERE hub = ?", {(one.hub,) for one in done})


def tries(catalog: Catalog, ping: Ping) -> int | None:
    """How often it failed to tell a hub of a feed; None where that does not wait any more."""
    found = catalog.db.execute("SELECT tries FROM ping WHERE hub = ? AND path = ?", ping[:2]).fetchone()
    return found[0] if found else None


def tries_as_such(catalog: Catalog, hub: str) -> int:
    """How often in a row a hub could be told of nothing."""
    found = catalog.db.execute("SELECT tries FROM hub WHERE hub = ?", (hub,)).fetchone()
    return found[0] if found else 0


def failed(catalog: Catalog, ping: Ping, why: Attempt) -> None:
    """A hub was not told of a feed."""
    query = "UPDATE ping SET tries = ?, due = ?, code = ?, fault = ? WHERE hub = ? AND path = ?"
    catalog.db.execute(query, (why.tries, why.due, why.code, why.fault, *ping[:2]))
    _give_up(catalog.db, why, "hub = ? AND path = ?", *ping[:2])


def failed_as_such(catalog: Catalog, hub: str, why: Attempt) -> None:
    """A hub could be told of nothing: all that waits for it, and what changes meanwhile, waits until it is due."""
    db = catalog.db
    db.execute("INSERT OR REPLACE INTO hub VALUES (?, ?, ?, ?, ?)", (hub, why.tries, why.due, why.code, why.fault))
    query = "UPDATE ping SET due = min(due, ?), code = ?, fault = ? WHERE hub = ?"
    db.execute(query, (why.due, why.code, why.fault, hub))
    _give_up(db, why, "hub = ?", hub)


def _give_up(db: Connection, why: Attempt, where: str, *values: object) -> None:
    """Give up what was tried for long enough; it is not counted how long nobody tried."""
    db.execute(f"UPDATE ping SET tried = iif(tried, min(tried, ?), ?) WHERE {where}", (why.at, why.at, *values))
    db.execute(f"UPDATE ping SET over = 1 WHERE tried <= ? AND {where}", (why.give_up, *values))


def paths(catalog: Catalog) -> set[str]:
    """The files that somebody is still to be told of; what was given up is among them, as it can be tried by hand."""
    return {path for (path,) in catalog.db.execute("SELECT path FROM untold UNION SELECT path FROM ping")}


def given_up(catalog: Catalog, hub: str) -> str | None:
    """Why a hub is not told any more of some feed, in words; None where there is none."""
    found = catalog.db.execute("SELECT fault FROM ping WHERE hub = ? AND over", (hub,)).fetchone()
    return found[0] if found else None


def failing(catalog: Catalog, hub: str, code: str) -> str | None:
    """How a hub failed last by a code, in words; None where it did not."""
    found = catalog.db.execute("SELECT fault FROM ping WHERE hub = ? AND code = ?", (hub, code)).fetchone()
    return found[0] if found else None


def waiting(catalog: Catalog, hubs: Sequence[str], commands: int) -> tuple[list[Waiting], list[str]]:
    """What waits for each of some hubs; and the paths that any of so many commands is still to be told of.

    A catalog that an older version wrote has nothing of that yet.
    """
    db = catalog.db
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'ping'").fetchone():
        return [], []
    found = [one for hub in hubs if (one := _waiting(db, hub))]
    rows = db.execute("SELECT DISTINCT path FROM untold WHERE command < ? ORDER BY path", (commands,))
    return found, [path for (path,) in rows]


def _waiting(db: Connection, hub: str) -> Waiting | None:
    query = "SELECT path, topic, since, due, fault, over FROM ping WHERE hub = ? ORDER BY topic"
    rows = db.execute(query, (hub,)).fetchall()
    if not rows:
        return None
    as_such = db.execute("SELECT due, fault FROM hub WHERE hub = ?", (hub,)).fetchone()
    open_ = [row for row in rows if not row[5]]
    due = max(min((row[3] for row in open_), default=0), as_such[0] if as_such else 0)
    return Waiting(
        hub,
        tuple(row[1] for row in open_),
        tuple(row[1] for row in rows if row[5]),
        moment(min(row[2] for row in rows)),
        moment(due) if open_ else None,
        as_such[1] if as_such else next((row[4] for row in rows if row[4]), ""),
    )
