"""What is known of every article and every feed, so that a run does only what changed. It can be lost.

An article's number `n` is its row's, and nobody sees it. All that a run changes is one transaction.
"""

from __future__ import annotations

from pathlib import Path

from feedwright.errors import Problem, StateError
from feedwright.state.catalog.documents import Catalog, Document, Stamp, stamp
from feedwright.state.catalog.membership import Member, last_changed
from feedwright.state.catalog.rows import Row, article_of, row_of

__all__ = [
    "Catalog",
    "Document",
    "Member",
    "Row",
    "Stamp",
    "article_of",
    "discard_catalog",
    "last_changed",
    "row_of",
    "stamp",
]


def discard_catalog(folder: Path) -> None:
    """Remove the catalog of a site, to be made anew.

    Raises:
        StateError: it cannot be removed.
    """
    for name in (Catalog.FILE, f"{Catalog.FILE}-journal"):
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            what = f"cannot be removed: {error.strerror}"
            raise StateError(Problem("error", "catalog-unusable", str(folder / name), what, Catalog.MEND)) from error
