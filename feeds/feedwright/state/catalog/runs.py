"""The last runs, in the catalog."""

from __future__ import annotations

from datetime import datetime

from feedwright.state.catalog.documents import Catalog
from feedwright.state.serialise import moment, seconds


def note_run(catalog: Catalog, started: datetime, took: float, exit_code: int, said: str, most: int) -> None:
    """Note a run that has ended.

    Args:
        took: seconds.
        said: what there is to say of it, as JSON.
        most: runs that are kept.
    """
    catalog.db.execute("INSERT INTO run VALUES (?, ?, ?, ?)", (seconds(started), took, exit_code, said))
    catalog.db.execute("DELETE FROM run WHERE rowid <= (SELECT max(rowid) FROM run) - ?", (most,))


def runs(catalog: Catalog) -> list[tuple[int, float, int, str]]:
    """The last runs, the newest first: when it began, seconds that it took, exit code, and what `note_run` was told."""
    return catalog.db.execute("SELECT started, seconds, exit, report FROM run ORDER BY rowid DESC").fetchall()


def last_run(catalog: Catalog) -> datetime | None:
    """When the latest run began; None where there was none."""
    found = catalog.db.execute("SELECT max(started) FROM run").fetchone()[0]
    return moment(found) if found else None
