"""Files that were published for the date of their first commit alone: they are no articles, and leave."""

from __future__ import annotations

from feedwright.errors import Problem
from feedwright.state.catalog import Row
from feedwright.state.ledger import Remembered

CODE = "no-article"
_LEFT_OUT_FOR = ("date-missing", "front-matter-invalid")


def was_dated_by_commit(before: Row | None, row: Row, old: Remembered) -> bool:
    """Whether a file that is left out now was published for its commit's date alone, and is still as it was then.

    Args:
        before: what the catalog says of it; None where that was lost.
        row: as it was just read.
        old: what the ledger says of it.
    """
    if old.dated is None or not old.shown or not any(f'"{code}"' in row.problems for code in _LEFT_OUT_FOR):
        return False
    return before is None or (before.state == "ok" and before.hash == row.hash)


def left(row: Row) -> Problem:
    """What is said, in the run in which it leaves, of a page of an engine's or a file that is left out."""
    page = f", and is a page of {row.page}'s, no post" if row.page else ""
    what = f"leaves the feeds: it has no date of its own{page}"
    hint = "Its first commit makes no article of it. If it is to be one, write `date: 2026-03-01` in its front matter."
    return Problem("warning", CODE, row.key, what, hint)
