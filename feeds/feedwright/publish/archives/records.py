"""What the ledger knows of archives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from feedwright.model import FeedName
from feedwright.publish.archives import Archive, Past, Stored
from feedwright.state.ledger import Ledger
from feedwright.state.serialise import moment, seconds
from feedwright.state.whole_file import read_regular
from feedwright.text.moments import offset


def past(known: Ledger, name: FeedName) -> Past:
    """What is remembered of a feed."""
    found = known.db.execute("SELECT entries FROM waiting WHERE kind = ? AND term = ?", name).fetchone()
    return Past(tuple(_archives(known, name)), tuple(json.loads(found[0])) if found else ())


def _archives(known: Ledger, name: FeedName) -> Iterator[Archive]:
    columns = "number, updated, updated_offset, entries, documents"
    query = f"SELECT {columns} FROM archive WHERE kind = ? AND term = ? ORDER BY number"
    for number, updated, minutes, entries, documents in known.db.execute(query, name).fetchall():
        stored = {format_: Stored(*one) for format_, one in json.loads(documents).items()}
        yield Archive(number, moment(updated, minutes), json.loads(entries), stored)


def keep(known: Ledger, name: FeedName, before: Past, now: Past) -> None:
    """Note what has changed of a feed's archives."""
    if now.waiting != before.waiting:
        row = (*name, _json(now.waiting))
        known.db.execute("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?)", row)
    old = {one.number: one for one in before.archives}
    known.db.executemany(
        "INSERT OR REPLACE INTO archive VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (*name, one.number, seconds(one.updated), _json(one.entries), _json(one.documents), offset(one.updated))
            for one in now.archives
            if one != old.get(one.number)
        ),
    )


def names(known: Ledger) -> set[FeedName]:
    """The feeds that have archives, or something that waits for one."""
    return {(kind, term) for kind, term in known.db.execute("SELECT kind, term FROM waiting")}


def documents(known: Ledger) -> dict[str, tuple[FeedName, Stored]]:
    """All archive documents, by path."""
    query = "SELECT kind, term, documents FROM archive ORDER BY kind, term, number"
    return {
        stored[0]: ((kind, term), Stored(*stored))
        for kind, term, found in known.db.execute(query)
        for stored in json.loads(found).values()
    }


def recover(state: Path, out: Path, known: Ledger, *, behind: bool = False) -> set[FeedName]:
    """Where the ledger was lost, read what it said of archives out of the documents that are kept.

    Args:
        state: the folder of what must last.
        out: the output folder: a feed none of whose archive documents is there was never published with these.
        behind: there is a ledger, and it is an older one.

    Returns: the feeds whose archives were recovered.
    """
    if not (state / "archive").is_dir() or (names(known) and not behind):
        return set()
    # Not needed where all is well.
    from feedwright.publish.archives import store

    found: dict[FeedName, dict[int, Archive]] = {}
    published: set[FeedName] = set()
    for kept in store.every(state):
        head = kept.head
        if _holds(out / head["path"], kept.document):
            published.add((head["kind"], head["term"]))
        mine = found.setdefault((head["kind"], head["term"]), {})
        updated = moment(head["updated"], head.get("offset", 0))
        archive = mine.setdefault(head["number"], Archive(head["number"], updated, {}, {}))
        formats = dict(archive.documents)
        if head["next"] or head["format"] not in formats:
            formats[head["format"]] = Stored(head["path"], head["hash"], head["next"])
        mine[head["number"]] = archive._replace(entries={**archive.entries, **head["entries"]}, documents=formats)
    for name, archives in ((name, archives) for name, archives in found.items() if name in published):
        waiting = past(known, name).waiting
        keep(known, name, Past(), Past(tuple(archives[number] for number in sorted(archives)), waiting))
        known.db.execute("INSERT OR IGNORE INTO waiting VALUES (?, ?, '[]')", name)
    known.claim(documents(known))
    return published


def _holds(file: Path, document: bytes) -> bool:
    try:
        return read_regular(file) == document
    except OSError:
        return False


def forget(known: Ledger, name: FeedName) -> None:
    """Drop all that is remembered of a feed's archives."""
    for table in ("archive", "waiting"):
        known.db.execute(f"DELETE FROM {table} WHERE kind = ? AND term = ?", name)


def _json(value: object) -> str:
    # Not sorted: entries are in their documents' order.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
