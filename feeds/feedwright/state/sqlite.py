"""SQLite files of ours: opened whole or refused in words, changed in one transaction a run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import wraps
from pathlib import Path
from sqlite3 import Connection, Cursor
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, Protocol, Self, TypeVar

from feedwright.errors import Problem, StateError
from feedwright.state.whole_file import is_link

WAIT = 5
"""Seconds to wait for another process that reads or writes the file at the same moment."""

PATIENCE = 1
"""Seconds to wait for a run that is just writing down what it did, to look at that."""

_NOT_ITS_FAULT = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    )
)
_LOOK = "Every feed is whole. Look at the disk, its room, and who may write there; the next run goes on."

if TYPE_CHECKING:

    class Store(Protocol):
        """What the class of a store says of its file.

        Args:
            FILE: its name.
            STEPS: version -> statements that lead to it from the one before, separated by ";", which no comment holds.
            MEND: what would help where the file cannot be used.
        """

        FILE: ClassVar[str]
        STEPS: ClassVar[Mapping[int, str]]
        MEND: ClassVar[str]

        @classmethod
        def of(cls, db: Connection) -> Self:
            """The store in an open file."""
            ...


P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Store")


def is_damage(error: BaseException | None) -> bool:
    """Whether it is what a file holds that is wrong, rather than the disk, its room or permissions."""
    if not isinstance(error, sqlite3.Error):
        return False
    # Text that is no UTF-8 is an error without a code.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in _NOT_ITS_FAULT


def _named(method: Callable[Concatenate[_Cursor, P], R]) -> Callable[Concatenate[_Cursor, P], R]:
    """A method whose errors say which file they are about: of several that are open, only that one is at fault."""

    @wraps(method)
    def named(cursor: _Cursor, /, *args: P.args, **rest: P.kwargs) -> R:
        try:
            return method(cursor, *args, **rest)
        except sqlite3.Error as error:
            vars(error)["connection"] = cursor.connection
            raise

    return named


class _Cursor(Cursor):
    execute = _named(Cursor.execute)
    executemany = _named(Cursor.executemany)
    fetchone = _named(Cursor.fetchone)
    fetchall = _named(Cursor.fetchall)
    __next__ = _named(Cursor.__next__)


class _Connection(Connection):
    def execute(self, *args: Any) -> Cursor:
        return self.cursor(_Cursor).execute(*args)

    def executemany(self, *args: Any) -> Cursor:
        return self.cursor(_Cursor).executemany(*args)


@contextmanager
def opened(store: type[S], folder: Path, *, copy: bool = False) -> Iterator[S]:
    """A store of a site, in one transaction; without `commit`, nothing is kept.

    Args:
        store: Ledger or Catalog.
        folder: of what must last; made where it is missing.
        copy: work on a copy that is thrown away, and make neither folder nor file.

    Raises:
        StateError: the file cannot be read or written, is damaged, or was written by a newer version.
    """
    with transaction(folder / store.FILE, store.STEPS, store.MEND, copy=copy) as db:
        yield store.of(db)


@contextmanager
def transaction(file: Path, steps: Mapping[int, str], hint: str, *, copy: bool = False) -> Iterator[Connection]:
    """A database in one transaction, which the caller commits; left without, all is as it was.

    Args:
        file: made where it is missing, with the folders above it.
        steps: version -> statements that lead to it from the one before, separated by ";", which no comment holds.
        hint: what would help where the file cannot be used.
        copy: work on a copy that is thrown away, and make no file.

    Raises:
        StateError: it cannot be read or written, is damaged, or was written by a newer version.
    """
    db: Connection | None = None
    _refuse_links(file)
    try:
        db = _copied(file) if copy else _opened(file)
        db.execute("PRAGMA cache_size = -16000")
        db.execute("BEGIN IMMEDIATE")
        _bring_up_to_date(db, file, steps, hint)
        yield db
    except sqlite3.Error as error:
        if vars(error).get("connection", db) is not db:
            raise
        raise _unusable(file, error, hint if is_damage(error) else _LOOK) from error
    finally:
        if db is not None:
            db.close()


@contextmanager
def read_in_place(store: type[S], folder: Path, hint: str) -> Iterator[S]:
    """A store that is only read, in its place, as it is at one moment: a copy of a large one takes long.

    An older version may have written it.

    Args:
        store: Ledger or Catalog.
        folder: of what must last.
        hint: what would help where it cannot be read.

    Raises:
        StateError: it cannot be read; or it is being written for longer than somebody who looks would wait.
    """
    file = folder / store.FILE
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", timeout=PATIENCE, uri=True)) as db:
            db.execute("BEGIN")
            yield store.of(db)
    except sqlite3.Error as error:
        what = f"cannot be read: {error}"
        raise StateError(Problem("error", f"{file.stem}-unusable", str(file), what, hint)) from error


def _refuse_links(file: Path) -> None:
    """SQLite follows links, and so would write where a repository's link leads to."""
    for one in (file, *(file.with_name(file.name + suffix) for suffix in ("-journal", "-wal", "-shm"))):
        if is_link(one):
            raise linked(one)


def linked(file: Path) -> StateError:
    """What is to be said of a link in the state folder."""
    hint = "Remove it: what it leads to would be overwritten. The state folder itself may be a link."
    return StateError(Problem("error", "state-link", str(file), "is a link", hint))


def _unusable(file: Path, error: Exception, hint: str) -> StateError:
    return StateError(Problem("error", f"{file.stem}-unusable", str(file), f"cannot be used: {error}", hint))


def _opened(file: Path) -> Connection:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(file, error, _LOOK) from error
    return sqlite3.connect(file, timeout=WAIT, isolation_level=None, factory=_Connection)


def _copied(file: Path) -> Connection:
    # Without a name, SQLite keeps it in memory as long as it is small.
    db = sqlite3.connect("", isolation_level=None, factory=_Connection)
    if file.exists():
        of = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", timeout=WAIT, uri=True)
        try:
            of.backup(db)
        finally:
            of.close()
    return db


def _bring_up_to_date(db: Connection, file: Path, steps: Mapping[int, str], hint: str) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    newest = max(steps)
    if version > newest:
        raise StateError(Problem("error", f"{file.stem}-newer", str(file), "was written by a newer version", hint))
    for number in range(version + 1, newest + 1):
        for statement in steps[number].split(";"):
            if statement.strip():
                db.execute(statement)
    if version < newest:
        db.execute(f"PRAGMA user_version = {newest}")
