"""Which feeds select and show which articles."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from zlib import crc32

from feedwright.config.kinds import BY_NAME
from feedwright.model import FeedName, Window
from feedwright.state.catalog.articles import Articles
from feedwright.state.catalog.rows import LISTS
from feedwright.state.serialise import moment
from feedwright.text.globs import matches
from feedwright.text.moments import offset

LAST_FIRST = "weight IS NULL, weight, seen DESC, name DESC, key DESC"
"""The order, in SQL, of articles that were published at the same instant."""

FIRST_FIRST = "weight IS NOT NULL, weight DESC, seen, name, key"
"""The same, the other way round."""
FeedRow = tuple[str | int, ...]
"""A feed as the ledger's table has it: kind, term, and what is known of it."""


class Member(NamedTuple):
    """An article that a feed selects.

    Args:
        n: its number.
        version: another one when the article has changed.
        updated: when it was last changed.
        is_partly_shown: whether not all of it is for the public.
        seen: when it was first published, in seconds since 1970; 0 where that is not known.
    """

    n: int
    id: str
    version: str
    updated: datetime
    is_partly_shown: bool = False
    seen: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Members(Articles):
    """Which feeds select and show which articles.

    Args:
        numbers: kind and term -> number of a feed; what is asked for is added.
    """

    numbers: dict[FeedName, int]

    def number(self, name: FeedName) -> int:
        """The number of a feed, a new one where it has none."""
        if name not in self.numbers:
            query = "INSERT INTO feed (kind, term) VALUES (?, ?) RETURNING f"
            self.numbers[name] = self.db.execute(query, name).fetchall()[0][0]
        return self.numbers[name]

    def add_members(self, members: Iterable[tuple[int, int, int]]) -> None:
        """Note that feeds select articles: numbers of feeds, when published, numbers of articles."""
        self.db.executemany("INSERT OR REPLACE INTO member VALUES (?, ?, ?)", members)

    def remove_members(self, members: Iterable[tuple[int, int, int]]) -> None:
        """Note that feeds select articles no longer."""
        self.db.executemany("DELETE FROM member WHERE f = ? AND published = ? AND n = ?", members)

    def forget_members(self) -> None:
        """Which feeds select which articles is to be noted anew."""
        self.db.execute("DELETE FROM member")

    def feeds_of(self, n: int) -> set[int]:
        """The numbers of the feeds that select an article."""
        of = "member.f = feed.f AND member.n = article.n AND member.published = article.published"
        query = f"SELECT feed.f FROM article JOIN feed JOIN member ON {of} WHERE article.n = ?"
        return {f for (f,) in self.db.execute(query, (n,))}

    def feed_numbers(self) -> list[int]:
        """The numbers of all feeds."""
        return [f for (f,) in self.db.execute("SELECT f FROM feed")]

    def forget_feed(self, name: FeedName) -> None:
        """Drop all that is known of a feed."""
        f = self.numbers.pop(name)
        for table in ("member", "shows", "document", "feed"):
            self.db.execute(f"DELETE FROM {table} WHERE f = ?", (f,))

    def with_members(self, most: int = 1) -> dict[FeedName, int]:
        """What selects an article -> how many.

        Args:
            most: as far as it is counted.
        """
        some = "(SELECT count(*) FROM (SELECT 1 FROM member WHERE member.f = feed.f LIMIT ?))"
        found = self.db.execute(f"SELECT kind, term, {some} AS members FROM feed WHERE members", (most,))
        return {(kind, term): members for kind, term, members in found}

    def have_same_members(self, one: int, other: int) -> bool:
        """Whether two feeds, by number, select the same articles."""
        count = "SELECT count(*) FROM member WHERE f = ?"
        counts = [self.db.execute(count, (f,)).fetchone()[0] for f in (one, other)]
        if counts[0] != counts[1]:
            return False
        query = "SELECT n FROM member WHERE f = ? EXCEPT SELECT n FROM member WHERE f = ? LIMIT 1"
        return self.db.execute(query, (one, other)).fetchone() is None

    def counts(self) -> dict[int, tuple[int, datetime]]:
        """Number of a feed -> how many articles it selects, and when the newest was published."""
        query = (
            "SELECT f, count, newest, max(published_offset) "
            "FROM (SELECT f, count(*) AS count, max(published) AS newest FROM member GROUP BY f) "
            "JOIN member USING (f) JOIN article USING (n) WHERE member.published = newest GROUP BY f"
        )
        return {f: (count, moment(*newest)) for f, count, *newest in self.db.execute(query)}

    def window(self, name: FeedName, limit: int) -> tuple[Window, list[int]]:
        """The newest articles that a feed selects, and their numbers.

        Args:
            limit: how many; 0 for all.
        """
        f = self.number(name)
        last = "SELECT published FROM member WHERE f = ? ORDER BY published DESC LIMIT 1 OFFSET ?"
        least = self.db.execute(last, (f, limit - 1)).fetchone() if limit else None
        query = (
            "SELECT n, id, updated, updated_offset, seen FROM member JOIN article USING (n) "
            f"WHERE f = ? AND member.published >= ? ORDER BY member.published DESC, {LAST_FIRST} LIMIT ?"
        )
        found = self.db.execute(query, (f, least[0] if least else -(2**62), limit or -1)).fetchall()
        return _window(found), [n for n, *_ in found]

    def members(self, name: FeedName) -> list[Member]:
        """All articles that a feed selects, the newest first."""
        query = (
            "SELECT n, id, hash, title || char(10) || url || char(10) || member.published || char(10) || updated "
            "|| iif(exposure = 'all', '', char(10) || exposure), exposure != 'all', seen, updated, updated_offset "
            f"FROM member JOIN article USING (n) WHERE f = ? ORDER BY member.published DESC, {LAST_FIRST}"
        )
        rows = self.db.execute(query, (self.number(name),)).fetchall()
        return [
            Member(n, id_, f"{hash_[:6].hex()}{crc32(said.encode()):08x}", moment(*updated), bool(partly), seen)
            for n, id_, hash_, said, partly, seen, *updated in rows
        ]

    def last_change(self) -> datetime | None:
        """The newest change of any article that may be shown; None where there is none."""
        query = (
            "SELECT updated, updated_offset FROM article WHERE shown "
            f"ORDER BY updated DESC, published DESC, {LAST_FIRST} LIMIT 1"
        )
        found = self.db.execute(query).fetchone()
        return None if found is None else moment(*found)

    def kept(self, entries: Sequence[str]) -> tuple[Window, list[int]]:
        """Those of some articles, by id, that may still be shown, and their numbers."""
        self.db.execute("CREATE INDEX IF NOT EXISTS article_id ON article (id)")
        query = (
            "SELECT n, id, updated, updated_offset, seen FROM article "
            "WHERE id IN (SELECT value FROM json_each(?)) AND shown"
        )
        there = {row[1]: row for row in self.db.execute(query, (json.dumps(entries),))}
        found = [there[id_] for id_ in entries if id_ in there]
        return _window(found), [n for n, *_ in found]

    def show(self, f: int, numbers: Collection[int]) -> tuple[set[int], set[int]]:
        """Note which articles a feed shows; those that it shows now and did not, and the other way round."""
        before = {n for (n,) in self.db.execute("SELECT n FROM shows WHERE f = ?", (f,))}
        new, old = set(numbers) - before, before - set(numbers)
        self.db.executemany("INSERT INTO shows VALUES (?, ?)", ((f, n) for n in sorted(new)))
        self.db.executemany("DELETE FROM shows WHERE f = ? AND n = ?", ((f, n) for n in sorted(old)))
        return new, old

    def in_feeds(self) -> list[tuple[int, str, str]]:
        """The articles that any feed shows: number, id and title."""
        query = "SELECT n, id, title FROM article WHERE n IN (SELECT n FROM shows)"
        return self.db.execute(query).fetchall()

    def shown_in(self, numbers: Iterable[int]) -> set[int]:
        """The numbers of feeds that show any of these articles."""
        query = "SELECT DISTINCT f FROM shows WHERE n IN (SELECT value FROM json_each(?))"
        return {f for (f,) in self.db.execute(query, (json.dumps(list(numbers)),))}

    def forget_unshown(self, but: Collection[int] = ()) -> None:
        """Drop the texts and entries of articles that no feed shows.

        Args:
            but: numbers of articles that keep them.
        """
        kept = json.dumps(sorted(but))
        for table in ("whole", "entry", "lookup", "linking"):
            condition = "n NOT IN (SELECT n FROM shows UNION ALL SELECT value FROM json_each(?))"
            self.db.execute(f"DELETE FROM {table} WHERE {condition}", (kept,))

    def keep_feeds(self, rows: Iterable[FeedRow], *, all_: bool = False) -> None:
        """Keep what the ledger knows of some feeds, should it be lost.

        Args:
            all_: these are all that it knows of.
        """
        if all_:
            self.db.execute("DELETE FROM kept_feed")
        kept = ((kind, term, json.dumps(rest)) for kind, term, *rest in rows)
        self.db.executemany("INSERT OR REPLACE INTO kept_feed VALUES (?, ?, ?)", kept)

    def kept_any_feed(self) -> bool:
        """Whether anything is kept so."""
        return self.db.execute("SELECT 1 FROM kept_feed LIMIT 1").fetchone() is not None

    def kept_feeds(self) -> list[FeedRow]:
        """What is kept so."""
        rows = self.db.execute("SELECT kind, term, row FROM kept_feed ORDER BY kind, term")
        return [(kind, term, *json.loads(row)) for kind, term, row in rows]

    def terms(self, kind: str) -> set[str]:
        """The terms of a kind that any article has that may be shown."""
        stored = BY_NAME[kind].stored
        if stored not in LISTS:
            return {term for (term,) in self.db.execute(f"SELECT DISTINCT {stored} FROM article WHERE shown")}
        query = f"SELECT DISTINCT value FROM article, json_each(terms, '$[{LISTS.index(stored)}]') WHERE shown"
        return {term for (term,) in self.db.execute(query)}

    def any_file(self, glob: str) -> bool:
        """Whether the file of any article that may be shown matches."""
        return any(matches(key, (glob,)) for (key,) in self.db.execute("SELECT key FROM article WHERE shown"))

    def naming_feeds(self) -> list[tuple[str, list[str]]]:
        """The articles that name their feeds, and these."""
        query = (
            "SELECT key, terms FROM article WHERE substr(terms, -5) != 'null]' AND shown AND terms != '' ORDER BY +key"
        )
        return [(key, json.loads(terms)[3]) for key, terms in self.db.execute(query)]


def last_changed(entries: Iterable[tuple[datetime, int]]) -> datetime | None:
    """When what a feed shows changed last: the newest change of an entry; or, where an article came that is dated no
    later than what was there already, when that was. None where it shows nothing.

    It follows from what is shown, so that every run comes to the same; and what is there from the first build, or has
    the newest date, moves nothing by when a run was.

    Args:
        entries: when each was last changed, and when it was first published, in seconds since 1970; 0 for not known.

    Source: RSS 2.0, `lastBuildDate`; RFC 4287 §4.2.15.
    """
    newest: datetime | None = None
    late: list[datetime] = []
    for seen, some in groupby(sorted(entries, key=itemgetter(1)), key=itemgetter(1)):
        changes = [updated for updated, _ in some]
        if newest is not None:
            late += (moment(seen, offset(updated)) for updated in changes if updated <= newest)
            changes.append(newest)
        newest = max(changes)
    return None if newest is None else max((newest, *late))


def _window(found: Sequence[tuple[int, str, int, int, int]]) -> Window:
    updated = last_changed((moment(when, minutes), seen) for _, _, when, minutes, seen in found)
    return Window(tuple(id_ for _, id_, *_ in found), updated)
