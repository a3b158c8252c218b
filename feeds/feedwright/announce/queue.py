"""The queue in the catalog: which files somebody is still to be told of, what failed, and when it is tried again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import NamedTuple

from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.state.catalog import Catalog
from feedwright.state.serialise import moment, seconds

MINUTE = 60
HOUR = 3600
DAY = 86400

FIRST = MINUTE
"""Seconds until a hub that failed is tried again; twice as many each time that it fails again."""

LONGEST = HOUR
"""Seconds that are never exceeded by that."""

OBEYED = 6 * HOUR
"""Seconds that a hub may ask us to wait (`Retry-After`), at most."""

GIVEN_UP = DAY
"""Seconds after which what failed again is not tried any more."""

CODES = ("hub-given-up", "hub-refuses", "after-publish-failed")
"""The problems that this queue has; a hub that cannot be reached is none until it is given up."""

REFUSES = "hub-refuses"
"""The code of a failure that hardly mends itself: it is reported at once."""

FAILS = "hub-fails"
"""The code of any other."""


class Ping(NamedTuple):
    """A feed that a hub is to be told of; `change` is the number of the run that changed it last."""

    hub: str
    path: str
    topic: str
    change: int


class Failure(NamedTuple):
    """Why a hub was not told.

    Args:
        code: REFUSES or FAILS.
        fault: the same in words, after "the hub ...".
        wait: seconds that it asks us to wait; None where it does not say.
    """

    code: str
    fault: str
    wait: int | None = None


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


def backoff(tries: int) -> int:
    """Seconds to wait after the so many-th failure in a row: 1, 2, 4, 8, 16, 32, 60, 60 minutes and so on."""
    return min(FIRST << min(tries - 1, 16), LONGEST)


def pause(tries: int, asked: int | None) -> int:
    """Seconds to wait after a failure, as the hub asks where it does, within bounds."""
    return backoff(tries) if asked is None else min(max(asked, FIRST), OBEYED)


def note(
    config: Config, catalog: Catalog, changed: Collection[str], topics: Mapping[str, str], now: datetime, run: int
) -> None:
    """Note files that have changed, in the catalog's one transaction; and forget whom nothing is told any more.

    Args:
        changed: paths below the output folder.
        topics: path of each feed -> the address that hubs know it by.
        run: the number of the run that changed them.
    """
    db, hubs, at = catalog.db, config.site.hubs, seconds(now)
    marks = ", ".join("?" * len(hubs))
    for table in ("ping", "hub"):
        db.execute(f"DELETE FROM {table} WHERE hub NOT IN ({marks})", hubs)
    db.execute("DELETE FROM untold WHERE command >= ?", (len(config.after_publish),))
    db.executemany(
        "INSERT OR REPLACE INTO untold VALUES (?, ?, ?)",
        ((number, path, run) for number in range(len(config.after_publish)) for path in sorted(changed)),
    )
    db.executemany(
        "INSERT INTO ping VALUES (?, ?, ?, ?, ?, 0, 0, ?, '', '', 0) ON CONFLICT (hub, path) DO UPDATE SET "
        "topic = excluded.topic, change = excluded.change, over = 0, "
        # What was given up begins anew; what waits goes on waiting, so that a dead hub is not asked at each change.
        "since = iif(over, excluded.since, since), tries = iif(over, 0, tries), tried = iif(over, 0, tried), "
        "due = iif(over, excluded.due, due)",
        ((hub, path, topics[path], run, at, at) for hub in hubs for path in sorted(changed) if path in topics),
    )


def forget(catalog: Catalog, gone: Iterable[str]) -> None:
    """Forget files that are no longer there: nobody can be told of these."""
    for table in ("untold", "ping"):
        catalog.db.executemany(f"DELETE FROM {table} WHERE path = ?", ((path,) for path in sorted(gone)))


def is_due(config: Config, catalog: Catalog, now: datetime) -> bool:
    """Whether somebody is to be told something now."""
    return bool(untold(config, catalog)) or bool(pings(config, catalog, now))


def untold(config: Config, catalog: Catalog) -> dict[int, list[tuple[str, int]]]:
    """Number of a command -> what it is to be told of: paths below the output folder, and runs that changed them."""
    found: dict[int, list[tuple[str, int]]] = {}
    query = "SELECT command, path, change FROM untold WHERE command < ? ORDER BY command, path"
    for number, path, change in catalog.db.execute(query, (len(config.after_publish),)):
        found.setdefault(number, []).append((path, change))
    return found


def pings(config: Config, catalog: Catalog, now: datetime | None) -> dict[str, list[Ping]]:
    """Hub -> what it is to be told of; what failed least often comes first, so that it waits for nothing else.

    Args:
        now: aware; None for all that waits, and what was given up, too.
    """
    query = "SELECT ping.hub, path, topic, change FROM ping LEFT JOIN hub ON hub.hub = ping.hub "
    order = " ORDER BY ping.hub, ping.tries, path"
    if now is None:
        rows = catalog.db.execute(query + order)
    else:
        # What would be later than anything can be comes from a clock that was wrong.
        soon, never = seconds(now), seconds(now) + OBEYED
        due = "NOT over AND (ping.due <= ? OR ping.due > ?) AND (hub.due IS NULL OR hub.due <= ? OR hub.due > ?)"
        rows = catalog.db.execute(f"{query} WHERE {due} {order}", (soon, never, soon, never))
    found: dict[str, list[Ping]] = {}
    for row in rows.fetchall():
        if row[0] in config.site.hubs:
            found.setdefault(row[0], []).append(Ping._make(row))
    return found


def heard(catalog: Catalog, number: int, files: Iterable[tuple[str, int]]) -> None:
    """A command was told of files; those that have changed since then are still to be told."""
    query = "DELETE FROM untold WHERE command = ? AND path = ? AND change <= ?"
    catalog.db.executemany(query, ((number, path, change) for path, change in files))


def told(catalog: Catalog, done: Sequence[Ping]) -> None:
    """Hubs were told of feeds; those that have changed since then are still to be told."""
    query = "DELETE FROM ping WHERE hub = ? AND path = ? AND change <= ?"
    catalog.db.executemany(query, ((one.hub, one.path, one.change) for one in done))
    catalog.db.executemany("DELETE FROM hub WHERE hub = ?", {(one.hub,) for one in done})


def failed(catalog: Catalog, ping: Ping, failure: Failure, now: datetime) -> None:
    """A hub was not told of a feed."""
    db, at = catalog.db, seconds(now)
    found = db.execute("SELECT tries FROM ping WHERE hub = ? AND path = ?", ping[:2]).fetchone()
    if found is None:
        return
    tries = found[0] + 1
    due = at + pause(tries, failure.wait)
    query = "UPDATE ping SET tries = ?, due = ?, code = ?, fault = ? WHERE hub = ? AND path = ?"
    db.execute(query, (tries, due, failure.code, failure.fault, *ping[:2]))
    _give_up(db, at, "hub = ? AND path = ?", *ping[:2])


def failed_as_such(catalog: Catalog, hub: str, failure: Failure, now: datetime) -> None:
    """A hub could be told of nothing: all that waits for it, and what changes meanwhile, waits until it is due."""
    db, at = catalog.db, seconds(now)
    found = db.execute("SELECT tries FROM hub WHERE hub = ?", (hub,)).fetchone()
    tries = found[0] + 1 if found else 1
    due = at + pause(tries, failure.wait)
    db.execute("INSERT OR REPLACE INTO hub VALUES (?, ?, ?, ?, ?)", (hub, tries, due, failure.code, failure.fault))
    query = "UPDATE ping SET due = min(due, ?), code = ?, fault = ? WHERE hub = ?"
    db.execute(query, (due, failure.code, failure.fault, hub))
    _give_up(db, at, "hub = ?", hub)


def _give_up(db: Connection, at: int, where: str, *values: object) -> None:
    """Give up what was tried for long enough; it is not counted how long nobody tried."""
    db.execute(f"UPDATE ping SET tried = iif(tried, min(tried, ?), ?) WHERE {where}", (at, at, *values))
    db.execute(f"UPDATE ping SET over = 1 WHERE tried <= ? AND {where}", (at - GIVEN_UP, *values))


def note_command(catalog: Catalog, problem: Problem | None) -> None:
    """Note how the commands went."""
    from feedwright.state.serialise import dumps

    catalog.note("after_publish", dumps([problem]) if problem else "")


def paths(catalog: Catalog) -> set[str]:
    """The files that somebody is still to be told of; what was given up is among them, as it can be tried by hand."""
    return {path for (path,) in catalog.db.execute("SELECT path FROM untold UNION SELECT path FROM ping")}


def waiting(db: Connection, config: Config) -> tuple[list[Waiting], list[str]]:
    """What waits for each hub; and the paths that a command is still to be told of."""
    query = "SELECT path, topic, since, due, fault, over FROM ping WHERE hub = ? ORDER BY topic"
    found = []
    for hub in config.site.hubs:
        rows = db.execute(query, (hub,)).fetchall()
        if not rows:
            continue
        as_such = db.execute("SELECT due, fault FROM hub WHERE hub = ?", (hub,)).fetchone()
        open_ = [row for row in rows if not row[5]]
        due = max(min((row[3] for row in open_), default=0), as_such[0] if as_such else 0)
        found.append(
            Waiting(
                hub,
                tuple(row[1] for row in open_),
                tuple(row[1] for row in rows if row[5]),
                moment(min(row[2] for row in rows)),
                moment(due) if open_ else None,
                as_such[1] if as_such else next((row[4] for row in rows if row[4]), ""),
            )
        )
    commands = len(config.after_publish)
    untold_ = db.execute("SELECT DISTINCT path FROM untold WHERE command < ? ORDER BY path", (commands,))
    return found, [path for (path,) in untold_]


def topics_waiting(config: Config, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """Hubs, and addresses of the feeds that they are still to be told of."""
    found, _ = waiting(catalog.db, config)
    return tuple((one.hub, topic) for one in found for topic in one.topics)


def problems(config: Config, catalog: Catalog) -> tuple[Problem, ...]:
    """What is wrong with those who are to be told."""
    from feedwright.state.serialise import loads

    found: list[Problem] = []
    if (said := catalog.fact("after_publish")) and untold(config, catalog):
        found += loads(said)
    for hub in config.site.hubs:
        over = catalog.db.execute("SELECT fault FROM ping WHERE hub = ? AND over", (hub,)).fetchone()
        query = "SELECT fault FROM ping WHERE hub = ? AND code = ?"
        refused = catalog.db.execute(query, (hub, REFUSES)).fetchone()
        if over:
            mend = "It is told when they change again, or by `feeds announce`; `feeds status` lists them."
            what = f"the hub {hub} could not be told of changed feeds for a day, and that was given up: it {over[0]}"
            found.append(_about_hubs(config, CODES[0], what, mend))
        elif refused:
            mend = "Is that the hub's address? It is tried for a day, less and less often; `feeds status` says more."
            found.append(_about_hubs(config, REFUSES, f"the hub {hub} {refused[0]}", mend))
    return tuple(found)


def _about_hubs(config: Config, code: str, what: str, mend: str) -> Problem:
    return Problem("warning", code, str(config.file), what, mend, config.lines.get("hubs", 0), "hubs")
