"""Archive documents: made once, kept, and put into the output folder before what refers to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote

from feedwright.errors import Problem
from feedwright.model import Feed
from feedwright.publish.archives import store
from feedwright.render.entries import render_documents
from feedwright.select.archived_window import feed_of_archive
from feedwright.state.archive_records import Archive, Stored
from feedwright.state.serialise import seconds
from feedwright.text.moments import offset

EntriesOf = Callable[[Feed, Sequence[str]], list[tuple[str, bytes]]]
"""A feed in one format, and ids -> those that there are entries of, with these, in the same order."""


def make(
    state: Path, feeds: Iterable[Feed], archives: Sequence[Archive], entries: EntriesOf, *, whole: bool = False
) -> tuple[tuple[Archive, ...], Problem | None]:
    """Make and keep the documents that are not there yet, and close those that have a next one now.

    Args:
        state: the folder of what must last.
        feeds: the subscription documents' feeds; one for each format counts.
        archives: the oldest first.
        entries: asked for entries of documents that are new.
        whole: as `render_documents` takes it.

    Returns: the archives, with the hashes of their documents; and why one cannot be made: then none is new.

    Raises:
        StateError: one cannot be kept.
    """
    found = list(archives)
    for format_, feed in {feed.format: feed for feed in reversed(list(feeds))}.items():
        for rank, archive in enumerate(found):
            after = found[rank + 1].documents[format_].path if rank + 1 < len(found) else ""
            here = archive.documents[format_]
            if here.hash and (here.next or not after):
                continue
            before = found[rank - 1].documents[format_].path if rank else ""
            made = _made(state, feed_of_archive(feed, archive, before, after), archive, entries, whole)
            if isinstance(made, Problem):
                return tuple(archives), made
            found[rank] = archive._replace(documents={**archive.documents, format_: made})
    return tuple(found), None


def _made(state: Path, feed: Feed, archive: Archive, entries: EntriesOf, whole: bool) -> Stored | Problem:
    """Make a document and keep it. One that is only to be closed has the entries that it had."""
    here = archive.documents[feed.format]
    old = store.read(state, here.path, here.hash) if here.hash else None
    if here.hash and old is None:
        # What was published stays as it is, without a next one.
        return here
    if old is not None:
        # Another version may have made these.
        return _written(state, feed, archive, list(zip(old.head["entries"], old.entries(), strict=True)), whole=True)
    return _written(state, feed, archive, entries(feed, feed.entries), whole=whole)


def _written(
    state: Path, feed: Feed, archive: Archive, entries: Sequence[tuple[str, bytes]], *, whole: bool
) -> Stored | Problem:
    """Make a document of entries and keep it.

    Args:
        feed: as the document has it.
        entries: ids and entries, in order.
        whole: as `render_documents` takes it.

    Returns: what the ledger is to know of it; or why it cannot be made.
    """
    documents, fault = render_documents(feed, [entry for _, entry in entries], whole=whole)
    if fault:
        return fault
    ((path, document),) = documents.items()
    hash_ = store.hash_of(document)
    next_ = unquote(feed.chain.next_archive.removeprefix(feed.site.feeds_url))
    head = {
        "kind": feed.kind,
        "term": feed.term,
        "number": archive.number,
        "format": feed.format,
        "path": path,
        "hash": hash_,
        "next": next_,
        "updated": seconds(archive.updated),
        "offset": offset(archive.updated),
        "entries": {id_: archive.entries[id_] for id_, _ in entries},
    }
    store.write(state, head, document, [entry for _, entry in entries])
    return Stored(path, hash_, next_)
