"""An index of articles in memory, for tests of what is looked up in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from feedwright.articles.link_names import names_of
from feedwright.model import Article
from feedwright.render.related import Index


def index(articles: Iterable[Article], ineligible: Iterable[tuple[Article, str]] = ()) -> Index:
    """Articles that may be shown, and those that may not with the reason, by their names."""
    shown, hidden = list(articles), list(ineligible)
    found: dict[str, list[Article]] = defaultdict(list)
    for article in (*shown, *(article for article, _ in hidden)):
        for name in names_of(article):
            found[name].append(article)
    slugs = sorted({article.slug.casefold() for article in shown})
    return Index(lambda name: found.get(name, ()), {article.key: why for article, why in hidden}, lambda: slugs)
