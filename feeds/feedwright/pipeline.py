"""The way of an article: read, select, render, check, publish."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from feedwright.announce import pending
from feedwright.config import Config
from feedwright.config.reachable import unreachable
from feedwright.errors import ConfigError, FeedsError, Problem, StateError
from feedwright.publish import guards, report
from feedwright.publish.recover import disagreeing, restore
from feedwright.publish.report import Report
from feedwright.read.change_set import Moment, Progress, Refreshed
from feedwright.read.refresh import refresh
from feedwright.read.spellings import unite
from feedwright.sources.site import load_to_build, look_for_room
from feedwright.state import ledger, run_mark
from feedwright.state.catalog import Catalog, discard_catalog, open_catalog
from feedwright.state.ids_file.beside import ids_beside, keep_ids_beside
from feedwright.state.ledger import Ledger
from feedwright.state.lock import locked
from feedwright.state.sqlite import is_damage

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from feedwright.publish.extras.model import Extra
    from feedwright.publish.plan import Plan
    from feedwright.publish.stage import Done

MANY = 20_000
"""Files to read from which on several processes are worth their start."""


def clock() -> datetime:
    """The one clock: now, aware, UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Options:
    """How a build goes.

    Args:
        full: derive all anew, whatever is remembered of the last run.
        allow_shrink: publish even where many articles are gone or broken at once.
        allow_relink: publish even where most articles get another address.
        dry_run: write nothing.
        wait: seconds to wait for another run to end.
        jobs: processes to read with; None for as many as are worth it, which only a program can ask for whose main
            module may be imported again.
    """

    full: bool = False
    allow_shrink: bool = False
    allow_relink: bool = False
    dry_run: bool = False
    wait: float = 0
    jobs: int | None = 1


def build(
    content: Path,
    out: Path,
    *,
    file: Path | None = None,
    state: Path | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
    options: Options = Options(),
) -> Report:
    """Make every feed of a content folder, of which only what changed is done anew.

    Args:
        content: the folder of articles.
        out: the folder that the feeds are written to.
        file: the configuration; None for `site.toml` in `content`.
        state: the folder of what must last; None for what the configuration says.
        now: aware; None for the clock's.
        progress: is told how far it is.

    Raises:
        FeedsError: nothing was published; its problems say why.
    """
    started, began = now or clock(), time.monotonic()
    try:
        config = outside(load_to_build(content, file, state), out)
    except ConfigError as error:
        if not options.dry_run:
            report.note_wrong_settings(state or content / ".feeds", started, error)
        raise
    run = partial(_run, config, out, started, progress, options)
    if options.dry_run:
        return run(began)
    with locked(config.state, out, options.wait), _marked(config.state, started):
        done = _healing(config.state, partial(run, began))
    if not done.due:
        return done
    # No lock is held any more: whoever is slow to hear of it delays no other run.
    from feedwright.announce.dispatch import after_build

    return after_build(config, started, done)


@contextmanager
def _marked(state: Path, started: datetime) -> Iterator[None]:
    """Note in the state folder that a run began, until the catalog has its end: what is killed leaves that behind."""
    run_mark.note(state, run_mark.Unended(started))
    try:
        yield
    except FeedsError as error:
        if not error.is_noted:
            run_mark.note(state, run_mark.Unended(started, error.exit_code))
            raise
        run_mark.forget(state)
        raise
    run_mark.forget(state)


def _healing(state: Path, run: Callable[[], Report]) -> Report:
    """A run, and another one where the catalog turns out to be damaged."""
    try:
        return run()
    except StateError as error:
        if not _is_damaged_catalog(error):
            raise
        discard_catalog(state)
        done = run()
        mend = "It was made anew from the articles. No id is lost by that."
        what = "was damaged" if error.problems[0].code == "catalog-unusable" else error.problems[0].what
        problem = Problem("warning", "catalog-rebuilt", str(state / "catalog.db"), what, mend)
        return replace(done, problems=(*done.problems, problem), new_problems=(*done.new_problems, problem))


def _is_damaged_catalog(error: StateError) -> bool:
    """Whether a catalog is at fault that can be made anew, rather than the disk or its permissions."""
    problem = error.problems[0]
    return problem.code == "catalog-newer" or (problem.code == "catalog-unusable" and is_damage(error.__cause__))


def _run(
    config: Config, out: Path, started: datetime, progress: Progress | None, options: Options, began: float
) -> Report:
    with ExitStack() as held:
        known = held.enter_context(ledger.opened(config.state, copy=options.dry_run))
        catalog = held.enter_context(open_catalog(config.state, copy=options.dry_run))
        carried = report.problems_of_last_run(catalog)
        before = (*carried, *report.why_last_run_failed(catalog))
        try:
            made = _made(config, out, known, catalog, started, progress, options)
        except FeedsError as error:
            if not options.dry_run:
                error.is_noted = report.note_failure(catalog, started, time.monotonic() - began, error)
            error.new_problems = report.new_problems(error.problems, before)
            raise
        if not options.dry_run:
            report.note_success(catalog, started, time.monotonic() - began, made)
            made = pending.with_queue(config, known, catalog, made, started)
    return replace(made, new_problems=report.new_problems(made.problems, before))


def _made(
    config: Config,
    out: Path,
    known: Ledger,
    catalog: Catalog,
    started: datetime,
    progress: Progress | None,
    options: Options,
) -> Report:
    touched, doubts = restore(config.state, out, known, catalog)
    at, doubtful = guards.at(started, known)
    for f, causes in disagreeing(out, known, catalog, dry_run=options.dry_run).items():
        touched.setdefault(f, []).extend(causes)
    old = None
    if options.dry_run:
        from feedwright.publish.dry_run import differences, documents_before  # most runs are in earnest

        old = documents_before(catalog)
    published = known.count()
    doubts = [*doubts, *doubtful, *ids_beside(config, known, catalog), *pending.problems(config, catalog)]
    doubts += unreachable(config)
    found = refreshed(config, known, catalog, at, touched, progress, options)
    doubts = [*doubts, *_codings(config, known, catalog)]
    if found.idle:
        if not options.dry_run:
            keep_ids_beside(config, known, catalog, doubts, idle=True)
            doubts = [*doubts, *_keep_codings_up(config, out, known, catalog, at.now)]
        return _as_before(config, catalog, at, found, (*doubts, *found.problems, *report.standing(catalog)))
    # What all else is done with; most runs end here.
    from feedwright.publish import extras
    from feedwright.publish.extras.model import Scene
    from feedwright.publish.withdraw import withdraw

    _refuse(config, catalog, found, published, options)
    doubts = [*doubts, *withdraw(config.state, known, catalog, found, dry_run=options.dry_run)]
    planned = _planned(config, out, known, catalog, at, found, progress)
    if not options.dry_run:
        keep_ids_beside(config, known, catalog, doubts)
    beside = extras.wanted(Scene(config, catalog, planned.sourced(), at))
    done, unmade = _put_in_place(config, out, known, catalog, planned, beside, at, options.dry_run)
    if found.noted and not options.dry_run:
        # Also of articles that no feed shows, and that moved or came back.
        known.commit()
    standing = (*found.together, *planned.problems, *done.problems)
    report.note_standing(catalog, standing)
    said = (*doubts, *unmade, *found.problems, *standing, *done.passing, *report.spoilt(config, catalog))
    made = report.of(config, catalog, at, found.files, said, len(found.changed), planned, done)
    if old is None:
        return made
    return replace(made, differences=differences(catalog, old, planned, done.written))


def _planned(
    config: Config,
    out: Path,
    known: Ledger,
    catalog: Catalog,
    at: Moment,
    found: Refreshed,
    progress: Progress | None,
) -> Plan:
    """What is to be published.

    Raises:
        FeedsError: it is a first build, and there is no article.
    """
    from feedwright.publish import tombstones
    from feedwright.publish.plan import plan

    tombstones.refresh(config, known, catalog, at, found)
    planned = plan(config, known, catalog, at, found, progress)
    if not catalog.any("page = ''"):
        guards.refuse_none(config, out, known, [feed for _, feed in planned.shapes], found.problems)
    if not at.doubtful:
        guards.note_time(found, known, at.now)
    return planned


def _refuse(config: Config, catalog: Catalog, found: Refreshed, published: int, options: Options) -> None:
    """Publish nothing where what was found cannot be meant.

    Args:
        published: how many articles were before.

    Raises:
        FeedsError: it says why.
    """
    if not options.allow_shrink:
        guards.refuse_shrinking(config, catalog, found, published)
    if not options.allow_relink and found.new_rules:
        guards.refuse_relinking(config, found, catalog.count("shown"))
    guards.refuse_nothing(config, catalog, (*found.problems, *catalog.problems()))


def _as_before(config: Config, catalog: Catalog, at: Moment, found: Refreshed, problems: Sequence[Problem]) -> Report:
    """The report of a run that found nothing to do."""
    idle = report.of(config, catalog, at, found.files, problems)
    kept = partial(report.kept_by_last_run, catalog)
    return replace(idle, retired=kept("retired"), former=kept("former"))


def _put_in_place(
    config: Config,
    out: Path,
    known: Ledger,
    catalog: Catalog,
    planned: Plan,
    beside: Sequence[Extra],
    at: Moment,
    dry_run: bool,
) -> tuple[Done, Sequence[Problem]]:
    """Publish what is planned, in all codings, and note who is to be told; what is wrong with the codings."""
    from feedwright.publish import precompress
    from feedwright.publish.publish import put_in_place

    announces = config.announces
    done = put_in_place(
        out, config.state, known, catalog, planned, at.now, beside, dry_run=dry_run, announces=announces
    )
    told = _told_once(config, known, catalog, planned) if done.written else []
    if dry_run:
        return done, told
    problems = precompress.keep_up(out, known, catalog, done.changed)
    # Who subscribed at a former address did so under that address.
    former = config.site.feeds_url
    topics = {feed.path: former + quote(feed.path) if feed.former else feed.self_url for _, feed in planned.shapes}
    pending.note_changes(config, known, catalog, done.changed, topics, at.now)
    return done, [*problems, *told]


def _told_once(config: Config, known: Ledger, catalog: Catalog, planned: Plan) -> list[Problem]:
    """What the first build alone tells."""
    if known.fact("run") not in ("", "1"):
        return []
    from feedwright.publish.first_build import many_terms

    return list(many_terms(config, catalog, planned))


def _has_codings(config: Config, known: Ledger) -> bool:
    """Whether documents are there in other codings, too, or are to be."""
    return bool(config.precompress or known.fact("precompress"))


def _codings(config: Config, known: Ledger, catalog: Catalog) -> list[Problem]:
    """Note which codings are made from now on; why some that are wanted are not."""
    if not _has_codings(config, known):
        return []
    from feedwright.publish import precompress  # few sites have any

    return precompress.prepare(known, catalog, config.precompress)


def _keep_codings_up(config: Config, out: Path, known: Ledger, catalog: Catalog, now: datetime) -> list[Problem]:
    """Where nothing has changed but files of ours that somebody altered: what is wrong."""
    if not _has_codings(config, known):
        return []
    from feedwright.publish import precompress

    changed: set[str] = set()
    problems = precompress.keep_up(out, known, catalog, changed)
    if changed:
        pending.note_changes(config, known, catalog, changed, {}, now)
    return problems


def refreshed(
    config: Config,
    known: Ledger,
    catalog: Catalog,
    at: Moment,
    touched: Mapping[int, Sequence[str]],
    progress: Progress | None,
    options: Options,
) -> Refreshed:
    """The catalog brought up to date.

    Args:
        touched: number of a feed -> what else touches it, in words.
    """
    united = unite(known, catalog)
    with ExitStack() as held:
        workers = partial(_workers, held, options.jobs)
        found = refresh(config, known, catalog, at, everything=options.full, workers=workers, progress=progress)
    for f, causes in (*touched.items(), *united.items()):
        found.causes[f].extend(causes)
        found.idle = False
    return found


def _workers(held: ExitStack, jobs: int | None, files: int) -> Executor | None:
    """Processes to read with, where there is enough to do."""
    wanted = jobs or (os.cpu_count() or 1 if files >= MANY else 1)
    if wanted < 2 or not files:
        return None
    # Few builds need them.
    from feedwright.read.workers import pool

    return held.enter_context(pool(wanted))


def outside(config: Config, out: Path) -> Config:
    """The configuration with `out` kept apart from what is read and from what must last.

    Raises:
        ConfigError: the state would be where the world can read it; or `out` is there and no folder.
    """
    look_for_room(out, "out-no-folder", "Name the folder that feeds are written to; it is made where it is missing.")
    served = out.resolve()
    if config.state.resolve().is_relative_to(served):
        mend = "Name a folder outside, with `state` or --state."
        raise ConfigError(Problem("error", "state-public", str(config.state), "is below the output folder", mend))
    below = os.path.relpath(served, config.content.resolve()).replace(os.sep, "/")
    inside = below != "." and not below.startswith("..")
    return replace(config, exclude=(*config.exclude, f"{below}/**")) if inside else config
