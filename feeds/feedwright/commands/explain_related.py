"""Why an article has its related links: named, linked, of a series or found; and which would have come next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from feedwright.commands.explain import is_called, looked_at, missing
from feedwright.errors import Problem
from feedwright.model import Article, Link
from feedwright.publish import report
from feedwright.read.change_set import ChangeSet
from feedwright.render import related
from feedwright.render.articles import as_read, render_articles
from feedwright.render.body import links_of
from feedwright.render.related.finding import Candidate, Finding, Shared, finding
from feedwright.render.related.linked import Addresses, Text
from feedwright.render.related.lookup import Names
from feedwright.run import Run
from feedwright.select.eligibility import ineligibility_reason
from feedwright.state.catalog import Row, article_of, stories

MORE = 5
"""Articles that come next and are told."""

SHARED = 8
"""Words that two articles share and that are printed, the most telling ones."""

_LOOKED_FOR = 50
"""Articles among which those are that were found, unless what they share has changed since."""

Why = Literal["named", "linked", "series", "found", "headline"]


@dataclass(frozen=True, slots=True)
class Reason:
    """An article that is related to another, or would come next, and why.

    Args:
        file: of the article that it is related to.
        rank: its place among the links, from 1; 0 where it is none.
        url: empty for a headline.
        place: in a series: "the one before in Tides".
        worth: of what was found, in bits; 0 where it shares that no more.
        days: how much older it is, where that was told.
        shared: what both have, the most telling first: kind, text, weight.
        passed_over: why it is no link though it would be its turn.
        listed: whether it is in the list at the end of the text.
    """

    file: str
    rank: int
    url: str
    title: str
    why: Why
    place: str = ""
    worth: float = 0.0
    days: int | None = None
    shared: tuple[Shared, ...] = ()
    passed_over: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say about an article's related links, for people and for programs."""

    lines: tuple[str, ...]
    links: tuple[dict[str, object], ...]
    problems: tuple[Problem, ...]
    exit_code: int


def explain_related(
    wanted: str, content: Path, file: Path | None = None, state: Path | None = None, now: datetime | None = None
) -> Explanation:
    """Why an article has the related links that it has, or would have if a feed showed it.

    Args:
        wanted: its file (as a user would type it, or below the content folder), slug, address or id.
        content, file, state, now: as `pipeline.build` takes them.

    Returns: exit code 0, or 1 where there is no such article, or it cannot be shown for what is wrong with it.
    """
    with looked_at(content, file, state, now) as (run, found):
        rows = [row for row in run.catalog.rows() if is_called(wanted, row, content)]
        if not rows:
            return Explanation((), (), (missing(wanted, run.catalog),), 1)
        lines: list[str] = []
        reasons: list[Reason] = []
        faults: list[Problem] = []
        for row in rows:
            mine, fault = _reasons(run, found, row)
            faults += [fault] if fault else []
            reasons += mine
            lines += _lines(run, row, mine, fault)
        keys = {row.key for row in rows}
        problems = (*(one for one in run.catalog.problems() if one.file in keys), *faults)
        told = report.located(problems, run.config, run.catalog)
        failed = any(problem.severity == "error" for problem in told)
        return Explanation(tuple(lines), tuple(map(_fields, reasons)), told, int(failed))


def _reasons(run: Run, changes: ChangeSet, row: Row) -> tuple[list[Reason], Problem | None]:
    """Why an article has its links, in their order, and what comes next; and why it has none."""
    if not row.shown:
        return [], None
    article = as_read(run, changes, row)
    names = Names(run.catalog, run.time.now, run.config.content)
    if fault := render_articles(run, names, changes, [row.n]).get(row.n):
        return [], fault
    whole = run.catalog.whole(row.n)
    assert whole is not None
    named = related.resolve(whole, names.index(), run.config.site).links
    linked = _linked(run, whole, named)
    told = _told(run, row, article, {link.href for link in named} | linked)
    whys: dict[str, Why] = {**dict.fromkeys(linked, "linked"), **{link.href: "named" for link in named}}
    ids = {one.url: one.id for one in map(article_of, run.catalog.shown_at([link.href for link in whole.related]))}
    reasons = []
    for rank, link in enumerate(whole.related, 1):
        candidate = told.get(ids.get(link.href, ""))
        why: Why = whys.get(link.href) or ("series" if candidate and candidate.why == "series" else "found")
        listed = run.config.related.in_body and link.href not in whole.linked
        reason = Reason(row.key, rank, link.href, link.title or "", why, listed=listed)
        reasons.append(_with_worth(reason, candidate) if why in ("series", "found") else reason)
    reasons += [
        Reason(row.key, 0, "", headline, "headline", listed=run.config.related.in_body) for headline in whole.headlines
    ]
    return [*reasons, *_next(row, told, set(ids.values()))], None


def _linked(run: Run, whole: Article, named: Sequence[Link]) -> set[str]:
    """The addresses of the articles that are related as the text links to them."""
    if not run.config.related.linked:
        return set()
    text = Text(whole, named, links_of(whole.body.text))
    found = Addresses(run.catalog, run.config.site).linked({whole.key: text})[whole.key]
    return {one.url for one in found.articles}


def _told(run: Run, row: Row, article: Article, taken: Collection[str]) -> dict[str, Candidate]:
    """Id -> what speaks for an older article, best first; those of a series before all others."""
    if not run.config.related.auto:
        return {}
    excluded = run.catalog.ids_at(sorted(taken))
    known = stories.opened(run.catalog)
    found: Finding = finding(known, article, run.config.related.auto, excluded, more=_LOOKED_FOR)
    return {one.story.id: one for one in (*found.found, *found.next)}


def _next(row: Row, told: Mapping[str, Candidate], taken: Collection[str]) -> Iterator[Reason]:
    for one in [one for id_, one in told.items() if id_ not in taken][:MORE]:
        why: Why = "series" if one.why == "series" else "found"
        yield _with_worth(Reason(row.key, 0, one.story.url, one.story.title, why), one)


def _with_worth(reason: Reason, candidate: Candidate | None) -> Reason:
    if candidate is None:
        return reason
    return Reason(
        *(reason.file, reason.rank, reason.url, reason.title, reason.why, candidate.place),
        *(round(candidate.worth, 1), candidate.days, candidate.shared, candidate.passed_over, reason.listed),
    )


def _fields(reason: Reason) -> dict[str, object]:
    """A reason for programs."""
    shared = [{"kind": one.kind, "text": one.text, "weight": round(one.weight, 1)} for one in reason.shared]
    return {**asdict(reason), "shared": shared}


def _lines(run: Run, row: Row, reasons: Sequence[Reason], fault: Problem | None) -> Iterator[str]:
    head = str(run.config.root / row.key)
    if fault or row.state == "unread" or row.exclusion:
        yield f"{head}: is in no feed: see the problem above"
        return
    if not row.shown:
        yield f"{head}: is in no feed: {ineligibility_reason(article_of(row), run.time.now)}"
        return
    yield f"{head}: {row.title}"
    links = [one for one in reasons if one.rank or one.why == "headline"]
    for one in links:
        in_text = run.config.related.in_body and not one.listed and one.why != "linked"
        unlisted = "; not listed at the end of the text, which links to it" if in_text else ""
        yield f"  {f'{one.rank}. ' if one.rank else ''}{_named(one)}: {_because(one)}{unlisted}"
    if not links:
        yield "  has no related links"
    if left := reasons[len(links) :]:
        yield "  next would come:"
        yield from (f"     {_named(one)}: {_because(one)}" for one in left)
    if not run.config.related.auto:
        yield "  none are looked for: `auto` of [related] is 0"


def _named(one: Reason) -> str:
    return f"{one.title} <{one.url}>" if one.title and one.url else one.title or one.url


def _because(one: Reason) -> str:
    if one.why == "named":
        return "named by its author"
    if one.why == "linked":
        return "the text links to it"
    if one.why == "headline":
        return "named by its author, a headline only"
    if one.why == "series":
        return f"of its series: {one.place}"
    if not one.shared:
        return "found when it was published; what they share now is not enough"
    shared = [
        f"{both.text if both.kind == 'word' else f'{both.kind} {both.text}'} {both.weight:.1f}" for both in one.shared
    ]
    more = f" and {len(shared) - SHARED} more" if len(shared) > SHARED else ""
    over = f"; skipped: {one.passed_over}" if one.passed_over else ""
    return f"found, worth {one.worth:.1f}, {one.days} days older: {', '.join(shared[:SHARED])}{more}{over}"
