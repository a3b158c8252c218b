"""What a build would make, looked at without making it: the list of feeds, and where an article is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.model import Feed, FeedName
from feedwright.pipeline import clock, refreshed
from feedwright.publish import guards, report
from feedwright.publish.plan import Plan, Shown, plan
from feedwright.read.change_set import ChangeSet
from feedwright.render.feeds import rendered
from feedwright.run import Moment, Options, Run
from feedwright.select.eligibility import ineligibility_reason
from feedwright.select.feeds import feeds_of, least_of, most_needed
from feedwright.sources.site import load_site
from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog, Row, article_of, built_site, facts
from feedwright.state.ids_file.beside import ids_beside
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened
from feedwright.text.moments import in_words
from feedwright.text.suggest import likest


@dataclass(frozen=True, slots=True)
class Survey:
    """The feeds of a site.

    Args:
        feeds: each in its formats, with the moment of its newest entry.
        former: URLs of documents that are kept up where feeds were before, each with the feed as it is there.
        retired: kind and term of those feeds that have no source any more.
    """

    feeds: tuple[tuple[tuple[Feed, ...], datetime | None], ...]
    former: tuple[tuple[str, Feed], ...] = ()
    retired: frozenset[FeedName] = frozenset()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say about one article."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...]
    exit_code: int


def survey(content: Path, file: Path | None = None, state: Path | None = None, now: datetime | None = None) -> Survey:
    """The feeds of a content folder.

    Args:
        content, file, state, now: as `pipeline.build` takes them.

    Raises:
        FeedsError: the configuration or the ledger cannot be used.
    """
    with _planned(content, file, state, now) as (run, planned):
        now_shown = (_now(one) for one in planned.feeds)
        feeds = tuple((tuple(shapes), _newest(run.catalog, shapes[0])) for shapes in now_shown if shapes)
        base = run.config.site.feeds_url
        former = ((base + quote(feed.path), feed) for one in planned.feeds for feed in one.shapes if feed.former)
        return Survey(feeds, tuple(former), frozenset(one.name for one in planned.every if one.retired))


def urls(shapes: Sequence[Feed]) -> str:
    """The URLs of a feed in its formats, of which those in the same folder as the first have their names alone."""
    folder = shapes[0].self_url.rpartition("/")[0] + "/"
    return ", ".join((shapes[0].self_url, *(_in(folder, one.self_url) for one in shapes[1:])))


def _in(folder: str, url: str) -> str:
    name = url.removeprefix(folder)
    return name if name and "/" not in name else url


def _now(shown: Shown) -> list[Feed]:
    """A feed at the addresses that it has now."""
    return [feed for feed in shown.shapes if not feed.former]


def _newest(catalog: Catalog, feed: Feed) -> datetime | None:
    rows = {row.id: row for row in catalog.with_ids(feed.entries)}
    return max((rows[id_].when() for id_ in feed.entries if id_ in rows), default=None)


def explain(
    wanted: str, content: Path, file: Path | None = None, state: Path | None = None, now: datetime | None = None
) -> Explanation:
    """Which feeds an article is in, or why it is in none.

    Args:
        wanted: its file (as a user would type it, or below the content folder), slug, address or id.
        content, file, state, now: as `pipeline.build` takes them.

    Returns: exit code 0 where it is in a feed or rightly in none, 1 where it has problems or is not there.
    """
    with _planned(content, file, state, now) as (run, planned):
        config, catalog, at = run.config, run.catalog, run.time
        rows = [row for row in catalog.rows() if is_called(wanted, row, content)]
        if not rows:
            return Explanation((), (missing(wanted, catalog),), 1)
        keys = {row.key for row in rows}
        found = (*planned.problems, *catalog.problems())
        problems = report.located((problem for problem in found if problem.file in keys), config, catalog)
        lines = [line for row in rows for line in _lines(config, catalog, row, planned, at)]
        failed = any(problem.severity == "error" for problem in problems)
        return Explanation(tuple(lines), problems, int(failed))


def held_back(
    content: Path, file: Path | None = None, state: Path | None = None, now: datetime | None = None
) -> Explanation:
    """Every article that is in no feed, with the reason.

    Args:
        content, file, state, now: as `pipeline.build` takes them.

    Returns: exit code 0 where each is rightly in none, 1 where any is left out for what is wrong with it.
    """
    with _planned(content, file, state, now) as (run, planned):
        root = run.config.root
        found = report.of(run, 0, planned.problems)
        why = {**found.hidden, **dict.fromkeys(found.left_out, "left out: see the problem above")}
        lines = [f"{root / key}: {why[key]}" for key in sorted(why)]
        left_out = {str(root / key) for key in found.left_out}
        problems = tuple(one for one in found.problems if one.file in left_out)
        return Explanation(tuple(lines or ["no article is held back"]), problems, int(bool(left_out)))


@contextmanager
def _planned(content: Path, file: Path | None, state: Path | None, now: datetime | None) -> Iterator[tuple[Run, Plan]]:
    """What a build would plan, of all feeds, on copies that are thrown away."""
    with looked_at(content, file, state, now) as (run, found):
        yield run, plan(run, rendered(run, found))


@contextmanager
def looked_at(
    content: Path, file: Path | None = None, state: Path | None = None, now: datetime | None = None
) -> Iterator[tuple[Run, ChangeSet]]:
    """The articles as a build would find them, on copies that are thrown away.

    Args:
        content, file, state, now: as `pipeline.build` takes them.

    Raises:
        FeedsError: the configuration, the ledger or the content folder cannot be used.
    """
    config = load_site(content, file, state)
    with opened(Ledger, config.state, copy=True) as ledger, opened(Catalog, config.state, copy=True) as catalog:
        run_time = guards.at(now or clock(), ledger, catalog)
        catalog.note(facts.FEEDS, "")
        ids_beside(config, ledger, catalog)
        run = Run(config, Path(ledger.fact(ledger_facts.OUT)), ledger, catalog, run_time, Options(dry_run=True))
        yield run, refreshed(run, {})


def is_called(wanted: str, row: Row, content: Path) -> bool:
    """Whether an article is the one that somebody names: by its file, slug, address or id."""
    file = str(content / row.key)
    if wanted in (row.key, file) or os.path.abspath(wanted) == os.path.abspath(file):  # noqa: PTH100
        return True
    url = row.url.rstrip("/")
    return row.state != "unread" and wanted.rstrip("/") in (row.path, row.slug, row.id, url, url.rpartition("/")[2])


def missing(wanted: str, catalog: Catalog) -> Problem:
    """That there is no article of a name, and which may be meant."""
    near = likest(wanted, sorted({name for row in catalog.rows() for name in (row.key, row.slug)}), 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "Name its file, slug, URL or id."
    return Problem("error", "article-missing", "", f"there is no article {wanted!r}", hint)


def _places(id_: str, shapes: Sequence[Feed]) -> list[str]:
    """Where an article is in a feed, in a line; in several where that differs by format."""
    places: dict[str, list[Feed]] = {}
    for feed in shapes:
        if id_ in feed.entries:
            places.setdefault(f"entry {feed.entries.index(id_) + 1} of {len(feed.entries)}", []).append(feed)
    return [f"{urls(some)}: {place}" for place, some in places.items()]


def _too_few(config: Config, catalog: Catalog, planned: Plan, selecting: Sequence[FeedName]) -> Iterator[str]:
    """The terms of an article that have too few articles for a feed, in words."""
    there = {one.name for one in planned.every}
    counts = catalog.with_members(most_needed(config)) if not there.issuperset(selecting) else {}
    for kind, term in selecting:
        if (kind, term) not in there and (count := counts.get((kind, term), 0)) < least_of(config, kind):
            articles = f"{count} article{'s' * (count != 1)}"
            yield f"  {kind}/{term} has no feed: it has {articles}, and at_least is {least_of(config, kind)}"


def _lines(config: Config, catalog: Catalog, row: Row, planned: Plan, run_time: Moment) -> Sequence[str]:
    head = str(config.root / row.key)
    if row.state == "unread" or row.exclusion:
        return [f"{head}: is in no feed: see the problem above"]
    if row.page:
        return [f"{head}: is in no feed: {ineligibility_reason(article_of(row), run_time.now)}"]
    about = [f"{head}: {row.title}", f"  URL: {row.url or '-'}", f"  id: {row.id}"]
    if row.built and config.pages:
        reasons = built_site.evidence(catalog, row.n)
        about.append(f"  page: {config.pages.folder / row.built}" + (f" ({reasons})" if reasons else ""))
    if row.state == "broken":
        about.append("  cannot be read now, see the problem above: what follows is how it was last read")
    if not row.shown:
        return [*about, f"  is in no feed: {ineligibility_reason(article_of(row), run_time.now)}"]
    if row.exposure != "all":
        what = "title and link alone are" if row.exposure == "title" else "what is left is"
        about.append(f"  protected ({row.protected}): {what} shown")
    committed = ", of its first commit" if row.by_commit else ""
    about.append(f"  published: {in_words(row.when())}{committed}")
    shown = [places for one in planned.feeds if (places := _places(row.id, _now(one)))]
    about.extend(f"  {place}" for places in shown for place in places)
    selecting = feeds_of(config, article_of(row))
    about.extend(_too_few(config, catalog, planned, selecting))
    if not shown:
        there = {one.name for one in planned.every}
        why = "newer articles fill each that selects it" if there.intersection(selecting) else "none selects it"
        about.append(f"  is in no feed: {why}")
    whole = catalog.whole(row.n)
    if whole:
        about.extend(f"  related: {link.title or link.href} <{link.href}>" for link in whole.related)
        about.extend(f"  related, headline only: {headline}" for headline in whole.headlines)
    return about
