"""What a run did, in data; and what is kept of it for the next run and for whoever asks."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feedwright.config import Config
from feedwright.errors import IN_NO_FEED, FeedsError, Problem
from feedwright.read.change_set import ChangeSet
from feedwright.run import Run
from feedwright.select.eligibility import NO_PAGE, ineligibility_reason
from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog, Row, article_of, facts
from feedwright.state.serialise import dumps
from feedwright.state.sqlite import opened

if TYPE_CHECKING:
    from feedwright.publish.dry_run import Before, Difference
    from feedwright.publish.plan import Plan
    from feedwright.publish.stage import Done

_KEPT = "Until then the feeds keep the article as it was."
_STILL_OUT = "It stays in no feed, as before."

KEPT = 100
"""Runs that are remembered."""


class Moved(NamedTuple):
    """A feed whose author or term goes by another name now.

    Args:
        kind: of the feed.
        before, now: its term.
        path: of its first document; empty where it has none now.
        former: paths of documents at the addresses that it had before.
    """

    kind: str
    before: str
    now: str
    path: str
    former: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did.

    Args:
        articles: how many files there are that are articles.
        shown: how many articles may be shown, and can be.
        changed: how many articles came, went, changed, or began or ceased to be shown.
        hidden: file -> why it may not be shown, though all is well with it.
        left_out: files that should be in feeds and are not; a problem says why.
        problems: all that is wrong now.
        new_problems: those of them that the run before did not have.
        differences: what would become of each feed, where the run was only tried.
        written, unchanged: paths of documents below the output folder.
        others: those that were written and are no feeds: the page, its style, lists, sitemaps.
        feeds: how many feeds there are that somebody may still subscribe to.
        places: path below the output folder, and URL, of each document of the site's own feed, or else of the first.
        first: whether nothing was ever published before.
        retired: titles of feeds that have no source any more, and are kept for their subscribers.
        former: paths of documents at addresses that feeds had before, kept up for those who subscribed there.
        why: path of a document that was written -> what caused it.
        told: hubs, and addresses of the feeds that they were told of.
        waiting: hubs, and addresses of the feeds that they are still to be told of.
        due: whether somebody is to be told something now.
        pages: how many files are no articles, as they have no date and the site's engine has no posts there; the first.
        engine: that of these.
        by_commit: how many articles have no date but that of their first commit; the first of them.
        moved: feeds whose author or term goes by another name now.
    """

    articles: int
    shown: int
    changed: int
    hidden: Mapping[str, str]
    left_out: tuple[str, ...]
    problems: tuple[Problem, ...]
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    retired: tuple[str, ...] = ()
    why: Mapping[str, Sequence[str]] = field(default_factory=dict)
    new_problems: tuple[Problem, ...] = ()
    differences: tuple[Difference, ...] = ()
    former: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    due: bool = False
    pages: tuple[int, str] = (0, "")
    engine: str = ""
    by_commit: tuple[int, str] = (0, "")
    others: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    feeds: int = 0
    places: tuple[tuple[str, str], ...] = ()
    first: bool = False

    @property
    def protected(self) -> int:
        """How many of the hidden articles are not for all."""
        return sum(why.startswith("protected (") for why in self.hidden.values())

    @property
    def pageless(self) -> int:
        """How many of the hidden articles wait for their page."""
        return sum(why == NO_PAGE for why in self.hidden.values())

    @property
    def exit_code(self) -> int:
        """0 well, 1 done with findings."""
        return int(any(problem.severity == "error" for problem in self.problems))


def of(
    run: Run,
    files: int,
    problems: Iterable[Problem],
    changed: int = 0,
    plan: Plan | None = None,
    done: Done | None = None,
) -> Report:
    """What a run did; without a plan, nothing.

    Args:
        problems: all but those of single articles and documents, which are in the catalog.
    """
    catalog = run.catalog
    hidden = {
        row.key: ineligibility_reason(article_of(row), run.time.now) or "not yet decided"
        for row in catalog.hidden_rows()
    }
    pages = catalog.pages()
    left_out = tuple(row.key for row in catalog.left_out_rows())
    written = set(done.written) if done else set()
    shapes = [feed for _, feed in plan.shapes] if plan else []
    of_feeds = {feed.path for feed in shapes}
    current = {feed.path for feed in shapes if not feed.former}
    sourced = [feed for _, feed in plan.sourced()] if plan else []
    return Report(
        files - pages[0],
        catalog.count() - pages[0] - len(hidden) - len(left_out),
        changed,
        hidden,
        left_out,
        located((*problems, *_once(catalog.problems())), run.config, catalog),
        tuple(sorted(written)),
        tuple(document.path for document in catalog.documents() if document.path not in written),
        tuple(one.title for one in plan.every if one.retired) if plan else (),
        done.why if done else {},
        former=tuple(sorted(of_feeds - current - (done.lost if done else set()))),
        pages=pages,
        engine=catalog.among([pages[1]])[pages[1]].page if pages[0] else "",
        by_commit=catalog.dated_by_commit(),
        others=tuple(sorted(path for path in written if path not in of_feeds and not path.startswith("archive/"))),
        feeds=len({(feed.kind, feed.term) for feed in sourced}),
        places=tuple(
            (feed.path, feed.self_url)
            for feed in sourced
            if (feed.kind, feed.term) == (sourced[0].kind, sourced[0].term)
        ),
        first=bool(written) and run.ledger.fact(ledger_facts.RUN) <= 1,
    )


def unchanged(run: Run, files: int, problems: Iterable[Problem]) -> Report:
    """What a run did that found nothing to do.

    Args:
        files: how many there are.
        problems: that this run found.
    """
    idle = of(run, files, (*problems, *standing(run.catalog)))
    fact = run.catalog.fact
    feeds, places = fact(facts.PLACES)
    return replace(idle, retired=fact(facts.RETIRED), former=fact(facts.FORMER), feeds=feeds, places=places)


def built(run: Run, changes: ChangeSet, plan: Plan, done: Done, doubts: Sequence[Problem]) -> Report:
    """What a run did that found something to do.

    Args:
        doubts: what else was found to be wrong.
    """
    standing = (*changes.together, *plan.problems, *done.problems)
    note_standing(run.catalog, standing)
    said = (*doubts, *changes.problems, *standing, *done.passing, *spoilt(run))
    made = of(run, changes.files, said, changes.count_changed(plan.left_out), plan, done)
    return replace(made, moved=tuple(_moved(changes, plan)))


def _moved(changes: ChangeSet, plan: Plan) -> Iterator[Moved]:
    """The feeds that have another name than before."""
    for kind, before, now in changes.renamed:
        shapes = [feed for _, feed in plan.shapes if (feed.kind, feed.term) == (kind, now)]
        path = next((feed.path for feed in shapes if not feed.former), "")
        yield Moved(kind, before, now, path, tuple(sorted(feed.path for feed in shapes if feed.former)))


def tried(
    run: Run, changes: ChangeSet, plan: Plan, done: Done, doubts: Sequence[Problem], before: Before | None
) -> Report:
    """What a run would do.

    Args:
        before: how feeds are.
    """
    from feedwright.publish.dry_run import differences  # most runs are in earnest

    made = built(run, changes, plan, done, doubts)
    return replace(made, differences=differences(run.catalog, before, plan, done.written) if before else ())


def located(problems: Iterable[Problem], config: Config, catalog: Catalog) -> tuple[Problem, ...]:
    """Problems with the paths that a user would open, each once, by file and line."""
    found = dict.fromkeys(problems)
    keys = catalog.among({problem.file for problem in found})
    opened = (
        replace(_as_it_is(p, keys[p.file]), file=str(config.root / p.file)) if p.file in keys else p for p in found
    )
    return tuple(sorted(opened, key=lambda p: (p.file, p.line, p.code, p.key, p.what)))


def _as_it_is(problem: Problem, row: Row) -> Problem:
    """A problem of an article's file that says what becomes of the article: one that was good stays as it was."""
    if row.state != "broken" or not problem.hint.endswith(IN_NO_FEED):
        return problem
    return replace(problem, hint=problem.hint.removesuffix(IN_NO_FEED) + (_KEPT if row.shown else _STILL_OUT))


def _once(problems: Iterable[Problem]) -> Iterable[Problem]:
    """What no template tag can be rendered as, once for all texts, with its first file and the number of the others."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.code == "template-unknown":
            alike.setdefault((problem.code, problem.what), []).append(problem)
        else:
            yield problem
    for found in alike.values():
        first, *others = sorted(set(found), key=lambda problem: problem.file)
        yield replace(first, what=f"{first.what} (in {len(others)} more)") if others else first


def spoilt(run: Run) -> tuple[Problem, ...]:
    """That something in the catalog was not what was put there, and was made anew."""
    if not (count := len(run.catalog.spoilt)):
        return ()
    what = f"holds damaged text of {count} {'article' if count == 1 else 'articles'}, though it can be read"
    hint = "It was rebuilt from the articles. If it happens again, look at the disk."
    return (Problem("warning", "catalog-damaged", str(run.config.state / "catalog.db"), what, hint),)


def standing(catalog: Catalog) -> tuple[Problem, ...]:
    """What was wrong when anything last changed, besides what each run finds anew."""
    return catalog.fact(facts.STANDING)


def note_standing(catalog: Catalog, problems: Sequence[Problem]) -> None:
    """Note what is wrong until anything changes."""
    catalog.note(facts.STANDING, tuple(problems))


def problems_of_last_run(catalog: Catalog) -> tuple[Problem, ...]:
    """What was wrong when the last run ended that was done."""
    return catalog.fact(facts.PROBLEMS)


def note_problems(catalog: Catalog, codes: Collection[str], problems: Iterable[Problem]) -> None:
    """Note what is wrong of some kinds, in the place of what was when the last run ended."""
    others = (problem for problem in problems_of_last_run(catalog) if problem.code not in codes)
    catalog.note(facts.PROBLEMS, (*others, *problems))


def why_last_run_failed(catalog: Catalog) -> tuple[Problem, ...]:
    """Why the last run was not done; () where it was."""
    return catalog.fact(facts.FAILED)


def new_problems(problems: Sequence[Problem], before: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that the run before did not have, by whatever way it was led to their files."""
    said = set(before)
    new = tuple(problem for problem in problems if problem not in said)
    over = said.difference(problems)
    if not new or not over:
        return new
    known = set(map(_at_its_place, over))
    return tuple(problem for problem in new if _at_its_place(problem) not in known)


def _at_its_place(problem: Problem) -> Problem:
    try:
        return replace(problem, file=os.path.realpath(problem.file)) if problem.file else problem
    except ValueError:  # no name that a file can have
        return problem


def note_success(catalog: Catalog, started: datetime, took: float, report: Report) -> None:
    """Note a run that was done, and make all that it changed in the catalog last."""
    catalog.note(facts.PROBLEMS, report.problems)
    catalog.note(facts.RETIRED, report.retired)
    catalog.note(facts.FORMER, report.former)
    catalog.note(facts.PLACES, (report.feeds, report.places))
    catalog.note(facts.PROTECTED, report.protected)
    catalog.note(facts.PAGELESS, report.pageless)
    catalog.note(facts.FAILED, ())
    said = {"changed": report.changed, "written": len(report.written), "problems": len(report.problems)}
    catalog.note_run(started, took, report.exit_code, json.dumps(said), KEPT)
    catalog.commit()


def note_failure(catalog: Catalog, started: datetime, took: float, error: FeedsError) -> bool:
    """Note a run that was not done, of which nothing else is kept.

    Returns: whether that could be done.
    """
    try:
        catalog.roll_back()
        catalog.note_run(started, took, error.exit_code, dumps({"failed": error.problems}), KEPT)
        catalog.note(facts.FAILED, error.problems)
        catalog.commit()
    except sqlite3.Error:
        # What went wrong with the run may have gone wrong with this, too; the run's own error is what counts.
        return False
    return True


def note_wrong_settings(state: Path, started: datetime, error: FeedsError) -> None:
    """Note a run that came to nothing because of its configuration, where there is a catalog to note it in.

    Args:
        state: the folder of what must last, as far as that can be known without a configuration.
    """
    if not os.path.exists(state / "catalog.db"):  # noqa: PTH110
        return
    try:
        with opened(Catalog, state) as catalog:
            before = why_last_run_failed(catalog)
            error.new_problems = new_problems(error.problems, before)
            note_failure(catalog, started, 0, error)
    except FeedsError:
        # As above; a damaged catalog is for the next run to mend.
        return
