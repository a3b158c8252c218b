"""Working the queue: what is due is told without holding up any other run, and what came of it is noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.announce import queue
from feedwright.config import Config
from feedwright.errors import FeedsError, Problem
from feedwright.publish import report
from feedwright.state import unannounced
from feedwright.state.catalog import Catalog, announcements, facts
from feedwright.state.catalog.announcements import Ping
from feedwright.state.ledger import Ledger
from feedwright.state.lock import LockedError, alone, locked
from feedwright.state.sqlite import opened

if TYPE_CHECKING:
    from feedwright.announce.hubs import Heard
    from feedwright.publish.report import Report


@dataclass(frozen=True, slots=True)
class Patience:
    """How long it may take, in seconds.

    Args:
        answer: until a hub answers.
        hubs: for all hubs, which are told at the same time.
        turn: until another run that announces is done.
        note: until another run lets us note what was told.
    """

    answer: float
    hubs: float
    turn: float
    note: float


BUILD = Patience(5, 8, 8, 60)
"""At the end of a build, which is published by then and holds no lock."""

BY_HAND = Patience(30, 600, 60, 300)


@dataclass(frozen=True, slots=True)
class Announced:
    """What came of it.

    Args:
        told: hubs, and addresses of the feeds that they were told of.
        paths: of the files that commands were told of.
        untold: of the files that a command is still to be told of.
        waiting: hubs, and addresses of the feeds that they are still to be told of; those that were given up are not
            among them.
        problems: of commands and hubs.
    """

    told: tuple[tuple[str, str], ...] = ()
    paths: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Due:
    """What is to be told now.

    Args:
        out: the output folder.
        untold: number of a command -> files and the runs that changed them.
        pings: hub -> feeds.
    """

    out: Path
    untold: Mapping[int, Sequence[tuple[str, int]]]
    pings: Mapping[str, Sequence[Ping]]


@dataclass(slots=True)
class _Outcome:
    """What came of what was due.

    Args:
        heard: the commands that were told.
        fault: why one failed, where one did.
        hubs: what came of the hubs; None where these were held back.
    """

    heard: list[int] = field(default_factory=list)
    fault: Problem | None = None
    hubs: Heard | None = None


def announce(config: Config, now: datetime, patience: Patience = BY_HAND, *, everything: bool = False) -> Announced:
    """Tell commands and hubs what has changed.

    Args:
        now: aware.
        everything: also what is not due yet, and what was given up.

    Raises:
        LockedError: another run is at work; nothing was told, or it could not be noted that it was.
        FeedsError: the catalog cannot be used.
    """
    if not config.announces or not (config.state / "catalog.db").exists():
        return Announced()
    with alone(config.state, "announcing", patience.turn):
        with _state(config, patience.turn) as (_, catalog):
            due = _due(config, catalog, None if everything else now)
        outcome = _tell(config, due, now, patience)
        with _state(config, patience.note) as (ledger, catalog):
            return _noted(config, ledger, catalog, due, outcome, now)


def would_announce(config: Config, now: datetime, *, everything: bool = False) -> Announced:
    """What `announce` would tell, as `told` and `paths`. Nothing is written for that.

    Raises:
        FeedsError: the catalog cannot be used.
    """
    with opened(Catalog, config.state, copy=True) as catalog:
        due = _due(config, catalog, None if everything else now)
    told = tuple((ping.hub, ping.topic) for pings in due.pings.values() for ping in pings)
    return Announced(told, _paths(due, due.untold))


def after_build(config: Config, now: datetime, done: Report) -> Report:
    """The report of a build, after all that was due was told."""
    try:
        announced = announce(config, now, BUILD)
    except LockedError:
        # Whoever is at work, or the next run, finds what waits.
        return done
    except FeedsError as error:
        doubts = tuple(replace(problem, severity="warning") for problem in error.problems)
        return replace(done, problems=(*done.problems, *doubts), new_problems=(*done.new_problems, *doubts))
    others = [problem for problem in done.problems if problem.code not in queue.CODES]
    said = {(problem.code, problem.what) for problem in done.problems}
    new = [problem for problem in done.new_problems if problem.code not in queue.CODES]
    # What a command says may differ each time; that it fails as it did before is not new.
    new += (problem for problem in announced.problems if (problem.code, problem.what) not in said)
    return replace(
        done,
        problems=(*others, *announced.problems),
        new_problems=tuple(new),
        told=announced.told,
        waiting=announced.waiting,
    )


@contextmanager
def _state(config: Config, wait: float) -> Iterator[tuple[Ledger, Catalog]]:
    with ExitStack() as held:
        held.enter_context(locked(config.state, None, wait))
        ledger = held.enter_context(opened(Ledger, config.state))
        yield ledger, held.enter_context(opened(Catalog, config.state))


def _due(config: Config, catalog: Catalog, now: datetime | None) -> _Due:
    """What is to be told of what is still there: nothing, where the output folder is not."""
    out = Path(catalog.fact(facts.OUT))
    if not catalog.fact(facts.OUT) or not out.is_dir():
        return _Due(out, {}, {})

    def is_there(path: str) -> bool:
        return (out / path).exists()

    files = {
        number: [one for one in found if is_there(one[0])] for number, found in queue.untold(config, catalog).items()
    }
    pings = queue.pings(config, catalog, now)
    return _Due(out, files, {hub: [one for one in found if is_there(one.path)] for hub, found in pings.items()})


def _tell(config: Config, due: _Due, now: datetime, patience: Patience) -> _Outcome:
    """Tell the commands, and then, if none failed, the hubs."""
    outcome = _Outcome()
    for number, files in due.untold.items():
        if files:
            from feedwright.announce import commands  # few sites have one

            outcome.fault = commands.run(config, due.out, number, [path for path, _ in files])
        if outcome.fault:
            return outcome
        outcome.heard.append(number)
    asked = {hub: pings for hub, pings in due.pings.items() if pings}
    if asked:
        from feedwright.announce import hubs  # httpx takes longer to load than most builds take

        outcome.hubs = hubs.tell(asked, now, patience.answer, patience.hubs)
    return outcome


def _noted(config: Config, ledger: Ledger, catalog: Catalog, due: _Due, outcome: _Outcome, now: datetime) -> Announced:
    """Note what was told and what failed, and make that last."""
    for number in outcome.heard:
        announcements.heard(catalog, number, due.untold[number])
    queue.note_command(catalog, outcome.fault)
    told: list[Ping] = []
    if heard := outcome.hubs:
        told = heard.told
        announcements.told(catalog, told)
        for ping, failure in heard.failed:
            queue.failed(catalog, ping, failure, now)
        for hub, failure in heard.dead.items():
            queue.failed_as_such(catalog, hub, failure, now)
    if due.out.is_dir():
        announcements.forget(catalog, {path for path in announcements.paths(catalog) if not (due.out / path).exists()})
    problems = queue.problems(config, catalog)
    report.note_problems(catalog, queue.CODES, problems)
    catalog.commit()
    unannounced.forget_told(ledger, announcements.paths(catalog))
    return Announced(
        tuple((ping.hub, ping.topic) for ping in told),
        _paths(due, outcome.heard),
        _paths(due, due.untold.keys() - outcome.heard),
        queue.topics_waiting(config, catalog),
        problems,
    )


def _paths(due: _Due, commands: Iterable[int]) -> tuple[str, ...]:
    """The files that some commands are told of."""
    return tuple(sorted({path for number in commands for path, _ in due.untold[number]}))
