"""What is known of every article and every feed, so that a run does only what changed. It can be lost.

An article's number `n` is its row's, and nobody sees it. All that a run changes is one transaction.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from feeds.database import transaction
from feeds.errors import Problem, StateError
from feeds.model import NEVER, Article, Body, Category, Person
from feeds.plain import loads, moment, seconds
from feeds.select import Name, Window
from feeds.sources import Listing
from feeds.sources.globs import matches

_MEND = "Remove it: it is made anew from the articles. Another folder: --state."
_STEPS = {
    1: """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE folder (
    key TEXT PRIMARY KEY,
    members TEXT NOT NULL,
    articles TEXT NOT NULL, -- names, joined by "/"
    stats BLOB NOT NULL -- as Listing has them, native 64-bit numbers, zeros where a file is to be read again
) STRICT;
CREATE TABLE article (
    n INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL,
    state TEXT NOT NULL, -- ok, broken (cannot be read now, and is as it was last), unread (never could be)
    id TEXT NOT NULL,
    guid TEXT,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    slug TEXT NOT NULL,
    section TEXT NOT NULL,
    language TEXT NOT NULL,
    published INTEGER NOT NULL, -- seconds since 1970, UTC, as all moments here
    updated INTEGER NOT NULL,
    expires INTEGER,
    draft INTEGER NOT NULL,
    terms TEXT NOT NULL, -- JSON: categories, tags, authors, and the feeds it names or null
    undated INTEGER NOT NULL, -- whether it is unread for want of a date alone
    problems TEXT NOT NULL, -- JSON, "" for none
    shown INTEGER NOT NULL, -- whether it may be shown, as was last decided
    barred TEXT NOT NULL -- JSON: the problem for which it cannot be shown, "" for none
) STRICT;
CREATE TABLE feed (f INTEGER PRIMARY KEY, kind TEXT NOT NULL, term TEXT NOT NULL, UNIQUE (kind, term)) STRICT;
CREATE TABLE member ( -- every article that may be shown, in every feed that selects it
    f INTEGER NOT NULL, published INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (f, published, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE shows ( -- what each feed shows
    f INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (f, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX shows_n ON shows (n);
CREATE TABLE whole ( -- articles that are shown, with clean bodies and related links
    n INTEGER PRIMARY KEY,
    article TEXT NOT NULL, -- JSON
    hash BLOB NOT NULL, -- of that
    problems TEXT NOT NULL, -- JSON, "" for none
    sure INTEGER NOT NULL -- whether it is as it would be made now
) STRICT;
CREATE TABLE lookup ( -- names of articles that another one was made with
    name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (name, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX lookup_n ON lookup (n);
CREATE TABLE name ( -- what articles can be called by, where it was ever asked for
    name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (name, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_n ON name (n);
CREATE TABLE entry (
    n INTEGER NOT NULL,
    format TEXT NOT NULL,
    options TEXT NOT NULL,
    hash BLOB NOT NULL, -- of all that it was made from
    entry BLOB NOT NULL,
    fault TEXT NOT NULL, -- JSON: why what would be made now is not taken, "" where it is
    PRIMARY KEY (n, format, options)
) STRICT, WITHOUT ROWID;
CREATE TABLE document (
    path TEXT PRIMARY KEY,
    f INTEGER NOT NULL,
    format TEXT NOT NULL,
    hash BLOB NOT NULL, -- of all that it was made from
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    fault TEXT NOT NULL -- JSON: why what would be made now is not taken, "" where it is
) STRICT;
CREATE INDEX article_wrong ON article (n) WHERE problems != '';
CREATE INDEX article_hidden ON article (n) WHERE NOT shown;
CREATE INDEX article_barred ON article (n) WHERE barred != '';
CREATE INDEX article_expires ON article (expires) WHERE expires IS NOT NULL;
CREATE INDEX article_undated ON article (n) WHERE undated;
CREATE INDEX article_naming ON article (n) WHERE substr(terms, -5) != 'null]';
CREATE TABLE run (started INTEGER NOT NULL, seconds REAL NOT NULL, exit INTEGER NOT NULL, report TEXT NOT NULL) STRICT;
""",
}


class Stamp(NamedTuple):
    """What tells whether a file is as it was: bytes, nanoseconds since 1970, and its number in the file system."""

    size: int
    mtime: int
    inode: int


class Row(NamedTuple):
    """What is known of one article, all but its text; `terms` and `problems` are JSON.

    Args:
        n: its number; 0 where it has none yet.
        state, problems, undated, shown, barred: as the table has them.
    """

    n: int
    key: str
    hash: bytes
    state: str
    id: str
    guid: str | None
    title: str
    url: str
    path: str
    slug: str
    section: str
    language: str
    published: int
    updated: int
    expires: int | None
    draft: int
    terms: str
    undated: int
    problems: str
    shown: int
    barred: str


_COLUMNS = ", ".join(Row._fields)
_json = json.JSONEncoder(ensure_ascii=False).encode
_UNREAD = ("", None, "", "", "", "", "", "", 0, 0, None, 0, "")
"""The fields from `id` to `terms` of a file that no article could be read from."""


def row_of(key: str, hash_: bytes, article: Article | None, problems: str, *, undated: bool = False) -> Row:
    """The row of an article that was just read, not shown yet."""
    if article is None:
        return Row(0, key, hash_, "unread", *_UNREAD, undated, problems, 0, "")
    return Row(
        0,
        key,
        hash_,
        "ok",
        article.id,
        article.guid,
        article.title,
        article.url,
        article.path,
        article.slug,
        article.section,
        article.language,
        seconds(article.published),
        seconds(article.updated),
        None if article.expires is None else seconds(article.expires),
        article.draft,
        _json(
            (
                [one.term for one in article.categories],
                [one.term for one in article.tags],
                [one.name for one in article.authors],
                article.feeds,
            )
        ),
        0,
        problems,
        0,
        "",
    )


def article_of(row: Row) -> Article:
    """The article of a row, without its text and with no more of its terms and authors than their names."""
    categories, tags, authors, feeds = json.loads(row.terms)
    published = moment(row.published)
    return Article(
        row.key,
        row.path,
        row.slug,
        row.id,
        row.title,
        row.url,
        NEVER if published.year == NEVER.year else published,
        moment(row.updated),
        Body("", "clean"),
        row.guid,
        categories=tuple(map(Category, categories)),
        tags=tuple(map(Category, tags)),
        authors=tuple(map(Person, authors)),
        section=row.section,
        language=row.language,
        draft=bool(row.draft),
        expires=None if row.expires is None else moment(row.expires),
        feeds=None if feeds is None else tuple(feeds),
    )


@dataclass(frozen=True, slots=True)
class Document:
    """A published document.

    Args:
        f: the number of its feed.
        hash: of all that it was made from.
        stamp: what tells whether its file is as we left it.
    """

    path: str
    f: int
    format: str
    hash: bytes
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Catalog:
    """The catalog of a site, in one transaction.

    Args:
        numbers: kind and term -> number of a feed; what is asked for is added.
    """

    db: Connection
    numbers: dict[Name, int]

    # --- facts ---

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

    # --- folders ---

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

    # --- articles ---

    def rows(self, where: str = "1", *values: object) -> Iterator[Row]:
        """All rows that meet a condition, by file."""
        # With the plus, an index goes to finding the rows rather than to their order.
        return map(Row._make, self.db.execute(f"SELECT {_COLUMNS} FROM article WHERE {where} ORDER BY +key", values))

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
        self.db.executemany(f"INSERT OR REPLACE INTO article ({_COLUMNS}) VALUES ({marks})", rows)

    def drop(self, numbers: Sequence[int]) -> None:
        """Forget articles, but for what feeds select and show."""
        for table in ("article", "whole", "entry", "name", "lookup"):
            self.db.executemany(f"DELETE FROM {table} WHERE n = ?", ((n,) for n in numbers))

    def count(self, where: str = "1", *values: object) -> int:
        """How many rows meet a condition."""
        found: int = self.db.execute(f"SELECT count(*) FROM article WHERE {where}", values).fetchone()[0]
        return found

    def twice(self, column: str) -> list[list[Row]]:
        """Articles that might be shown and have the same id, or the same url."""
        self.db.execute(f"CREATE INDEX IF NOT EXISTS article_{column} ON article ({column})")
        query = f"SELECT {column} FROM article GROUP BY {column} HAVING count(*) > 1 AND {column} != '' ORDER BY 1"
        return [list(self.rows(f"{column} = ?", value)) for (value,) in self.db.execute(query).fetchall()]

    # --- feeds ---

    def number(self, name: Name) -> int:
        """The number of a feed, a new one where it has none."""
        if name not in self.numbers:
            query = "INSERT INTO feed (kind, term) VALUES (?, ?) RETURNING f"
            self.numbers[name] = self.db.execute(query, name).fetchall()[0][0]
        return self.numbers[name]

    def join(self, members: Iterable[tuple[int, int, int]]) -> None:
        """Note that feeds select articles: numbers of feeds, when published, numbers of articles."""
        self.db.executemany("INSERT OR REPLACE INTO member VALUES (?, ?, ?)", members)

    def leave(self, members: Iterable[tuple[int, int, int]]) -> None:
        """Note that feeds select articles no longer."""
        self.db.executemany("DELETE FROM member WHERE f = ? AND published = ? AND n = ?", members)

    def with_members(self) -> list[Name]:
        """The feeds that select an article."""
        query = "SELECT kind, term FROM feed WHERE EXISTS (SELECT 1 FROM member WHERE member.f = feed.f)"
        return self.db.execute(query).fetchall()

    def window(self, name: Name, limit: int) -> tuple[Window, list[int]]:
        """The newest articles that a feed selects, and their numbers.

        Args:
            limit: how many; 0 for all.
        """
        f = self.number(name)
        last = "SELECT published FROM member WHERE f = ? ORDER BY published DESC LIMIT 1 OFFSET ?"
        least = self.db.execute(last, (f, limit - 1)).fetchone() if limit else None
        query = (
            "SELECT n, id, updated FROM member JOIN article USING (n) WHERE f = ? AND member.published >= ? "
            "ORDER BY member.published DESC, id LIMIT ?"
        )
        found = self.db.execute(query, (f, least[0] if least else -(2**62), limit or -1)).fetchall()
        return _window(found), [n for n, _, _ in found]

    def kept(self, entries: Sequence[str]) -> tuple[Window, list[int]]:
        """Those of some articles, by id, that may still be shown, and their numbers."""
        self.db.execute("CREATE INDEX IF NOT EXISTS article_id ON article (id)")
        query = "SELECT n, id, updated FROM article WHERE id IN (SELECT value FROM json_each(?)) AND shown"
        there = {row[1]: row for row in self.db.execute(query, (json.dumps(entries),))}
        found = [there[id_] for id_ in entries if id_ in there]
        return _window(found), [n for n, _, _ in found]

    def show(self, f: int, numbers: Collection[int]) -> tuple[set[int], set[int]]:
        """Note which articles a feed shows; those that it shows now and did not, and the other way round."""
        before = {n for (n,) in self.db.execute("SELECT n FROM shows WHERE f = ?", (f,))}
        new, old = set(numbers) - before, before - set(numbers)
        self.db.executemany("INSERT INTO shows VALUES (?, ?)", ((f, n) for n in sorted(new)))
        self.db.executemany("DELETE FROM shows WHERE f = ? AND n = ?", ((f, n) for n in sorted(old)))
        return new, old

    def shown_in(self, numbers: Iterable[int]) -> set[int]:
        """The numbers of feeds that show any of these articles."""
        query = "SELECT DISTINCT f FROM shows WHERE n IN (SELECT value FROM json_each(?))"
        return {f for (f,) in self.db.execute(query, (json.dumps(list(numbers)),))}

    def forget_unshown(self) -> None:
        """Drop the texts and entries of articles that no feed shows."""
        for table in ("whole", "entry", "lookup"):
            self.db.execute(f"DELETE FROM {table} WHERE n NOT IN (SELECT n FROM shows)")

    # --- texts, and the names they were made with ---

    def made_with(self, names: Collection[str]) -> set[int]:
        """The articles whose texts were made with any of these names."""
        query = "SELECT DISTINCT n FROM lookup WHERE name IN (SELECT value FROM json_each(?))"
        return {n for (n,) in self.db.execute(query, (json.dumps(sorted(names)),))}

    def doubt(self, numbers: Iterable[int]) -> None:
        """The texts of articles are to be made anew."""
        self.db.executemany("UPDATE whole SET sure = 0 WHERE n = ?", ((n,) for n in sorted(numbers)))

    def call(self, names: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Note what articles are called now, where that was ever asked for."""
        if not self.fact("named"):
            return
        for n, mine in names:
            self.db.execute("DELETE FROM name WHERE n = ?", (n,))
            self.db.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", ((name, n) for name in mine))

    def called(self, name: str) -> list[Row]:
        """The articles that have a name."""
        return list(self.rows("n IN (SELECT n FROM name WHERE name = ?)", name))

    def with_ids(self, ids: Iterable[str]) -> list[Row]:
        """The articles that may be shown among those with some ids, by file."""
        self.db.execute("CREATE INDEX IF NOT EXISTS article_id ON article (id)")
        return list(self.rows("id IN (SELECT value FROM json_each(?)) AND shown", json.dumps(sorted(set(ids)))))

    def not_whole(self, numbers: Collection[int]) -> list[int]:
        """Those of some articles whose texts are not there or in doubt."""
        query = "SELECT n FROM whole WHERE sure AND n IN (SELECT value FROM json_each(?))"
        there = {n for (n,) in self.db.execute(query, (json.dumps(list(numbers)),))}
        return sorted(set(numbers) - there)

    def whole(self, n: int) -> Article | None:
        """An article with clean body and related links, as it was last."""
        found = self.db.execute("SELECT article FROM whole WHERE n = ?", (n,)).fetchone()
        article: Article | None = loads(found[0]) if found else None
        return article

    def make_whole(self, texts: Iterable[tuple[int, str, str, Collection[str]]]) -> None:
        """Write texts: number, article and problems as JSON, and the names that it was made with."""
        for n, article, problems, names in texts:
            hash_ = sha256(article.encode()).digest()[:16]
            self.db.execute("INSERT OR REPLACE INTO whole VALUES (?, ?, ?, ?, 1)", (n, article, hash_, problems))
            self.db.execute("DELETE FROM lookup WHERE n = ?", (n,))
            self.db.executemany("INSERT INTO lookup VALUES (?, ?)", ((name, n) for name in names))

    # --- entries and documents ---

    def not_made(self, format_: str, options: str, settings: bytes, numbers: Collection[int]) -> dict[int, bytes]:
        """Articles whose entries are not what they would be now -> the hash of what they would be made from.

        Args:
            settings: what entries are made from besides their articles.
        """
        query = (
            "SELECT whole.n, whole.hash, entry.hash FROM whole LEFT JOIN entry "
            "ON entry.n = whole.n AND format = ? AND options = ? WHERE whole.n IN (SELECT value FROM json_each(?))"
        )
        found = {}
        for n, of_whole, of_entry in self.db.execute(query, (format_, options, json.dumps(list(numbers)))):
            now = sha256(of_whole + settings).digest()[:16]
            if of_entry != now:
                found[n] = now
        return found

    def wholes(self, numbers: Iterable[int]) -> dict[int, Article]:
        """Articles with clean bodies and related links, by number."""
        query = "SELECT n, article FROM whole WHERE n IN (SELECT value FROM json_each(?))"
        return {n: loads(text) for n, text in self.db.execute(query, (json.dumps(list(numbers)),))}

    def make(self, format_: str, options: str, entries: Iterable[tuple[int, bytes, bytes]]) -> None:
        """Write entries: number, hash of what it was made from, bytes."""
        self.db.executemany(
            "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, '')",
            ((n, format_, options, hash_, entry) for n, hash_, entry in entries),
        )

    def keep(self, n: int, format_: str, options: str, hash_: bytes, fault: str) -> bool:
        """Leave an entry as it was last good, and note why; whether there is one."""
        query = "UPDATE entry SET hash = ?, fault = ? WHERE n = ? AND format = ? AND options = ?"
        return self.db.execute(query, (hash_, fault, n, format_, options)).rowcount > 0

    def entry_hashes(self, format_: str, options: str, numbers: Sequence[int]) -> list[bytes]:
        """What some articles' entries were made from, in order."""
        return [hash_ for hash_, _ in self._entries("hash", format_, options, numbers)]

    def entries(self, format_: str, options: str, numbers: Sequence[int]) -> list[bytes]:
        """Some articles' entries, in order."""
        return [entry for entry, _ in self._entries("entry", format_, options, numbers)]

    def _entries(self, what: str, format_: str, options: str, numbers: Sequence[int]) -> Iterator[tuple[bytes, int]]:
        query = (
            f"SELECT entry.{what}, key FROM json_each(?) JOIN entry ON n = value AND format = ? AND options = ? "
            "ORDER BY key"
        )
        return self.db.execute(query, (json.dumps(list(numbers)), format_, options))

    def documents(self) -> Iterator[Document]:
        """The documents that were published."""
        for path, f, format_, hash_, *numbers in self.db.execute(
            "SELECT path, f, format, hash, size, mtime, inode FROM document WHERE hash != x'' ORDER BY path"
        ).fetchall():
            yield Document(path, f, format_, hash_, Stamp(*numbers))

    def document_hash(self, path: str) -> bytes:
        """What a document was made from; empty where it is to be made anew."""
        found = self.db.execute("SELECT hash FROM document WHERE path = ?", (path,)).fetchone()
        return bytes(found[0]) if found else b""

    def remake(self, path: str) -> None:
        """A document is to be made anew."""
        self.db.execute("UPDATE document SET hash = x'' WHERE path = ?", (path,))

    def record(self, documents: Iterable[Document]) -> None:
        """Note documents that were published."""
        self.db.executemany(
            "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, '')",
            (
                (one.path, one.f, one.format, one.hash if one.stamp else b"", *(one.stamp or (0, 0, 0)))
                for one in documents
            ),
        )

    def fail(self, path: str, f: int, format_: str, fault: str) -> None:
        """Note why a document could not be published; it is to be made anew."""
        self.db.execute(
            "INSERT INTO document VALUES (?, ?, ?, x'', 0, 0, 0, ?) "
            "ON CONFLICT (path) DO UPDATE SET hash = x'', fault = excluded.fault",
            (path, f, format_, fault),
        )

    def keep_documents(self, paths: Collection[str]) -> None:
        """Forget the documents at all other paths."""
        self.db.execute(
            "DELETE FROM document WHERE path NOT IN (SELECT value FROM json_each(?))", (json.dumps(list(paths)),)
        )

    def forget_documents(self) -> None:
        """Forget all documents: they are to be made anew."""
        self.db.execute("DELETE FROM document")

    # --- problems ---

    def problems(self) -> Iterator[Problem]:
        """What is wrong with articles and documents, as it stands now."""
        queries = (
            "SELECT problems FROM article WHERE problems != ''",
            "SELECT '[' || barred || ']' FROM article WHERE barred != ''",
            "SELECT problems FROM whole WHERE problems != '' AND n IN (SELECT n FROM shows)",
            "SELECT '[' || fault || ']' FROM entry WHERE fault != '' AND n IN (SELECT n FROM shows)",
            "SELECT '[' || fault || ']' FROM document WHERE fault != ''",
        )
        for query in queries:
            for (found,) in self.db.execute(query):
                yield from loads(found)

    # --- what `select.unmatched` asks for ---

    def terms(self, kind: str) -> set[str]:
        """The terms of a kind that any article has that may be shown."""
        if kind in ("section", "language"):
            return {term for (term,) in self.db.execute(f"SELECT DISTINCT {kind} FROM article WHERE shown")}
        place = ("category", "tag", "author").index(kind)
        query = f"SELECT DISTINCT value FROM article, json_each(terms, '$[{place}]') WHERE shown"
        return {term for (term,) in self.db.execute(query)}

    def any_file(self, glob: str) -> bool:
        """Whether the file of any article that may be shown matches."""
        return any(matches(key, (glob,)) for (key,) in self.db.execute("SELECT key FROM article WHERE shown"))

    def naming_feeds(self) -> list[tuple[str, list[str]]]:
        """The articles that name their feeds, and these."""
        query = (
            "SELECT key, terms FROM article WHERE substr(terms, -5) != 'null]' AND shown AND terms != '' ORDER BY key"
        )
        return [(key, json.loads(terms)[3]) for key, terms in self.db.execute(query)]


def _window(found: Sequence[tuple[int, str, int]]) -> Window:
    newest = max((updated for _, _, updated in found), default=None)
    return Window(tuple(id_ for _, id_, _ in found), None if newest is None else moment(newest))


@contextmanager
def opened(folder: Path, *, copy: bool = False) -> Iterator[Catalog]:
    """The catalog in a folder of what must last; without `commit`, nothing is kept.

    Args:
        folder: made where it is missing.
        copy: work on a copy that is thrown away, and make neither folder nor file.

    Raises:
        StateError: the file cannot be read or written, is damaged, or was written by a newer version.
    """
    with transaction(folder / "catalog.db", _STEPS, _MEND, copy=copy) as db:
        numbers: Mapping[Name, int] = {
            (kind, term): f for f, kind, term in db.execute("SELECT f, kind, term FROM feed")
        }
        yield Catalog(db, dict(numbers))


def discard(folder: Path) -> None:
    """Remove the catalog of a site, to be made anew.

    Raises:
        StateError: it cannot be removed.
    """
    for name in ("catalog.db", "catalog.db-journal"):
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            what = f"cannot be removed: {error.strerror}"
            raise StateError(Problem("error", "catalog-unusable", str(folder / name), what, _MEND)) from error
