"""What the ledger knows of archived feeds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from feedwright.model import FeedName
from feedwright.state.ledger import Ledger
from feedwright.state.serialise import moment, seconds
from feedwright.text.moments import offset


class Stored(NamedTuple):
    """An archive document in one format.

    Args:
        path: below the output folder.
        hash: of its bytes, in hexadecimal; empty where it is still to be made.
        next: path of the one that it links as the next; empty where it is not closed.
    """

    path: str
    hash: str = ""
    next: str = ""


class Archive(NamedTuple):
    """The archive documents with the same entries, one in each format.

    Args:
        number: from 1, the oldest.
        updated: the newest change of an entry in it or in an older one.
        entries: id -> what tells the article's version, in the documents' order.
        documents: by format.
    """

    number: int
    updated: datetime
    entries: Mapping[str, str]
    documents: Mapping[str, Stored]


class Past(NamedTuple):
    """What is remembered of an archived feed.

    Args:
        archives: the oldest first.
        waiting: ids of what is in none of them in its present version, in the order in which it was first shown.
    """

    archives: tuple[Archive, ...] = ()
    waiting: tuple[str, ...] = ()


def past(ledger: Ledger, name: FeedName) -> Past:
    """What is remembered of a feed."""
    found = ledger.db.execute("SELECT entries FROM waiting WHERE kind = ? AND term = ?", name).fetchone()
    return Past(tuple(_archives(ledger, name)), tuple(json.loads(found[0])) if found else ())


def _archives(ledger: Ledger, name: FeedName) -> Iterator[Archive]:
    columns = "number, updated, updated_offset, entries, documents"
    query = f"SELECT {columns} FROM archive WHERE kind = ? AND term = ? ORDER BY number"
    for number, updated, minutes, entries, documents in ledger.db.execute(query, name).fetchall():
        stored = {format_: Stored(*one) for format_, one in json.loads(documents).items()}
        yield Archive(number, moment(updated, minutes), json.loads(entries), stored)


def keep(ledger: Ledger, name: FeedName, before: Past, now: Past) -> None:
    """Note what has changed of a feed's archives."""
    if now.waiting != before.waiting:
        row = (*name, _json(now.waiting))
        ledger.db.execute("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?)", row)
    old = {one.number: one for one in before.archives}
    ledger.db.executemany(
        "INSERT OR REPLACE INTO archive VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (*name, one.number, seconds(one.updated), _json(one.entries), _json(one.documents), offset(one.updated))
            for one in now.archives
            if one != old.get(one.number)
        ),
    )


def know(ledger: Ledger, name: FeedName) -> None:
    """Note that a feed has archives, though nothing waits for one."""
    ledger.db.execute("INSERT OR IGNORE INTO waiting VALUES (?, ?, '[]')", name)


def names(ledger: Ledger) -> set[FeedName]:
    """The feeds that have archives, or something that waits for one."""
    return {(kind, term) for kind, term in ledger.db.execute("SELECT kind, term FROM waiting")}


def documents(ledger: Ledger) -> dict[str, tuple[FeedName, Stored]]:
    """All archive documents, by path."""
    query = "SELECT kind, term, documents FROM archive ORDER BY kind, term, number"
    return {
        stored[0]: ((kind, term), Stored(*stored))
        for kind, term, found in ledger.db.execute(query)
        for stored in json.loads(found).values()
    }


def forget(ledger: Ledger, name: FeedName) -> None:
    """Drop all that is remembered of a feed's archives."""
    for table in ("archive", "waiting"):
        ledger.db.execute(f"DELETE FROM {table} WHERE kind = ? AND term = ?", name)


def _json(value: object) -> str:
    # Not sorted: entries are in their documents' order.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
