"""Files of ours, written whole or not at all, and never through a link.

The state folder and the output folder may be links themselves. Below them, a link is somebody else's: git keeps one
that leads to `~/.ssh`, and what is written through it is lost there.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_ISLNK

_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class UnsafePathError(OSError):
    """A path leads out of its folder, or through what is no folder or file of ours; `strerror` says how."""


def below(folder: Path, path: str) -> Path:
    """The file that a path names below a folder.

    Args:
        path: "/"-separated, as a store has it: whoever can change that is not to choose where is written.

    Raises:
        UnsafePathError: it is absolute, goes up, or leads through a link.
    """
    parts = path.split("/")
    if not path or "\0" in path or any(part in ("", ".", "..") for part in parts):
        raise UnsafePathError(0, f"{path!r} is not a path below {folder}")
    file = str(folder)
    for part in parts[:-1]:
        file = f"{file}/{part}"
        if is_link(file):
            raise UnsafePathError(0, f"{file} is a link", file)
    return folder / path


def is_below(folder: Path, path: str) -> bool:
    """Whether `below` finds nothing wrong with a path."""
    try:
        below(folder, path)
    except UnsafePathError:
        return False
    return True


def is_link(file: str | Path) -> bool:
    """Whether a link stands at a path."""
    try:
        return S_ISLNK(os.lstat(file).st_mode)
    except OSError:
        return False


def beside(target: Path) -> Path:
    """Where a file waits, until it takes the place of its target: a dot-file, which nobody serves."""
    return target.with_name(f".{target.name}.new")


def write_whole(target: Path, content: bytes) -> None:
    """Write a file at once, flushed to disk; its name there lasts when its folder is flushed, too.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    try:
        write_beside(target, content).replace(target)
    except BaseException:
        with suppress(OSError):
            beside(target).unlink(missing_ok=True)
        raise


def flush_folder(folder: Path) -> None:
    """Make renames last: a folder's own entries are flushed apart from its files.

    Raises:
        OSError: it cannot be flushed.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_beside(target: Path, content: bytes) -> Path:
    """Write a file beside its target, flushed to disk; what a run that died left there goes.

    Returns: the file.

    Raises:
        OSError: it cannot be written; nothing is left of it.
    """
    file = beside(target)
    try:
        with os.fdopen(_created(file), "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return file


def _created(file: Path) -> int:
    try:
        return os.open(file, _WRITE, 0o666)
    except FileExistsError:
        file.unlink()
        return os.open(file, _WRITE, 0o666)
