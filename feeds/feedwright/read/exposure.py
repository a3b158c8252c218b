"""How much of an article is for the public, before and now."""

from __future__ import annotations

from feedwright.state.catalog import Row
from feedwright.state.ledger import Remembered

_EXPOSURES = ("none", "title", "part", "all")


def was_larger(before: Row | None, old: Remembered | None, row: Row) -> bool:
    """Whether more of an article was published than is to be."""
    if before is None or before.state == "unread":
        return bool(old and old.shown and row.exposure == "none")
    return bool(before.shown) and _EXPOSURES.index(before.exposure) > _EXPOSURES.index(row.exposure)
