"""Entries and documents, what is wrong with them, and the runs that made them."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from typing import ClassVar, NamedTuple, Self

from feedwright.errors import Problem
from feedwright.state.catalog.rendered import Texts
from feedwright.state.catalog.schema import MEND, STEPS
from feedwright.state.checksums import checksum
from feedwright.state.serialise import loads, moment, seconds


class Stamp(NamedTuple):
    """What tells whether a file is as it was: bytes, nanoseconds since 1970, and its number in the file system."""

    size: int
    mtime: int
    inode: int


def stamp(file: Path) -> Stamp | None:
    """A file's stamp; None where there is no such file."""
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


_NOWHERE = Stamp(0, 0, 0)


class Document(NamedTuple):
    """A published document.

    Args:
        f: the number of its feed.
        hash: of all that it was made from.
        stamp: what tells whether its file is as we left it.
        checksum: of its bytes; empty where it is not known.
    """

    path: str
    f: int
    format: str
    hash: bytes
    stamp: Stamp | None = None
    checksum: bytes = b""


@dataclass(frozen=True, slots=True, eq=False)
class Catalog(Texts):
    """The catalog of a site, in one transaction.

    Args:
        sound: format and options -> numbers of articles whose entries were made or looked at in this run.
    """

    FILE: ClassVar[str] = "catalog.db"
    STEPS: ClassVar[Mapping[int, str]] = STEPS
    MEND: ClassVar[str] = MEND

    sound: dict[tuple[str, str], set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, db: Connection) -> Self:
        """The catalog in an open file."""
        return cls(db, {(kind, term): f for f, kind, term in db.execute("SELECT f, kind, term FROM feed")})

    def not_made(self, format_: str, options: str, settings: bytes, numbers: Collection[int]) -> dict[int, bytes]:
        """Articles whose entries are not what they would be now -> the hash of what they would be made from.

        Entries that are spoilt are given up.

        Args:
            settings: what entries are made from besides their articles.
        """
        query = (
            # The index spares going through the texts, behind which the rest of a row stands.
            "SELECT whole.n, whole.hash, entry.hash FROM whole INDEXED BY whole_state LEFT JOIN entry "
            "ON entry.n = whole.n AND format = ? AND options = ? WHERE whole.n IN (SELECT value FROM json_each(?))"
        )
        found: dict[int, bytes] = {}
        there: dict[int, bytes] = {}
        for n, of_whole, of_entry in self.db.execute(query, (format_, options, json.dumps(list(numbers)))):
            now = sha256(of_whole + settings).digest()[:16]
            (there if of_entry == now else found)[n] = now
        spoilt = self._give_up_spoilt(format_, options, there)
        return found | {n: there[n] for n in spoilt}

    def _give_up_spoilt(self, format_: str, options: str, numbers: Iterable[int]) -> set[int]:
        """Drop those of some entries that are not what was put there; their numbers."""
        sound = self.sound.setdefault((format_, options), set())
        asked = [n for n in numbers if n not in sound]
        query = "SELECT n, entry, checksum FROM json_each(?) JOIN entry ON n = value AND format = ? AND options = ?"
        rows = self.db.execute(query, (json.dumps(asked), format_, options))
        spoilt = {n for n, entry, as_put in rows if checksum(entry) != as_put}
        drop = "DELETE FROM entry WHERE n = ? AND format = ? AND options = ?"
        self.db.executemany(drop, ((n, format_, options) for n in sorted(spoilt)))
        self.spoilt.update(spoilt)
        sound.update(set(asked) - spoilt)
        return spoilt

    def make(self, format_: str, options: str, entries: Iterable[tuple[int, bytes, bytes]]) -> None:
        """Write entries: number, hash of what it was made from, bytes."""
        rows = [(n, format_, options, hash_, entry, checksum(entry)) for n, hash_, entry in entries]
        self.db.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, '', ?)", rows)
        self.sound.setdefault((format_, options), set()).update(n for n, *_ in rows)

    def keep(self, n: int, format_: str, options: str, hash_: bytes, fault: str) -> bool:
        """Leave an entry as it was last good, and note why; whether there is one."""
        self._give_up_spoilt(format_, options, [n])
        query = "UPDATE entry SET hash = ?, fault = ? WHERE n = ? AND format = ? AND options = ?"
        return self.db.execute(query, (hash_, fault, n, format_, options)).rowcount > 0

    def last_good_entries(self) -> set[tuple[int, str, str]]:
        """The entries that are as they were last good: numbers, formats and options."""
        return set(self.db.execute("SELECT n, format, options FROM entry WHERE fault != ''"))

    def entry_hashes(self, format_: str, options: str, numbers: Collection[int]) -> dict[int, bytes]:
        """What some articles' entries were made from, by number."""
        return dict(self._entries("hash", format_, options, numbers))

    def entries(self, format_: str, options: str, numbers: Collection[int]) -> dict[int, bytes]:
        """Some articles' entries, by number."""
        return dict(self._entries("entry", format_, options, numbers))

    def every_entry(self) -> Iterator[tuple[int, str, str, bytes]]:
        """All entries: number of the article, format, options, bytes."""
        return self.db.execute("SELECT n, format, options, entry FROM entry")

    def entry_sizes(self, format_: str, options: str, numbers: Collection[int]) -> dict[int, int]:
        """The bytes of some articles' entries, by number."""
        query = "SELECT n, length(entry) FROM json_each(?) JOIN entry ON n = value AND format = ? AND options = ?"
        return dict(self.db.execute(query, (json.dumps(list(numbers)), format_, options)))

    def _entries(self, what: str, format_: str, options: str, numbers: Collection[int]) -> Iterator[tuple[int, bytes]]:
        query = f"SELECT n, entry.{what} FROM json_each(?) JOIN entry ON n = value AND format = ? AND options = ?"
        return self.db.execute(query, (json.dumps(list(numbers)), format_, options))

    def documents(self) -> Iterator[Document]:
        """The documents that were published."""
        for path, f, format_, hash_, *numbers in self.db.execute(
            "SELECT path, f, format, hash, size, mtime, inode FROM document WHERE hash != x'' ORDER BY path"
        ).fetchall():
            yield Document(path, f, format_, hash_, Stamp(*numbers))

    def larger_than(self, size: int) -> list[tuple[str, int]]:
        """Documents of feeds that hold more bytes, but for archive documents: path and bytes, by path."""
        query = "SELECT path, size FROM document WHERE f > 0 AND size > ? AND path NOT LIKE 'archive/%' ORDER BY path"
        return self.db.execute(query, (size,)).fetchall()

    def bytes_of(self, kind: str) -> int:
        """How many bytes the documents of a kind of feeds hold together."""
        query = "SELECT coalesce(sum(size), 0) FROM document JOIN feed USING (f) WHERE kind = ?"
        found: int = self.db.execute(query, (kind,)).fetchone()[0]
        return found

    def documents_of(self, f: int) -> dict[str, bytes]:
        """What each document of a feed was made from, by path; empty where it is to be made anew."""
        return dict(self.db.execute("SELECT path, hash FROM document WHERE f = ?", (f,)))

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
            "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, '', ?)",
            (
                (one.path, one.f, one.format, one.hash if one.stamp else b"", *(one.stamp or (0, 0, 0)), one.checksum)
                for one in documents
            ),
        )

    def checksums(self, paths: Collection[str]) -> dict[str, bytes]:
        """The checksums of what we wrote at some paths last, where they are known."""
        query = "SELECT path, checksum FROM document WHERE path IN (SELECT value FROM json_each(?))"
        return dict(self.db.execute(query, (json.dumps(sorted(paths)),)))

    def forget_checksums(self) -> None:
        """What we wrote last is not known for certain: a run died, or the catalog is an older one."""
        self.db.execute("UPDATE document SET checksum = x''")

    def fail(self, path: str, f: int, format_: str, fault: str, instead: Stamp | None = None) -> None:
        """Note why a document could not be published; it is to be made anew.

        Args:
            instead: what is in its place and is somebody else's: as long as that stays, there is no use in trying.
        """
        self.db.execute(
            "INSERT INTO document VALUES (?, ?, ?, x'', ?, ?, ?, ?, x'') ON CONFLICT (path) DO UPDATE SET hash = x'', "
            "fault = excluded.fault, size = excluded.size, mtime = excluded.mtime, inode = excluded.inode, "
            "checksum = iif(excluded.inode, x'', checksum)",
            (path, f, format_, *(instead or _NOWHERE), fault),
        )

    def keep_documents(self, paths: Collection[str]) -> None:
        """Forget the documents at all other paths."""
        self.db.execute(
            "DELETE FROM document WHERE path NOT IN (SELECT value FROM json_each(?))", (json.dumps(list(paths)),)
        )

    def failed(self) -> list[tuple[int, str, Stamp | None]]:
        """The documents that could not be published: numbers of feeds, paths, and what is in their places instead."""
        query = "SELECT f, path, size, mtime, inode FROM document WHERE fault != '' ORDER BY path"
        rows = self.db.execute(query).fetchall()
        return [(f, path, Stamp(*numbers) if tuple(numbers) != _NOWHERE else None) for f, path, *numbers in rows]

    def invalidate_entries(self, numbers: Collection[int]) -> None:
        """Some articles' entries, and what they are made from, are to be made anew."""
        self.db.executemany("UPDATE entry SET hash = x'' WHERE n = ?", ((n,) for n in numbers))
        self.mark_stale(numbers)

    def invalidate_all(self) -> None:
        """All that can be made anew is to be made anew; what is broken now stays as it was last good."""
        self.db.execute("UPDATE entry SET hash = x''")
        self.db.execute("UPDATE document SET hash = x''")
        self.clear_name_index()

    def forget_documents(self, paths: Iterable[str]) -> None:
        """Forget some documents."""
        self.db.executemany("DELETE FROM document WHERE path = ?", ((path,) for path in sorted(paths)))

    def forget_all_documents(self) -> None:
        """Forget all documents: they are to be made anew."""
        self.db.execute("DELETE FROM document")

    def note_run(self, started: datetime, took: float, exit_code: int, said: str, most: int) -> None:
        """Note a run that has ended.

        Args:
            took: seconds.
            said: what there is to say of it, as JSON.
            most: runs that are kept.
        """
        self.db.execute("INSERT INTO run VALUES (?, ?, ?, ?)", (seconds(started), took, exit_code, said))
        self.db.execute("DELETE FROM run WHERE rowid <= (SELECT max(rowid) FROM run) - ?", (most,))

    def runs(self) -> list[tuple[int, float, int, str]]:
        """The last runs, the newest first: when it began, as all moments here, and the rest as `note_run` was told."""
        return self.db.execute("SELECT started, seconds, exit, report FROM run ORDER BY rowid DESC").fetchall()

    def last_run(self) -> datetime | None:
        """When the latest run began; None where there was none."""
        found = self.db.execute("SELECT max(started) FROM run").fetchone()[0]
        return moment(found) if found else None

    def forget_codings(self) -> None:
        """Forget what builds once noted of compressed files beside documents."""
        self.db.execute("DELETE FROM fact WHERE name = 'precompress'")
        self.db.execute("DROP TABLE IF EXISTS companion")

    def problems(self) -> Iterator[Problem]:
        """What is wrong with articles and documents, as it stands now."""
        # With the plus, the index of what is wrong goes to finding it.
        queries = (
            "SELECT problems FROM article WHERE problems != ''",
            "SELECT '[' || exclusion || ']' FROM article WHERE exclusion != ''",
            "SELECT problems FROM whole WHERE problems != '' AND +n IN (SELECT n FROM shows)",
            "SELECT '[' || fault || ']' FROM entry WHERE fault != '' AND +n IN (SELECT n FROM shows)",
            "SELECT '[' || fault || ']' FROM document WHERE fault != ''",
        )
        for query in queries:
            for (found,) in self.db.execute(query):
                yield from loads(found)
