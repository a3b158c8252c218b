"""Found related stories of articles: as they were found before, else found now, and kept in the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedwright.model import Article
from feedwright.render.related import similarity
from feedwright.render.related.finding import finding
from feedwright.state.catalog import Catalog, Row, article_of, stories
from feedwright.state.ledger import Ledger

RULE = "2"
"""What stories are found by; another number when an article would get other links than before."""

Sought = tuple[Row, Article, Sequence[str]]
"""An article as the catalog has it, the same with its text as it was read, and the addresses that it links anyway."""


class Finder:
    """Finds related stories, and knows those that were found.

    A link is found once: the ledger has it from then on, and so has every build, by whatever SQLite.
    """

    def __init__(self, ledger: Ledger, catalog: Catalog, most: int) -> None:
        self._ledger, self._catalog, self._most = ledger, catalog, most
        self._rule = f"{RULE}/{most}"
        self._known = stories.opened(catalog)

    def found(self, sought: Sequence[Sought]) -> dict[str, Sequence[Article] | None]:
        """File -> the articles that are found for its article; None where they are to be asked for late."""
        may = [one for one in sought if one[0].exposure != "title"]
        found: dict[str, Sequence[Article] | None] = dict(self._remembered([row for row, *_ in may]))
        alone = [one for one in may if one[0].key not in found]
        if self._known.words is None:
            return found | {row.key: None for row, *_ in alone}
        return found | self._noted([(row, self._ids_for(article, links)) for row, article, links in alone])

    def found_late(self, sought: Sequence[Sought]) -> Iterator[tuple[str, Sequence[Article]]]:
        """As `found`, in one go through all articles, where no index is kept: what there is of a series, and the rest
        by categories, tags and titles."""
        first = {row.id: self._ids_for(article, links) for row, article, links in sought}
        barred = {row.id: {*first[row.id], *self._ids_at(links)} for row, _, links in sought}
        shown = map(article_of, self._catalog.shown_rows())
        found = similarity.find(shown, barred.keys(), self._most, barred)
        ids = [(row, [*first[row.id], *found.get(row.id, ())][: self._most]) for row, *_ in sought]
        yield from self._noted(ids).items()

    def _ids_for(self, article: Article, links: Sequence[str]) -> list[str]:
        return [one.id for one in finding(self._known, article, self._most, self._ids_at(links)).found]

    def _ids_at(self, links: Sequence[str]) -> set[str]:
        """The ids of the articles that are linked anyway."""
        return self._catalog.ids_at(list(links)) if links else set()

    def _noted(self, found: Sequence[tuple[Row, Sequence[str]]]) -> dict[str, Sequence[Article]]:
        """File -> the articles of ids that were found for its article; the ledger has these from now on."""
        for row, ids in found:
            self._ledger.relate(row.key, (self._rule, *ids))
        stories.keep_found(self._catalog, ((row.n, (self._rule, *ids)) for row, ids in found))
        every = {id_ for _, ids in found for id_ in ids}
        there = {one.id: article_of(one) for one in self._catalog.with_ids(every)} if every else {}
        return {row.key: [there[id_] for id_ in ids if id_ in there] for row, ids in found}

    def _remembered(self, rows: Sequence[Row]) -> dict[str, list[Article]]:
        """File -> the articles that were found for it before, where all of them may still be shown."""
        before = {
            key: one.found
            for key, one in self._ledger.among([row.key for row in rows]).items()
            if one.found[:1] == (self._rule,)
        }
        ids = sorted({id_ for one in before.values() for id_ in one[1:]})
        there = {row.id: article_of(row) for row in self._catalog.with_ids(ids)} if ids else {}
        whole = {key: one for key, one in before.items() if there.keys() >= set(one[1:])}
        stories.keep_found(self._catalog, ((row.n, whole[row.key]) for row in rows if row.key in whole))
        return {key: [there[id_] for id_ in one[1:]] for key, one in whole.items()}
