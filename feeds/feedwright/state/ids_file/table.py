"""Ids alone as text: one article a line, in columns, sorted by file, as `feeds ids --export` writes it."""

from __future__ import annotations

from collections.abc import Iterable

from feedwright.state.ids_file import cells
from feedwright.state.ledger import Remembered

COLUMNS = ("id", "key", "published", "title", "hash", "dated", "guid")
"""`dated`: when it was first known, where that is its date; after a slash, when the run was that first published it."""

HEAD = "\t".join(COLUMNS)
"""The first line."""

_UNKNOWN_HASH = bytes(16)


def text_of(articles: Iterable[Remembered]) -> bytes:
    """The table of some articles.

    Args:
        articles: by file.
    """
    return "".join(f"{line}\n" for line in (HEAD, *map(_line, articles))).encode("utf-8", "surrogateescape")


def _line(one: Remembered) -> str:
    dated = "" if one.dated is None else cells.when(one.dated)
    dated += f"/{cells.when(one.seen)}" if one.seen else ""
    return cells.line(one.id, one.key, cells.when(one.published), one.title, one.hash.hex(), dated, one.guid or "")


def article_of(line: str) -> Remembered:
    """The article of a line.

    Raises:
        ValueError: it is no such line.
    """
    said = cells.split(line)
    if len(said) != len(COLUMNS):
        raise ValueError(f"has {len(said)} columns, where there should be {len(COLUMNS)}")
    id_, key, published, title, hash_, dated, guid = said
    guid = guid.strip()
    # Where the content's hash is not known, the guid is none the less.
    digest = cells.digest(hash_) or (_UNKNOWN_HASH if guid else b"")
    known, _, seen = dated.partition("/")
    return Remembered(
        *(cells.key(key), cells.id_(id_), cells.at(known) if known else None, "", title, "", cells.at(published)),
        *(digest, guid or None),
        seen=cells.at(seen) if seen else 0,
    )
