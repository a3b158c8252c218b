"""What is to be checked: files, folders, addresses and standard input -> documents, or why they can't be read."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from feedwright import bounded
from feedwright.checks.lint.model import Document, Input, Skipped, Unread, unreadable
from feedwright.checks.lint.sniff import HEAD, recognise

SUFFIXES = (".xml", ".rss", ".atom", ".rdf", ".json", ".opml")
"""Of the files in a folder that may be feeds, in any case."""

LARGEST = 100 * 2**20
"""Bytes of a file or of standard input that are read."""

STDIN = "stdin"
"""The name that problems of standard input carry."""

_NOT_OURS = frozenset(("node_modules", "__pycache__"))
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://")


def read(sources: Sequence[str], stdin: BinaryIO) -> Iterator[Input]:
    """Read what is to be checked, one after the other, each once.

    Args:
        sources: paths of files and folders, http addresses, "-" for standard input.
        stdin: read to its end when "-" is met.

    Returns: in the given order; what is in a folder by its path. Of folders, those that begin with a dot and those
        of packages are left out, and links to folders are not followed.
    """
    met: set[tuple[bool, str]] = set()
    for source in sources:
        for found in _of(source, stdin):
            name = found.problem.file if isinstance(found, Unread) else found.name
            key = source == "-", name if _SCHEME.match(name) else os.path.normpath(name)
            if key not in met:
                met.add(key)
                yield found


def _of(source: str, stdin: BinaryIO) -> Iterator[Input]:
    scheme = _SCHEME.match(source)
    if source == "-":
        yield _opened(STDIN, stdin)
    elif scheme and scheme["scheme"].lower() in ("http", "https"):
        # httpx takes as long to load as a hundred feeds to check.
        from feedwright.checks.lint.web import fetch

        yield fetch(source)
    elif scheme and not os.path.lexists(source):
        yield unreadable(source, f"{scheme['scheme']} URLs cannot be read", "Give a path, http: or https:.")
    elif source and Path(source).is_dir():
        yield from _folder(source)
    else:
        yield named(source)


def named(path: str) -> Document | Unread:
    """A file that the user has named: it may be a pipe."""
    try:
        with Path(path).open("rb") as file:
            return _opened(path, file)
    except (OSError, ValueError) as error:
        return unreadable(path, _why(error))


def regular(path: str, root: str = "") -> Document | Unread:
    """A regular file, also where somebody else has named it: no pipe or device is opened.

    Args:
        root: the folder that it has to be below, wherever links lead; empty for anywhere.
    """
    try:
        real = os.path.realpath(path)
        if root and not Path(real).is_relative_to(os.path.realpath(root)):
            return unreadable(path, f"it is outside of the folder {root}")
        with bounded.open_regular(real) as file:
            # A folder on the way may have become a link since.
            if os.path.realpath(path) != real:
                return unreadable(path, "it is another file by now")
            return _opened(path, file)
    except (OSError, ValueError) as error:
        return unreadable(path, _why(error))


def _opened(name: str, file: BinaryIO) -> Document | Unread:
    try:
        return Document(name, bounded.read(file, LARGEST))
    except (OSError, ValueError) as error:
        hint = "Page or archive the feed (RFC 5005)." if getattr(error, "errno", 0) == errno.EFBIG else ""
        return unreadable(name, _why(error), hint)


def _why(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"it cannot be read: {reason[:1].lower()}{reason[1:]}"


def _folder(folder: str) -> Iterator[Input]:
    feeds = 0
    for path in _paths(folder):
        if isinstance(path, Unread):
            yield path
            continue
        found = _feed(path)
        feeds += not isinstance(found, Skipped)
        yield found
    if not feeds:
        yield unreadable(
            folder, "no feed is in the folder", f"Feeds are files in {' '.join(SUFFIXES)}.", "nothing-found"
        )


def _paths(folder: str) -> Iterator[str | Unread]:
    """The files of a folder that may be feeds, and the folders that can't be listed, by path."""
    waiting = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            with os.scandir(path) as entries:
                inside = sorted(entries, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield unreadable(path, _why(error))
            continue
        for entry in inside:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and entry.name not in _NOT_OURS:
                    waiting.append((entry.path, True))
            elif entry.name.lower().endswith(SUFFIXES):
                waiting.append((entry.path, False))


def _feed(path: str) -> Input:
    """A file of a folder: read whole only when its head is that of a feed."""
    try:
        # A pipe or a device would be waited for without end.
        if not stat.S_ISREG(Path(path).stat().st_mode):
            return Skipped(path)
        with Path(path).open("rb") as file:
            if not recognise(file.read(HEAD)):
                return Skipped(path)
            file.seek(0)
            return _opened(path, file)
    except OSError as error:
        return unreadable(path, _why(error))
