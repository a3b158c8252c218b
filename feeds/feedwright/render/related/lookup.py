"""The catalog's articles by the names that authors use, with a note of every name that was asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from feedwright.articles.link_names import names_of
from feedwright.model import Article
from feedwright.render.related.references import Index
from feedwright.select.eligibility import ineligibility_reason
from feedwright.state.catalog import Catalog, article_of, facts


@dataclass(slots=True)
class Names:
    """What articles are called.

    Args:
        now: aware; says why an article is not shown.
        content: the content folders, as `Config.content` has them.
        asked: every name that was asked for since this was emptied.
    """

    catalog: Catalog
    now: datetime
    content: tuple[str, ...] = ("",)
    asked: set[str] = field(default_factory=set)
    _known: dict[str, list[Article]] = field(default_factory=dict)
    _hidden: dict[str, str] = field(default_factory=dict)
    _slugs: list[str] = field(default_factory=list)

    def index(self) -> Index:
        """The index that looks articles up here."""
        return Index(self._called, self._hidden, self._sorted_slugs, self.content)

    def forget(self) -> None:
        """Look everything up anew: which articles may be shown has changed."""
        self._known.clear()
        self._hidden.clear()
        self._slugs.clear()

    def _called(self, name: str) -> list[Article]:
        self.asked.add(name)
        if name not in self._known:
            self._gather()
            self._known[name] = found = []
            for row in self.catalog.called(name):
                article = article_of(row)
                found.append(article)
                if not row.shown:
                    hidden = json.loads(row.exclusion)["v"][3] if row.exclusion else ""
                    self._hidden[article.key] = hidden or ineligibility_reason(article, self.now)
        return self._known[name]

    def _gather(self) -> None:
        """Note every article's names, when one is asked for the first time; from then on they are kept up."""
        if not self.catalog.fact(facts.NAMED):
            self.catalog.note(facts.NAMED, True)
            rows = self.catalog.read_rows()
            self.catalog.index_names((row.n, names_of(article_of(row))) for row in rows)

    def _sorted_slugs(self) -> list[str]:
        if not self._slugs:
            self._slugs.extend(sorted({slug.casefold() for slug in self.catalog.slugs()}))
        return self._slugs
