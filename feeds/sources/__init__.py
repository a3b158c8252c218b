"""Where articles come from: a source scans for what exists, and reads one article at a time."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.errors import Problem
from feeds.model import Article


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that holds an article, as the file system knows it.

    Args:
        key: its path below the content folder, "/"-separated.
        size: in bytes.
        mtime_ns: when it was last changed, in nanoseconds since 1970.
        inode: its number in the file system, which a rename keeps.
    """

    key: str
    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave.

    Args:
        article: None where it is left out; then one of `problems` is an error and says why.
        problems: in the order in which they were met; may hold warnings beside an article.
        undated: it is left out for want of a date alone; one that is known from elsewhere would do.
    """

    article: Article | None
    problems: tuple[Problem, ...] = ()
    undated: bool = False
