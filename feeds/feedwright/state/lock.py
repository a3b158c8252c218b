"""One run at a time: on what must last, and on an output folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from zc.lockfile import LockError, LockFile, SimpleLockFile

from feedwright import bounded
from feedwright.errors import Problem, PublishError, StateError
from feedwright.state.whole_file import is_link, write_whole

PAUSE = 0.05
"""Seconds between two tries."""

GRACE = 0.15
"""Seconds that any run waits: whoever asks for the holder of a lock takes it for a moment."""


class LockedError(StateError):
    """Another run is at work."""

    exit_code = 75


@contextmanager
def locked(state: Path, out: Path | None, wait: float) -> Iterator[None]:
    """Hold the locks of a state folder and of an output folder; the system frees them when the process ends.

    Args:
        out: None where it is not written to.
        wait: seconds to wait for another run to end.

    Raises:
        LockedError: another run did not end.
        FeedsError: a folder cannot be written.
    """
    until = time.monotonic() + max(wait, GRACE)
    told = state / "busy"
    with ExitStack() as held:
        try:
            _hold(held, state, "lock", until, LockFile, StateError)
            if out is not None:
                # Nothing is written into this one: a run that changes nothing leaves the output folder untouched.
                _hold(held, out, ".feeds.lock", until, SimpleLockFile, PublishError)
        except LockedError as error:
            _tell_once(told, error)
            raise
        with suppress(OSError):
            told.unlink(missing_ok=True)
        yield


def _tell_once(told: Path, error: LockedError) -> None:
    """Note who was at work, so that the same is no news to the runs that follow; the first that gets in forgets it."""
    what = error.problems[0].what.encode()
    with suppress(OSError):
        if told.exists() and bounded.read_regular(told, links=False) == what:
            error.new_problems = ()
        else:
            write_whole(told, what)


@contextmanager
def alone(state: Path, name: str, wait: float) -> Iterator[None]:
    """Hold a lock of its own kind, in the folder of what must last, beside which builds go on.

    Args:
        wait: seconds to wait for another process that holds it.

    Raises:
        LockedError: that did not end.
        StateError: the folder cannot be written.
    """
    with ExitStack() as held:
        _hold(held, state, name, time.monotonic() + wait, SimpleLockFile, StateError)
        yield


def _hold(
    held: ExitStack,
    folder: Path,
    name: str,
    until: float,
    kind: type[SimpleLockFile],
    error_kind: type[StateError] | type[PublishError],
) -> None:
    file = folder / name
    if is_link(file):
        hint = "Remove it: what it leads to would be overwritten."
        raise error_kind(Problem("error", "lock-unwritable", str(file), "is a link", hint))
    while True:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            held.callback(kind(str(file)).close)
            return
        except LockError:
            if time.monotonic() >= until:
                raise LockedError(_busy(file)) from None
            time.sleep(PAUSE)
        except OSError as error:
            hint = "Nothing was published: every feed is as it was."
            what = f"cannot be written: {error.strerror}"
            raise error_kind(Problem("error", "lock-unwritable", str(file), what, hint)) from error


def holder(state: Path) -> str:
    """Who holds the lock of a state folder, in words; empty where nobody does. Nothing is written for that."""
    if not (state / "lock").exists() or is_link(state / "lock"):
        return ""
    try:
        SimpleLockFile(str(state / "lock")).close()
    except LockError:
        return _who(state / "lock") or "another process"
    except OSError:
        return ""
    return ""


def _who(file: Path) -> str:
    try:
        number = file.read_text().strip()
    except OSError:
        return ""
    return f"process {number}" if number.isdecimal() else ""


def _busy(file: Path) -> Problem:
    what = f"{_who(file) or 'another process'} is at work on it"
    return Problem("error", "locked", str(file), what, "Wait for it with --wait 5m. Every feed is as it was.")
