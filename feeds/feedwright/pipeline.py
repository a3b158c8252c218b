"""The line, from the articles' files to the feeds in the output folder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feedwright.announce import pending
from feedwright.config import Config
from feedwright.config.folders import is_within
from feedwright.config.reachable import unreachable
from feedwright.errors import ConfigError, FeedsError, Problem, StateError
from feedwright.publish import guards, report
from feedwright.publish.recover import disagreeing, restore
from feedwright.publish.report import Report
from feedwright.read.change_set import ChangeSet
from feedwright.read.refresh import refresh
from feedwright.run import USUAL, Options, Progress, Run, tell_nobody
from feedwright.sources.site import load_to_build, look_for_room
from feedwright.state import ledger_facts, run_mark
from feedwright.state.catalog import Catalog, discard_catalog, facts
from feedwright.state.ids_file.beside import ids_beside, keep_ids_beside
from feedwright.state.ledger import Ledger
from feedwright.state.lock import locked
from feedwright.state.sqlite import is_damage, opened

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from feedwright.publish.dry_run import Before
    from feedwright.publish.plan import Plan
    from feedwright.publish.stage import Done


def clock() -> datetime:
    """The one clock: now, aware, UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def build(
    content: Path,
    out: Path,
    *,
    file: Path | None = None,
    state: Path | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
    options: Options = USUAL,
    executor: Executor | None = None,
) -> Report:
    """Make every feed of a content folder, of which only what changed is done anew.

    Args:
        content: the folder of `site.toml`; or, with `file`, that of articles, where that names none itself.
        out: the folder that the feeds are written to.
        file: the configuration; None for `site.toml` in `content`.
        state: the folder of what must last; None for what the configuration says.
        now: aware; None for the clock's.
        progress: is told how far it is; its method `expect`, if it has one, how many of a step there are to do.
        executor: where files are read, in chunks of some hundreds; None for this process. What is made is the same,
            byte by byte. A `ProcessPoolExecutor` is worth its start from some ten thousand files to read, and is for
            programs whose main module may be imported again (`if __name__ == "__main__":`). It is left running; what
            it raises, because its processes were killed, ends the run, and every feed is as it was.

    Raises:
        FeedsError: nothing was published; its problems say why.
    """
    started, began = now or clock(), time.monotonic()
    config = _configured(content, out, file, state, started, options)

    def once() -> Report:
        where, copy = config.state, options.dry_run
        with opened(Ledger, where, copy=copy) as ledger, opened(Catalog, where, copy=copy) as catalog:
            run_time = guards.at(started, ledger, catalog)
            told = progress or tell_nobody, executor, getattr(progress, "expect", tell_nobody)
            return _noted(Run(config, out, ledger, catalog, run_time, options, *told), started, began)

    if options.dry_run:
        return once()
    with locked(config.state, out, options.wait), _marked(config.state, started):
        made = _healing(config.state, once)
    if not made.due:
        return made
    # No lock is held any more: whoever is slow to hear of it delays no other run.
    from feedwright.announce.dispatch import after_build

    return after_build(config, started, made)


def publish_site(run: Run) -> Report:
    """The line: read what changed; select, render and check what feeds show of it; publish the documents.

    Raises:
        FeedsError: nothing was published; or, where the disk failed between two renames, not all.
    """
    recovered = _recovered(run)
    changes = refreshed(run, recovered.touched)
    doubts = [*recovered.doubts]
    if changes.idle:
        return _unchanged(run, changes, doubts)
    # What all else is done with; most runs end here.
    from feedwright.publish import authority, extras, publish, tombstones
    from feedwright.publish.plan import plan
    from feedwright.publish.withdraw import withdraw
    from feedwright.render.feeds import rendered

    with authority.said_with_refusal(moved := authority.other_authority(run)):
        guards.refuse_what_cannot_be_meant(run, changes, recovered.published)
    doubts += moved
    doubts += withdraw(run, changes)
    made = rendered(run, changes, tombstones.refresh(run))
    planned = plan(run, made)
    guards.refuse_none(run, planned, changes.problems)
    guards.note_newest(run, changes)
    keep = partial(_keep_ids_beside, run, doubts)
    done = publish.publish(run, planned, extras.wanted(run, planned.sourced()), keep)
    doubts += _first_build(run, planned) if done.written else ()
    if run.options.dry_run:
        return report.tried(run, changes, planned, done, doubts, recovered.before)
    _tell(run, changes, planned, done)
    return report.built(run, changes, planned, done, doubts)


def _configured(
    content: Path, out: Path, file: Path | None, state: Path | None, started: datetime, options: Options
) -> Config:
    """The site's configuration; what is wrong with it is noted where there is a catalog."""
    try:
        return outside(load_to_build(content, file, state), out)
    except ConfigError as error:
        if not options.dry_run:
            report.note_wrong_settings(state or content / ".feeds", started, error)
        raise


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
        hint = "It was rebuilt from the articles. No id is lost by that."
        what = "was damaged" if error.problems[0].code == "catalog-unusable" else error.problems[0].what
        problem = Problem("warning", "catalog-rebuilt", str(state / "catalog.db"), what, hint)
        return replace(done, problems=(*done.problems, problem), new_problems=(*done.new_problems, problem))


def _is_damaged_catalog(error: StateError) -> bool:
    """Whether a catalog is at fault that can be made anew, rather than the disk or its permissions."""
    problem = error.problems[0]
    return problem.code == "catalog-newer" or (problem.code == "catalog-unusable" and is_damage(error.__cause__))


def _noted(run: Run, started: datetime, began: float) -> Report:
    """A run whose end is noted in the catalog, in one transaction with all that it changed there.

    Args:
        began: what the monotonic clock said.
    """
    catalog, is_meant = run.catalog, not run.options.dry_run
    said = {*report.problems_of_last_run(catalog), *report.why_last_run_failed(catalog)}
    try:
        made = publish_site(run)
    except FeedsError as error:
        if is_meant:
            error.is_noted = report.note_failure(catalog, started, time.monotonic() - began, error)
        error.new_problems = report.new_problems(error.problems, said)
        raise
    if is_meant:
        report.note_success(catalog, started, time.monotonic() - began, made)
        made = pending.with_queue(run, made, started)
    return replace(made, new_problems=report.new_problems(made.problems, said))


class _Recovered(NamedTuple):
    """What a run finds before it reads.

    Args:
        touched: number of a feed -> why it is to be looked at, in words.
        published: how many articles were published before, and had their files.
        before: how feeds are, where the run is only tried.
    """

    touched: Mapping[int, Sequence[str]]
    doubts: Sequence[Problem]
    published: int
    before: Before | None


def _recovered(run: Run) -> _Recovered:
    """Have ledger, catalog and output folder agree again, whatever became of them since the last run."""
    config, ledger, catalog, dry_run = run.config, run.ledger, run.catalog, run.options.dry_run
    touched, doubts = restore(run)
    for f, causes in disagreeing(run).items():
        touched.setdefault(f, []).extend(causes)
    before = None
    if dry_run:
        from feedwright.publish.dry_run import documents_before  # most runs are in earnest

        before = documents_before(catalog)
    elif ledger.fact(ledger_facts.PRECOMPRESS):
        from feedwright.publish import former_codings  # few sites ever had any

        doubts = [*doubts, *former_codings.remove(run.out, ledger, catalog)]
    doubts = [*doubts, *guards.clock_behind(run), *_taken_over(run)]
    published = ledger.count()  # with those that were just taken over
    return _Recovered(touched, [*doubts, *pending.problems(run), *unreachable(config)], published, before)


def _taken_over(run: Run) -> Sequence[Problem]:
    """Take over what is kept beside the articles; what is wrong with it."""
    found = ids_beside(run.config, run.ledger, run.catalog)
    if run.ledger.fact(ledger_facts.RUN):
        return found
    from feedwright.publish import lost_state  # once for each site
    from feedwright.publish.archives.recover import make_missing_again

    make_missing_again(run.config.state, run.ledger)
    if run.ledger.knows_any() or not run.catalog.is_empty():
        return found
    return (*found, *lost_state.adopt_published(run))


def refreshed(run: Run, touched: Mapping[int, Sequence[str]]) -> ChangeSet:
    """The catalog brought up to date.

    Args:
        touched: number of a feed -> what else touches it, in words.
    """
    changes = refresh(run, (*touched.items(), *_united(run.ledger, run.catalog).items()))
    if not changes.idle:
        from feedwright.read.renamed_feeds import follow  # most runs find nothing to do

        follow(run, changes)
    return changes


def _unchanged(run: Run, changes: ChangeSet, doubts: Sequence[Problem]) -> Report:
    """The end of a run that found nothing to do."""
    _keep_ids_beside(run, doubts, idle=True)
    return report.unchanged(run, changes.files, (*doubts, *changes.problems))


def _keep_ids_beside(run: Run, doubts: Sequence[Problem], *, idle: bool = False) -> None:
    if not run.options.dry_run:
        keep_ids_beside(run.config, run.ledger, run.catalog, doubts, idle=idle)


def _tell(run: Run, changes: ChangeSet, planned: Plan, done: Done) -> None:
    """Note who is to be told of what was published."""
    pending.note_changes(run, done.changed, (feed for _, feed in planned.shapes))
    if changes.noted:
        # Also of articles that no feed shows, and that moved or came back.
        run.ledger.commit()


def _first_build(run: Run, planned: Plan) -> Sequence[Problem]:
    """What the first build alone tells."""
    if run.ledger.fact(ledger_facts.RUN) > 1:
        return ()
    from feedwright.publish.first_build import many_terms

    return tuple(many_terms(run.config, run.catalog, planned))


def _united(ledger: Ledger, catalog: Catalog) -> Mapping[int, Sequence[str]]:
    """Bring several spellings of one term together, where that was not done; number of a feed -> what touches it."""
    if ledger.fact(ledger_facts.SPELLINGS) and catalog.fact(facts.SPELLINGS):
        return {}
    from feedwright.state.spellings import unite  # once for each site

    return unite(ledger, catalog)


def outside(config: Config, out: Path) -> Config:
    """The configuration with `out` kept apart from what is read and from what must last.

    Raises:
        ConfigError: the state would be where the world can read it; or `out` is there and no folder.
    """
    look_for_room(out, "out-no-folder", "Name the folder that feeds are written to; it is made where it is missing.")
    served = out.resolve()
    public = {served: "the output folder"}
    if config.pages:
        public.setdefault(config.pages.folder.resolve(), "the folder of the built site")
    for folder, called in public.items():
        if config.state.resolve().is_relative_to(folder):
            hint = "Name a folder outside, with `state` or --state."
            raise ConfigError(Problem("error", "state-public", str(config.state), f"is below {called}", hint))
    below = os.path.relpath(served, config.root.resolve()).replace(os.sep, "/")
    inside = below != "." and any(is_within(below, folder) for folder in config.content)
    return replace(config, exclude=(*config.exclude, f"{below}/**")) if inside else config
