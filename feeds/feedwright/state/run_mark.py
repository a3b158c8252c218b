"""A note in the state folder that a run has begun, for as long as it has not ended: what a killed one leaves behind."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from feedwright import bounded
from feedwright.state.lock import holder

NAME = "running"

_LONGEST = 100


class Unended(NamedTuple):
    """A run whose end the catalog does not know.

    Args:
        started: when it began; aware.
        exit: its exit code, where it ended and could not note so in the catalog; 0 where it did not end.
    """

    started: datetime
    exit: int = 0


def note(state: Path, run: Unended) -> None:
    """Note a run; the lock must be held. What cannot be noted is no reason not to run.

    Args:
        state: the state folder, which exists.
    """
    file = state / NAME
    with suppress(OSError):
        # A new file each time: a link by that name is not followed.
        file.unlink(missing_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(f"{run.started.isoformat()} {run.exit}\n")


def forget(state: Path) -> None:
    """A run has noted its end in the catalog; the lock must be held."""
    with suppress(OSError):
        (state / NAME).unlink(missing_ok=True)


def unended(state: Path) -> Unended | None:
    """The last run, where it noted its beginning and no end, and is not at work any more; nothing is written."""
    seen = _read(state / NAME)
    # It may end, and note that, while we look who is at work.
    return seen if seen and not holder(state) and _read(state / NAME) == seen else None


def _read(file: Path) -> Unended | None:
    """What a note says; of a file that says nothing, when it was written."""
    try:
        with bounded.open_regular(file, links=False) as opened:
            written = os.fstat(opened.fileno()).st_mtime
            said = opened.read(_LONGEST).decode("ascii", "replace").split()
    except OSError:
        return None
    try:
        started, code = said
        return Unended(datetime.fromisoformat(started).astimezone(UTC), int(code))
    except (ValueError, OverflowError):
        return Unended(datetime.fromtimestamp(int(written), UTC))
