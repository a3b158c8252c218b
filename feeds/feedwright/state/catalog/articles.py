"""The catalog's articles and folders."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import NamedTuple

from feedwright.sources.model import Listing
from feedwright.state import fact
from feedwright.state.catalog import facts
from feedwright.state.catalog.rows import COLUMNS, Row
from feedwright.state.fact import CatalogFact, T
from feedwright.state.serialise import moment


class _Page(NamedTuple):
    """What is said of an article's page, and whether it may be said."""

    shown: int
    url: str
    published: int
    updated: int
    updated_offset: int


_GOOD = "state != 'unread' AND exclusion = ''"


def _but(columns: Iterable[str]) -> str:
    """The condition that no column has the value that is asked for, in SQL."""
    return " AND ".join(f"{column} != ?" for column in columns)


def _page(row: Row) -> _Page:
    return _Page(row.shown, row.url, row.published, row.updated, row.updated_offset)


@dataclass(frozen=True, slots=True, eq=False)
class Articles:
    """What is known of folders and articles, and facts."""

    db: Connection

    def fact(self, of: CatalogFact[T]) -> T:
        """The value of a fact, as it was noted."""
        return fact.read(self.db, of)

    def note(self, of: CatalogFact[T], value: T) -> None:
        """Note a fact."""
        fact.write(self.db, of, value)

    def commit(self) -> None:
        """Make all that was changed last, and begin anew."""
        self.db.execute("COMMIT")
        self.db.execute("BEGIN IMMEDIATE")

    def roll_back(self) -> None:
        """Give up all that was changed, and begin anew."""
        self.db.execute("ROLLBACK")
        self.db.execute("BEGIN IMMEDIATE")

    def listings(self) -> dict[str, Listing]:
        """What each folder held."""
        found = {}
        for key, members, articles, stats in self.db.execute("SELECT key, members, articles, stats FROM folder"):
            numbers = array("q")
            numbers.frombytes(stats)
            found[key] = Listing(key, members, articles.split("/"), numbers)
        return found

    def relist(self, listings: Iterable[Listing]) -> None:
        """Note what folders hold."""
        self.db.executemany(
            "INSERT OR REPLACE INTO folder VALUES (?, ?, ?, ?)",
            ((one.folder, one.members, "/".join(one.articles), one.stats.tobytes()) for one in listings),
        )

    def unlist(self, folders: Iterable[str]) -> None:
        """Forget folders."""
        self.db.executemany("DELETE FROM folder WHERE key = ?", ((folder,) for folder in folders))

    def _rows(self, where: str, *values: object) -> Iterator[Row]:
        """All rows that meet a condition, by file."""
        # With the plus, an index goes to finding the rows rather than to their order.
        return map(Row._make, self.db.execute(f"SELECT {COLUMNS} FROM article WHERE {where} ORDER BY +key", values))

    def rows(self) -> Iterator[Row]:
        """All articles, by file, as all rows here."""
        return self._rows("1")

    def shown_rows(self) -> Iterator[Row]:
        """The articles that may be shown."""
        return self._rows("shown")

    def hidden_rows(self) -> Iterator[Row]:
        """The articles that are good, and may not be shown; pages of an engine's are none."""
        return self._rows("NOT shown AND state != 'unread' AND exclusion = '' AND page = ''")

    def left_out_rows(self) -> Iterator[Row]:
        """The articles that cannot be shown: they cannot be read, or something bars them."""
        return self._rows("NOT shown AND (state = 'unread' OR exclusion != '')")

    def excluded_rows(self, code: str = "") -> Iterator[Row]:
        """The articles that something bars from being shown.

        Args:
            code: of the problem; empty for any.
        """
        return self._rows("exclusion != '' AND exclusion LIKE ?", f'%"{code}"%' if code else "%")

    def read_rows(self) -> Iterator[Row]:
        """The articles that could be read, now or before."""
        return self._rows("state != 'unread'")

    def undated_rows(self) -> Iterator[Row]:
        """The articles that wait for a date."""
        return self._rows("undated")

    def retracted_rows(self) -> Iterator[Row]:
        """The articles whose files say that they are taken back."""
        return self._rows("retracted IS NOT NULL")

    def protected_rows(self) -> Iterator[Row]:
        """The articles of which something is not for the public."""
        return self._rows("exposure != 'all' AND state != 'unread'")

    # What time changes: rows among which all of those are that it does, as `select.eligibility` decides.

    def hidden_by_time(self, now: int, never: Mapping[str, str | bool]) -> Iterator[Row]:
        """Good articles that are hidden, though neither too early nor expired.

        Args:
            now: in seconds since 1970.
            never: column -> the value with which an article is hidden whatever the time is; these are left out.
        """
        dates = "published <= ? AND (expires IS NULL OR expires > ?)"
        return self._rows(f"NOT shown AND {dates} AND {_but(never)} AND {_GOOD}", now, now, *never.values())

    def expired_rows(self, now: int) -> Iterator[Row]:
        """Good articles that are shown, though expired."""
        return self._rows(f"shown AND expires IS NOT NULL AND expires <= ? AND {_GOOD}", now)

    def early_rows(self, now: int) -> Iterator[Row]:
        """Good articles that are shown, though too early."""
        return self._rows(f"shown AND published > ? AND {_GOOD}", now)

    def coming_rows(self, after: int, before: int, never: Mapping[str, str | bool]) -> Iterator[Row]:
        """Articles that are hidden and were published in some time, by date; `never` as `hidden_by_time` takes it."""
        where = f"NOT shown AND published > ? AND published < ? AND {_but(never)}"
        query = f"SELECT {COLUMNS} FROM article WHERE {where} ORDER BY published"
        return map(Row._make, self.db.execute(query, (after, before, *never.values())))

    def next_expiry(self, after: int) -> int | None:
        """When the next article expires, in seconds since 1970; None where none does."""
        query = "SELECT min(expires) FROM article WHERE expires IS NOT NULL AND expires > ?"
        found: int | None = self.db.execute(query, (after,)).fetchone()[0]
        return found

    def with_id(self, id_: str) -> Row | None:
        """The first of the articles that could be read and have an id."""
        return next(self._rows("id = ? AND state != 'unread'", id_), None)

    def unretracted(self, ids: Iterable[str]) -> list[Row]:
        """Those of some articles, by id, that could be read, and do not say that they are taken back."""
        condition = "retracted IS NULL AND state != 'unread' AND id IN (SELECT value FROM json_each(?))"
        return list(self._rows(condition, json.dumps(sorted(ids))))

    def among(self, keys: Collection[str]) -> dict[str, Row]:
        """The rows of some files, by file."""
        return {row.key: row for row in self._rows("key IN (SELECT value FROM json_each(?))", json.dumps(list(keys)))}

    def numbered(self, numbers: Iterable[int]) -> list[Row]:
        """Rows by their numbers, by file."""
        return list(self._rows("n IN (SELECT value FROM json_each(?))", json.dumps(list(numbers))))

    def is_empty(self) -> bool:
        """Whether no article is known."""
        return self.db.execute("SELECT 1 FROM article LIMIT 1").fetchone() is None

    def next_number(self) -> int:
        """A number above those of all articles."""
        found: int = self.db.execute("SELECT coalesce(max(n), 0) + 1 FROM article").fetchone()[0]
        return found

    def put(self, rows: Iterable[Row]) -> None:
        """Write rows, which have their numbers, in the place of what was known under these."""
        marks = ", ".join("?" * len(Row._fields))
        rows = list(rows)
        self._touch([row.n for row in rows], {row.n: _page(row) for row in rows})
        self.db.executemany(f"INSERT OR REPLACE INTO article ({COLUMNS}) VALUES ({marks})", rows)

    def drop(self, numbers: Sequence[int]) -> None:
        """Forget articles, but for what feeds select and show."""
        self._touch(numbers, {})
        for table in (
            *("article", "whole", "entry", "name", "lookup", "linking", "sketch", "evidence", "pageless"),
            "kept_found",
        ):
            self.db.executemany(f"DELETE FROM {table} WHERE n = ?", ((n,) for n in numbers))

    def touched_months(self) -> set[str] | None:
        """The months in which articles were published whose pages have changed; None for any.

        A page comes, goes, moves to another address, or was changed at another time than was known.
        """
        return self.fact(facts.TOUCHED_MONTHS)

    def touch_no_month(self) -> None:
        """From now on, note the months of pages that change."""
        self.note(facts.TOUCHED_MONTHS, set())

    def _touch(self, numbers: Collection[int], now: Mapping[int, _Page]) -> None:
        touched = self.touched_months()
        if touched is None or not numbers:
            return
        query = f"SELECT n, {', '.join(_Page._fields)} FROM article WHERE n IN (SELECT value FROM json_each(?))"
        before = {n: _Page(*page) for n, *page in self.db.execute(query, (json.dumps(list(numbers)),))}
        changed = {page for n in numbers for page in {before.get(n), now.get(n)} if before.get(n) != now.get(n)}
        months = touched | {moment(page.published).isoformat()[:7] for page in changed if page and page.shown}
        if months > touched:
            self.note(facts.TOUCHED_MONTHS, months)

    def count(self) -> int:
        """How many articles are known."""
        return self._count("1")

    def count_shown(self) -> int:
        """How many articles may be shown."""
        return self._count("shown")

    def count_unread(self) -> int:
        """How many articles could never be read."""
        return self._count("state = 'unread'")

    def _count(self, where: str) -> int:
        found: int = self.db.execute(f"SELECT count(*) FROM article WHERE {where}").fetchone()[0]
        return found

    def newest(self) -> int | None:
        """When the newest article that is shown was published, in seconds since 1970; None where there is none."""
        found: int | None = self.db.execute("SELECT max(published) FROM article WHERE shown").fetchone()[0]
        return found

    def any_undated(self) -> bool:
        """Whether an article waits for a date."""
        return self._any("undated")

    def any_article(self) -> bool:
        """Whether there is anything but pages of an engine's."""
        return self._any("page = ''")

    def _any(self, where: str) -> bool:
        return self.db.execute(f"SELECT 1 FROM article WHERE {where} LIMIT 1").fetchone() is not None

    def pages(self) -> tuple[int, str]:
        """How many pages of an engine's there are, and the file of the first."""
        return self._how_many("page != ''")

    def dated_by_commit(self) -> tuple[int, str]:
        """How many articles have the date of their first commit, and the file of the first."""
        return self._how_many("by_commit")

    def _how_many(self, where: str) -> tuple[int, str]:
        count, first = self.db.execute(f"SELECT count(*), min(key) FROM article WHERE {where}").fetchone()
        return count, first or ""

    def keys(self) -> set[str]:
        """The files of all articles."""
        return {key for (key,) in self.db.execute("SELECT key FROM article")}

    def slugs(self) -> set[str]:
        """The slugs of the articles that may be shown."""
        return {slug for (slug,) in self.db.execute("SELECT DISTINCT slug FROM article WHERE shown")}

    def ids_at(self, urls: Sequence[str]) -> set[str]:
        """The ids of the articles at some addresses."""
        query = "SELECT id FROM article WHERE url IN (SELECT value FROM json_each(?))"
        return {id_ for (id_,) in self.db.execute(query, (json.dumps(urls),))} if urls else set()

    def read_again(self, keys: Iterable[str]) -> None:
        """Have the next run decide about articles as though their files held something else."""
        self.db.executemany("UPDATE article SET hash = x'' WHERE key = ?", ((key,) for key in sorted(keys)))

    def twice(self, column: str) -> list[list[Row]]:
        """Articles that might be shown and have the same id, or the same url."""
        self.db.execute(f"CREATE INDEX IF NOT EXISTS article_{column} ON article ({column})")
        query = f"SELECT {column} FROM article GROUP BY {column} HAVING count(*) > 1 AND {column} != '' ORDER BY 1"
        return [list(self._rows(f"{column} = ?", value)) for (value,) in self.db.execute(query).fetchall()]

    def sharing_guids(self) -> list[Row]:
        """Articles that have the same guid in RSS and JSON, which is the id where there is no other."""
        self.db.execute("CREATE INDEX IF NOT EXISTS article_guid ON article (guid) WHERE guid IS NOT NULL")
        query = (
            "SELECT guid FROM article WHERE guid IS NOT NULL GROUP BY guid HAVING count(*) > 1 UNION "
            "SELECT one.guid FROM article AS one JOIN article AS other ON other.id = one.guid AND other.guid IS NULL"
        )
        shared = json.dumps([guid for (guid,) in self.db.execute(query)])
        if shared == "[]":
            return []
        among = "IN (SELECT value FROM json_each(?))"
        return list(self._rows(f"guid {among} OR (guid IS NULL AND id {among})", shared, shared))
