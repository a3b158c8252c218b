"""SQLite files of ours: opened whole or refused in words, changed in one transaction a run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

from feeds.errors import Problem, StateError

WAIT = 5
"""Seconds to wait for another process that reads or writes the file at the same moment."""


@contextmanager
def transaction(file: Path, steps: Mapping[int, str], mend: str, *, copy: bool = False) -> Iterator[Connection]:
    """A database in one transaction, which the caller commits; left without, all is as it was.

    Args:
        file: made where it is missing, with the folders above it.
        steps: version -> statements that lead to it from the one before, separated by ";", which no comment holds.
        mend: what would help where the file cannot be used.
        copy: work on a copy that is thrown away, and make no file.

    Raises:
        StateError: it cannot be read or written, is damaged, or was written by a newer version.
    """
    try:
        db = _copied(file) if copy else _opened(file)
        try:
            db.execute("BEGIN IMMEDIATE")
            _bring_up_to_date(db, file, steps, mend)
            yield db
        finally:
            db.close()
    except (OSError, sqlite3.Error) as error:
        raise StateError(
            Problem("error", f"{file.stem}-unusable", str(file), f"cannot be used: {error}", mend)
        ) from error


def _opened(file: Path) -> Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(file, timeout=WAIT, isolation_level=None)
    db.execute("PRAGMA cache_size = -16000")
    return db


def _copied(file: Path) -> Connection:
    # Without a name, SQLite keeps it in memory as long as it is small.
    db = sqlite3.connect("", isolation_level=None)
    if file.exists():
        of = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", timeout=WAIT, uri=True)
        try:
            of.backup(db)
        finally:
            of.close()
    return db


def _bring_up_to_date(db: Connection, file: Path, steps: Mapping[int, str], mend: str) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    newest = max(steps)
    if version > newest:
        raise StateError(Problem("error", f"{file.stem}-newer", str(file), "was written by a newer version", mend))
    for number in range(version + 1, newest + 1):
        for statement in steps[number].split(";"):
            if statement.strip():
                db.execute(statement)
    if version < newest:
        db.execute(f"PRAGMA user_version = {newest}")
