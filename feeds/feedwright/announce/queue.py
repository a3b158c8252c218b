"""Which files somebody is still to be told of, what failed, and when it is tried again; the catalog has the queue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.state.catalog import Catalog, announcements, facts
from feedwright.state.catalog.announcements import Attempt, Ping
from feedwright.state.serialise import seconds

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
    hubs, commands = config.site.hubs, len(config.after_publish)
    announcements.keep_only(catalog, hubs, commands)
    announcements.note_files(catalog, commands, changed, run)
    of_feeds = {path: topics[path] for path in changed if path in topics}
    announcements.note_feeds(catalog, hubs, of_feeds, seconds(now), run)


def is_due(config: Config, catalog: Catalog, now: datetime) -> bool:
    """Whether somebody is to be told something now."""
    return bool(untold(config, catalog)) or bool(pings(config, catalog, now))


def untold(config: Config, catalog: Catalog) -> dict[int, list[tuple[str, int]]]:
    """Number of a command -> what it is to be told of: paths below the output folder, and runs that changed them."""
    return announcements.untold(catalog, len(config.after_publish))


def pings(config: Config, catalog: Catalog, now: datetime | None) -> dict[str, list[Ping]]:
    """Hub -> what it is to be told of; what failed least often comes first, so that it waits for nothing else.

    Args:
        now: aware; None for all that waits, and what was given up, too.
    """
    # What would be later than anything can be comes from a clock that was wrong.
    due = None if now is None else (seconds(now), seconds(now) + OBEYED)
    found: dict[str, list[Ping]] = {}
    for ping in announcements.pings(catalog, due):
        if ping.hub in config.site.hubs:
            found.setdefault(ping.hub, []).append(ping)
    return found


def failed(catalog: Catalog, ping: Ping, failure: Failure, now: datetime) -> None:
    """A hub was not told of a feed."""
    before = announcements.tries(catalog, ping)
    if before is not None:
        announcements.failed(catalog, ping, _attempt(before + 1, failure, now))


def failed_as_such(catalog: Catalog, hub: str, failure: Failure, now: datetime) -> None:
    """A hub could be told of nothing: all that waits for it, and what changes meanwhile, waits until it is due."""
    before = announcements.tries_as_such(catalog, hub)
    announcements.failed_as_such(catalog, hub, _attempt(before + 1, failure, now))


def _attempt(tries: int, failure: Failure, now: datetime) -> Attempt:
    at = seconds(now)
    return Attempt(tries, at, at + pause(tries, failure.wait), failure.code, failure.fault, at - GIVEN_UP)


def note_command(catalog: Catalog, problem: Problem | None) -> None:
    """Note how the commands went."""
    catalog.note(facts.AFTER_PUBLISH, (problem,) if problem else ())


def topics_waiting(config: Config, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """Hubs, and addresses of the feeds that they are still to be told of."""
    found, _ = announcements.waiting(catalog, config.site.hubs, len(config.after_publish))
    return tuple((one.hub, topic) for one in found for topic in one.topics)


def problems(config: Config, catalog: Catalog) -> tuple[Problem, ...]:
    """What is wrong with those who are to be told."""
    found: list[Problem] = []
    if (said := catalog.fact(facts.AFTER_PUBLISH)) and untold(config, catalog):
        found += said
    for hub in config.site.hubs:
        over = announcements.given_up(catalog, hub)
        refused = announcements.failing(catalog, hub, REFUSES)
        if over is not None:
            hint = "It is told when they change again, or by `feeds announce`; `feeds status` lists them."
            what = f"the hub {hub} could not be told of changed feeds for a day, and that was given up: it {over}"
            found.append(_about_hubs(config, CODES[0], what, hint))
        elif refused is not None:
            hint = "Is that the hub's URL? It is tried for a day, less and less often; `feeds status` says more."
            found.append(_about_hubs(config, REFUSES, f"the hub {hub} {refused}", hint))
    return tuple(found)


def _about_hubs(config: Config, code: str, what: str, hint: str) -> Problem:
    return Problem("warning", code, str(config.file), what, hint, config.lines.get("hubs", 0), "hubs")
