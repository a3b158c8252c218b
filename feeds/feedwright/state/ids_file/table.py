"""The ledger's ids as text: one article a line, in tab-separated columns, sorted by file, so that it merges well."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from feedwright.errors import Problem
from feedwright.state.ledger import Remembered
from feedwright.state.serialise import moment, seconds
from feedwright.text.ids import is_absolute_iri

COLUMNS = ("id", "key", "published", "title", "hash", "dated", "guid")
"""`dated`: when it was first known, where that is its date; after a slash, when the run was that first published it."""

_HEAD = "\t".join(COLUMNS)
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPED = {written: char for char, written in _ESCAPES.items()}
_CONFLICT = re.compile(r"<{7}|={7}$|>{7}|\|{7}")
_UNKNOWN_HASH = bytes(16)
_MOST_PROBLEMS = 100
"""Lines that are told to be wrong; what follows them is not read."""


def text_of(articles: Iterable[Remembered]) -> bytes:
    """The table of some articles.

    Args:
        articles: by file.
    """
    return "".join(f"{line}\n" for line in (_HEAD, *map(_line, articles))).encode("utf-8", "surrogateescape")


def articles_of(table: bytes, file: Path) -> tuple[list[Remembered], list[Problem]]:
    """The articles of a table, and what is wrong with it, line by line.

    Args:
        table: nothing at all is an empty one.
        file: the name that problems carry.
    """
    found: list[Remembered] = []
    problems: list[Problem] = []
    places: dict[tuple[str, str], int] = {}
    for number, line in enumerate(table.decode("utf-8", "surrogateescape").split("\n"), 1):
        line = line.removesuffix("\r")
        if not line or (number == 1 and line == _HEAD):
            continue
        try:
            if number == 1:
                raise ValueError(f"begins with no line of the columns' names: {', '.join(COLUMNS)}")
            one = _article(line)
            for name, value in (("id", one.id), ("file", one.key)):
                if (name, value) in places:
                    raise ValueError(f"has the {name} of line {places[name, value]}: {value}")
                places[name, value] = number
        except ValueError as error:
            hint = "Each line is an article; `feeds ids --export FILE` writes the table again."
            if len(problems) == _MOST_PROBLEMS:
                what = f"more than {_MOST_PROBLEMS} lines are wrong; the rest was not read"
                return found, [*problems, Problem("error", "ids-unreadable", str(file), what, hint, number)]
            problems.append(Problem("error", "ids-unreadable", str(file), str(error), hint, number))
        else:
            found.append(one)
    return found, problems


def _line(one: Remembered) -> str:
    published = f"{moment(one.published):%Y-%m-%dT%H:%M:%SZ}"
    dated = "" if one.dated is None else f"{moment(one.dated):%Y-%m-%dT%H:%M:%SZ}"
    dated += f"/{moment(one.seen):%Y-%m-%dT%H:%M:%SZ}" if one.seen else ""
    cells = (one.id, one.key, published, one.title, one.hash.hex(), dated, one.guid or "")
    return "\t".join(re.sub(r"[\\\t\n\r]", lambda found: _ESCAPES[found[0]], cell) for cell in cells)


def _article(line: str) -> Remembered:
    if _CONFLICT.match(line):
        raise ValueError("is a mark of a merge conflict")
    cells = [re.sub(r"\\[\\tnr]", lambda found: _ESCAPED[found[0]], cell) for cell in line.split("\t")]
    if len(cells) != len(COLUMNS):
        raise ValueError(f"has {len(cells)} columns, where there should be {len(COLUMNS)}")
    id_, key, published, title, hash_, dated, guid = cells
    guid = guid.strip()
    if not is_absolute_iri(id_):
        raise ValueError(f"{id_!r} is not an id: it has to be an absolute IRI")
    if not key or key.startswith("/") or ".." in key.split("/"):
        raise ValueError(f"{key!r} is not a file below the content folder")
    if not re.fullmatch(r"(?:[0-9a-f]{32})?", hash_):
        raise ValueError(f"{hash_!r} is not a hash")
    # Where the content's hash is not known, the guid is none the less.
    digest = bytes.fromhex(hash_) or (_UNKNOWN_HASH if guid else b"")
    known, _, seen = dated.partition("/")
    first, run = _moment(known) if known else None, _moment(seen) if seen else 0
    return Remembered(key, id_, first, "", title, "", _moment(published), digest, guid or None, seen=run)


def _moment(text: str) -> int:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a moment such as 2026-03-01T09:30:00Z") from None
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no Z, nor an offset, at its end")
    return seconds(found)
