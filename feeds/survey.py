"""What a build would make, looked at without making it: the list of feeds, and where an article is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from feeds import config as configuration
from feeds import ledger
from feeds.config import Config
from feeds.errors import Problem
from feeds.ledger import Ledger
from feeds.model import Article, Feed
from feeds.pipeline import Content, Plan, clock, located, plan, read, shapes
from feeds.select import select, why_not


@dataclass(frozen=True, slots=True)
class Survey:
    """The feeds of a site, each with the moment of its newest entry."""

    feeds: tuple[tuple[Feed, datetime | None], ...]


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
    config, known, there, now = _look(content, file, state, now)
    selections, _ = select(config, there.articles, known.feeds)
    published = {article.id: article.published for article in there.articles}
    feeds = shapes(config, selections, known, now)
    return Survey(tuple((feed, max((published[id_] for id_ in feed.entries), default=None)) for feed in feeds))


def explain(
    wanted: str, content: Path, file: Path | None = None, state: Path | None = None, now: datetime | None = None
) -> Explanation:
    """Which feeds an article is in, or why it is in none.

    Args:
        wanted: its file (as a user would type it, or below the content folder), slug, address or id.
        content, file, state, now: as `pipeline.build` takes them.

    Returns: exit code 0 where it is in a feed or rightly in none, 1 where it has problems or is not there.
    """
    config, known, there, now = _look(content, file, state, now)
    articles = {article.key: article for article in (*there.articles, *there.hidden)}
    keys = [key for key in sorted(there.keys) if _names(wanted, key, articles.get(key), content)]
    if not keys:
        near = get_close_matches(wanted, sorted({*there.keys, *(a.slug for a in articles.values())}), 3)
        mend = f"Did you mean {' or '.join(near)}?" if near else "Name its file, slug, address or id."
        return Explanation((), (Problem("error", "article-missing", "", f"there is no article {wanted!r}", mend),), 1)
    made = plan(config, there, known, now)
    problems = [p for p in (*there.problems, *made.problems) if p.file in keys]
    lines = [line for key in keys for line in _lines(config, key, articles.get(key), there, made, now)]
    failed = any(problem.severity == "error" for problem in problems)
    return Explanation(tuple(lines), located(problems, config, there.keys), int(failed))


def _look(
    content: Path, file: Path | None, state: Path | None, now: datetime | None
) -> tuple[Config, Ledger, Content, datetime]:
    now = now or clock()
    config = configuration.load(content, file, state)
    known = ledger.load(config.state)
    return config, known, read(config, known, now), now


def _names(wanted: str, key: str, article: Article | None, content: Path) -> bool:
    if wanted in (key, str(content / key)) or Path(wanted).absolute() == (content / key).absolute():
        return True
    return article is not None and wanted.rstrip("/") in (
        article.path,
        article.slug,
        article.id,
        article.url.rstrip("/"),
        article.url.rstrip("/").rpartition("/")[2],
    )


def _lines(
    config: Config, key: str, article: Article | None, there: Content, made: Plan, now: datetime
) -> Sequence[str]:
    head = str(config.content / key)
    if article is None or key in there.unread or key in made.left_out:
        return [f"{head}: is in no feed: see the problem above"]
    about = [f"{head}: {article.title}", f"  address: {article.url}", f"  id: {article.id}"]
    if reason := why_not(article, now):
        return [*about, f"  is in no feed: {reason}"]
    about.append(f"  published: {article.published:%Y-%m-%d %H:%M} UTC")
    shown = [feed for feed in made.feeds if article.id in feed.entries]
    about.extend(
        f"  {feed.self_url}: entry {feed.entries.index(article.id) + 1} of {len(feed.entries)}" for feed in shown
    )
    if not shown:
        about.append("  is in no feed: newer articles fill each of them, or none selects it")
    complete = made.complete.get(article.id, article)
    about.extend(f"  related: {link.title or link.href} <{link.href}>" for link in complete.related)
    about.extend(f"  related, headline only: {headline}" for headline in complete.headlines)
    return about
