"""Files read no further than they may be long, and opened only where they are files.

What is read may be a link, but for files of ours: below our folders, a link is somebody else's.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_UNWAITING = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


def open_regular(path: str | Path, *, links: bool = True) -> BinaryIO:
    """Open a file that somebody else may have put there: no pipe is waited for, no device read.

    Args:
        links: follow one that stands there.

    Raises:
        OSError: it cannot be opened, is no regular file, or is a link that is not to be followed.
        ValueError: it is no path.
    """
    # A pipe that is only opened and closed again disturbs who writes into it; what is opened may be another by then.
    _demand_regular(os.stat(path, follow_symlinks=links))  # noqa: PTH116
    descriptor = os.open(path, _UNWAITING if links else _UNWAITING | _NO_LINK)
    try:
        _demand_regular(os.fstat(descriptor))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _demand_regular(found: os.stat_result) -> None:
    if stat.S_ISLNK(found.st_mode):
        raise OSError(errno.EINVAL, "it is a link")
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")


def read(file: BinaryIO, most: int) -> bytes:
    """The content of a file.

    Raises:
        OSError: it cannot be read, or has more bytes than `most`.
    """
    content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it has more than {most} bytes")
    return content


def read_regular(path: str | Path, most: int | None = None, *, links: bool = True) -> bytes:
    """`open_regular` and `read`.

    Args:
        most: bytes; None for all that there are.

    Raises:
        OSError: it cannot be read, is no regular file, has more bytes than `most`, or is a link that is not to be
            followed.
        ValueError: it is no path.
    """
    with open_regular(path, links=links) as file:
        return file.read() if most is None else read(file, most)


def read_named(path: Path, most: int) -> bytes:
    """The content of what the user has named: it may be a pipe, such as a shell's `<(...)`.

    Raises:
        OSError: it cannot be read, or has more bytes than `most`.
        ValueError: it is no path.
    """
    with path.open("rb") as file:
        return read(file, most)


def reason(error: OSError | ValueError) -> str:
    """Why a file cannot be read: in our words, else by the system's name of it, as its words depend on the locale."""
    if not isinstance(error, OSError) or error.errno in (errno.EFBIG, errno.EINVAL):
        return getattr(error, "strerror", None) or str(error)
    return errno.errorcode.get(error.errno or 0, "unknown error")
