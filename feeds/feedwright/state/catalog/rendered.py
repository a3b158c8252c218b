"""Whole articles, and the names that they were made with."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from feedwright.model import Article
from feedwright.state.catalog import facts
from feedwright.state.catalog.membership import Members
from feedwright.state.catalog.rows import Row
from feedwright.state.serialise import dumps, loads

ROOM = 24_000_000
"""Characters of the texts that are kept in memory until their entries are made."""

_FEW = 5
"""Pages that are looked for one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Texts(Members):
    """Articles with clean bodies and related links, and the names that they were made with.

    Args:
        spoilt: numbers of articles of which something was not what was put there; it is gone, and to be made anew.
        made: articles that were just made whole, by number, until they are asked for.
    """

    spoilt: set[int] = field(default_factory=set)
    made: dict[int, Article] = field(default_factory=dict)

    def made_with(self, names: Collection[str]) -> set[int]:
        """The articles whose texts were made with any of these names."""
        query = "SELECT DISTINCT n FROM lookup WHERE name IN (SELECT value FROM json_each(?))"
        return {n for (n,) in self.db.execute(query, (json.dumps(sorted(names)),))}

    def linking_to(self, pages: Collection[str]) -> set[int]:
        """The articles whose texts link to any of these pages of the site, as `link_names.site_page` has them."""
        if len(pages) <= _FEW:
            query = "SELECT n FROM linking WHERE instr(pages, ?)"
            return {n for page in pages for (n,) in self.db.execute(query, (f"\n{page}\n",))}
        wanted = set(pages)
        rows = self.db.execute("SELECT n, pages FROM linking")
        return {n for n, linked in rows if not wanted.isdisjoint(linked.split("\n"))}

    def note_links(self, links: Mapping[int, Collection[str]]) -> None:
        """Note to which pages of the site texts link, by number of the article."""
        self.db.executemany("DELETE FROM linking WHERE n = ?", ((n,) for n in links))
        rows = ((n, "\n".join(("", *sorted(pages), ""))) for n, pages in links.items() if pages)
        self.db.executemany("INSERT INTO linking VALUES (?, ?)", rows)

    def mark_stale(self, numbers: Iterable[int]) -> None:
        """The texts of articles are to be made anew."""
        self.db.executemany("UPDATE whole SET sure = 0 WHERE n = ?", ((n,) for n in sorted(numbers)))

    def index_names(self, names: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Note what articles are called now, where that was ever asked for."""
        if not self.fact(facts.NAMED):
            return
        for n, mine in names:
            self.db.execute("DELETE FROM name WHERE n = ?", (n,))
            self.db.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", ((name, n) for name in mine))

    def clear_name_index(self) -> None:
        """Forget what articles are called, until it is asked for again."""
        self.db.execute("DELETE FROM name")
        self.note(facts.NAMED, False)

    def called(self, name: str) -> list[Row]:
        """The articles that have a name."""
        return list(self._rows("n IN (SELECT n FROM name WHERE name = ?)", name))

    def with_ids(self, ids: Iterable[str]) -> list[Row]:
        """The articles that may be shown among those with some ids, by file."""
        self.db.execute("CREATE INDEX IF NOT EXISTS article_id ON article (id)")
        return list(self._rows("id IN (SELECT value FROM json_each(?)) AND shown", json.dumps(sorted(set(ids)))))

    def shown_with_aliases(self) -> list[Row]:
        """The articles that may be shown and have former addresses, by file."""
        return list(self._rows("aliases != '' AND shown"))

    def shown_at(self, urls: Sequence[str]) -> list[Row]:
        """The articles that may be shown among those at some addresses, by file."""
        self.db.execute("CREATE INDEX IF NOT EXISTS article_url ON article (url)")
        return list(self._rows("url IN (SELECT value FROM json_each(?)) AND shown", json.dumps(urls)))

    def all_whole(self) -> list[int]:
        """The articles whose texts are there, or were."""
        return [n for (n,) in self.db.execute("SELECT n FROM whole")]

    def not_whole(self, numbers: Collection[int]) -> list[int]:
        """Those of some articles whose texts are not there or in doubt."""
        query = "SELECT n FROM whole INDEXED BY whole_state WHERE sure AND n IN (SELECT value FROM json_each(?))"
        there = {n for (n,) in self.db.execute(query, (json.dumps(list(numbers)),))}
        return sorted(set(numbers) - there)

    def whole(self, n: int) -> Article | None:
        """An article with clean body and related links, as it was last."""
        text = self.sound_texts([n]).get(n)
        return loads(text) if text else None

    def wholes(self, numbers: Collection[int]) -> dict[int, Article]:
        """Articles with clean bodies and related links, by number."""
        just_made = {n: self.made.pop(n) for n in numbers if n in self.made}
        sound = self.sound_texts([n for n in numbers if n not in just_made])
        return just_made | {n: loads(text) for n, text in sound.items()}

    def sound_texts(self, numbers: Collection[int]) -> dict[int, str]:
        """The texts of some articles as JSON, by number; those that are not what was put there are given up."""
        query = "SELECT n, article, hash FROM whole WHERE n IN (SELECT value FROM json_each(?))"
        rows = self.db.execute(query, (json.dumps(list(numbers)),)).fetchall()
        sound = {n: article for n, article, hash_ in rows if _hash(article) == hash_}
        if spoilt := [n for n, *_ in rows if n not in sound]:
            self.db.executemany("DELETE FROM whole WHERE n = ?", ((n,) for n in spoilt))
            self.spoilt.update(spoilt)
        return sound

    def store_rendered(self, texts: Sequence[tuple[int, Article, str, Collection[str]]]) -> None:
        """Write texts: number, article, problems as JSON, and the names that it was made with."""
        rows = [(n, text := dumps(article), _hash(text), problems) for n, article, problems, _ in texts]
        self.db.executemany("INSERT OR REPLACE INTO whole VALUES (?, ?, ?, ?, 1)", rows)
        self.db.executemany("DELETE FROM lookup WHERE n = ?", ((n,) for n, *_ in texts))
        self.db.executemany("INSERT INTO lookup VALUES (?, ?)", ((name, n) for n, *_, names in texts for name in names))
        self.made.update((n, article) for n, article, *_ in texts)
        if sum(len(article.body.text) for article in self.made.values()) > ROOM:
            self.made.clear()


def _hash(article: str) -> bytes:
    return sha256(article.encode()).digest()[:16]
