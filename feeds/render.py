"""Feeds and articles -> documents, each entry made and checked once, however many feeds show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from feeds import formats
from feeds.checks import REFUSED, assembled, check
from feeds.errors import Problem
from feeds.model import Article, EntryOptions, Feed

Made = dict[tuple[str, EntryOptions, Article], bytes]
"""Entries by format, options and article: what is made once and set into many feeds."""


class Judge(Protocol):
    """A check of a whole document."""

    def __call__(self, data: bytes, *, file: str) -> list[Problem]: ...


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of some feeds.

    Args:
        documents: path below the output folder -> bytes.
        faults: id -> why the article cannot be shown.
        problems: feeds that could not be made.
    """

    documents: Mapping[str, bytes]
    faults: Mapping[str, Problem]
    problems: tuple[Problem, ...]


def render(feeds: Iterable[Feed], articles: Mapping[str, Article], made: Made) -> Rendered:
    """Make and check the documents of feeds.

    An article that gives an invalid entry is a fault, and the feeds that show it are not made.

    Args:
        articles: by id, at least those that the feeds show, with clean bodies.
        made: entries that are there already; new ones are added.
    """
    documents: dict[str, bytes] = {}
    faults: dict[str, Problem] = {}
    problems: list[Problem] = []
    for feed in feeds:
        head, fault = _document(replace(feed, entries=()), [], check)
        if fault:
            problems.append(fault)
            continue
        entries = []
        for id_ in feed.entries:
            entry = None if id_ in faults else _entry(feed, articles[id_], made)
            if isinstance(entry, Problem):
                faults[id_] = entry
            elif entry is not None:
                entries.append(entry)
        if len(entries) == len(feed.entries):
            whole, fault = _document(feed, entries, assembled) if entries else (head, None)
            if fault:
                problems.append(fault)
            elif taken := sorted(set(whole) & set(documents)):
                what = f"the feed {feed.title!r} would be where another one is"
                problems.append(Problem("error", "path-taken", taken[0], what, "Give one of them another path."))
            else:
                documents.update(whole)
    return Rendered(documents, faults, tuple(problems))


def _entry(feed: Feed, article: Article, made: Made) -> bytes | Problem:
    key = feed.format, feed.options, article
    if key in made:
        return made[key]
    try:
        entry = formats.load(feed.format).entry(article, feed.site, feed.options)
    except ValueError as error:
        return Problem("error", "entry-unmakeable", article.key, f"gives no entry: {error}", "It is in no feed.")
    _, fault = _document(replace(feed, entries=(article.id,)), [entry], check)
    fault = fault or _lost_link(article, entry)
    if fault:
        mend = f"{fault.mend} The article is in no feed.".strip()
        return replace(fault, file=article.key, line=0, mend=mend, what=f"gives an invalid entry: {fault.what}")
    made[key] = entry
    return entry


def _lost_link(article: Article, entry: bytes) -> Problem | None:
    """A related link that the entry does not show: what no schema can know."""
    for link in article.related:
        start = f'link href="{link.href.replace("&", "&amp;")}" rel="related"'.encode()
        if start not in entry:
            return Problem("error", "related-lost", article.key, f"the related link {link.href} is not in it")
    return None


def _document(feed: Feed, entries: list[bytes], judge: Judge) -> tuple[dict[str, bytes], Problem | None]:
    try:
        documents = dict(formats.load(feed.format).documents(feed, entries))
    except ValueError as error:
        mend = "The feed stays as it was."
        return {}, Problem("error", "feed-unmakeable", feed.path, f"the feed {feed.title!r}: {error}", mend)
    for path, document in documents.items():
        for problem in judge(document, file=path):
            if problem.severity == "error" or problem.code in REFUSED:
                return {}, problem
    return documents, None
