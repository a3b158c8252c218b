"""Archive documents as they are kept below the state folder, so that what is lost of `out/` comes back bit by bit.

Each is a gzip file with one line of JSON before the document: what it is, and where in it each entry is. So what the
ledger says of them can be read out of them again.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from feedwright import bounded
from feedwright.errors import Problem, PublishError, StateError
from feedwright.state.whole_file import UnsafePathError, below, flush_folder, write_whole

LARGEST = 256 * 2**20
"""Bytes of a document that is kept: what expands to more was never written by us."""


class Kept(NamedTuple):
    """A document as it is kept.

    Args:
        head: what it is, as JSON holds it.
        slices: where each entry begins and ends in it.
    """

    head: dict[str, Any]
    document: bytes
    slices: tuple[tuple[int, int], ...]

    def entries(self) -> list[bytes]:
        """Its entries, in order."""
        return [self.document[start:end] for start, end in self.slices]


def file_of(state: Path, path: str, hash_: str) -> Path:
    """Where a document is kept.

    Args:
        state: the folder of what must last.
        path: of the document below the output folder; it begins with "archive/".
        hash_: of its bytes: until the ledger knows of new ones, the old ones are kept beside them.
    """
    return state / f"{path}.{hash_[:12]}.gz"


def hash_of(document: bytes) -> str:
    """What tells a document's bytes from all others, in hexadecimal."""
    return sha256(document).hexdigest()[:32]


def write(state: Path, head: dict[str, Any], document: bytes, entries: Sequence[bytes]) -> None:
    """Keep a document, flushed to disk.

    Args:
        head: what it is; `path` and `hash` say where it is kept.
        entries: those that are in it, in order.

    Raises:
        StateError: it cannot be written.
    """
    slices, end = [], 0
    for entry in entries:
        start = document.index(entry, end)
        end = start + len(entry)
        slices.append((start, end))
    line = json.dumps({**head, "slices": slices}, ensure_ascii=False, separators=(",", ":"))
    target = file_of(state, head["path"], head["hash"])
    try:
        below(state, head["path"])
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(Path(error.filename or target.parent), error) from error
    try:
        write_whole(target, gzip.compress(line.encode() + b"\n" + document, 3, mtime=0))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        flush_folder(target.parent)
    except OSError as error:
        raise _unwritable(target.parent, error) from error


def _unwritable(file: Path, error: OSError) -> StateError:
    hint = "Nothing was published: every feed is as it was. Look at the disk, its room, and who may write there."
    return StateError(Problem("error", "archive-unwritable", str(file), f"cannot be written: {error.strerror}", hint))


def read(state: Path, path: str, hash_: str) -> Kept | None:
    """A document as it is kept; None where it is missing, damaged or another one.

    Raises:
        PublishError: it is there and cannot be read.
    """
    try:
        below(state, path)
    except UnsafePathError:
        return None
    kept = _read(file_of(state, path, hash_))
    return kept if kept and kept.head["hash"] == hash_ else None


def _read(file: Path) -> Kept | None:
    try:
        with gzip.open(BytesIO(bounded.read_regular(file, links=False))) as opened:
            content = opened.read(LARGEST + 1)
        if len(content) > LARGEST:
            return None
        line, _, document = content.partition(b"\n")
        head = json.loads(line)
        if hash_of(document) != head["hash"]:
            return None
        return Kept(head, document, tuple((start, end) for start, end in head.pop("slices")))
    except (FileNotFoundError, NotADirectoryError, EOFError, gzip.BadGzipFile, zlib.error, ValueError, KeyError):
        return None
    except OSError as error:
        hint = "Nothing was published: every feed is as it was. Look at the disk, and who may read there."
        what = f"cannot be read: {error.strerror}"
        raise PublishError(Problem("error", "archive-unreadable", str(file), what, hint)) from error


def every(state: Path) -> Iterator[Kept]:
    """All documents that are kept, by path."""
    for file in sorted((state / "archive").rglob("[!.]*.gz")):
        if (kept := _read(file)) is not None:
            yield kept


def keep_only(state: Path, path: str, hash_: str = "") -> None:
    """Keep nothing of a document but the bytes with this hash; empty to keep none, nor folders that are empty then.

    Raises:
        StateError: one cannot be removed.
    """
    if not path.startswith("archive/"):
        return
    try:
        target = below(state, path)
    except UnsafePathError:
        return
    kept = file_of(state, path, hash_).name if hash_ else ""
    ours = re.compile(rf"\.?{re.escape(target.name)}\.[0-9a-f]{{12}}\.gz(?:\.new)?")
    for name in _listed(target.parent):
        if ours.fullmatch(name) and name != kept:
            _remove(target.with_name(name))
    if hash_:
        return
    for folder in target.parents:
        if folder == state:
            break
        try:
            folder.rmdir()
        except OSError:
            break


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _left_over(folder, f"cannot be read: {error.strerror}") from error


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise _left_over(file, f"cannot be removed: {error.strerror}") from error


def _left_over(path: Path, what: str) -> StateError:
    hint = "Each feed is whole, new or as it was. The next run goes on."
    return StateError(Problem("error", "archive-unwritable", str(path), what, hint))
