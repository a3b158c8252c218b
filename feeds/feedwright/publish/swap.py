"""Documents -> files: staged beside their targets, then swapped in. What we did not write is never touched."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from feedwright.errors import Problem, PublishError
from feedwright.publish.compress import SUFFIXES, expanded, is_available
from feedwright.state.catalog import Stamp

MARK = b"Feedwright"
"""What every document of ours names as its generator, so that a file without it is somebody else's."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A document that waits beside its target; `path` is below the output folder."""

    path: str
    beside: Path
    target: Path


def stamp(file: Path) -> Stamp | None:
    """A file's stamp; None where there is no such file."""
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def is_there(out: Path, path: str, document: bytes, *, ours: bool) -> bool:
    """Whether a file is the very document already.

    Args:
        path: below `out`, "/"-separated.
        ours: whether we wrote that file.

    Raises:
        NotOursError: it is somebody else's.
        PublishError: it cannot be read.
    """
    target = out / path
    old = _held(target)
    if old not in (None, document) and not ours and MARK not in old:
        mend = "It was left as it is. Move it away, or give the feed another path."
        raise NotOursError(Problem("error", "not-ours", str(target), "is a file that we did not write", mend))
    return old == document


def is_foreign(target: Path, *, ours: bool) -> bool:
    """Whether a file is there that is somebody else's.

    Args:
        ours: whether we wrote that file.

    Raises:
        PublishError: it cannot be read.
    """
    held = None if ours else _held(target)
    return held is not None and not _is_marked(target, held)


def _is_marked(target: Path, held: bytes) -> bool:
    """Whether a file, or what it is a coding of, names Feedwright."""
    coding = next((coding for coding, suffix in SUFFIXES.items() if target.name.endswith(suffix)), None)
    if coding is None or not is_available(coding):
        return MARK in held
    end = b""
    try:
        for piece in expanded((held,), coding):
            if MARK in end + piece:
                return True
            end = piece[-len(MARK) :]
    except ValueError:
        return MARK in held
    return False


def _held(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unwritable(target, error) from error


class NotOursError(PublishError):
    """A file that we did not write is where a document should go."""


def stage(out: Path, path: str, document: bytes) -> Staged:
    """Write a document beside its target, flushed to disk.

    Args:
        path: below `out`, "/"-separated.

    Raises:
        PublishError: it cannot be written; nothing is left of it.
    """
    target = out / path
    beside = _beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        discard([Staged(path, beside, target)])
        raise unwritable(target, error) from error
    return Staged(path, beside, target)


def swap(staged: Sequence[Staged]) -> None:
    """Put staged documents into their places, in order, each at once; then flush the folders.

    Raises:
        PublishError: it failed in between: every file is whole, and some are old.
    """
    for number, one in enumerate(staged):
        try:
            one.beside.replace(one.target)
        except OSError as error:
            discard(staged[number:])
            mend = "Each feed is whole, new or as it was. The next run goes on."
            raise unwritable(one.target, error, mend) from error
    for folder in sorted({one.target.parent for one in staged}):
        try:
            _flush(folder)
        except OSError as error:
            mend = "Each feed is whole, new or as it was. The next run goes on."
            raise unwritable(folder, error, mend) from error


def discard(staged: Iterable[Staged]) -> None:
    """Remove staged documents."""
    for one in staged:
        try:
            one.beside.unlink(missing_ok=True)
        except OSError:
            continue


def remove(out: Path, paths: Iterable[str]) -> None:
    """Remove documents of ours, and the folders that are empty then; what somebody else put there stays.

    Each document's codings go before it: there are servers that would go on sending these.

    Raises:
        PublishError: one cannot be removed; those before it are.
    """
    for path in sorted({path + suffix for path in paths for suffix in ("", *SUFFIXES.values())}, reverse=True):
        target = out / path
        held = _held(target)
        if held is None or not _is_marked(target, held):
            continue
        try:
            target.unlink(missing_ok=True)
        except OSError as error:
            mend = "What was removed before it is gone; the next run goes on."
            raise unwritable(target, error, mend) from error
        for folder in target.parents:
            if folder == out:
                break
            try:
                folder.rmdir()
            except OSError:
                break


def sweep(out: Path, paths: Collection[str]) -> None:
    """Remove what a run that died had staged.

    Args:
        paths: below `out`, of all documents that we may have written, in any coding.
    """
    files = (path + suffix for path in sorted(paths) for suffix in ("", *SUFFIXES.values()))
    discard(Staged(path, _beside(out / path), out / path) for path in files)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.new")


def _flush(folder: Path) -> None:
    """Make renames last (a folder's own entry is flushed apart from its files)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unwritable(
    path: Path, error: OSError, mend: str = "Nothing was published: every feed is as it was."
) -> PublishError:
    """A failure to write, in words."""
    return PublishError(Problem("error", "out-unwritable", str(path), f"cannot be written: {error.strerror}", mend))
