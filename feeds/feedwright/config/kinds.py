"""The kinds of feeds, as a table: a new kind is a row here, and a heading in each language of `publish/page/words`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from feedwright.model import Article


class Kind(NamedTuple):
    """A kind of feeds.

    Args:
        name: in `[kinds.NAME]`, in filters, in the front matter's `feeds`, and in paths.
        plural: what its terms are in messages, and in the list of subscriptions.
        page, opml, nearest: its place on the page, in the list of subscriptions, and among the feeds that an article's
            page offers, of which readers take the first.
        terms: of an article; None where feeds are not made for terms.
        stored: the field of `Article` that these are from, as the catalog has it: a column, or one of its lists.
        many: where an article may have any number of terms, the place of those that make feeds; 0 where it has one.
        path: pattern of the paths of its documents, where it does not take the site's `feed_path`.
        is_language: whether a term is the language of its feed.
    """

    name: str
    plural: str
    page: int
    opml: int
    nearest: int
    terms: Callable[[Article], Iterable[str]] | None = None
    stored: str = ""
    many: int = 0
    path: str = ""
    is_language: bool = False


def _categories(article: Article) -> Iterable[str]:
    return [category.term for category in article.categories]


def _tags(article: Article) -> Iterable[str]:
    return [tag.term for tag in article.tags]


def _authors(article: Article) -> Iterable[str]:
    return [person.name for person in article.authors]


def _section(article: Article) -> Iterable[str]:
    return (article.section,)


def _language(article: Article) -> Iterable[str]:
    return (article.language,)


SITE = "site"
"""The site's own feed."""

OWN = "feed"
"""Feeds that the configuration declares one by one."""

TABLE = (
    Kind(SITE, "sites", page=0, opml=0, nearest=0, path="{format}"),
    Kind("category", "categories", page=2, opml=2, nearest=2, terms=_categories, stored="categories", many=1),
    Kind("tag", "tags", page=6, opml=4, nearest=5, terms=_tags, stored="tags", many=3),
    Kind("author", "authors", page=4, opml=5, nearest=4, terms=_authors, stored="authors", many=2),
    Kind("section", "sections", page=3, opml=3, nearest=3, terms=_section, stored="section"),
    Kind("language", "languages", page=5, opml=6, nearest=6, terms=_language, stored="language", is_language=True),
    Kind(OWN, "feeds", page=1, opml=1, nearest=1),
)
"""All kinds, in the order in which feeds are listed."""

BY_NAME = {kind.name: kind for kind in TABLE}
KINDS = tuple(kind.name for kind in TABLE if kind.name != OWN)
"""The kinds of feeds that make themselves, in the order in which they are listed."""

TERM_KINDS = tuple(kind.name for kind in TABLE if kind.terms)
WITHOUT_TERMS = tuple(kind.name for kind in TABLE if not kind.terms)


def feed_folder(kind: str, file: str) -> str:
    """What tells a feed's paths from those of others: empty for the site's own, else ending in "/".

    Args:
        file: the part of the feed's paths that stands for its term.
    """
    return "" if kind == SITE else f"{kind}/{file}/"
