"""The way of an article: read, select, render, check, publish."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from feeds import config as configuration
from feeds import formats, html, ledger, related
from feeds.config import Config
from feeds.errors import ConfigError, FeedsError, Problem
from feeds.html import Cleaned
from feeds.identity import as_known, one_id_each, shared_addresses
from feeds.ledger import Ledger, Remembered
from feeds.model import Article, Feed
from feeds.publish import publish
from feeds.related import Index, Resolved
from feeds.render import Made, render
from feeds.select import Known, Name, Selection, newest_first, select, shape, why_not
from feeds.sources import Reading, folder
from feeds.sources.around import look
from feeds.sources.history import first_known

Progress = Callable[[str, int], None]
"""Is told the step and how many articles or documents of it are done."""


def clock() -> datetime:
    """The one clock: now, aware, UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Content:
    """What was read.

    Args:
        keys: every article's file, below the content folder.
        articles: those that may be shown, newest first.
        hidden: those that may not.
        unread: the keys of files that gave no article, or one whose id is another's.
        dates: key -> when an article that has no date was first known.
        problems: in the order of the files.
    """

    keys: frozenset[str]
    articles: tuple[Article, ...]
    hidden: tuple[Article, ...]
    unread: tuple[str, ...]
    dates: Mapping[str, datetime]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be published.

    Args:
        articles: those that may be shown and can be, newest first.
        complete: those that a feed shows, by id, with clean bodies and related links.
        found: article id -> ids of its found related articles.
        left_out: keys of articles that cannot be shown, as `problems` say.
    """

    articles: tuple[Article, ...]
    selections: tuple[Selection, ...]
    feeds: tuple[Feed, ...]
    complete: Mapping[str, Article]
    documents: Mapping[str, bytes]
    found: Mapping[str, tuple[str, ...]]
    left_out: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did.

    Args:
        articles: how many files were read.
        shown: how many articles may be shown, and can be.
        hidden: file -> why it may not be shown, though all is well with it.
        left_out: files that should be in feeds and are not; a problem says why.
        written, unchanged: paths of documents below the output folder.
    """

    articles: int
    shown: int
    hidden: Mapping[str, str]
    left_out: tuple[str, ...]
    problems: tuple[Problem, ...]
    written: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 well, 1 done with findings."""
        return int(any(problem.severity == "error" for problem in self.problems))


def build(
    content: Path,
    out: Path,
    *,
    file: Path | None = None,
    state: Path | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Report:
    """Make every feed of a content folder.

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
    now = now or clock()
    config = outside(configuration.load(content, file, state), out)
    known = ledger.load(config.state)
    there = read(config, known, now, progress)
    refuse_nothing(config, there, known)
    made = plan(config, there, known, now, progress)
    ledger.save(config.state, known, remember(made, there.dates, config, known, now))
    published = publish(out, made.documents)
    return Report(
        len(there.keys),
        len(made.articles),
        {article.key: why_not(article, now) for article in there.hidden},
        tuple(sorted({*there.unread, *made.left_out})),
        located((*there.problems, *made.problems, *published.problems), config, there.keys),
        published.written,
        published.unchanged,
    )


def outside(config: Config, out: Path) -> Config:
    """The configuration with `out` kept apart from what is read and from what must last.

    Raises:
        ConfigError: the state would be where the world can read it.
    """
    served = out.resolve()
    if config.state.resolve().is_relative_to(served):
        mend = "Name a folder outside, with `state` or --state."
        raise ConfigError(Problem("error", "state-public", str(config.state), "is below the output folder", mend))
    below = os.path.relpath(served, config.content.resolve()).replace(os.sep, "/")
    inside = below != "." and not below.startswith("..")
    return replace(config, exclude=(*config.exclude, f"{below}/**")) if inside else config


def read(config: Config, known: Ledger, now: datetime, progress: Progress | None = None) -> Content:
    """Every article of the content folder, under the ids that it was published under before.

    Args:
        now: aware; decides what may be shown.
    """
    problems: list[Problem] = []
    keys: list[str] = []
    for entry in folder.scan(config):
        if isinstance(entry, Problem):
            problems.append(entry)
        else:
            keys.append(entry.key)
    readings, dates = _readings(config, keys, known, now, progress)
    articles = [as_known(reading.article, known) for reading in readings.values() if reading.article]
    unread = [key for key, reading in readings.items() if not reading.article]
    problems += (problem for reading in readings.values() for problem in reading.problems)
    shown = newest_first(article for article in articles if not why_not(article, now))
    shown, twice = one_id_each(shown, known)
    unread.extend(problem.file for problem in twice)
    hidden = tuple(article for article in articles if why_not(article, now))
    problems += [*twice, *shared_addresses(shown)]
    return Content(frozenset(keys), tuple(shown), hidden, tuple(unread), dates, tuple(problems))


def _readings(
    config: Config, keys: Sequence[str], known: Ledger, now: datetime, progress: Progress | None
) -> tuple[dict[str, Reading], dict[str, datetime]]:
    """What reading every file gives; and the dates of articles that have none, from when they were first known."""
    around = look(config, keys)
    readings = {}
    for number, key in enumerate(keys, 1):
        readings[key] = folder.read(config, key, around)
        if progress:
            progress("read", number)
    undated = [key for key in keys if readings[key].undated]
    if not undated:
        return readings, {}
    before = {key: one.dated for key, one in known.articles.items() if one.dated}
    dates = first_known(config, undated, before, now)
    dated = replace(around, dates=dates)
    return {**readings, **{key: folder.read(config, key, dated) for key in dates}}, dates


def refuse_nothing(config: Config, there: Content, known: Ledger) -> None:
    """Keep a broken folder from emptying every feed.

    Raises:
        FeedsError: there is no article that may be shown, and that cannot be meant.
    """
    if there.articles or there.hidden:
        return
    if there.unread:
        what = f"none of {len(there.unread)} articles can be used"
        nothing = Problem("error", "nothing-usable", str(config.content), what, "Every feed is as it was.")
        raise FeedsError(*located(there.problems, config, there.keys), nothing)
    if known.articles:
        what = f"has no article, where {len(known.articles)} were published before"
        mend = "Every feed is as it was. Is it the right folder, and is its disk there?"
        raise FeedsError(Problem("error", "content-vanished", str(config.content), what, mend))
    if not config.content.is_dir():
        raise FeedsError(Problem("error", "content-missing", str(config.content), "is no folder"))


def plan(config: Config, there: Content, known: Ledger, now: datetime, progress: Progress | None = None) -> Plan:
    """Every document that is to be published.

    An article that cannot be shown (its text cannot be made safe, its entry would be invalid) is left out, and what
    comes next takes its place.
    """
    shown = list(there.articles)
    hidden = [(article, why_not(article, now)) for article in there.hidden]
    made: Made = {}
    clean: dict[str, Cleaned] = {}
    left_out: dict[str, Problem] = {}
    while True:
        selections, unmatched = select(config, shown, known.feeds)
        window = {article.id: article for selection in selections for article in selection.articles}
        index = related.index(shown, hidden)
        faults = _clean(config, window.values(), index, clean, progress)
        if not faults:
            named = {id_: related.resolve(clean[id_].article, index, config.site) for id_ in window}
            found = _found(config, shown, window.values(), named, known)
            complete = {id_: _linked(clean[id_].article, named[id_], found.get(id_, ()), index) for id_ in window}
            feeds = tuple(shapes(config, selections, known, now))
            rendered = render(feeds, complete, made)
            faults = dict(rendered.faults)
        if not faults:
            break
        left_out.update(faults)
        shown = [article for article in shown if article.id not in faults]
    links = (problem for one in named.values() for problem in one.problems)
    texts = _once(problem for id_ in window for problem in clean[id_].problems)
    problems = (*unmatched, *texts, *links, *left_out.values(), *rendered.problems)
    keys = tuple(problem.file for problem in left_out.values())
    return Plan(tuple(shown), tuple(selections), feeds, complete, rendered.documents, found, keys, problems)


def shapes(config: Config, selections: Iterable[Selection], known: Ledger, now: datetime) -> Iterator[Feed]:
    """The feeds of selections, one for each format that is wanted of them.

    Args:
        now: when an empty feed is first known, on a site that has no article to tell the time by.
    """
    selections = tuple(selections)
    # Not the clock's time: the same content gives the same bytes on any day.
    since = max((article.updated for one in selections for article in one.articles), default=now)
    for selection in selections:
        for name in selection.rules.formats or config.formats:
            yield shape(config, selection, name, formats.load(name).file_name, known.feeds.get(selection.name), since)


def _clean(
    config: Config, articles: Iterable[Article], index: Index, clean: dict[str, Cleaned], progress: Progress | None
) -> dict[str, Problem]:
    """Clean the bodies that are not yet in `clean`, into it; the faults by id."""
    faults: dict[str, Problem] = {}
    for article in articles:
        if article.id not in clean:
            try:
                lookup = partial(related.named, article=article, index=index)
                clean[article.id] = html.clean(article, config.embed_hosts, lookup, config.site)
            except FeedsError as error:
                faults[article.id] = error.problems[0]
            if progress:
                progress("render", len(clean))
    return faults


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """What is wrong in many texts, once, with its first file and the number of the others."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: problem.file):
        alike.setdefault((problem.code, problem.what), []).append(problem)
    for first, *others in alike.values():
        yield replace(first, what=f"{first.what} (in {len(others)} more)") if others else first


def _found(
    config: Config,
    shown: Sequence[Article],
    wanted: Collection[Article],
    named: Mapping[str, Resolved],
    known: Ledger,
) -> dict[str, tuple[str, ...]]:
    """Article id -> ids of found related articles: those remembered, and those of articles that are new."""
    count = config.related.auto
    if not count:
        return {}
    rule = found_by(config)
    by_url = {article.url: article.id for article in shown}
    there = {article.id for article in shown}
    found = {}
    for article in wanted:
        before = known.articles.get(article.key, Remembered("")).related
        if before[:1] == (rule,) and there.issuperset(before[1:]):
            found[article.id] = before[1:]
    new = {article.id for article in wanted} - set(found)
    if not new:
        return found
    barred = {id_: {by_url[link.href] for link in named[id_].links if link.href in by_url} for id_ in new}
    return {**found, **related.find(shown, new, count, barred)}


def found_by(config: Config) -> str:
    """What found links depend on besides the articles: when it changes, they are looked for anew."""
    return f"{related.RULE}/{config.related.auto}"


def _linked(article: Article, named: Resolved, found: Iterable[str], index: Index) -> Article:
    """The article with its related links: those that its author named, then those that were found."""
    taken = {link.href for link in named.links}
    more = (related.link(index.by_id[other]) for other in found)
    links = (*named.links, *(link for link in more if link.href not in taken))
    return replace(article, related=links, headlines=named.headlines)


def remember(made: Plan, dates: Mapping[str, datetime], config: Config, known: Ledger, now: datetime) -> Ledger:
    """The ledger after a run.

    Args:
        dates: key -> when an article that has no date was first known.
    """
    rule = found_by(config)
    articles = {}
    for article in made.articles:
        before = known.articles.get(article.key, Remembered(article.id))
        new = made.found.get(article.id)
        related_ = before.related if new is None else (rule, *new)
        articles[article.key] = Remembered(article.id, related_, dates.get(article.key))
    feeds: dict[Name, Known] = {}
    files = {selection.name: selection.file for selection in made.selections}
    for feed in made.feeds:
        name = feed.kind, feed.term
        before_ = known.feeds.get(name)
        paths = {**(feeds[name].paths if name in feeds else {}), feed.format: feed.path}
        since = before_.since if before_ else now
        feeds[name] = Known(files[name], feed.id, since, feed.updated, paths, feed.entries)
    return Ledger(articles, feeds)


def located(problems: Iterable[Problem], config: Config, keys: Collection[str]) -> tuple[Problem, ...]:
    """Problems with the paths that a user would open, each once, by file and line.

    Args:
        keys: the articles' files below the content folder.
    """
    found = dict.fromkeys(problems)
    opened = (replace(p, file=str(config.content / p.file)) if p.file in keys else p for p in found)
    return tuple(sorted(opened, key=lambda p: (p.file, p.line, p.code, p.key, p.what)))
