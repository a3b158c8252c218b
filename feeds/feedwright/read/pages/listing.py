"""Which pages the built site's folder holds; while no folder in it changes, none is listed anew."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

SUFFIXES = (".html", ".htm", ".xhtml")


class Listing(NamedTuple):
    """What a folder holds.

    Args:
        pages: path below it -> size, and time of the last change in nanoseconds.
        folders: each in it and itself (""), by its path -> when it changed, in nanoseconds: what came, went or was
            renamed in it changes it, and nothing that is written into one of its files. Empty where one could not be
            looked into.
    """

    pages: dict[str, tuple[int, int]]
    folders: dict[str, int]


def listing(folder: Path) -> Listing:
    """List the pages below a folder; links are not followed."""
    pages: dict[str, tuple[int, int]] = {}
    folders: dict[str, int] = {}
    is_all = True
    start = len(f"{folder}/")
    waiting = [str(folder)]
    while waiting:
        path = waiting.pop()
        try:
            # Before it is listed: what changes meanwhile is seen by the next run.
            folders[path[start:]] = os.lstat(path).st_ctime_ns
            with os.scandir(path) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.name.endswith(SUFFIXES) and entry.is_file(follow_symlinks=False):
                        status = entry.stat(follow_symlinks=False)
                        pages[entry.path[start:]] = status.st_size, status.st_mtime_ns
        except OSError:
            # What cannot be looked into, or goes meanwhile, holds nothing that readers get.
            is_all = False
    return Listing(pages, folders if is_all else {})


def listed_before(folder: Path, known: Iterable[str], folders: Mapping[str, int]) -> dict[str, tuple[int, int]] | None:
    """The pages below a folder as `listing` gives them, where no folder has changed: at two thirds of its cost.

    Args:
        known: all pages that there were.
        folders: as they were then.

    Returns: None where that cannot be told.
    """
    if not folders:
        return None
    start = f"{folder}/"
    try:
        if any(os.lstat(start + path).st_ctime_ns != changed for path, changed in folders.items()):
            return None
        status = ((path, os.lstat(start + path)) for path in known)
        return {path: (one.st_size, one.st_mtime_ns) for path, one in status}
    except OSError:
        return None
