"""Documents -> files: staged beside their targets, compared, then swapped in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from feeds.errors import Problem, PublishError

MARK = b"Feedwright"
"""What every document of ours names as its generator, so that a file without it is somebody else's."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of the documents, by their paths below the output folder, sorted."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    problems: tuple[Problem, ...]


def publish(out: Path, documents: Mapping[str, bytes]) -> Published:
    """Put documents in place: all are staged and flushed to disk before the first takes the place of an old one.

    A document whose bytes are already there is not touched. A file that we did not write is not overwritten.

    Args:
        out: the output folder; made where it is missing.
        documents: path below `out`, "/"-separated -> bytes.

    Raises:
        PublishError: the folder cannot be written; every old file is as it was, unless the disk failed
            between two renames.
    """
    changed: list[str] = []
    unchanged: list[str] = []
    problems: list[Problem] = []
    for path, document in sorted(documents.items()):
        old = _old(out / path)
        if old == document:
            unchanged.append(path)
        elif old is not None and MARK not in old:
            mend = "It was left as it is. Move it away, or give the feed another path."
            problems.append(Problem("error", "not-ours", str(out / path), "is a file that we did not write", mend))
        else:
            changed.append(path)
    _swap(out, {path: documents[path] for path in changed})
    return Published(tuple(changed), tuple(unchanged), tuple(problems))


def _old(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _error(target, error) from error


def _swap(out: Path, documents: Mapping[str, bytes]) -> None:
    staged: list[tuple[Path, Path]] = []
    target = out
    try:
        for path, document in documents.items():
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.new")
            staged.append((beside, target))
            _write(beside, document)
        for beside, target in staged:
            beside.replace(target)
        for folder in sorted({target.parent for _, target in staged}):
            _flush(folder)
    except OSError as error:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)
        raise _error(target, error) from error


def _write(path: Path, document: bytes) -> None:
    with path.open("wb") as file:
        file.write(document)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Make renames last (a folder's own entry is flushed apart from its files)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _error(path: Path, error: OSError) -> PublishError:
    mend = "Nothing was published: every feed is as it was."
    return PublishError(Problem("error", "out-unwritable", str(path), f"cannot be written: {error.strerror}", mend))
