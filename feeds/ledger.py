"""What cannot be derived again: ids, found related links, and the feeds that people subscribed to.

Small and durable, in a file of its own. A row is never deleted because its source vanished.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from feeds.errors import Problem, StateError
from feeds.select import Known, Name

VERSION = 1

_TABLES = """
CREATE TABLE article (
    key TEXT PRIMARY KEY, -- its file, below the content folder
    id TEXT NOT NULL,
    dated INTEGER, -- seconds since 1970, UTC: when it was first known; NULL where it has a date of its own
    related TEXT NOT NULL -- JSON: the rule that found them, then their ids; "" where not looked for
) STRICT;
CREATE TABLE feed (
    kind TEXT NOT NULL,
    term TEXT NOT NULL,
    file TEXT NOT NULL,
    id TEXT NOT NULL,
    since INTEGER NOT NULL, -- seconds since 1970, UTC
    updated INTEGER NOT NULL,
    paths TEXT NOT NULL, -- JSON: format -> path below out/
    entries TEXT NOT NULL, -- JSON: ids, in order
    PRIMARY KEY (kind, term)
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of an article.

    Args:
        id: the id that it was published under.
        related: the rule that its found related links were looked for by, then their ids; () where not yet.
        dated: when it was first known, aware, UTC; None where it has a date of its own.
    """

    id: str
    related: tuple[str, ...] = ()
    dated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is remembered: articles by key, feeds by kind and term."""

    articles: Mapping[str, Remembered] = field(default_factory=dict)
    feeds: Mapping[Name, Known] = field(default_factory=dict)


def load(folder: Path) -> Ledger:
    """Read the ledger of a site.

    Args:
        folder: the folder of what must last; neither it nor the ledger need exist.

    Raises:
        StateError: the file cannot be read, is damaged, or was written by a newer version.
    """
    if not (folder / "ledger.db").exists():
        return Ledger()
    with _open(folder) as db:
        articles = {
            key: Remembered(id_, tuple(json.loads(related)) if related else (), None if dated is None else _time(dated))
            for key, id_, dated, related in db.execute("SELECT key, id, dated, related FROM article")
        }
        columns = "kind, term, file, id, since, updated, paths, entries"
        feeds = {
            (kind, term): Known(file, id_, _time(since), _time(updated), json.loads(paths), tuple(json.loads(entries)))
            for kind, term, file, id_, since, updated, paths, entries in db.execute(f"SELECT {columns} FROM feed")
        }
    return Ledger(articles, feeds)


def save(folder: Path, before: Ledger, after: Ledger) -> bool:
    """Write what changed, in one transaction; nothing where nothing did.

    Args:
        before: as `load` gave it.
        after: rows that are in `before` alone stay as they are.

    Returns: whether anything was written.

    Raises:
        StateError: the folder or the file cannot be written.
    """
    articles = {key: one for key, one in after.articles.items() if before.articles.get(key) != one}
    feeds = {name: one for name, one in after.feeds.items() if before.feeds.get(name) != one}
    if not articles and not feeds:
        return False
    with _open(folder) as db:
        db.executemany(
            "INSERT OR REPLACE INTO article (key, id, dated, related) VALUES (?, ?, ?, ?)",
            [
                (key, one.id, one.dated and _seconds(one.dated), _json(one.related) if one.related else "")
                for key, one in sorted(articles.items())
            ],
        )
        db.executemany(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(*name, *_row(one)) for name, one in sorted(feeds.items())],
        )
    return True


@contextmanager
def _open(folder: Path) -> Iterator[sqlite3.Connection]:
    file = folder / "ledger.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(file)
        try:
            with db:
                version = db.execute("PRAGMA user_version").fetchone()[0]
                if version > VERSION:
                    mend = "Use that version, or name another folder with --state."
                    raise StateError(
                        Problem("error", "ledger-newer", str(file), "was written by a newer version", mend)
                    )
                if version < VERSION:
                    db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
                yield db
        finally:
            db.close()
    except (OSError, sqlite3.Error, ValueError) as error:
        mend = "Restore it from a copy, or move it away: ids are then made anew. Another folder: --state."
        raise StateError(Problem("error", "ledger-unusable", str(file), f"cannot be used: {error}", mend)) from error


def _row(one: Known) -> tuple[str | int, ...]:
    return one.file, one.id, _seconds(one.since), _seconds(one.updated), _json(one.paths), _json(one.entries)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
