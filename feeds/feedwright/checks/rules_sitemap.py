"""Sitemaps and sitemap indexes, with the extension for news."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from feedwright.checks import addresses, values
from feedwright.checks.node import Node
from feedwright.checks.rule import SITEMAP, DocumentRule, ElementRule, Rule, one_of, text, words
from feedwright.checks.rules_structure import stray_text

MOST, MOST_NEWS = 50_000, 1_000
LARGEST = 52_428_800
LONGEST = 2_047

_SPEC, _NEWS = "sitemaps.org 0.9", "Google News sitemaps"
_ORDER = ("loc", "lastmod", "changefreq", "priority")
_NEEDED = ("news:publication", "news:publication_date", "news:title")
_FORMER = words("news:access news:genres news:keywords news:stock_tickers news:geo_locations")
_PLACES = {"news:news": "url", "news:name": "news:publication", "news:language": "news:publication"}
_KNOWN = frozenset((*_NEEDED, "news:news", "news:name", "news:language"))


def _too_many(root: Node) -> str | None:
    count = len(root.children)
    return f"there are {count} URLs, more than {MOST}" if count > MOST else None


def _too_much_news(root: Node) -> str | None:
    count = sum(child.has("news:news") for child in root.children)
    return f"there are {count} articles, more than {MOST_NEWS}" if count > MOST_NEWS else None


def _empty(root: Node) -> str | None:
    return None if root.children else f"{root.name} has no URL"


def _location(node: Node) -> str | None:
    address = node.value
    if what := addresses.web_address(address):
        return what
    return f"the URL has {len(address)} characters, more than {LONGEST}" if len(address) > LONGEST else None


def _several_hosts(root: Node) -> Iterator[tuple[Node, str]]:
    first = ""
    for child in root.children:
        loc = child.first("loc")
        if loc is None or addresses.web_address(loc.value):
            continue
        host = urlsplit(loc.value).netloc.lower()
        first = first or host
        if host != first:
            yield loc, f"{host} is another host than {first}"


def _repeated(root: Node) -> Iterator[tuple[Node, str]]:
    seen = set()
    for child in root.children:
        loc = child.first("loc")
        if loc is None:
            continue
        if loc.value in seen:
            yield loc, "the URL is here twice"
        seen.add(loc.value)


def _order(url: Node) -> str | None:
    places = [_ORDER.index(child.name) if child.name in _ORDER else len(_ORDER) for child in url.children]
    return None if places == sorted(places) else "the elements are not in the order of the schema"


def _news_missing(news: Node) -> Iterator[tuple[Node, str]]:
    for name in _NEEDED:
        if not news.has(name):
            yield news, f"news:news has no {name}"
    for name in ("news:name", "news:language"):
        publication = news.first("news:publication")
        if publication and not publication.has(name):
            yield publication, f"news:publication has no {name}"


def _news_repeated(node: Node) -> Iterator[tuple[Node, str]]:
    seen = set()
    for child in node.children:
        if child.name in seen and child.name in _KNOWN:
            yield child, f"{node.name} has more than one {child.name}"
        seen.add(child.name)


def _news_unknown(node: Node) -> str | None:
    return None if node.name in _KNOWN or node.name in _FORMER else f"there is no element {node.name}"


def _news_misplaced(node: Node) -> str | None:
    parent = node.parent.name if node.parent else ""
    right = _PLACES.get(node.name, "news:news")
    return None if parent == right else f"{node.name} stands in {parent}, and belongs in {right}"


def _news_former(node: Node) -> str | None:
    return f"{node.name} is no longer used" if node.name in _FORMER else None


def _news_language(value: str) -> str | None:
    if value.lower() in ("zh-cn", "zh-tw"):
        return None
    return values.language(value) or (None if "-" not in value else f"{value!r} has more than the language")


def _news_empty(node: Node) -> str | None:
    return None if node.value else f"{node.name} is empty"


_ROOT, _LOC, _LASTMOD = ("/urlset", "/sitemapindex"), ("*/loc",), ("*/lastmod",)
_ALL_NEWS = ("*/news:*",)
_AS_DATE = "Write it as 2026-03-01, or 2026-03-01T09:30:00Z."

RULES: tuple[Rule, ...] = (
    ElementRule("sitemap-too-many", "error", _SPEC, SITEMAP, _ROOT, "Write several, and an index.", _too_many),
    ElementRule("sitemap-empty", "warning", _SPEC, SITEMAP, _ROOT, "Leave the file out.", _empty),
    ElementRule("sitemap-loc", "error", _SPEC, SITEMAP, _LOC, "Write the whole URL.", _location),
    ElementRule("sitemap-loc", "error", "RFC 3986 §2", SITEMAP, _LOC, "Percent-encode it.", text(addresses.not_ascii)),
    DocumentRule("sitemap-loc-repeated", "warning", _SPEC, SITEMAP, _ROOT, "Leave one.", _repeated),
    DocumentRule("sitemap-host", "warning", _SPEC, SITEMAP, ("/urlset",), "A sitemap is for one host.", _several_hosts),
    ElementRule("sitemap-lastmod", "error", _SPEC, SITEMAP, _LASTMOD, _AS_DATE, text(values.w3cdtf)),
    ElementRule(
        "sitemap-value",
        "error",
        _SPEC,
        SITEMAP,
        ("url/changefreq",),
        "Leave it out if none fits.",
        text(one_of("always", "hourly", "daily", "weekly", "monthly", "yearly", "never")),
    ),
    ElementRule(
        "sitemap-value",
        "error",
        _SPEC,
        SITEMAP,
        ("url/priority",),
        "Write a number from 0.0 to 1.0.",
        text(partial(values.decimal, 0, 1)),
    ),
    ElementRule("sitemap-order", "warning", "sitemap.xsd", SITEMAP, ("urlset/url",), "Put it in order.", _order),
    ElementRule("news-too-many", "error", _NEWS, SITEMAP, ("/urlset",), "Write several, and an index.", _too_much_news),
    DocumentRule("news-element-missing", "error", _NEWS, SITEMAP, ("*/news:news",), "It is required.", _news_missing),
    DocumentRule("news-element-repeated", "error", _NEWS, SITEMAP, ("*/url", *_ALL_NEWS), "Leave one.", _news_repeated),
    ElementRule("news-element-unknown", "error", _NEWS, SITEMAP, _ALL_NEWS, "Leave it out.", _news_unknown),
    ElementRule(
        "news-element-misplaced",
        "error",
        _NEWS,
        SITEMAP,
        _ALL_NEWS,
        "Put it where it is looked for.",
        _news_misplaced,
        by_name=True,
    ),
    ElementRule(
        "news-text-stray",
        "error",
        _NEWS,
        SITEMAP,
        ("*/news:news", "*/news:publication"),
        "Only elements may stand there.",
        stray_text,
    ),
    ElementRule("news-element-former", "info", _NEWS, SITEMAP, _ALL_NEWS, "Leave it out.", _news_former),
    ElementRule(
        "news-language", "error", _NEWS, SITEMAP, ("*/news:language",), "Write en, or zh-cn.", text(_news_language)
    ),
    ElementRule("news-date", "error", _NEWS, SITEMAP, ("*/news:publication_date",), _AS_DATE, text(values.w3cdtf)),
    ElementRule("news-empty", "error", _NEWS, SITEMAP, ("*/news:title", "*/news:name"), "It is required.", _news_empty),
)
