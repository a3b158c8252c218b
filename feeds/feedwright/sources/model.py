"""What a scan looks for and finds: files and folders that hold articles, as the file system knows them."""

from __future__ import annotations

from array import array
from typing import NamedTuple

OF_DATA = (".yml", ".yaml", ".json", ".toml")
"""Of files with data on authors."""


class Listing(NamedTuple):
    """One folder that holds articles, as the file system knows it.

    Args:
        folder: its path from the site's folder; empty for that itself.
        members: the names of all that it holds, each after a letter for its type, as the system gives them; empty where
            they do not tell which of them are articles.
        articles: the names of those that are.
        stats: for each of these, in their order: size in bytes, mtime and ctime in nanoseconds since 1970, inode.
    """

    folder: str
    members: str
    articles: list[str]
    stats: array[int]
