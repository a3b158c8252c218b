"""The index by which related stories are found: which articles have a word, in the order of their days.

It is SQLite's FTS5, without contents and positions: of each word no more is kept than the places of the articles that
have it. A place is an article's day and a number that no other place has. What was deleted cannot be taken out of such
an index: its place stays, and is known to be nobody's.

Source: https://www.sqlite.org/fts5.html, "Contentless Tables", "The Detail Option".
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from feedwright.state.catalog import facts
from feedwright.state.catalog.articles import Articles

NOT_KEPT, NOT_THERE = 0, -1
"""Of the fact `STORIES`: there is no index; there is none, as SQLite has no FTS5, and that was said."""

MOST_PLACES = 200
"""Articles that may have a word; what more have tells little, and is not looked at."""

_DAY, _BITS = 86_400, 24
_SPARE, _LAST = 1_000, 20
_HELD = 8 << 20
"""Bytes of words that are held in memory until they are written."""

_KEPT_PLACES = 2_000_000
_KEPT_STORIES = 10_000
_KEPT_DAYS = 100_000
_NO_END = 2**62
_SILENT = """
SELECT place FROM story WHERE n IS NULL
UNION ALL SELECT place FROM article JOIN story ON story.n = article.n WHERE NOT article.shown
"""
_OF_DAY = """
SELECT published, id, place FROM story JOIN article ON article.n = story.n
WHERE place >= ? AND place < ? AND shown ORDER BY published, id
"""
_AT_PLACES = """
SELECT place, article.n, id, title, url, language, path, slug, published FROM story JOIN article ON article.n = story.n
WHERE place IN (SELECT value FROM json_each(?))
"""
_IN_SERIES = """
SELECT 0, n, id, title, url, language, path, slug, published FROM article
WHERE series != '' AND series IN (SELECT value FROM json_each(?)) AND shown ORDER BY published, id
"""
# To FTS5, letters and digits alone make a word.
_SAFE = str.maketrans({chr(code): chr(0xE000 + code) for code in range(128) if not chr(code).isalnum()})

_POINT = ".".translate(_SAFE)

StoryRow = tuple[int, int, Sequence[str], str]
"""Number of an article, its moment of publication in seconds since 1970, its terms, and its words between spaces."""


@cache
def is_possible() -> bool:
    """Whether this SQLite can keep the index."""
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE one USING fts5(words, content = '', detail = none)")
        except sqlite3.OperationalError:
            return False
    return True


def is_kept(catalog: Articles) -> bool:
    """Whether there is an index."""
    return catalog.fact(facts.STORIES) > 0


def begin(catalog: Articles) -> None:
    """Keep an index from now on, an empty one; every article is then to be put into it."""
    _remove(catalog)
    catalog.db.execute("CREATE TABLE story (place INTEGER PRIMARY KEY, n INTEGER) STRICT")  # n is NULL for nobody's
    catalog.db.execute("CREATE INDEX story_n ON story (n)")
    options = "content = '', detail = none, columnsize = 0, tokenize = 'ascii'"
    catalog.db.execute(f"CREATE VIRTUAL TABLE story_words USING fts5(words, {options})")
    # Of a first build, little is merged that way, and the index is smaller.
    catalog.db.execute("INSERT INTO story_words (story_words, rank) VALUES ('hashsize', ?)", (_HELD,))
    catalog.note(facts.STORIES, 1)


def end(catalog: Articles, now: int = NOT_KEPT) -> None:
    """Keep no index any more.

    Args:
        now: NOT_KEPT, where nothing is to be found, so that what was found is not kept either; or NOT_THERE.
    """
    _remove(catalog)
    if now == NOT_KEPT:
        catalog.db.execute("DELETE FROM kept_found")
    catalog.note(facts.STORIES, now)


def _remove(catalog: Articles) -> None:
    if is_possible():  # without FTS5, its tables can be neither read nor removed
        catalog.db.execute("DROP TABLE IF EXISTS story_words")
        catalog.db.execute("DROP TABLE IF EXISTS story")


def is_worn(catalog: Articles) -> bool:
    """Whether most places are nobody's any more, so that an index made anew would be much smaller."""
    used: int = catalog.fact(facts.STORIES)
    return used > _SPARE and used > 2 * catalog.db.execute("SELECT count(n) FROM story").fetchone()[0] + _SPARE


def put(catalog: Articles, some: Sequence[StoryRow]) -> None:
    """Write articles into the index, in the place of what it had of them."""
    if not some or not is_kept(catalog):
        return
    if catalog.db.execute("SELECT 1 FROM story LIMIT 1").fetchone():
        drop(catalog, [n for n, *_ in some])
    first = catalog.fact(facts.STORIES)
    rows = [(_place(when, first + more), n, terms, text) for more, (n, when, terms, text) in enumerate(some)]
    rows.sort()
    catalog.db.executemany("INSERT INTO story VALUES (?, ?)", ((place, n) for place, n, *_ in rows))
    texts = [(place, " ".join((*map(_spelled, terms), _spelled_text(text)))) for place, _, terms, text in rows]
    catalog.db.executemany("INSERT INTO story_words (rowid, words) VALUES (?, ?)", texts)
    catalog.note(facts.STORIES, first + len(some))


def drop(catalog: Articles, numbers: Iterable[int]) -> None:
    """Take articles out of the index."""
    if is_kept(catalog):
        catalog.db.executemany("UPDATE story SET n = NULL WHERE n = ?", ((n,) for n in numbers))


def keep_found(catalog: Articles, found: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Know of articles, by number, what the ledger knows of their found related links, should that be lost."""
    rows = [(n, json.dumps(list(one), ensure_ascii=False, separators=(",", ":"))) for n, one in found]
    catalog.db.executemany("INSERT OR REPLACE INTO kept_found VALUES (?, ?)", rows)


def kept_found(catalog: Articles) -> dict[int, str]:
    """Number of an article -> what the ledger had of its found related links, as JSON."""
    return dict(catalog.db.execute("SELECT n, related FROM kept_found").fetchall())


class Story(NamedTuple):
    """An article that may be offered to the readers of another; `published` in seconds since 1970."""

    place: int
    n: int
    id: str
    title: str
    url: str
    language: str
    path: str
    slug: str
    published: int


class Series:
    """The articles of each series that may be shown, as they are now."""

    def __init__(self, catalog: Articles) -> None:
        self._db = catalog.db
        self._spelled: dict[str, list[str]] | None = None
        self._parts: dict[str, list[Story]] = {}

    def older(self, name: str, when: int, id_: str) -> list[Story]:
        """The articles of a series that are older than one, the oldest first.

        Args:
            name: of the series, in any letter case.
            when: the other was published, in seconds since 1970.
            id_: its id.
        """
        name = name.casefold()
        parts = self._parts.get(name)
        if parts is None:
            spelled = json.dumps(self._spellings().get(name, ()), ensure_ascii=False)
            parts = self._parts[name] = [Story._make(row) for row in self._db.execute(_IN_SERIES, (spelled,))]
        return parts[: bisect_left(parts, (when, id_), key=lambda one: (one.published, one.id))]

    def _spellings(self) -> dict[str, list[str]]:
        """Name in lower case -> what the catalog has for the series of articles that are in it."""
        if self._spelled is None:
            self._spelled = {}
            for (text,) in self._db.execute("SELECT DISTINCT series FROM article WHERE series != ''"):
                for name in json.loads(text):
                    self._spelled.setdefault(name.casefold(), []).append(text)
        return self._spelled


class Stories(NamedTuple):
    """What related stories are found by, as it is now; `words` is None where no index is kept."""

    words: Index | None
    series: Series


def opened(catalog: Articles) -> Stories:
    """What related stories are found by, while nothing of it changes."""
    return Stories(Index(catalog) if is_kept(catalog) and is_possible() else None, Series(catalog))


class Index:
    """What the index says of articles that may be shown, while nothing is put into it."""

    def __init__(self, catalog: Articles) -> None:
        self._db = catalog.db
        self._silent = {place for (place,) in self._db.execute(_SILENT).fetchall()}
        places = self._db.execute("SELECT place FROM story ORDER BY place").fetchall()
        self._places = array("q", (place for (place,) in places if place not in self._silent))
        self._told: dict[int, Story] = {}
        self._first: dict[str, array[int]] = {}
        self._days: dict[int, list[tuple[int, str, int]]] = {}
        self._kept = 0

    def older_than(self, when: int, id_: str) -> Older:
        """The articles that are older than one.

        Args:
            when: it was published, in seconds since 1970.
            id_: its id; of articles of one moment, the one with the lower id is the older.
        """
        day, next_day = _place(when, 0), _place(when + _DAY, 0)
        of_day = self._of_day(day, next_day)
        before = [place for *_, place in of_day[: bisect_left(of_day, (when, id_, 0))]]
        count = bisect_left(self._places, day) + len(before)
        return Older(self, day, next_day, count, frozenset(before), tuple(before[-_LAST:]))

    def stories(self, places: Iterable[int]) -> dict[int, Story]:
        """What is known of the articles at some places."""
        asked, told = list(places), self._told
        if missing := [place for place in asked if place not in told]:
            if len(told) > _KEPT_STORIES:
                told.clear()
                missing = asked
            rows = self._db.execute(_AT_PLACES, (json.dumps(missing),)).fetchall()
            told.update((row[0], Story._make(row)) for row in rows)
        return {place: told[place] for place in asked}

    def last(self, day: int, count: int) -> array[int]:
        """The last places before a day."""
        end = bisect_left(self._places, day)
        return self._places[max(0, end - count) : end]

    def first(self, word: str) -> array[int]:
        """The first places of a word, one more than `MOST_PLACES`."""
        held = self._first.get(word)
        if held is None:
            if self._kept > _KEPT_PLACES:
                self._first.clear()
                self._kept = 0
            held = self._first[word] = self.holding(word, _NO_END, MOST_PLACES + 1)
            self._kept += len(held) + 20
        return held

    def holding(self, word: str, end: int, most: int = -1) -> array[int]:
        """The first places of a word that are lower than `end`; all of them without `most`."""
        silent = self._silent
        query = "SELECT rowid FROM story_words WHERE story_words MATCH ? AND rowid < ? ORDER BY rowid LIMIT ?"
        room = most if most < 0 else most + len(silent)
        rows = self._db.execute(query, (f'"{_spelled(word)}"', end, room)).fetchall()
        found = array("q", [place for (place,) in rows if place not in silent])
        return found if most < 0 else found[:most]

    def _of_day(self, day: int, next_day: int) -> list[tuple[int, str, int]]:
        found = self._days.get(day)
        if found is None:
            if sum(map(len, self._days.values())) > _KEPT_DAYS:
                self._days.clear()
            found = self._days[day] = self._db.execute(_OF_DAY, (day, next_day)).fetchall()
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Older:
    """The articles that are older than one.

    Args:
        day: the lowest place that an article of its day can have.
        next_day: the same of the day after.
        count: how many there are.
        before: the places of those of its day.
        just_before: the last of these.
    """

    index: Index
    day: int
    next_day: int
    count: int
    before: frozenset[int]
    just_before: tuple[int, ...]

    def often(self, words: Iterable[str]) -> list[int]:
        """How many have each of some words; of more than `MOST_PLACES`, one more than these."""
        found, first, day = [], self.index.first, self.day
        for word in words:
            held = first(word)
            often = len(held)
            if often and held[-1] >= day and (often <= MOST_PLACES or held[MOST_PLACES] >= day):
                often = min(len(self._of(word, held)), MOST_PLACES + 1)
            found.append(often)
        return found

    def places(self, word: str) -> array[int]:
        """Where those are that have a word which no more have than `MOST_PLACES`, the oldest first."""
        held = self.index.first(word)
        return held if not held or held[-1] < self.day else self._of(word, held)

    def latest(self, count: int) -> list[Story]:
        """The newest of them, the newest first."""
        told = self.index.stories((*self.just_before[-count:], *self.index.last(self.day, count)))
        return sorted(told.values(), key=lambda one: (-one.published, one.id))[:count]

    def _of(self, word: str, held: array[int]) -> array[int]:
        if len(held) > MOST_PLACES and held[-1] < self.next_day:
            held = self.index.holding(word, self.next_day)
        start = bisect_left(held, self.day)
        found = held[:start]
        found.extend(place for place in held[start : bisect_left(held, self.next_day)] if place in self.before)
        return found


def days_between(older: int, newer: int) -> int:
    """How many days lie between two places."""
    return (newer >> _BITS) - (older >> _BITS)


def _place(when: int, number: int) -> int:
    return when // _DAY << _BITS | number


@lru_cache(maxsize=4096)
def _spelled(word: str) -> str:
    return word if word.isalnum() else word.translate(_SAFE)


def _spelled_text(text: str) -> str:
    """Words between spaces; nothing but a point stands in them that is neither letter nor digit."""
    return text.replace(".", _POINT) if "." in text else text
