"""Facts: what a store notes once, each under its own name and with its own type."""

from __future__ import annotations

import json
from collections.abc import Callable
from sqlite3 import Connection
from typing import Any, Generic, TypeVar

from feedwright.state.serialise import dumps, loads

T = TypeVar("T")


class Fact(Generic[T]):
    """A row of a store's table `fact`.

    Args:
        name: of the row.
        default: its value where there is no row, or an empty one: that is how it is written.
        decode, encode: text -> any other value, and back.
    """

    __slots__ = ("decode", "default", "encode", "name")

    def __init__(self, name: str, default: T, decode: Callable[[str], T], encode: Callable[[T], str] = str) -> None:
        self.name, self.default, self.decode, self.encode = name, default, decode, encode


class CatalogFact(Fact[T]):
    """A fact of the catalog: it can be lost."""


class LedgerFact(Fact[T]):
    """A fact of the ledger: it lasts."""


def read(db: Connection, fact: Fact[T]) -> T:
    """The value of a fact."""
    text = _text(db, fact)
    return fact.decode(text) if text else fact.default


def write(db: Connection, fact: Fact[T], value: T) -> None:
    """Note a fact, where it is another one than is noted."""
    text = "" if value == fact.default else fact.encode(value)
    if text != _text(db, fact):
        db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (fact.name, text))


def _text(db: Connection, fact: Fact[T]) -> str:
    found = db.execute("SELECT value FROM fact WHERE name = ?", (fact.name,)).fetchone()
    return str(found[0]) if found else ""


def sorted_json(value: object) -> str:
    """A value as JSON: the same text for the same value."""
    return json.dumps(value, sort_keys=True)


def strings(text: str) -> tuple[str, ...]:
    """Strings, from JSON."""
    return tuple(json.loads(text))


def objects(text: str) -> tuple[Any, ...]:
    """What `serialise` wrote, one after the other."""
    return tuple(loads(text))


def written(value: tuple[Any, ...]) -> str:
    """The same, as `serialise` writes it."""
    return dumps(value)
