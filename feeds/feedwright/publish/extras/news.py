"""The articles of the last two days, as news aggregators ask for them; for many, an index of sitemaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from html import escape
from typing import NamedTuple

from feedwright.publish.extras import sitemap
from feedwright.publish.extras.model import Extra, Scene, hash_of
from feedwright.state.catalog import pages
from feedwright.state.serialise import moment, seconds
from feedwright.text.moments import rfc3339

PATH = "news-sitemap.xml"
paths = (PATH, "news-sitemap-[0-9]*.xml")

NEWS = 2 * 24 * 60 * 60
"""Seconds for which an article is news."""

MOST = 1_000
"""Articles in a document."""

_NAMESPACES = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


class Article(NamedTuple):
    """An article that is news.

    Args:
        language: as news sitemaps write it.
    """

    url: str
    published: datetime
    language: str
    title: str


def documents(scene: Scene) -> Iterator[Extra]:
    """The news sitemap; or an index, and those that it lists. None where nothing is news: it must not be empty."""
    site = scene.config.site
    articles = _articles(scene)
    parts = [articles[start : start + MOST] for start in range(0, len(articles), MOST)]
    names = [PATH] if len(parts) == 1 else [f"news-sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield Extra(name, hash_of((site.title, part)), partial(_urlset, site.title, part))
    if len(parts) > 1:
        addresses = [site.feeds_url + name for name in names]
        yield Extra(PATH, hash_of(addresses), partial(sitemap.index, addresses))


def due(scene: Scene) -> int | None:
    """When the oldest article that is news is so no longer."""
    oldest = min((seconds(article.published) for article in _articles(scene)), default=None)
    return None if oldest is None else oldest + NEWS


def _articles(scene: Scene) -> list[Article]:
    """Those that are news, in the order of publication; without a headline, or in an unknown language, none is."""
    now = _now(scene)
    found: dict[str, Article] = {}
    for one in pages.news(scene.catalog, scene.config.site, now - NEWS):
        if written := _language(one.language or scene.config.site.language):
            found.setdefault(one.url, Article(one.url, moment(one.published, one.offset), written, one.title))
    return list(found.values())


def _now(scene: Scene) -> int:
    """The time that counts, in seconds since 1970: by a clock that cannot be right nothing stops being news."""
    if not scene.run_time.doubtful:
        return seconds(scene.run_time.now)
    if scene.run_time.last:
        return seconds(scene.run_time.last)
    return pages.last_published(scene.catalog) or 0


def _language(tag: str) -> str:
    """A language as news sitemaps write it; empty where it is not known.

    Source: Google News sitemaps, `news:language`.
    """
    primary, *others = tag.lower().split("-")
    if primary == "zh":
        return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(others) else "zh-cn"
    return primary if len(primary) in (2, 3) else ""


def _urlset(name: str, articles: Sequence[Article]) -> bytes:
    return sitemap.document("urlset", _urls(name, articles), _NAMESPACES)


def _urls(name: str, articles: Iterable[Article]) -> Iterator[str]:
    """Source: Google News sitemaps."""
    for article in articles:
        yield (
            f"  <url>\n    <loc>{escape(article.url)}</loc>\n    <news:news>\n      <news:publication>\n"
            f"        <news:name>{escape(name)}</news:name>\n"
            f"        <news:language>{article.language}</news:language>\n      </news:publication>\n"
            f"      <news:publication_date>{rfc3339(article.published)}"
            f"</news:publication_date>\n      <news:title>{escape(article.title)}</news:title>\n"
            "    </news:news>\n  </url>\n"
        )
