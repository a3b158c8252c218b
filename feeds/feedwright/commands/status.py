"""How it goes: the last runs, what is wrong now, what comes next. Nothing is locked or written for that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from feedwright.config import Config
from feedwright.errors import Problem, StateError
from feedwright.pipeline import clock
from feedwright.sources.site import load_site
from feedwright.state import run_mark
from feedwright.state.catalog import Catalog, announcements, facts
from feedwright.state.catalog.announcements import Waiting
from feedwright.state.lock import holder
from feedwright.state.run_mark import Unended
from feedwright.state.serialise import loads, moment
from feedwright.state.sqlite import read_in_place

SHOWN = 10
"""Runs that are shown."""

FAILED = 2
"""The least exit code of a run that was not done."""

_MADE_ANEW = "The next run rebuilds it, if it is damaged."


class Run(NamedTuple):
    """A run; `changed`, `written` and `problems` are 0 where it was not done."""

    started: datetime
    seconds: float
    exit: int
    changed: int
    written: int
    problems: int


@dataclass(frozen=True, slots=True)
class Status:
    """How it goes.

    Args:
        runs: the last ones, the newest first.
        success: when the last run that was done was started; None where there is none.
        problems: that are open now; those that the last run failed by come last.
        upcoming: when the next article appears or expires; None where none does.
        locked: who is at work on it, in words; empty where nobody is.
        retired: titles of feeds that have no source any more.
        former: paths of documents at addresses that feeds had before.
        wrong: why all is not well, in words; empty where it is.
        waiting: what hubs are still to be told.
        untold: files that commands are still to be told of.
        protected: how many articles are held back as they are not for all.
        pageless: how many articles are held back as they wait for their page.
        strict: it is not well either where something is left out.
    """

    runs: tuple[Run, ...]
    success: datetime | None
    problems: tuple[Problem, ...]
    upcoming: datetime | None
    locked: str
    retired: tuple[str, ...]
    former: tuple[str, ...]
    wrong: str
    waiting: tuple[Waiting, ...] = ()
    untold: tuple[str, ...] = ()
    protected: int = 0
    pageless: int = 0
    strict: bool = False

    @property
    def exit_code(self) -> int:
        """0 well, 1 not."""
        return int(bool(self.wrong) or (self.strict and self.leaves_out))

    @property
    def leaves_out(self) -> bool:
        """Whether an article, a feed, or somebody who is to be told was left out."""
        errors = any(problem.severity == "error" for problem in self.problems)
        return errors or any(one.given_up for one in self.waiting)

    @property
    def findings(self) -> str:
        """What is to be looked at though the last run was done, in words; empty where nothing is."""
        severities = Counter(problem.severity for problem in self.problems)
        told = sum(len(one.topics) for one in self.waiting)
        untold = sum(len(one.given_up) for one in self.waiting)
        parts = [_some(severities["error"], "error"), _some(severities["warning"], "warning")]
        parts += [_some(told, "feed", " still to be announced"), _some(untold, "feed", " not announced")]
        parts.append(_some(len(self.untold), "file", " still to be handed to after_publish"))
        return ", ".join(filter(None, parts))


def _some(count: int, what: str, more: str = "") -> str:
    return f"{count} {what}{'s' * (count != 1)}{more}" if count else ""


def status(
    content: Path,
    file: Path | None = None,
    state: Path | None = None,
    *,
    max_age: float | None = None,
    strict: bool = False,
    now: datetime | None = None,
) -> Status:
    """How it goes with a site.

    Args:
        content, file, state, now: as `pipeline.build` takes them.
        max_age: seconds that the last run may be old.
        strict: it is not well either where something is left out.

    Raises:
        FeedsError: the configuration or the catalog cannot be used.
    """
    config = load_site(content, file, state)
    unended = run_mark.unended(config.state)
    locked = holder(config.state)
    nothing = Status((), None, (), None, locked, (), (), _wrong([], unended, max_age, now or clock()))
    if not (config.state / "catalog.db").exists():
        return nothing
    try:
        return replace(_as_noted(config, locked, unended, max_age, now or clock()), strict=strict)
    except StateError:
        # A first run that was killed leaves a catalog that has nothing in it yet.
        if unended:
            return nothing
        raise


def _as_noted(config: Config, locked: str, unended: Unended | None, max_age: float | None, now: datetime) -> Status:
    """What the catalog knows."""
    with read_in_place(Catalog, config.state, f"Ask again when {locked} is done." if locked else _MADE_ANEW) as catalog:
        runs = [_run(*row) for row in catalog.runs()]
        waiting, untold = _queued(catalog, config)
        upcoming = catalog.fact(facts.UPCOMING)
        return Status(
            tuple(runs[:SHOWN]),
            next((run.started for run in runs if run.exit < FAILED), None),
            (*catalog.fact(facts.PROBLEMS), *catalog.fact(facts.FAILED)),
            moment(upcoming) if upcoming is not None else None,
            locked,
            catalog.fact(facts.RETIRED),
            catalog.fact(facts.FORMER),
            _wrong(runs, unended, max_age, now),
            tuple(waiting),
            tuple(untold),
            catalog.fact(facts.PROTECTED),
            catalog.fact(facts.PAGELESS),
        )


def upcoming(state: Path) -> datetime | None:
    """When time alone next changes something, as the last run had it: an article appears or expires, or a page has been
    gone for so long that this is said; None where nothing is.

    Raises:
        StateError: the catalog cannot be read.
    """
    with read_in_place(Catalog, state, _MADE_ANEW) as catalog:
        known = (catalog.fact(facts.UPCOMING), catalog.fact(facts.PAGES_DUE))
    found = min((one for one in known if one is not None), default=None)
    return moment(found) if found is not None else None


def next_try(config: Config) -> datetime | None:
    """When somebody is to be told of changes who could not be told before; None where nothing waits.

    Raises:
        StateError: the catalog cannot be read.
    """
    if not config.announces:
        return None
    with read_in_place(Catalog, config.state, _MADE_ANEW) as catalog:
        waiting, untold = _queued(catalog, config)
        last = catalog.last_run()
    moments = [one.due for one in waiting if one.due] + ([last] if untold and last else [])
    return min(moments, default=None)


def _queued(catalog: Catalog, config: Config) -> tuple[list[Waiting], list[str]]:
    """What somebody is still to be told."""
    return announcements.waiting(catalog, config.site.hubs, len(config.after_publish))


def _run(started: int, seconds: float, code: int, said: str) -> Run:
    counts = loads(said)
    return Run(moment(started), seconds, code, *(counts.get(name, 0) for name in ("changed", "written", "problems")))


def _wrong(runs: list[Run], unended: Unended | None, max_age: float | None, now: datetime) -> str:
    if unended:
        how = f"failed, with exit code {unended.exit}" if unended.exit else "never ended"
        return f"the run of {unended.started:%Y-%m-%d %H:%M:%S} UTC {how}"
    if not runs:
        return "there was no run yet"
    last = runs[0]
    if last.exit >= FAILED:
        return f"the last run failed, with exit code {last.exit}"
    age = (now - last.started).total_seconds()
    if max_age is not None and age > max_age:
        return f"the last run was {age:.0f} s ago, which is more than {max_age:.0f} s"
    return ""
