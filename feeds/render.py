"""Feeds and articles -> documents, each entry made and checked once, however many feeds show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from feeds import formats
from feeds.checks import assembled, refused
from feeds.errors import Problem
from feeds.model import NEVER, Article, EntryOptions, Feed, Site

Made = dict[tuple[str, EntryOptions, Article], bytes]
"""Entries by format, options and article: what is made once and set into many feeds."""

TOGETHER = 25
"""Entries that are checked in one document: the head's share of the work is then small."""

_NOWHERE = "https://feed.example/"
FRAME = Feed(
    site=Site("Feed", _NOWHERE, _NOWHERE, "feed.example"),
    kind="site",
    term="",
    id=_NOWHERE,
    title="Feed",
    description="Feed",
    url=_NOWHERE,
    self_url=f"{_NOWHERE}feed.xml",
    path="feed.xml",
    format="",
    updated=NEVER,
)
"""A feed that nothing is wrong with, to check entries in."""


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
    feeds = tuple(feeds)
    faults = _make(feeds, articles, made)
    documents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for feed in feeds:
        if faults.keys() & set(feed.entries):
            continue
        entries = [made[feed.format, feed.options, articles[id_]] for id_ in feed.entries]
        whole, fault = _document(feed, entries, assembled)
        if fault:
            problems.append(fault)
        elif taken := sorted(set(whole) & set(documents)):
            what = f"the feed {feed.title!r} would be where another one is"
            problems.append(Problem("error", "path-taken", taken[0], what, "Give one of them another path."))
        else:
            documents.update(whole)
    return Rendered(documents, faults, tuple(problems))


def _make(feeds: Iterable[Feed], articles: Mapping[str, Article], made: Made) -> dict[str, Problem]:
    """Make the entries that are not there yet, and check them; the faults by id."""
    new: dict[tuple[str, EntryOptions], dict[str, Feed]] = {}
    for feed in feeds:
        wanted = new.setdefault((feed.format, feed.options), {})
        for id_ in feed.entries:
            if id_ not in wanted and (feed.format, feed.options, articles[id_]) not in made:
                wanted[id_] = feed
    faults: dict[str, Problem] = {}
    for (format_, options), wanted in new.items():
        for start in range(0, len(wanted), TOGETHER):
            entries: dict[str, bytes] = {}
            for id_, feed in list(wanted.items())[start : start + TOGETHER]:
                entry = _entry(format_, articles[id_], feed.site, options)
                if isinstance(entry, Problem):
                    faults[id_] = entry
                else:
                    entries[id_] = entry
            faults.update(_faults(format_, entries, articles))
            made.update({(format_, options, articles[id_]): entry for id_, entry in entries.items()})
    return faults


def _entry(format_: str, article: Article, site: Site, options: EntryOptions) -> bytes | Problem:
    try:
        entry = formats.load(format_).entry(article, site, options)
    except ValueError as error:
        return Problem("error", "entry-unmakeable", article.key, f"gives no entry: {error}", "It is in no feed.")
    return _lost_link(article, entry) or entry


def _faults(format_: str, entries: Mapping[str, bytes], articles: Mapping[str, Article]) -> dict[str, Problem]:
    """Check entries in a head that is beyond doubt; where all together are not valid, one by one."""
    _, fault = _document(replace(FRAME, format=format_), list(entries.values()), refused)
    if not fault or not entries:
        return {}
    if len(entries) > 1:
        alone = (_faults(format_, {id_: entry}, articles) for id_, entry in entries.items())
        return {id_: found for one in alone for id_, found in one.items()}
    (id_,) = entries
    mend = f"{fault.mend} The article is in no feed.".strip()
    what = f"gives an invalid entry: {fault.what}"
    return {id_: replace(fault, file=articles[id_].key, line=0, column=0, mend=mend, what=what)}


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
        if problems := judge(document, file=path):
            return {}, problems[0]
    return documents, None
