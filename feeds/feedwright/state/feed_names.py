"""Feeds that get another name, and feeds that become one: all that the ledger knows of them goes along.

A feed keeps its id. Where it was is a former address of it, kept up until `feeds prune`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from feedwright.model import FeedName, PublishedFeed
from feedwright.state.ledger import Ledger

_ARCHIVE = "updated, updated_offset, entries, documents"
_ArchiveRows = list[tuple[int, int, str, str]]


def take_over(
    ledger: Ledger, heirs: Mapping[FeedName, Sequence[FeedName]], files: Mapping[FeedName, str] | None = None
) -> None:
    """Have one feed stand for several, or for one of another name; all at once, so that two may change names.

    Args:
        heirs: name of a feed -> those that it takes the places of, itself among them where it stays. The first is the
            one that it is; the addresses of the others become former ones of it.
        files: name of a feed -> the part of its path that stands for its term, where that is another one.
    """
    feeds = ledger.feeds()
    names = [name for some in heirs.values() for name in some]
    archives = {name: _archive(ledger, name) for name in names}
    waiting = {name: _waiting(ledger, name) for name in names}
    for name in names:
        ledger.prune(name)
        for table in ("archive", "waiting"):
            ledger.db.execute(f"DELETE FROM {table} WHERE kind = ? AND term = ?", name)
    for name, some in heirs.items():
        one = _one_of([feeds[old] for old in some])
        ledger.publish([(name, replace(one, file=(files or {}).get(name, one.file)))])
        first, *others = some
        _put_archive(ledger, name, archives[first], [archives[old] for old in others], waiting[first])


def _one_of(feeds: Sequence[PublishedFeed]) -> PublishedFeed:
    """The first of some feeds, with the addresses of the others."""
    first, *others = feeds
    former = {place for one in others for place in one.places} | set(first.former)
    return replace(first, updated=max(one.updated for one in feeds), former=tuple(sorted(former)))


def _archive(ledger: Ledger, name: FeedName) -> _ArchiveRows:
    query = f"SELECT {_ARCHIVE} FROM archive WHERE kind = ? AND term = ? ORDER BY number"
    return ledger.db.execute(query, name).fetchall()


def _waiting(ledger: Ledger, name: FeedName) -> str:
    """What waits for an archive document, as JSON; empty where the feed has no archives."""
    found = ledger.db.execute("SELECT entries FROM waiting WHERE kind = ? AND term = ?", name).fetchone()
    return found[0] if found else ""


def _put_archive(
    ledger: Ledger, name: FeedName, own: _ArchiveRows, others: Iterable[_ArchiveRows], waiting: str
) -> None:
    """Keep archive documents under one name: those of the feed that stays are the newest.

    What the others hold counts as not archived: the feed that stays does not lead to their documents.
    """
    rows = [
        (updated, minutes, json.dumps(dict.fromkeys(json.loads(entries), "")), documents)
        for some in others
        for updated, minutes, entries, documents in some
    ]
    rows += own
    numbered = ((*name, number, *row) for number, row in enumerate(rows, 1))
    query = f"INSERT INTO archive (kind, term, number, {_ARCHIVE}) VALUES (?, ?, ?, ?, ?, ?, ?)"
    ledger.db.executemany(query, numbered)
    if rows or waiting:
        ledger.db.execute("INSERT INTO waiting VALUES (?, ?, ?)", (*name, waiting or "[]"))


def rename_elsewhere(ledger: Ledger, renamed: Callable[[FeedName], FeedName]) -> None:
    """Names of feeds that the ledger has in other places.

    Args:
        renamed: a feed's name -> the one that it has now.
    """
    for table in ("departed", "retraction"):
        rows = ledger.db.execute(f"SELECT id, feeds FROM {table} ORDER BY id").fetchall()
        changed = [(now, id_) for id_, feeds in rows if (now := _renamed_list(feeds, renamed)) != feeds]
        ledger.db.executemany(f"UPDATE {table} SET feeds = ? WHERE id = ?", changed)
    left = ((one, renamed((one.kind, one.term))) for one in ledger.left())
    ledger.note_left(one._replace(term=now[1]) for one, now in left if now != (one.kind, one.term))


def _renamed_list(feeds: str, renamed: Callable[[FeedName], FeedName]) -> str:
    before = [(kind, term) for kind, term in json.loads(feeds)]
    now = list(dict.fromkeys(map(renamed, before)))
    return feeds if now == before else json.dumps(now)
