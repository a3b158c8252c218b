"""Found related stories of articles: as they were found before, else found now, and kept in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from feedwright.model import Article
from feedwright.render.related import similarity
from feedwright.render.related.finding import finding
from feedwright.state.catalog import Catalog, Row, article_of, stories
from feedwright.state.catalog.stories import Story
from feedwright.state.ledger import Ledger

RULE = "2"
"""What stories are found by; another number when an article would get other links than before."""

Sought = tuple[Row, Article, Sequence[str]]
"""An article as the catalog has it, the same with its text as it was read, and the addresses that it links anyway."""

Found = Sequence[Row | Story]
"""The articles that were found for another, best first."""


class Finder:
    """Finds related stories, and knows those that were found.

    A link is found once: the ledger has it from then on, and so has every build, by whatever SQLite.
    """

    def __init__(self, ledger: Ledger, catalog: Catalog, most: int) -> None:
        self._ledger, self._catalog, self._most = ledger, catalog, most
        self._rule = f"{RULE}/{most}"
        self._known = stories.opened(catalog)

    def found(self, sought: Sequence[Sought]) -> dict[str, Found | None]:
        """File -> the articles that are found for its article; None where they are to be asked for late."""
        may = [one for one in sought if one[0].exposure != "title"]
        found: dict[str, Found | None] = dict(self._remembered([row for row, *_ in may]))
        alone = [one for one in may if one[0].key not in found]
        if self._known.words is None:
            return found | {row.key: None for row, *_ in alone}
        now = [(row, self._find(article, links)) for row, article, links in alone]
        self._note([(row, [one.id for one in some]) for row, some in now])
        return found | {row.key: some for row, some in now}

    def found_late(self, sought: Sequence[Sought]) -> Iterator[tuple[str, Found]]:
        """As `found`, in one go through all articles, where no index is kept: what there is of a series, and the rest
        by categories, tags and titles."""
        first = {row.id: [one.id for one in self._find(article, links)] for row, article, links in sought}
        excluded = {row.id: {*first[row.id], *self._ids_at(links)} for row, _, links in sought}
        shown = map(article_of, self._catalog.shown_rows())
        found = similarity.find(shown, excluded.keys(), self._most, excluded)
        now = [(row, [*first[row.id], *found.get(row.id, ())][: self._most]) for row, *_ in sought]
        self._note(now)
        there = self._with_ids(ids for _, ids in now)
        yield from ((row.key, [there[id_] for id_ in ids if id_ in there]) for row, ids in now)

    def _find(self, article: Article, links: Sequence[str]) -> list[Story]:
        return [one.story for one in finding(self._known, article, self._most, self._ids_at(links)).found]

    def _ids_at(self, links: Sequence[str]) -> set[str]:
        """The ids of the articles that are linked anyway."""
        return self._catalog.ids_at(list(links)) if links else set()

    def _note(self, found: Sequence[tuple[Row, Sequence[str]]]) -> None:
        """Have the ledger know the ids that were found for articles from now on."""
        self._ledger.relate((row.key, (self._rule, *ids)) for row, ids in found)
        stories.keep_found(self._catalog, ((row.n, (self._rule, *ids)) for row, ids in found))

    def _remembered(self, rows: Sequence[Row]) -> dict[str, Found]:
        """File -> the articles that were found for it before, where all of them may still be shown."""
        before = {
            key: one.found
            for key, one in self._ledger.among([row.key for row in rows]).items()
            if one.found[:1] == (self._rule,)
        }
        there = self._with_ids(one[1:] for one in before.values())
        whole = {key: one for key, one in before.items() if there.keys() >= set(one[1:])}
        stories.keep_found(self._catalog, ((row.n, whole[row.key]) for row in rows if row.key in whole))
        return {key: [there[id_] for id_ in one[1:]] for key, one in whole.items()}

    def _with_ids(self, some: Iterable[Sequence[str]]) -> dict[str, Row]:
        every = {id_ for ids in some for id_ in ids}
        return {one.id: one for one in self._catalog.with_ids(every)} if every else {}
