"""What is kept, as lines: one fact a line, a word for what it is first, and sorted, so that it merges well."""

from __future__ import annotations

import json
from collections.abc import Iterator

from feedwright.model import FeedName, PublishedFeed
from feedwright.state.archive_records import Past
from feedwright.state.ids_file import cells
from feedwright.state.ids_file.model import Kept
from feedwright.state.ledger import Remembered
from feedwright.state.serialise import seconds

HEAD = "# What Feedwright keeps of this site, one fact a line: commit it with the articles."

FLAGS = ("expired", "gone", "hidden")
"""What a line `state` may say of an article."""


def text_of(kept: Kept) -> bytes:
    """The lines of what is kept."""
    found = sorted(_lines(kept))
    return "".join(f"{line}\n" for line in (HEAD, *found)).encode("utf-8", "surrogateescape")


def _lines(kept: Kept) -> Iterator[str]:
    for one in kept.articles.values():
        yield from _of_article(one)
    for name, feed in kept.feeds.items():
        yield from _of_feed(name, feed)
    for name, past in kept.archives.items():
        yield from _of_archives(name, past)
    for left in kept.left.values():
        yield cells.line("pruned", left.path, left.format, left.kind, left.term)
    for id_, (updated, feeds) in kept.departed.items():
        yield cells.line("departed", id_, updated.isoformat())
        yield from (cells.line("departed-from", id_, *name) for name in feeds)
    for told in kept.retracted.values():
        yield cells.line("retracted", told.id, cells.when(told.since), told.when().isoformat(), told.reason)
        yield from (cells.line("retracted-from", told.id, kind, term) for kind, term in json.loads(told.feeds))
    yield from (cells.line("author", id_, name) for id_, name in kept.authors.items())
    yield from (cells.line("former-url", url, id_) for url, id_ in kept.former_urls.items())
    if kept.page_body:
        yield cells.line("page-body", json.dumps(kept.page_body, ensure_ascii=False))


def _of_article(one: Remembered) -> Iterator[str]:
    first = "" if one.dated is None else cells.when(one.dated)
    seen = cells.when(one.seen) if one.seen else ""
    said = (cells.when(one.published), first, seen, one.hash.hex(), one.url, one.title)
    yield cells.line("article", one.key, one.id, one.guid or "", *said)
    flags = (one.expired, one.gone, not one.shown)
    if any(flags):
        yield cells.line("state", one.key, *(flag for flag, is_set in zip(FLAGS, flags, strict=True) if is_set))
    if one.page:
        yield cells.line("page", one.key, one.page)
    if one.related:
        yield cells.line("related", one.key, *one.found)


def _of_feed(name: FeedName, feed: PublishedFeed) -> Iterator[str]:
    yield cells.line("feed", *name, feed.file, feed.id, cells.when(seconds(feed.since)))
    yield cells.line("shows", *name, feed.updated.isoformat(), *feed.entries)
    for format_, path in feed.paths.items():
        yield cells.line("path", *name, format_, path)
    for format_, path in feed.former:
        yield cells.line("former", *name, format_, path)


def _of_archives(name: FeedName, past: Past) -> Iterator[str]:
    yield cells.line("waiting", *name, *past.waiting)
    for one in past.archives:
        entries = (f"{version} {id_}" for id_, version in one.entries.items())
        yield cells.line("archive", *name, str(one.number), one.updated.isoformat(), *entries)
        for format_, stored in one.documents.items():
            yield cells.line("archived", *name, str(one.number), format_, *stored)
