"""Articles -> entries, each made and checked once, however many feeds show it; feeds and entries -> documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256

from feedwright import formats
from feedwright.checks import refused
from feedwright.errors import IN_NO_FEED, Problem
from feedwright.model import NEVER, Article, Body, EntryOptions, Feed, Site, Way, named
from feedwright.run import Run
from feedwright.state.catalog import Catalog
from feedwright.state.serialise import dumps

AtHand = dict[Way, dict[int, bytes]]
"""Entries in memory, by what they are made for and by the number of their article: most are in many feeds."""

FEW = 2000
"""Entries of one way that are kept in memory."""

TOGETHER = 25
"""Entries that are checked in one document: the head's share of the work is then small."""

LARGEST = 8 * 2**20
"""Bytes. libxml2 has no bound on a whole document below this, so what its parts keep to it keeps to."""

_START = 64
"""Bytes of an entry that are searched for; to search for all of it takes longer."""

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

_HARMLESS = Article(
    id=f"{_NOWHERE}a/",
    key="a.md",
    path="a",
    slug="a",
    url=f"{_NOWHERE}a/",
    title="a",
    body=Body("", "clean"),
    published=NEVER,
    updated=NEVER,
)
"""An article that nothing is wrong with, to check heads with."""


def make_entries(
    site: Site,
    catalog: Catalog,
    wanted: Mapping[Way, Collection[int]],
    at_hand: AtHand | None = None,
    run: Run | None = None,
) -> dict[int, Problem]:
    """Make and check the entries that are not there yet, or were made from what has changed.

    An entry that is invalid reverts to its last good form; its problem is noted with it. Of a text that turns out to be
    spoilt, none is made: it is not whole any more.

    Args:
        site: that the articles belong to.
        wanted: what entries are made for -> numbers of articles, which are whole.
        at_hand: is given the entries that are made, as long as they are few.
        run: whose progress is told; None where nobody is.

    Returns: number -> why an article that has no good form yet cannot be shown.
    """
    faults: dict[int, Problem] = {}
    missing = {way: catalog.not_made(*named(way), _settings(site, way), numbers) for way, numbers in wanted.items()}
    numbers = sorted({n for one in missing.values() for n in one})
    if run:
        run.expected("entries", len(numbers))
    for start in range(0, len(numbers), TOGETHER):
        if run:
            run.progress("entries", start)
        some = numbers[start : start + TOGETHER]
        articles = catalog.wholes(some)
        for way, hashes in missing.items():
            mine = {n: article for n, article in articles.items() if n in hashes}
            entries, wrong = _made(site, way, mine)
            catalog.make(*named(way), ((n, hashes[n], entry) for n, entry in entries.items()))
            if at_hand is not None and len(mine_at_hand := at_hand.setdefault(way, {})) < FEW:
                mine_at_hand.update(entries)
            for n, problem in wrong.items():
                kept = replace(problem, hint=f"{problem.hint} The feeds show it as it was last good.".strip())
                # What was good before it was protected is not for the public any more.
                protected = articles[n].exposure != "all"
                if protected or not catalog.keep(n, *named(way), hashes[n], dumps(kept)):
                    faults[n] = replace(problem, hint=f"{problem.hint} {IN_NO_FEED}".strip())
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
    _, fault = render_documents(replace(FRAME, format=format_), list(entries.values()), whole=True)
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


def render_documents(
    feed: Feed, entries: Sequence[bytes], *, whole: bool = False
) -> tuple[dict[str, bytes], Problem | None]:
    """Make and check a feed's documents.

    Every entry was checked when it was made, and the catalog hands out none that is damaged: so the head is checked,
    with one harmless entry in the place of all. What depends on several entries, or on an entry and the head, is sure
    otherwise: ids and guids differ (`read.duplicates`), each entry has its author and only prefixes that every head
    of its format declares (`formats`), and a document of more than `LARGEST` bytes is checked as a whole.

    Args:
        entries: in the feed's order.
        whole: whether to check head and entries together; for entries that were not checked, or not lately.

    Returns: path below the output folder -> bytes; and why there are none.
    """
    try:
        documents = dict(formats.load(feed.format).documents(feed, entries))
    except ValueError as error:
        hint = "The feed stays as it was."
        return {}, Problem("error", "feed-unmakeable", feed.path, f"the feed {feed.title!r}: {error}", hint)
    for path, document in documents.items():
        checked_whole = whole or not entries or len(document) > LARGEST
        if not checked_whole and not refused(with_one_entry(feed.format, document, entries), file=path):
            continue
        # What is wrong is told of the document itself: its lines, and all of it.
        if problems := refused(document, file=path):
            return {}, problems[0]
    return documents, None


def with_one_entry(format_: str, document: bytes, entries: Sequence[bytes]) -> bytes:
    """A document with one harmless entry in the place of all."""
    start = document.index(entries[0][:_START])
    end = document.rindex(entries[-1][-_START:]) + len(entries[-1][-_START:])
    return document[:start] + _harmless_entry(format_) + document[end:]


@cache
def _harmless_entry(format_: str) -> bytes:
    return formats.load(format_).entry(_HARMLESS, FRAME.site, FRAME.options)


def document_hash(feed: Feed, entries: Iterable[bytes]) -> bytes:
    """What tells whether a document is as it would be made now.

    Args:
        entries: what their entries were made from, in order.
    """
    head = replace(feed, entries=())
    return sha256(repr(head).encode("utf-8", "backslashreplace") + b"".join(entries)).digest()[:16]
