"""The catalog's articles and folders."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import NamedTuple

from feedwright.sources.model import Listing
from feedwright.state.catalog.rows import COLUMNS, Row
from feedwright.state.serialise import moment


class _Page(NamedTuple):
    """What is said of an article's page, and whether it may be said."""

    shown: int
    url: str
    published: int
    updated: int
    updated_offset: int


def _page(row: Row) -> _Page:
    return _Page(row.shown, row.url, row.published, row.updated, row.updated_offset)


@dataclass(frozen=True, slots=True, eq=False)
class Articles:
    """What is known of folders and articles, and facts."""

    db: Connection

    def fact(self, name: str) -> str:
        """What is noted under a name; empty where nothing is."""
        found = self.db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def note(self, name: str, value: str) -> None:
        """Note something under a name."""
        self.db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def commit(self) -> None:
        """Make all that was changed last, and begin anew."""
        self.db.execute("COMMIT")
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

    def rows(self, where: str = "1", *values: object) -> Iterator[Row]:
        """All rows that meet a condition, by file."""
        # With the plus, an index goes to finding the rows rather than to their order.
        return map(Row._make, self.db.execute(f"SELECT {COLUMNS} FROM article WHERE {where} ORDER BY +key", values))

    def among(self, keys: Collection[str]) -> dict[str, Row]:
        """The rows of some files, by file."""
        return {row.key: row for row in self.rows("key IN (SELECT value FROM json_each(?))", json.dumps(list(keys)))}

    def numbered(self, numbers: Iterable[int]) -> list[Row]:
        """Rows by their numbers, by file."""
        return list(self.rows("n IN (SELECT value FROM json_each(?))", json.dumps(list(numbers))))

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
        for table in ("article", "whole", "entry", "name", "lookup"):
            self.db.executemany(f"DELETE FROM {table} WHERE n = ?", ((n,) for n in numbers))

    def touched_months(self) -> set[str] | None:
        """The months in which articles were published whose pages have changed; None for any.

        A page comes, goes, moves to another address, or was changed at another time than was known.
        """
        noted = self.fact("touched_months")
        return set(json.loads(noted)) if noted else None

    def touch_no_month(self) -> None:
        """From now on, note the months of pages that change."""
        self.note("touched_months", "[]")

    def _touch(self, numbers: Collection[int], now: Mapping[int, _Page]) -> None:
        touched = self.touched_months()
        if touched is None or not numbers:
            return
        query = f"SELECT n, {', '.join(_Page._fields)} FROM article WHERE n IN (SELECT value FROM json_each(?))"
        before = {n: _Page(*page) for n, *page in self.db.execute(query, (json.dumps(list(numbers)),))}
        changed = {page for n in numbers for page in {before.get(n), now.get(n)} if before.get(n) != now.get(n)}
        months = touched | {moment(page.published).isoformat()[:7] for page in changed if page and page.shown}
        if months > touched:
            self.note("touched_months", json.dumps(sorted(months)))

    def count(self, where: str = "1", *values: object) -> int:
        """How many rows meet a condition."""
        found: int = self.db.execute(f"SELECT count(*) FROM article WHERE {where}", values).fetchone()[0]
        return found

    def any(self, where: str) -> bool:
        """Whether any row meets a condition."""
        return self.db.execute(f"SELECT 1 FROM article WHERE {where} LIMIT 1").fetchone() is not None

    def how_many(self, where: str) -> tuple[int, str]:
        """How many rows meet a condition, and the file of the first."""
        count, first = self.db.execute(f"SELECT count(*), min(key) FROM article WHERE {where}").fetchone()
        return count, first or ""

    def twice(self, column: str) -> list[list[Row]]:
        """Articles that might be shown and have the same id, or the same url."""
        self.db.execute(f"CREATE INDEX IF NOT EXISTS article_{column} ON article ({column})")
        query = f"SELECT {column} FROM article GROUP BY {column} HAVING count(*) > 1 AND {column} != '' ORDER BY 1"
        return [list(self.rows(f"{column} = ?", value)) for (value,) in self.db.execute(query).fetchall()]

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
        return list(self.rows(f"guid {among} OR (guid IS NULL AND id {among})", shared, shared))
