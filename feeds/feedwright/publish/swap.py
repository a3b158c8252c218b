"""Documents -> files: staged beside their targets, then swapped in. What we did not write is never touched."""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from feedwright import bounded
from feedwright.errors import Problem, PublishError
from feedwright.state.checksums import checksum
from feedwright.state.whole_file import UnsafePathError, below, beside, flush_folder, is_below, write_beside

Found = Literal["nothing", "the document", "ours", "altered"]
"""What is in a document's place: that very document, an older one of ours, or one that somebody has altered."""


class Staged(NamedTuple):
    """A document that waits beside its target; `path` is below the output folder."""

    path: str
    beside: Path
    target: Path


def place(out: Path, path: str) -> Path:
    """Where a document goes.

    Args:
        path: below `out`, "/"-separated.

    Raises:
        NotOursError: the path leads through a link, or out of the folder.
    """
    try:
        return below(out, path)
    except UnsafePathError as error:
        raise NotOursError(Path(error.filename or out / path), stat.S_IFLNK) from error


def look(out: Path, path: str, document: bytes, last: bytes) -> Found:
    """Look at what is in a document's place.

    It is ours while it is what we wrote last, or where it carries our mark.

    Args:
        path: below `out`, "/"-separated.
        last: the checksum of what we wrote there last; empty where that is not known.

    Raises:
        NotOursError: it is somebody else's.
        PublishError: it cannot be read.
    """
    target = place(out, path)
    old = bytes_at(target)
    if old is None:
        return "nothing"
    if old == document:
        return "the document"
    if last and checksum(old) == last:
        return "ours"
    if _is_marked(old):
        return "altered" if last else "ours"
    raise NotOursError(target)


def foreign(out: Path, path: str) -> Problem | None:
    """That what is there is somebody else's; None where there is nothing, or something of ours.

    Raises:
        PublishError: it cannot be read.
    """
    try:
        marked(place(out, path))
    except NotOursError as error:
        return error.problems[0]
    return None


def marked(target: Path) -> bytes | None:
    """What is there and ours; None where there is nothing.

    Raises:
        NotOursError: it is somebody else's.
        PublishError: it cannot be read.
    """
    held = bytes_at(target)
    if held is not None and not _is_marked(held):
        raise NotOursError(target)
    return held


def is_ours(out: Path, path: str) -> bool:
    """Whether something is there that is ours.

    Raises:
        PublishError: it cannot be read.
    """
    try:
        return marked(place(out, path)) is not None
    except NotOursError:
        return False


def _is_marked(held: bytes) -> bool:
    from feedwright.publish.marks import is_marked  # most runs look at no file

    return is_marked(held)


def bytes_at(target: Path) -> bytes | None:
    """What a file holds; None where there is none.

    Raises:
        NotOursError: it is none that we could have written: a folder, a link, a device.
        PublishError: it cannot be read.
    """
    try:
        mode = target.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise NotOursError(target, mode)
        return bounded.read_regular(target, links=False)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unwritable(target, error) from error


class NotOursError(PublishError):
    """Something that we did not write is where a document should go.

    Args:
        mode: of what is there.
    """

    def __init__(self, target: Path, mode: int = stat.S_IFREG) -> None:
        kinds = {stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFLNK: "link"}
        kind = kinds.get(stat.S_IFMT(mode), "special file")
        hint = "It stays as it is. Move it away, or give the feed another path."
        what = f"is a {kind} that Feedwright did not write"
        super().__init__(Problem("error", "not-ours", str(target), what, hint))


def stage(out: Path, path: str, document: bytes) -> Staged:
    """Write a document beside its target, flushed to disk.

    Args:
        path: below `out`, "/"-separated.

    Raises:
        PublishError: it cannot be written; nothing is left of it.
    """
    target = place(out, path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return Staged(path, write_beside(target, document), target)
    except OSError as error:
        raise unwritable(target, error) from error


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
            hint = "Each feed is whole, new or as it was. The next run goes on."
            raise unwritable(one.target, error, hint) from error
    for folder in sorted({one.target.parent for one in staged}):
        try:
            flush_folder(folder)
        except OSError as error:
            hint = "Each feed is whole, new or as it was. The next run goes on."
            raise unwritable(folder, error, hint) from error


def discard(staged: Iterable[Staged]) -> None:
    """Remove staged documents."""
    for one in staged:
        try:
            one.beside.unlink(missing_ok=True)
        except OSError:
            continue


def remove(out: Path, paths: Iterable[str]) -> None:
    """Remove documents of ours, and the folders that are empty then; what somebody else put there stays.

    Raises:
        PublishError: one cannot be removed; those before it are.
    """
    for path in sorted(set(paths), reverse=True):
        if is_ours(out, path):
            delete(out, path)


def delete(out: Path, path: str) -> None:
    """Remove a file that is ours, and the folders that are empty then.

    Raises:
        PublishError: it cannot be removed.
    """
    target = out / path
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        hint = "What was removed before it is gone; the next run goes on."
        raise unwritable(target, error, hint) from error
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
        paths: below `out`, of all documents that we may have written.
    """
    discard(Staged(path, beside(out / path), out / path) for path in sorted(paths) if is_below(out, path))


def unwritable(
    path: Path, error: OSError, hint: str = "Nothing was published: every feed is as it was."
) -> PublishError:
    """A failure to write, in words."""
    return PublishError(Problem("error", "out-unwritable", str(path), f"cannot be written: {error.strerror}", hint))
