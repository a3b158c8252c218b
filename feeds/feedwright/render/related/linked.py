"""Related stories that a text links to: the site's own articles, however their addresses are written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from feedwright.articles.link_names import shared_address, site_page
from feedwright.articles.translations import are_translations, version_of
from feedwright.model import Article, Link, Site
from feedwright.render.body import links_of
from feedwright.state.catalog import Catalog, article_of

MOST = 20
"""Stories of one text that become related links, the first ones: an index of the whole site links to hundreds."""

_ROOM = 50_000
"""Addresses that are kept for the texts to come."""

_ENDS = ("/", "", ".html", "/index.html")
"""How the address of a page may end."""


class Linked(NamedTuple):
    """What a text links to.

    Args:
        articles: of the site, each once, in the text's order, `MOST` of them; never the article itself, nor the same in
            another language.
        others: addresses of all articles to which it links.
        urls: of these, and of what the author named besides, to which the text links.
        pages: the site's pages to which it links, as `site_page` has them, whether they are articles or not; several
            of one link are a line each.
    """

    articles: tuple[Article, ...] = ()
    others: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    pages: Collection[str] = ()


NOTHING = Linked()


class Text(NamedTuple):
    """A text, as far as its links go.

    Args:
        article: with its clean body.
        named: links to what its author named.
        links: every address in the text, of pages and files.
    """

    article: Article
    named: Sequence[Link]
    links: Collection[str]


@dataclass(slots=True)
class Addresses:
    """The site's articles by the addresses at which a text may link to them.

    Args:
        site: whose host counts: an article that has its page elsewhere is not looked for.
        _pages: an address of the site, as it is linked to -> the pages that it may be, a line each.
        _articles: such pages -> the article that is shown there.
    """

    catalog: Catalog
    site: Site
    _pages: dict[str, str] = field(default_factory=dict)
    _articles: dict[str, Article] = field(default_factory=dict)
    _former: dict[str, Article] | None = None

    def linked(self, texts: Mapping[str, Text]) -> dict[str, Linked]:
        """What each of some texts links to: all are looked up together."""
        self._look_up({url for text in texts.values() for url in text.links})
        return {key: self._linked(text) for key, text in texts.items()}

    def _look_up(self, urls: set[str]) -> None:
        if len(self._pages) > _ROOM:
            self._pages.clear()
            self._articles.clear()
        own = _beginnings(self.site)
        new = {url: _pages_of(url, self.site) for url in urls - self._pages.keys() if url.startswith(own)}
        if not new:
            return
        self._pages.update(new)
        there = self._articles_at({page for pages in new.values() for page in pages.split("\n")})
        for pages in new.values():
            if found := [there[page] for page in pages.split("\n") if page in there]:
                self._articles[pages] = found[0]

    def _articles_at(self, pages: set[str]) -> dict[str, Article]:
        """The articles that are shown at some pages; of several at one page it is the first by file."""
        parts = urlsplit(self.site.url)
        urls = [f"{parts.scheme}://{parts.netloc}{page}{end}" for page in sorted(pages) for end in _ENDS]
        found = {site_page(row.url, self.site): article_of(row) for row in reversed(self.catalog.shown_at(urls))}
        if pages - found.keys():
            moved = self._moved()
            found = {page: moved[page] for page in pages & moved.keys()} | found
        return found

    def _moved(self) -> dict[str, Article]:
        """The articles that are shown by the pages at which they were before."""
        if self._former is None:
            rows = list(map(article_of, reversed(self.catalog.shown_with_aliases())))
            self._former = {site_page(alias, self.site): one for one in rows for alias in one.aliases}
        return self._former

    def _linked(self, text: Text) -> Linked:
        pages = set(filter(None, map(self._pages.get, text.links)))
        outside = _linked_outside(text) if text.named else frozenset()
        if self._articles.keys().isdisjoint(pages):
            return Linked(urls=outside, pages=pages)
        found = (self._articles.get(self._pages.get(url, "")) for url in links_of(text.article.body.text))
        others = {one.url: one for one in found if one and one.url != text.article.url}
        mine = version_of(text.article)
        every = [one for one in others.values() if not are_translations(mine, version_of(one))]
        return Linked(tuple(every[:MOST]), frozenset(others), outside.union(others), pages)


def _linked_outside(text: Text) -> frozenset[str]:
    there = {shared_address(url) for url in text.links}
    return frozenset(link.href for link in text.named if shared_address(link.href) in there)


def _pages_of(url: str, site: Site) -> str:
    """The pages that an address may be, a line each: with its query, and without."""
    page = site_page(url, site)
    return f"{page}\n{page.partition('?')[0]}" if "?" in page else page


def _beginnings(site: Site) -> tuple[str, ...]:
    """What the addresses of a site's pages begin with."""
    host = urlsplit(site.url).netloc.removeprefix("www.")
    return tuple(f"{scheme}://{www}{host}/" for scheme in ("https", "http") for www in ("", "www."))
