"""A sitemap of all articles that may be shown, with the time of their last change; for many, an index of sitemaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from html import escape

from feedwright.model import Site
from feedwright.publish.extras.model import Extra, Scene, hash_of
from feedwright.state.catalog import Catalog
from feedwright.state.catalog.pages import SITEMAP, Month, Page, months_of, pages_of
from feedwright.state.serialise import moment
from feedwright.text.moments import rfc3339

PATH = "sitemap.xml"
paths = (PATH, "sitemap-[0-9][0-9][0-9][0-9]*.xml")

TOGETHER = 1_000
"""Articles up to which one document holds them all. Beyond, one that changes should not make all be written anew."""

MOST, LARGEST = 10_000, 10 * 2**20
"""Addresses in a document and its bytes; the protocol allows 50,000 and 50 MB."""

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def documents(scene: Scene) -> Iterator[Extra]:
    """The sitemap; or an index, and the sitemaps that it lists, one a month where that is not too much."""
    site = scene.config.site
    months = _months(scene.catalog, site)
    if not months:
        return
    if sum(month.pages for month in months) <= TOGETHER:
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
    url, kept = catalog.fact(SITEMAP)
    touched = catalog.touched_months() if url == site.url else None
    months = {month.name: month for month in kept}
    if touched is None:
        months = {month.name: month for month in months_of(catalog, site)}
    for name in touched or ():
        months.pop(name, None)
        months.update({month.name: month for month in months_of(catalog, site, name)})
    found = [months[name] for name in sorted(months)]
    if touched != set():
        catalog.note(SITEMAP, (site.url, tuple(found)))
        catalog.touch_no_month()
    return found


def _of_month(catalog: Catalog, site: Site, month: Month) -> Iterator[Extra]:
    """One sitemap; several where it would be too large, so many pages in each in the order of publication."""
    path = f"sitemap-{month.name}.xml"
    if month.pages <= MOST and month.size <= LARGEST:
        yield Extra(path, month.hash[:16], partial(_all, catalog, site, [month.name]))
        return
    for number, part in enumerate(_parts(pages_of(catalog, site, month.name)), start=1):
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
    return _urlset([page for month in months for page in pages_of(catalog, site, month)])


def _urlset(pages: Iterable[Page]) -> bytes:
    return document("urlset", map(_url, pages))


def _url(page: Page) -> str:
    url, updated, minutes = page
    changed = f"    <lastmod>{rfc3339(moment(updated, minutes))}</lastmod>\n" if updated else ""
    return f"  <url>\n    <loc>{escape(url)}</loc>\n{changed}  </url>\n"
