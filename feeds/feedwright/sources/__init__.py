"""Where articles come from: a source scans for what exists, and reads one article at a time."""

from __future__ import annotations

from array import array
from typing import NamedTuple

from feedwright.errors import Problem
from feedwright.model import Article

WAITS_FOR_COMMIT = 1
"""Of an article without a date: its first commit would do, or when it was first seen."""

WAITS_TO_BE_SEEN = 2
"""Of one that its first commit does not date: when it was first seen would do."""


class Entry(NamedTuple):
    """One file that holds an article, as the file system knows it.

    Args:
        key: its path below the content folder, "/"-separated.
        size: in bytes.
        mtime_ns: when it was last changed, in nanoseconds since 1970.
        inode: its number in the file system, which a rename keeps.
        ctime_ns: when its content or anything else about it was last changed, which nobody can set.
    """

    key: str
    size: int
    mtime_ns: int
    inode: int
    ctime_ns: int


class Listing(NamedTuple):
    """One folder that holds articles, as the file system knows it.

    Args:
        folder: its path below the content folder; empty for itself.
        members: the names of all that it holds, each after a letter for its type, as the system gives them; empty where
            they do not tell which of them are articles.
        articles: the names of those that are.
        stats: for each of these, in their order: size in bytes, mtime and ctime in nanoseconds since 1970, inode.
    """

    folder: str
    members: str
    articles: list[str]
    stats: array[int]


class Reading(NamedTuple):
    """What reading one file gave.

    Args:
        article: None where it is left out; then one of `problems` is an error and says why.
        problems: in the order in which they were met; may hold warnings beside an article.
        undated: it is left out for want of a date alone, and one that is known from elsewhere would do: which, as
            WAITS_FOR_COMMIT or WAITS_TO_BE_SEEN; 0 where none would.
    """

    article: Article | None
    problems: tuple[Problem, ...] = ()
    undated: int = 0
