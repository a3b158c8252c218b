"""A sitemap of all articles that may be shown, with the time of their last change; for many, an index of sitemaps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from html import escape
from typing import TypeAlias

from feedwright.model import Site
from feedwright.publish.extras.model import Extra, Scene, hash_of
from feedwright.state.catalog import Catalog
from feedwright.state.serialise import moment, seconds
from feedwright.text.moments import rfc3339

PATH = "sitemap.xml"
paths = (PATH, "sitemap-[0-9][0-9][0-9][0-9]*.xml")

TOGETHER = 1_000
"""Articles up to which one document holds them all. Beyond, one that changes should not make all be written anew."""

MOST, LARGEST = 10_000, 10 * 2**20
"""Addresses in a document and its bytes; the protocol allows 50,000 and 50 MB."""

LONGEST = 2_047
"""Characters of an address."""

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Page: TypeAlias = "tuple[str, int, int]"
"""An address, and when the page was last changed, in seconds since 1970; 0 where that is not known; and its offset."""


@dataclass(frozen=True, slots=True)
class Month:
    """The pages of articles that were published in one month.

    Args:
        name: "2024-03", in UTC.
        count: of pages, at most.
        size: bytes of a document of all of them, at most.
        hash: of all of them.
    """

    name: str
    count: int
    size: int
    hash: bytes


def documents(scene: Scene) -> Iterator[Extra]:
    """The sitemap; or an index, and the sitemaps that it lists, one a month where that is not too much."""
    site = scene.config.site
    months = _months(scene.catalog, site)
    if not months:
        return
    if sum(month.count for month in months) <= TOGETHER:
        hash_ = sha256(b"".join(month.hash for month in months)).digest()[:16]
        yield Extra(PATH, hash_, partial(_all, scene.catalog, site, [month.name for month in months]))
        return
    names: list[str] = []
    for month in months:
        for part in _of_month(scene.catalog, site, month):
            names.append(part.path)
            yield part
    yield Extra(PATH, hash_of((site.feeds_url, names)), partial(index, [site.feeds_url + name for name in names]))


def due(scene: Scene) -> int | None:
    """Never: what appears and what expires is decided elsewhere."""
    return None


def listed(site: Site) -> tuple[str, tuple[str, int]]:
    """The condition that an article's page may stand in a sitemap, in SQL, and its parameters.

    A sitemap speaks for its own site alone, and for pages, of which a fragment is none.
    """
    below = "shown AND substr(url, 1, length(?1)) = ?1 AND instr(url, '#') = 0 AND length(url) <= ?2"
    return below, (site.url, LONGEST)


def by_publication(catalog: Catalog) -> None:
    """Let the articles of some time be found without a look at all."""
    catalog.db.execute("CREATE INDEX IF NOT EXISTS article_published ON article (published) WHERE shown")


def index(addresses: Iterable[str]) -> bytes:
    """A sitemap index.

    When a sitemap was changed is not said: the newest change of its pages is another time, by which a crawler would
    pass over a page that was withdrawn, or comes late.

    Source: sitemaps.org 0.9, "Using Sitemap index files".
    """
    return document("sitemapindex", (f"  <sitemap>\n    <loc>{escape(one)}</loc>\n  </sitemap>\n" for one in addresses))


def document(root: str, inside: Iterable[str], namespaces: str = "") -> bytes:
    """A sitemap or an index around what stands in it."""
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- Feedwright -->\n<{root} xmlns="{NAMESPACE}"{namespaces}>\n'
    return "".join((start, *inside, f"</{root}>\n")).encode()


def _months(catalog: Catalog, site: Site) -> list[Month]:
    """The months that have pages, in order; those in which no page has changed are as they were."""
    by_publication(catalog)
    kept = json.loads(catalog.fact("sitemap") or "{}")
    touched = catalog.touched_months() if kept.get("url") == site.url else None
    months = {
        name: Month(name, count, size, bytes.fromhex(hash_)) for name, count, size, hash_ in kept.get("months", ())
    }
    if touched is None:
        months = {month.name: month for month in _read(catalog, site)}
    for name in touched or ():
        months.pop(name, None)
        months.update({month.name: month for month in _read(catalog, site, name)})
    found = [months[name] for name in sorted(months)]
    if touched != set():
        said = [(month.name, month.count, month.size, month.hash.hex()) for month in found]
        catalog.note("sitemap", json.dumps({"url": site.url, "months": said}))
        catalog.touch_no_month()
    return found


def _read(catalog: Catalog, site: Site, month: str = "") -> Iterator[Month]:
    """The months that have pages, or one of them where it has any."""
    condition, parameters = listed(site)
    query = (
        # An address may be six times as long when it is escaped, at most.
        "SELECT strftime('%Y-%m', published, 'unixepoch') AS month, count(*), sum(6 * length(url) + 99), "
        "group_concat(updated || ' ' || updated_offset || ' ' || url, char(10)) "
        "FROM (SELECT published, updated, updated_offset, url "
        f"FROM article WHERE {condition} AND published >= ?3 AND published < ?4 ORDER BY published, url) GROUP BY month"
    )
    for name, count, size, pages in catalog.db.execute(query, (*parameters, *_bounds(month))):
        yield Month(name, count, size, sha256(pages.encode()).digest())


def _bounds(month: str) -> tuple[int, int]:
    """When a month begins, and when the next one does, in seconds since 1970; all time where none is named."""
    if not month:
        return -(2**62), 2**62
    start = datetime.fromisoformat(f"{month}-01").replace(tzinfo=UTC)
    end = 2**62 if month == "9999-12" else seconds((start + timedelta(days=31)).replace(day=1))
    return seconds(start), end


def _of_month(catalog: Catalog, site: Site, month: Month) -> Iterator[Extra]:
    """One sitemap; several where it would be too large, so many pages in each in the order of publication."""
    path = f"sitemap-{month.name}.xml"
    if month.count <= MOST and month.size <= LARGEST:
        yield Extra(path, month.hash[:16], partial(_all, catalog, site, [month.name]))
        return
    for number, part in enumerate(_parts(_pages(catalog, site, month.name)), start=1):
        hash_ = sha256(repr(part).encode()).digest()[:16]
        yield Extra(path if number == 1 else f"sitemap-{month.name}-{number}.xml", hash_, partial(_urlset, part))


def _parts(pages: Sequence[Page]) -> Iterator[list[Page]]:
    part: list[Page] = []
    size = 0
    for page in pages:
        more = len(_url(page))
        if part and (len(part) == MOST or size + more > LARGEST):
            yield part
            part, size = [], 0
        part.append(page)
        size += more
    yield part


def _all(catalog: Catalog, site: Site, months: Sequence[str]) -> bytes:
    return _urlset([page for month in months for page in _pages(catalog, site, month)])


def _pages(catalog: Catalog, site: Site, month: str) -> list[Page]:
    """The pages of a month, each once, in the order of publication."""
    condition, parameters = listed(site)
    query = (
        f"SELECT url, max(updated), max(updated_offset) FROM article WHERE {condition} "
        "AND published >= ?3 AND published < ?4 GROUP BY url ORDER BY min(published), url"
    )
    return catalog.db.execute(query, (*parameters, *_bounds(month))).fetchall()


def _urlset(pages: Iterable[Page]) -> bytes:
    return document("urlset", map(_url, pages))


def _url(page: Page) -> str:
    url, updated, minutes = page
    changed = f"    <lastmod>{rfc3339(moment(updated, minutes))}</lastmod>\n" if updated else ""
    return f"  <url>\n    <loc>{escape(url)}</loc>\n{changed}  </url>\n"
