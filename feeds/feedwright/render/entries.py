"""Articles -> entries, each made and checked once, however many feeds show it; feeds and entries -> documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Protocol

from feedwright import formats
from feedwright.checks import assembled, refused
from feedwright.errors import IN_NO_FEED, Problem
from feedwright.model import NEVER, Article, EntryOptions, Feed, Site, Way, named
from feedwright.state.catalog import Catalog
from feedwright.state.serialise import dumps

AtHand = dict[Way, dict[int, bytes]]
"""Entries in memory, by what they are made for and by the number of their article: most are in many feeds."""

FEW = 2000
"""Entries of one way that are kept in memory."""

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

    def __call__(self, document: bytes, entries: Sequence[bytes], *, file: str) -> list[Problem]: ...


def make_entries(
    site: Site, catalog: Catalog, wanted: Mapping[Way, Collection[int]], at_hand: AtHand | None = None
) -> dict[int, Problem]:
    """Make and check the entries that are not there yet, or were made from what has changed.

    An entry that is invalid reverts to its last good form; its problem is noted with it. Of a text that turns out to be
    spoilt, none is made: it is not whole any more.

    Args:
        site: that the articles belong to.
        wanted: what entries are made for -> numbers of articles, which are whole.
        at_hand: is given the entries that are made, as long as they are few.

    Returns: number -> why an article that has no good form yet cannot be shown.
    """
    faults: dict[int, Problem] = {}
    missing = {way: catalog.not_made(*named(way), _settings(site, way), numbers) for way, numbers in wanted.items()}
    numbers = sorted({n for one in missing.values() for n in one})
    for start in range(0, len(numbers), TOGETHER):
        some = numbers[start : start + TOGETHER]
        articles = catalog.wholes(some)
        for way, hashes in missing.items():
            mine = {n: article for n, article in articles.items() if n in hashes}
            entries, wrong = _made(site, way, mine)
            catalog.make(*named(way), ((n, hashes[n], entry) for n, entry in entries.items()))
            if at_hand is not None and len(mine_at_hand := at_hand.setdefault(way, {})) < FEW:
                mine_at_hand.update(entries)
            for n, problem in wrong.items():
                kept = replace(problem, mend=f"{problem.mend} The feeds show it as it was last good.".strip())
                # What was good before it was protected is not for the public any more.
                protected = articles[n].exposure != "all"
                if protected or not catalog.keep(n, *named(way), hashes[n], dumps(kept)):
                    faults[n] = replace(problem, mend=f"{problem.mend} {IN_NO_FEED}".strip())
    return faults


def _settings(site: Site, way: Way) -> bytes:
    """What an entry is made from besides its article."""
    return repr((way, site.title, site.url, site.authors, site.language)).encode()


def _made(site: Site, way: Way, articles: Mapping[int, Article]) -> tuple[dict[int, bytes], dict[int, Problem]]:
    """Entries, and why others cannot be."""
    format_, options = way
    entries: dict[int, bytes] = {}
    faults: dict[int, Problem] = {}
    for n, article in articles.items():
        entry = _entry(format_, article, site, options)
        if isinstance(entry, Problem):
            faults[n] = entry
        else:
            entries[n] = entry
    faults.update(_faults(format_, entries, articles))
    return {n: entry for n, entry in entries.items() if n not in faults}, faults


def _entry(format_: str, article: Article, site: Site, options: EntryOptions) -> bytes | Problem:
    try:
        entry = formats.load(format_).entry(article, site, options)
    except ValueError as error:
        return Problem("error", "entry-unmakeable", article.key, f"gives no entry: {error}")
    return _lost_link(format_, article, entry) or entry


def _faults(format_: str, entries: Mapping[int, bytes], articles: Mapping[int, Article]) -> dict[int, Problem]:
    """Check entries in a head that is beyond doubt; where all together are not valid, one by one."""
    if not entries:
        return {}
    _, fault = made_up(replace(FRAME, format=format_), list(entries.values()), refused)
    if not fault:
        return {}
    if len(entries) > 1:
        alone = (_faults(format_, {n: entry}, articles) for n, entry in entries.items())
        return {n: found for one in alone for n, found in one.items()}
    (n,) = entries
    what = f"gives an invalid entry: {fault.what}"
    return {n: replace(fault, file=articles[n].key, line=0, column=0, what=what)}


def _lost_link(format_: str, article: Article, entry: bytes) -> Problem | None:
    """A related link that the entry does not show: what no schema can know."""
    for link in article.related:
        if formats.load(format_).related(link.href) not in entry:
            return Problem("error", "related-lost", article.key, f"the related link {link.href} is not in it")
    return None


def render_documents(feed: Feed, entries: Sequence[bytes]) -> tuple[dict[str, bytes], Problem | None]:
    """Make and check a feed's documents.

    Args:
        entries: in the feed's order, each of which was checked.

    Returns: path below the output folder -> bytes; and why there are none.
    """
    return made_up(feed, entries, assembled)


def made_up(feed: Feed, entries: Sequence[bytes], judge: Judge) -> tuple[dict[str, bytes], Problem | None]:
    """Set entries into a feed's head, and ask a check of whole documents."""
    try:
        documents = dict(formats.load(feed.format).documents(feed, entries))
    except ValueError as error:
        mend = "The feed stays as it was."
        return {}, Problem("error", "feed-unmakeable", feed.path, f"the feed {feed.title!r}: {error}", mend)
    for path, document in documents.items():
        if problems := judge(document, entries, file=path):
            return {}, problems[0]
    return documents, None


def document_hash(feed: Feed, entries: Iterable[bytes]) -> bytes:
    """What tells whether a document is as it would be made now.

    Args:
        entries: what their entries were made from, in order.
    """
    head = replace(feed, entries=())
    return sha256(repr(head).encode("utf-8", "backslashreplace") + b"".join(entries)).digest()[:16]
