"""Files below a folder, as they are at this moment: whether they may be served, their validators, their codings.

A build swaps files at any moment. So a file is opened once, and what is said of it is said of what was opened; what is
remembered of it counts as long as it is the very same file. Its bytes are not remembered: the system's page cache has
them.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from feedwright.serve.codings import LARGEST, SMALLEST, Coded, Compressed
from feedwright.serve.negotiation import IDENTITY

LARGE = 1 << 20
"""Bytes from which a file is read by another thread, and sent as its reader takes it."""

_CHUNK = 1 << 18
_TICK = 50_000_000
"""Nanoseconds within which two changes may get the same time from a file system whose clock is the kernel's."""

_COARSE = 2_000_000_000
"""The same where it keeps whole seconds, or two."""


_PASSING = frozenset(
    (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.ESTALE, errno.EAGAIN, errno.EINTR, errno.ETIMEDOUT)
)
"""What says nothing about a file, but that it cannot be looked at now."""


class Stamp(NamedTuple):
    """What tells a file, and its content, from any other."""

    device: int
    inode: int
    size: int
    mtime: int
    ctime: int


@dataclass(frozen=True, slots=True)
class Plain:
    """A file's content as it is.

    Args:
        file: the path to open it by.
        etag: strong: derived from its bytes alone.
    """

    file: str
    stamp: Stamp
    etag: str

    @property
    def length(self) -> int:
        return self.stamp.size


@dataclass(frozen=True, slots=True)
class Held:
    """A file that may be served.

    Args:
        coded: coding -> its content in that.
        lasting: whether this may be remembered: what has changed just now may change again unseen.
    """

    plain: Plain
    coded: Mapping[str, Coded] = field(default_factory=dict)
    lasting: bool = False

    @property
    def modified(self) -> int:
        """Seconds since 1970; the same in all codings."""
        return self.plain.stamp.mtime // 1_000_000_000

    def content(self, coding: str) -> Plain | Coded | None:
        """It in a coding; None where there is none."""
        return self.plain if coding == IDENTITY else self.coded.get(coding)

    def is_same(self) -> bool:
        """Whether the file is there as it was."""
        return stamp(self.plain.file) == self.plain.stamp


def stamp(file: str) -> Stamp | None:
    """A file's stamp; None where there is none.

    Raises:
        OSError: that cannot be told now.
    """
    try:
        found = os.stat(file)  # noqa: PTH116
    except (OSError, ValueError) as error:
        _raise_passing(error)
        return None
    return _stamp(found)


def _raise_passing(error: OSError | ValueError) -> None:
    """Raise what would be taken for a file that is not there, and says nothing about it."""
    if isinstance(error, OSError) and error.errno in _PASSING:
        raise error


def _stamp(found: os.stat_result) -> Stamp:
    # As a tuple, which a NamedTuple's own constructor is three times slower at.
    return tuple.__new__(Stamp, (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns))


def examine(root: str, path: str, compressed: Compressed | None = None) -> Held | None:
    """Read a file; None where there is nothing that may be served.

    Args:
        root: the folder that nothing is served from outside of.
        path: below it, "/"-separated.
        compressed: has it in other codings; None where it is served as it is alone.

    Raises:
        OSError: it is there, and cannot be read now.
    """
    with _opened(root, path) as descriptor:
        if descriptor is None:
            return None
        found = _stamp(os.fstat(descriptor))
        worth = compressed is not None and SMALLEST <= found.size <= LARGEST
        document = os.read(descriptor, found.size + 1) if worth else b""
        etag = etag_of(iter((document,)) if worth else _chunks(descriptor))
        plain = Plain(_file(root, path), found, etag)
        if _stamp(os.fstat(descriptor)) != found:
            # Somebody writes into it. It is read again at the next request.
            return Held(plain)
    coded = _coded(document, etag, compressed) if compressed and len(document) == found.size else {}
    return Held(plain, coded, has_settled(found))


def _coded(document: bytes, etag: str, compressed: Compressed) -> dict[str, Coded]:
    """A document in other codings, where these are shorter."""
    coded = {}
    for coding in compressed.codings:
        content = compressed.content(etag, document, coding)
        if len(content) < len(document):
            coded[coding] = Coded(etag, coding, etag_of(iter((content,))), len(content))
    return coded


def open_again(content: Plain) -> int | None:
    """A file that was examined, opened; None where another is there now, or it has changed.

    Raises:
        OSError: it cannot be opened now.
    """
    try:
        descriptor = os.open(content.file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        _raise_passing(error)
        return None
    if _stamp(os.fstat(descriptor)) == content.stamp:
        return descriptor
    os.close(descriptor)
    return None


@contextmanager
def opened(content: Plain) -> Iterator[int | None]:
    """As `open_again`, as long as it lasts."""
    descriptor = open_again(content)
    try:
        yield descriptor
    finally:
        if descriptor is not None:
            os.close(descriptor)


def read(descriptor: int, content: Plain, start: int, end: int) -> bytes | None:
    """Bytes of a file that was examined; None where it is not as it was then."""
    if content.length >= LARGE or has_settled(content.stamp):
        found = os.pread(descriptor, end - start, start)
    else:
        # Its stamp may be that of what was there a moment ago.
        whole = os.pread(descriptor, content.length + 1, 0)
        if etag_of(iter((whole,))) != content.etag:
            return None
        found = whole[start:end]
    return found if len(found) == end - start and _stamp(os.fstat(descriptor)) == content.stamp else None


@contextmanager
def _opened(root: str, path: str) -> Iterator[int | None]:
    """A regular file below a folder, opened; None where there is none, or a link leads outside or to a dot-file."""
    descriptor = _open(root, path)
    try:
        yield descriptor
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _open(root: str, path: str) -> int | None:
    real = _real(root, path)
    if real is None:
        return None
    try:
        # What is no file (a pipe) is not waited for.
        descriptor = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        _raise_passing(error)
        return None
    # A folder on the way may have become a link since.
    if stat.S_ISREG(os.fstat(descriptor).st_mode) and _real(root, path) == real:
        return descriptor
    os.close(descriptor)
    return None


def _real(root: str, path: str) -> str | None:
    """Where a path leads; None where that is not below the folder, or goes through dot-files."""
    if not is_plain(path):
        return None
    try:
        base = os.path.realpath(root, strict=True)
        real = os.path.realpath(_file(root, path), strict=True)
    except (OSError, ValueError) as error:
        _raise_passing(error)
        return None
    below = real.removeprefix(base.rstrip("/") + "/")
    return real if below != real and is_plain(below) else None


def is_plain(path: str) -> bool:
    """Whether a path names a file below a folder, without dot-files and empty parts."""
    return bool(path) and "\0" not in path and not any(part[:1] in ("", ".") for part in path.split("/"))


def _file(root: str, path: str) -> str:
    return f"{root}/{path}"


def _chunks(descriptor: int) -> Iterator[bytes]:
    while chunk := os.read(descriptor, _CHUNK):
        yield chunk


def etag_of(chunks: Iterator[bytes]) -> str:
    """A strong validator (RFC 9110 §8.8.3): the same for the same bytes, on any machine."""
    digest = blake2b(digest_size=16)
    for chunk in chunks:
        digest.update(chunk)
    return f'"{urlsafe_b64encode(digest.digest())[:22].decode()}"'


def has_settled(one: Stamp) -> bool:
    """Whether the next change would get another time."""
    span = _COARSE if one.mtime % 1_000_000_000 == 0 and one.ctime % 1_000_000_000 == 0 else _TICK
    return time.time_ns() - max(one.mtime, one.ctime) > span
