"""All feeds of the site as a list of subscriptions, in groups by kind: what readers import. OPML 2.0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from operator import attrgetter

from feedwright.config import kinds
from feedwright.model import Feed
from feedwright.publish.extras.model import Extra, Scene, hash_of

PATH = "feeds.opml"
paths = (PATH,)

_BEST = ("rss", "atom", "json")
"""The format of which a subscription is the most useful: every reader takes RSS, few take JSON Feed."""

_UNCHOSEN = ("section", "language")
"""Kinds of feeds that an article is in by where it is and how it is written."""


def documents(scene: Scene) -> Iterator[Extra]:
    """The list, where there is a feed."""
    feeds = _one_each(_worth_listing(scene))
    if feeds:
        said = [
            (one.kind, one.title, one.description, one.self_url, one.url, one.language, one.format) for one in feeds
        ]
        title = scene.config.site.title
        yield Extra(PATH, hash_of((title, said)), partial(_document, title, feeds))


def due(scene: Scene) -> int | None:
    """Never: it says nothing of time."""
    return None


def _worth_listing(scene: Scene) -> Iterator[Feed]:
    """Feeds without those that nobody chose, and that have the very articles of the site's own: readers that import the
    list would show each of these articles once more."""
    site = next((number for number, feed in scene.feeds if feed.kind == kinds.SITE), None)
    known: dict[int, bool] = {}
    for number, feed in scene.feeds:
        if site is not None and feed.kind in _UNCHOSEN:
            if number not in known:
                known[number] = scene.catalog.have_same_members(number, site)
            if known[number]:
                continue
        yield feed


def _one_each(feeds: Iterable[Feed]) -> list[Feed]:
    """Each feed once, in the best of its formats."""
    best: dict[tuple[str, str], Feed] = {}
    for feed in feeds:
        name = feed.kind, feed.term
        if name not in best or _BEST.index(feed.format) < _BEST.index(best[name].format):
            best[name] = feed
    return list(best.values())


def _document(title: str, feeds: list[Feed]) -> bytes:
    """Source: OPML 2.0, "Subscription lists"."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    root.append(etree.Comment(" Feedwright "))
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for feed in feeds:
        if feed.kind == kinds.SITE:
            etree.SubElement(body, "outline", _subscription(feed))
    for kind in sorted(kinds.TABLE, key=attrgetter("opml")):
        of_kind = [feed for feed in feeds if feed.kind == kind.name != kinds.SITE]
        if of_kind:
            name = kind.plural.capitalize()
            group = etree.SubElement(body, "outline", {"text": name, "title": name})
            for feed in of_kind:
                etree.SubElement(group, "outline", _subscription(feed))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _subscription(feed: Feed) -> dict[str, str]:
    """A feed as an outline; `type` is "rss" whatever the format, as readers look for it."""
    said = {
        "text": feed.title,
        "title": feed.title,
        "type": "rss",
        "version": "RSS" if feed.format == "rss" else "",
        "xmlUrl": feed.self_url,
        "htmlUrl": feed.url,
        "language": feed.language,
        "description": feed.description,
    }
    return {name: value for name, value in said.items() if value}
