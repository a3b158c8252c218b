"""The pages of articles, as sitemaps list them: those of one site that may be shown, by the time of publication."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple, TypeAlias

from feedwright.model import Site
from feedwright.state.catalog.documents import Catalog
from feedwright.state.catalog.membership import FIRST_FIRST
from feedwright.state.fact import CatalogFact
from feedwright.state.serialise import seconds

LONGEST = 2_047
"""Characters of an address."""

Page: TypeAlias = "tuple[str, int, int]"
"""An address, and when the page was last changed, in seconds since 1970; 0 where that is not known; and its offset."""

# A sitemap speaks for its own site alone, and for pages, of which a fragment is none.
_LISTED = "shown AND substr(url, 1, length(?1)) = ?1 AND instr(url, '#') = 0 AND length(url) <= ?2"


class Month(NamedTuple):
    """The pages of articles that were published in one month.

    Args:
        name: "2024-03", in UTC.
        pages: how many, at most.
        size: bytes of a document of all of them, at most.
        hash: of all of them.
    """

    name: str
    pages: int
    size: int
    hash: bytes


class News(NamedTuple):
    """An article as the news have it.

    Args:
        published: in seconds since 1970, with its offset from UTC in minutes.
        language: a BCP 47 tag; empty where unknown.
    """

    url: str
    published: int
    offset: int
    language: str
    title: str


def _sitemap(text: str) -> tuple[str, tuple[Month, ...]]:
    said = json.loads(text)
    months = (Month(name, pages, size, bytes.fromhex(hash_)) for name, pages, size, hash_ in said["months"])
    return said["url"], tuple(months)


def _as_json(sitemap: tuple[str, tuple[Month, ...]]) -> str:
    url, months = sitemap
    return json.dumps({"url": url, "months": [(*month[:3], month.hash.hex()) for month in months]})


SITEMAP: CatalogFact[tuple[str, tuple[Month, ...]]] = CatalogFact("sitemap", ("", ()), _sitemap, _as_json)
"""The site's address, and the months that had pages, when the sitemap was made. By publish.extras.sitemap."""


def months_of(catalog: Catalog, site: Site, month: str = "") -> Iterator[Month]:
    """The months that have pages.

    Args:
        month: the one that is asked for; empty for all.
    """
    _by_publication(catalog)
    query = (
        # An address may be six times as long when it is escaped, at most.
        "SELECT strftime('%Y-%m', published, 'unixepoch') AS month, count(*), sum(6 * length(url) + 99), "
        "group_concat(updated || ' ' || updated_offset || ' ' || url, char(10)) "
        "FROM (SELECT published, updated, updated_offset, url "
        f"FROM article WHERE {_LISTED} AND published >= ?3 AND published < ?4 ORDER BY published, url) GROUP BY month"
    )
    for name, count, size, pages in catalog.db.execute(query, (site.url, LONGEST, *_bounds(month))):
        yield Month(name, count, size, sha256(pages.encode()).digest())


def pages_of(catalog: Catalog, site: Site, month: str) -> list[Page]:
    """The pages of a month, each once, in the order of publication."""
    query = (
        f"SELECT url, max(updated), max(updated_offset) FROM article WHERE {_LISTED} "
        "AND published >= ?3 AND published < ?4 GROUP BY url ORDER BY min(published), url"
    )
    return catalog.db.execute(query, (site.url, LONGEST, *_bounds(month))).fetchall()


def news(catalog: Catalog, site: Site, after: int) -> list[News]:
    """The articles with a title that were published after a time, in the order of publication."""
    _by_publication(catalog)
    query = (
        f"SELECT url, published, published_offset, language, title FROM article WHERE {_LISTED} AND published > ?3 "
        f"AND title != '' ORDER BY published, {FIRST_FIRST}"
    )
    return [News._make(row) for row in catalog.db.execute(query, (site.url, LONGEST, after))]


def last_published(catalog: Catalog) -> int | None:
    """When the newest article that may be shown was published, in seconds since 1970; None where there is none."""
    found: int | None = catalog.db.execute("SELECT max(published) FROM article WHERE shown").fetchone()[0]
    return found


def _by_publication(catalog: Catalog) -> None:
    """Let the articles of some time be found without a look at all."""
    catalog.db.execute("CREATE INDEX IF NOT EXISTS article_published ON article (published) WHERE shown")


def _bounds(month: str) -> tuple[int, int]:
    """When a month begins, and when the next one does, in seconds since 1970; all time where none is named."""
    if not month:
        return -(2**62), 2**62
    start = datetime.fromisoformat(f"{month}-01").replace(tzinfo=UTC)
    end = 2**62 if month == "9999-12" else seconds((start + timedelta(days=31)).replace(day=1))
    return seconds(start), end
