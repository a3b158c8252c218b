"""Entries of a feed that another tool published -> the articles that they are, and the ids that these take over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from feedwright.checks.addresses import absolute_iri
from feedwright.read.adoption.published_feed import Entry
from feedwright.state.catalog import Row
from feedwright.state.ledger import Remembered

DAY = 86_400
"""Seconds by which an entry's date may differ from its article's: another time zone's midnight."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """An entry and its article.

    Args:
        row: as it is to be from now on.
        by: what they were matched by.
    """

    entry: Entry
    row: Row
    by: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """What becomes of a feed's entries.

    Args:
        adopted: each with its article.
        left: those that no article is, or that cannot be told, and why.
    """

    adopted: tuple[Adopted, ...]
    left: tuple[tuple[Entry, str], ...]

    def elsewhere(self) -> list[Adopted]:
        """Those whose entry leads to another address than the article has here: one of the two is likely dead."""
        return [one for one in self.adopted if one.entry.link and _address(one.entry.link) != _address(one.row.url)]


def adopt(entries: Sequence[Entry], rows: Iterable[Row], known: Iterable[Remembered] = ()) -> Adoption:
    """Match entries with articles, first by address, then by title and date, and only where nothing else can be meant.

    Args:
        rows: every article, those too that may not be shown.
        known: what the ledger knows of articles, whose ids are taken as well as those of `rows`.
    """
    waiting, articles = list(entries), list(rows)
    holders = _holders([*known, *articles])
    found: list[tuple[Entry, Row, str]] = []
    for by, of_entry, of_row in (("address", _address_of_entry, _address_of_row), ("title", _title, _title)):
        marks, theirs = _only(map(of_entry, waiting)), _only(map(of_row, articles))
        there = {of_row(row): row for row in articles if of_row(row) in theirs}
        for entry in waiting:
            row = there.get(of_entry(entry)) if of_entry(entry) in marks else None
            if row is not None and (by == "address" or _same_day(entry, row)):
                found.append((entry, row, by))
        done = {id(entry) for entry, _, _ in found}
        waiting = [entry for entry in waiting if id(entry) not in done]
        keys = {row.key for _, row, _ in found}
        articles = [row for row in articles if row.key not in keys]
    left = [(entry, "no article has its URL, or its title and date, alone") for entry in waiting]
    adopted: list[Adopted] = []
    ids = Counter(entry.guid for entry, _, _ in found)
    for entry, row, by in found:
        if not entry.guid:
            left.append((entry, f"it is {row.key}, and has no id to take over"))
        elif ids[entry.guid] > 1:
            left.append((entry, f"it is {row.key}, and shares its id with another entry"))
        elif (other := holders.get(entry.guid, row.key)) != row.key:
            left.append((entry, f"it is {row.key}, and its id is that of {other}"))
        else:
            adopted.append(Adopted(entry, _with(row, entry.guid), by))
    return Adoption(tuple(adopted), tuple(left))


def _holders(articles: Iterable[Remembered | Row]) -> dict[str, str]:
    """Id or guid -> the file of the first article that has it."""
    holders: dict[str, str] = {}
    for one in articles:
        for value in (one.id, one.guid or one.id):
            holders.setdefault(value, one.key)
    return holders


def remembered(row: Row) -> Remembered:
    """What the ledger is to know of an article that was not published under its id by a run that it knows of."""
    said = (row.key, row.id, None, "", row.title, row.url, row.published, row.hash, row.guid)
    return Remembered(*said, shown=0)


def _with(row: Row, guid: str) -> Row:
    # What is no IRI can be no Atom id: the article keeps its own there.
    return row._replace(id=guid, guid=None) if _fits_atom(guid) else row._replace(guid=guid)


def _fits_atom(guid: str) -> bool:
    return absolute_iri(guid) is None


def _only(marks: Iterable[Hashable]) -> set[Any]:
    return {mark for mark, count in Counter(marks).items() if mark and count == 1}


def _address_of_entry(entry: Entry) -> str:
    return _address(entry.link)


def _address_of_row(row: Row) -> str:
    return _address(row.url)


def _address(url: str) -> str:
    """What is left of an address without what servers make no difference of."""
    plain = re.sub(r"^https?://", "", url.partition("#")[0])
    path, mark, query = plain.partition("?")
    return re.sub(r"/(?:index\.html?)?$", "", path) + mark + query


def _title(one: Entry | Row) -> str:
    return " ".join(one.title.split()).casefold()


def _same_day(entry: Entry, row: Row) -> bool:
    return entry.published is not None and abs(entry.published - row.published) <= DAY
