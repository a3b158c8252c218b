"""What is known of every article and every feed, so that a run does only what changed. It can be lost.

An article's number `n` is its row's, and nobody sees it. All that a run changes is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feedwright.errors import Problem, StateError
from feedwright.state.catalog.documents import Catalog, Document, Stamp, stamp
from feedwright.state.catalog.membership import Member
from feedwright.state.catalog.rows import Row, article_of, row_of
from feedwright.state.catalog.schema import MEND, STEPS
from feedwright.state.sqlite import read_only, transaction

__all__ = [
    "Catalog",
    "Document",
    "Member",
    "Row",
    "Stamp",
    "article_of",
    "discard_catalog",
    "open_catalog",
    "read_catalog",
    "row_of",
    "stamp",
]


@contextmanager
def open_catalog(folder: Path, *, copy: bool = False) -> Iterator[Catalog]:
    """The catalog in a folder of what must last; without `commit`, nothing is kept.

    Args:
        folder: made where it is missing.
        copy: work on a copy that is thrown away, and make neither folder nor file.

    Raises:
        StateError: the file cannot be read or written, is damaged, or was written by a newer version.
    """
    with transaction(folder / "catalog.db", STEPS, MEND, copy=copy) as db:
        yield Catalog(db, {(kind, term): f for f, kind, term in db.execute("SELECT f, kind, term FROM feed")})


@contextmanager
def read_catalog(folder: Path, mend: str) -> Iterator[Catalog]:
    """The catalog in a folder of what must last, to be looked at alone; an older version may have written it.

    Args:
        mend: what would help where it cannot be read.

    Raises:
        StateError: it cannot be read.
    """
    with read_only(folder / "catalog.db", mend) as db:
        yield Catalog(db, {})


def discard_catalog(folder: Path) -> None:
    """Remove the catalog of a site, to be made anew.

    Raises:
        StateError: it cannot be removed.
    """
    for name in ("catalog.db", "catalog.db-journal"):
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            what = f"cannot be removed: {error.strerror}"
            raise StateError(Problem("error", "catalog-unusable", str(folder / name), what, MEND)) from error
