"""The built site as it was last looked at: its files, what is known of their pages, and what waits for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from feedwright.state.catalog import facts
from feedwright.state.catalog.documents import Catalog


class BuiltFile(NamedTuple):
    """A page of the built site.

    Args:
        path: below its folder, "/"-separated.
        size: in bytes.
        mtime: in nanoseconds since 1970.
        hash: of its bytes; empty where it is to be read again.
        telling: what tells whose page it can be, and what it links, by `pages.page.telling_sum`.
        body: hash of the article's body in it, as that was last rendered; empty where it was not.
        gone: since when it is not there, or not whole, in seconds since 1970; 0 where it is.
    """

    path: str
    size: int
    mtime: int
    hash: bytes
    telling: int = 0
    body: bytes = b""
    gone: int = 0


SketchRow = tuple[int, int, int, bytes]
"""Number of an article, and the fields of its `pages.words.Sketch`."""


def files(catalog: Catalog) -> dict[str, BuiltFile]:
    """Path -> file, in the order of paths."""
    query = "SELECT path, size, mtime, hash, telling, body, gone FROM built_file ORDER BY path"
    return {row[0]: BuiltFile._make(row) for row in catalog.db.execute(query)}


def stamps(catalog: Catalog) -> dict[str, tuple[int, int]]:
    """Path -> size and time of all files; of one that is not there, or not whole, what no file has."""
    query = "SELECT path, CASE gone WHEN 0 THEN size ELSE -1 END, mtime FROM built_file"
    return {path: (size, mtime) for path, size, mtime in catalog.db.execute(query).fetchall()}


def paths_of_articles(catalog: Catalog) -> set[str]:
    """The pages that articles have."""
    return {path for (path,) in catalog.db.execute("SELECT built FROM article WHERE built != ''")}


def put_files(catalog: Catalog, some: Iterable[BuiltFile]) -> None:
    """Note how files are now."""
    catalog.db.executemany("INSERT OR REPLACE INTO built_file VALUES (?, ?, ?, ?, ?, ?, ?)", some)


def put_pages(catalog: Catalog, some: Iterable[tuple[str, str]]) -> None:
    """Note what pages say: path, and page as JSON; where that is empty, what is known of it stays."""
    catalog.db.executemany("INSERT OR REPLACE INTO built_page VALUES (?, ?)", [one for one in some if one[1]])


def pages(catalog: Catalog) -> Iterator[str]:
    """All pages, as JSON, in the order of paths."""
    for (page,) in catalog.db.execute("SELECT page FROM built_page ORDER BY path"):
        yield page


def drop(catalog: Catalog, paths: Iterable[str]) -> None:
    """Forget pages."""
    gone = [(path,) for path in paths]
    catalog.db.executemany("DELETE FROM built_file WHERE path = ?", gone)
    catalog.db.executemany("DELETE FROM built_page WHERE path = ?", gone)


def clear(catalog: Catalog) -> None:
    """Forget the whole site, and what waits for it."""
    for table in ("built_file", "built_page", "sketch", "evidence", "pageless"):
        catalog.db.execute(f"DELETE FROM {table}")
    catalog.note(facts.PAGES_FOLDERS, {})


def note_body(catalog: Catalog, path: str, body: bytes) -> None:
    """Note the hash of the body that was taken of a page."""
    catalog.db.execute("UPDATE built_file SET body = ? WHERE path = ? AND body != ?", (body, path, body))


def put_sketches(catalog: Catalog, rows: Iterable[SketchRow]) -> None:
    """Note the sketches of articles."""
    catalog.db.executemany("INSERT OR REPLACE INTO sketch VALUES (?, ?, ?, ?)", rows)


def sketches(catalog: Catalog) -> Iterator[SketchRow]:
    """The sketches of all articles that there are."""
    yield from catalog.db.execute("SELECT sketch.* FROM sketch JOIN article USING (n) ORDER BY n")


def sketch(catalog: Catalog, n: int) -> tuple[int, int, bytes] | None:
    """The fields of an article's sketch; None where it has none."""
    query = "SELECT words, step, runs FROM sketch WHERE n = ?"
    found: tuple[int, int, bytes] | None = catalog.db.execute(query, (n,)).fetchone()
    return found


def put_evidence(catalog: Catalog, reasons: Iterable[tuple[int, str]]) -> None:
    """Note what spoke for the pages that articles were given."""
    catalog.db.executemany("INSERT OR REPLACE INTO evidence VALUES (?, ?)", reasons)


def evidence(catalog: Catalog, n: int) -> str:
    """What spoke for an article's page, in words; empty where nothing is known."""
    found = catalog.db.execute("SELECT reasons FROM evidence WHERE n = ?", (n,)).fetchone()
    return str(found[0]) if found else ""


def pageless(catalog: Catalog) -> dict[int, int]:
    """Number of an article that waits for its page -> since when, in seconds since 1970."""
    return dict(catalog.db.execute("SELECT n, since FROM pageless ORDER BY n"))


def put_pageless(catalog: Catalog, since: Iterable[tuple[int, int]]) -> None:
    """Note which articles wait for their page, and since when; no other does."""
    catalog.db.execute("DELETE FROM pageless")
    catalog.db.executemany("INSERT INTO pageless VALUES (?, ?)", since)
