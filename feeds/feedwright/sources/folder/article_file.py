"""One article's file read. No way leads out of the content folder."""

from __future__ import annotations

import errno
import os
from stat import S_ISREG
from typing import TYPE_CHECKING

from feedwright.config.folders import is_below
from feedwright.errors import IN_NO_FEED, FeedsError, Problem

if TYPE_CHECKING:
    from feedwright.config import Config

LARGEST = 5 * 1024 * 1024

_NO_NAMES = frozenset(("", ".", ".."))
# The system's flags: no link at the end of a path, no handing down, no waiting for who writes into a pipe.
# Elsewhere than on POSIX systems, none of these is there, and no article is read.
_FOLLOW_NOTHING = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK"))


def content_of(config: Config, key: str) -> bytes:
    """What an article's file holds; links are followed only where they stay below the content folders.

    Args:
        config: of the site.
        key: from the site's folder, as `walk.listings` has it.

    Raises:
        FeedsError: it is gone, no regular file, too large, or outside; its one problem names the file by its key.
    """
    parts = config.below(key).split("/")
    if not _NO_NAMES.isdisjoint(parts) or "\0" in key:
        raise unusable(key, "link-outside", "the path leads out of the content folder", "Name a file in it.")
    try:
        descriptor = _opened(config, key, parts)
        try:
            return _all_of(descriptor, key)
        finally:
            os.close(descriptor)
    except (FileNotFoundError, UnicodeEncodeError) as error:
        raise unusable(key, "file-vanished", "the file is gone", "It was there a moment ago.") from error
    except OSError as error:
        raise unusable(key, "file-unreadable", _reason(error), "Make it readable.") from error


def unusable(key: str, code: str, what: str, hint: str, line: int = 0) -> FeedsError:
    """The error of a file that holds no article that can be read."""
    return FeedsError(Problem("error", code, key, what, f"{hint} {IN_NO_FEED}", line))


def _opened(config: Config, key: str, parts: list[str]) -> int:
    folder = config.folder_of(key)
    start = f"{config.root}/{folder}" if folder else str(config.root)
    try:
        return _open(start, parts)
    except OSError as error:
        # On the way there is a link.
        if error.errno not in (errno.ELOOP, errno.ENOTDIR, errno.EMLINK):
            raise
        real = os.path.realpath("/".join((start, *parts)))
        for one in config.content:
            home = os.path.realpath(config.root / one)
            if is_below(real, home):
                return _open(home, real[len(home) :].strip("/").split("/"))
        what, hint = "the link leads out of the content folder", "Put what it leads to into the folder."
        raise unusable(key, "link-outside", what, hint) from error


def _open(root: str, parts: list[str]) -> int:
    """Open a file part by part, so that none of them can turn into a link meanwhile; a pipe does not make it wait."""
    if len(parts) == 1:
        return os.open(f"{root}/{parts[0]}", _FOLLOW_NOTHING)
    folder = os.open(f"{root}/{parts[0]}", _FOLLOW_NOTHING | os.O_DIRECTORY)
    try:
        for part in parts[1:-1]:
            below = os.open(part, _FOLLOW_NOTHING | os.O_DIRECTORY, dir_fd=folder)
            os.close(folder)
            folder = below
        return os.open(parts[-1], _FOLLOW_NOTHING, dir_fd=folder)
    finally:
        os.close(folder)


def _all_of(descriptor: int, key: str) -> bytes:
    status = os.fstat(descriptor)
    if not S_ISREG(status.st_mode):
        raise unusable(key, "file-unreadable", "it is not a regular file", "Put the article's text there.")
    content = b""
    if status.st_size <= LARGEST:
        content = os.read(descriptor, status.st_size + 1)
        # It may grow while it is read, and a read may be cut short.
        while len(content) != status.st_size and len(content) <= LARGEST and (more := os.read(descriptor, LARGEST)):
            content += more
    if status.st_size > LARGEST or len(content) > LARGEST:
        what = f"the file is larger than {LARGEST // 1024 // 1024} MB"
        raise unusable(key, "file-too-large", what, "Keep the text in it, and link to what makes it large.")
    return content


def _reason(error: OSError) -> str:
    # The system's own words depend on the locale.
    return f"it cannot be read ({errno.errorcode.get(error.errno or 0, 'unknown error')})"
