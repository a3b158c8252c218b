"""What cannot be derived again: ids, found related links, first-seen dates, the feeds that there were, files we wrote.

Small and durable. A row outlives its source: an article's file that vanished may come back, or turn up elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import ClassVar, Literal, NamedTuple, Self

from feedwright.model import FeedName, PublishedFeed
from feedwright.state import fact
from feedwright.state.fact import LedgerFact, T
from feedwright.state.serialise import moment, seconds
from feedwright.text.moments import offset

STEPS = {
    1: """
CREATE TABLE article (
    key TEXT PRIMARY KEY, -- its file, below the content folder
    id TEXT NOT NULL,
    dated INTEGER, -- seconds since 1970, UTC: when it was first known, NULL where it has a date of its own
    related TEXT NOT NULL -- JSON: the rule that found them, then their ids, or "" where not looked for
) STRICT;
CREATE TABLE feed (
    kind TEXT NOT NULL,
    term TEXT NOT NULL,
    file TEXT NOT NULL,
    id TEXT NOT NULL,
    since INTEGER NOT NULL, -- seconds since 1970, UTC
    updated INTEGER NOT NULL,
    paths TEXT NOT NULL, -- JSON: format -> path below out/
    entries TEXT NOT NULL, -- JSON: ids, in order
    PRIMARY KEY (kind, term)
) STRICT;
""",
    2: """
ALTER TABLE article ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN url TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN published INTEGER NOT NULL DEFAULT 0; -- seconds since 1970, UTC
ALTER TABLE article ADD COLUMN hash BLOB NOT NULL DEFAULT x''; -- of the file's content
ALTER TABLE article ADD COLUMN guid TEXT; -- the RSS guid where it is another than the id
ALTER TABLE article ADD COLUMN shown INTEGER NOT NULL DEFAULT 1; -- whether it was, when that was last decided
ALTER TABLE article ADD COLUMN expired INTEGER NOT NULL DEFAULT 0; -- whether it was seen to expire
ALTER TABLE article ADD COLUMN gone INTEGER NOT NULL DEFAULT 0; -- whether its file vanished
CREATE INDEX article_gone ON article (key) WHERE gone;
CREATE TABLE file (path TEXT PRIMARY KEY) STRICT; -- that we wrote, below out/
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
""",
    3: """
CREATE INDEX article_id ON article (id);
ALTER TABLE feed ADD COLUMN former TEXT NOT NULL DEFAULT '[]'; -- JSON: formats and paths below out/ that it had before
""",
    4: """
CREATE TABLE pruned (
    path TEXT PRIMARY KEY, -- of a document, below out/
    kind TEXT NOT NULL, -- of its feed, as its term, empty where that is not known
    term TEXT NOT NULL,
    format TEXT NOT NULL
) STRICT;
""",
    5: """
CREATE TABLE archive ( -- archive documents, of which one in each format has the same entries
    kind TEXT NOT NULL,
    term TEXT NOT NULL,
    number INTEGER NOT NULL, -- from 1, the oldest
    updated INTEGER NOT NULL, -- the newest change of an entry in it or in an older one
    entries TEXT NOT NULL, -- JSON: ids in order, each with what tells the version
    documents TEXT NOT NULL, -- JSON: format -> path below out/, hash, and path of the next that it links
    PRIMARY KEY (kind, term, number)
) STRICT;
CREATE TABLE waiting ( -- what is in no archive document yet, or in an older version
    kind TEXT NOT NULL,
    term TEXT NOT NULL,
    entries TEXT NOT NULL, -- JSON: ids, in the order in which they were first shown
    PRIMARY KEY (kind, term)
) STRICT;
CREATE TABLE departed ( -- articles whose files vanished while they were shown
    id TEXT PRIMARY KEY,
    updated INTEGER NOT NULL, -- seconds since 1970, UTC, as all moments here
    feeds TEXT NOT NULL -- JSON: kind and term of each feed that selected it
) STRICT;
CREATE TABLE retraction (
    id TEXT PRIMARY KEY,
    since INTEGER NOT NULL, -- when it was first told
    moment INTEGER NOT NULL, -- when it was, as it is told
    reason TEXT NOT NULL,
    feeds TEXT NOT NULL -- JSON: kind and term of each feed that had it
) STRICT;
""",
    6: """
ALTER TABLE article ADD COLUMN seen INTEGER NOT NULL DEFAULT 0; -- when a run first published it, 0 where not known
ALTER TABLE feed ADD COLUMN updated_offset INTEGER NOT NULL DEFAULT 0; -- from UTC, in minutes, as all offsets here
ALTER TABLE archive ADD COLUMN updated_offset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE departed ADD COLUMN updated_offset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE retraction ADD COLUMN moment_offset INTEGER NOT NULL DEFAULT 0;
""",
    7: """
ALTER TABLE article ADD COLUMN page TEXT NOT NULL DEFAULT ''; -- below the built site's folder, '' for none
""",
    8: """
CREATE TABLE former_url (
    url TEXT PRIMARY KEY, -- where an article was before
    id TEXT NOT NULL -- of the article
) STRICT;
""",
}


class Remembered(NamedTuple):
    """What is remembered of an article that was published.

    Args:
        key: its file, below the content folder.
        id: the id that it was published under.
        dated: when it was first known, in seconds since 1970, UTC; None where it has a date of its own.
        related: JSON: the rule that its found related links were looked for by, then their ids; empty where not yet.
        title, url, published: as it was last; `published` in seconds since 1970, UTC.
        hash: of its file's content.
        guid: its RSS guid where that is another than its id.
        shown: whether it was shown, when that was last decided.
        expired: whether it was seen to expire.
        gone: whether its file vanished.
        seen: when the run was that first published it, in seconds since 1970, UTC, or later: of two runs, the later one
            has the later; 0 where that is not known.
        page: its page below the built site's folder; empty where it has none, or that does not count.
    """

    key: str
    id: str
    dated: int | None = None
    related: str = ""
    title: str = ""
    url: str = ""
    published: int = 0
    hash: bytes = b""
    guid: str | None = None
    shown: int = 1
    expired: int = 0
    gone: int = 0
    seen: int = 0
    page: str = ""

    @property
    def found(self) -> tuple[str, ...]:
        """The rule that its related links were found by, then their ids; () where none were looked for."""
        return tuple(json.loads(self.related)) if self.related else ()


def aside(gone: Remembered) -> Remembered:
    """What is remembered of an article whose file holds another one now, under a name that no file can have."""
    return gone if gone.key.endswith("/") else gone._replace(key=f"{gone.key}/{gone.id}/", gone=1)


_ARTICLE = ", ".join(Remembered._fields)
_MARKS = ", ".join("?" * len(Remembered._fields))
_FEED = "kind, term, file, id, since, updated, updated_offset, paths, entries, former"


class Left(NamedTuple):
    """The address of a document that was pruned.

    Args:
        path: below the output folder.
        kind, term: of its feed, which may have other documents; empty where that is not known.
        format: of the document.
    """

    path: str
    kind: str = ""
    term: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """The ledger of a site, in one transaction."""

    FILE: ClassVar[str] = "ledger.db"
    STEPS: ClassVar[Mapping[int, str]] = STEPS
    MEND: ClassVar[str] = "Restore it from a copy, or move it away: ids are then made again. Another folder: --state."

    db: Connection

    @classmethod
    def of(cls, db: Connection) -> Self:
        """The ledger in an open file."""
        return cls(db)

    @property
    def changes(self) -> int:
        """How many rows were changed since it was opened."""
        return self.db.total_changes

    def article(self, key: str) -> Remembered | None:
        """What is remembered of the article in a file."""
        found = self.db.execute(f"SELECT {_ARTICLE} FROM article WHERE key = ?", (key,)).fetchone()
        return Remembered._make(found) if found else None

    def _articles(self, where: str, *values: object) -> Iterator[Remembered]:
        """All articles that meet a condition, by file."""
        rows = self.db.execute(f"SELECT {_ARTICLE} FROM article WHERE {where} ORDER BY key", values)
        return map(Remembered._make, rows)

    def articles(self) -> Iterator[Remembered]:
        """All articles, by file, as all here."""
        return self._articles("1")

    def present(self) -> Iterator[Remembered]:
        """Those whose files are there."""
        return self._articles("NOT gone")

    def vanished(self) -> Iterator[Remembered]:
        """Those whose files are not there."""
        return self._articles("gone")

    def vanished_texts(self, gone: Iterable[str]) -> set[bytes]:
        """Hashes of the texts of articles whose files are not there, `gone` among them."""
        asked = "SELECT hash FROM article WHERE (gone OR key IN (SELECT value FROM json_each(?))) AND hash != x''"
        return {hash_ for (hash_,) in self.db.execute(asked, (json.dumps(list(gone)),))}

    def with_related(self) -> Iterator[Remembered]:
        """Those whose related links were looked for."""
        return self._articles("related != ''")

    def named(self, column: Literal["id", "guid", "url", "key"], value: str) -> list[Remembered]:
        """Those that have an id, a guid, an address or a file."""
        return list(self._articles(f"{column} = ?", value))

    def among(self, keys: Iterable[str]) -> dict[str, Remembered]:
        """What is remembered of some files' articles, by file."""
        asked = "key IN (SELECT value FROM json_each(?))"
        return {one.key: one for one in self._articles(asked, json.dumps(list(keys)))}

    def last_seen(self) -> int:
        """The latest `seen` of all articles; 0 where there is none."""
        found: int = self.db.execute("SELECT coalesce(max(seen), 0) FROM article").fetchone()[0]
        return found

    def record_removed(self, id_: str, updated: datetime, feeds: Iterable[FeedName]) -> None:
        """Note which feeds had an article whose file vanished, should it turn out to be retracted."""
        row = (id_, seconds(updated), _json(list(feeds)), offset(updated))
        self.db.execute("INSERT OR REPLACE INTO departed VALUES (?, ?, ?, ?)", row)

    def with_id(self, id_: str, key: str) -> Remembered | None:
        """What is remembered of an article in another file than `key` that has an id."""
        return next(self._articles("id = ? AND key != ?", id_, key), None)

    def vanished_under(self, id_: str, guid: str) -> list[Remembered]:
        """What is remembered of articles whose files vanished, and that had an id, or a guid in RSS and JSON."""
        return list(self._articles("gone AND (id = ? OR coalesce(guid, id) = ?)", id_, guid))

    def count(self) -> int:
        """How many articles are remembered whose files are there."""
        # Two indexes, rather than every row.
        query = "SELECT (SELECT count(*) FROM article) - (SELECT count(*) FROM article WHERE gone)"
        found: int = self.db.execute(query).fetchone()[0]
        return found

    def knows_any(self) -> bool:
        """Whether an article was ever published."""
        return self.db.execute("SELECT 1 FROM article LIMIT 1").fetchone() is not None

    def remember(self, articles: Iterable[Remembered]) -> None:
        """Note articles, in the place of what was known of their files."""
        self.db.executemany(
            f"INSERT OR REPLACE INTO article ({_ARTICLE}) VALUES ({_MARKS})",
            articles,
        )

    def note_former_url(self, url: str, id_: str) -> None:
        """Note where an article was before."""
        self.db.execute("INSERT OR REPLACE INTO former_url VALUES (?, ?)", (url, id_))

    def rename_former_urls(self, changed: Mapping[str, str]) -> None:
        """Articles have other ids: by those that they had."""
        self.db.executemany("UPDATE former_url SET id = ? WHERE id = ?", ((now, old) for old, now in changed.items()))

    def former_urls(self) -> list[tuple[str, str]]:
        """Where articles were before, each with the article's id, by URL."""
        return self.db.execute("SELECT url, id FROM former_url ORDER BY url").fetchall()

    def forget(self, key: str) -> None:
        """Drop the row of a file whose article is known under another one now."""
        self.db.execute("DELETE FROM article WHERE key = ?", (key,))

    def relate(self, found: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Note found related links: of some files' articles, the rule that found them, then their ids."""
        rows = [(_json(one), key) for key, one in found]
        self.db.executemany("UPDATE article SET related = ? WHERE key = ?", rows)

    def feeds(self) -> dict[FeedName, PublishedFeed]:
        """The feeds that were published, by kind and term."""
        rows = self.db.execute(f"SELECT {_FEED} FROM feed ORDER BY kind, term")
        return {
            (kind, term): PublishedFeed(
                file,
                id_,
                moment(since),
                moment(updated, minutes),
                json.loads(paths),
                tuple(json.loads(entries)),
                tuple((format_, path) for format_, path in json.loads(former)),
            )
            for kind, term, file, id_, since, updated, minutes, paths, entries, former in rows
        }

    def publish(self, feeds: Iterable[tuple[FeedName, PublishedFeed]]) -> None:
        """Note feeds as they are about to be published."""
        self.db.executemany(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *name,
                    one.file,
                    one.id,
                    seconds(one.since),
                    seconds(one.updated),
                    _json(one.paths),
                    _json(one.entries),
                    _json(one.former),
                    offset(one.updated),
                )
                for name, one in feeds
            ),
        )

    def feed_rows(self, names: Iterable[FeedName] | None = None) -> list[tuple[str | int, ...]]:
        """Feeds as the table has them.

        Args:
            names: of these; None for all.
        """
        if names is None:
            return self.db.execute(f"SELECT {_FEED} FROM feed ORDER BY kind, term").fetchall()
        query = f"SELECT {_FEED} FROM feed WHERE kind = ? AND term = ?"
        return [row for name in names for row in self.db.execute(query, name)]

    def put_feed_rows(self, rows: Sequence[tuple[str | int, ...]]) -> None:
        """Know these feeds, as `feed_rows` gave them, and no others."""
        self.db.execute("DELETE FROM feed")
        self.db.executemany(f"INSERT INTO feed ({_FEED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def prune(self, name: FeedName) -> None:
        """Forget a feed; `leave` notes where it was."""
        self.db.execute("DELETE FROM feed WHERE kind = ? AND term = ?", name)

    def files(self) -> set[str]:
        """The paths of all files that we wrote, below the output folder."""
        return {path for (path,) in self.db.execute("SELECT path FROM file")}

    def claim(self, paths: Iterable[str]) -> None:
        """Note files that we are about to write."""
        rows = [(path,) for path in sorted(paths)]
        self.db.executemany("INSERT OR IGNORE INTO file VALUES (?)", rows)
        self.db.executemany("DELETE FROM pruned WHERE path = ?", rows)

    def left(self) -> list[Left]:
        """Where documents were that were pruned and did not come back, by path."""
        return [Left(*row) for row in self.db.execute("SELECT path, kind, term, format FROM pruned ORDER BY path")]

    def note_left(self, left: Iterable[Left]) -> None:
        """Note documents that are pruned, until their paths are claimed again."""
        self.db.executemany("INSERT OR REPLACE INTO pruned VALUES (?, ?, ?, ?)", sorted(left))

    def release(self, paths: Iterable[str]) -> None:
        """Forget files that are no longer ours."""
        self.db.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in sorted(paths)))

    def fact(self, of: LedgerFact[T]) -> T:
        """The value of a fact, as it was noted."""
        return fact.read(self.db, of)

    def note(self, of: LedgerFact[T], value: T) -> None:
        """Note a fact."""
        fact.write(self.db, of, value)

    def commit(self) -> None:
        """Make all that was noted last, and begin anew."""
        self.db.execute("COMMIT")
        self.db.execute("BEGIN IMMEDIATE")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
