"""Articles that are being saved: what is there of the file can be read, and is not the article."""

from __future__ import annotations

from dataclasses import replace

from feedwright.errors import IN_NO_FEED
from feedwright.state.catalog import Row
from feedwright.state.serialise import dumps, loads

_UNCLOSED = "front-matter-unclosed"


def is_cut_off(before: Row | None, row: Row) -> bool:
    """Whether an article that was good ends within its head now.

    Args:
        before: as it was; None where it is new.
    """
    if before is None or _UNCLOSED not in row.problems:
        return False
    return before.state == "broken" or (before.state == "ok" and _UNCLOSED not in before.problems)


def as_unread(row: Row) -> Row:
    """The row of an article that is not taken as it is, with the reason as an error."""
    problems = [
        replace(one, severity="error", hint=f"{one.hint.partition('. ')[0]}. {IN_NO_FEED}")
        if one.code == _UNCLOSED
        else one
        for one in loads(row.problems)
    ]
    return row._replace(state="unread", problems=dumps(problems))
