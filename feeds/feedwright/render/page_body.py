"""Bodies as the built site shows them."""

from __future__ import annotations

from feedwright.config.model import Pages
from feedwright.errors import Problem
from feedwright.model import Article
from feedwright.state.catalog import Catalog, Row


def at_page(pages: Pages, catalog: Catalog, article: Article, row: Row) -> tuple[Article, Problem | None]:
    """An article with the body of its page."""
    return article, None
