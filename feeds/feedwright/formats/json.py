"""JSON Feed 1.1, with what it has no key for under `_feedwright` (docs/json-feed-extension.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from feedwright.formats import shown
from feedwright.model import UNDATED, Article, Enclosure, EntryOptions, Feed, Link, Person, Site
from feedwright.text.moments import rfc3339

name = "json"
media_type = "application/feed+json"
file_name = "feed.json"

VERSION = "https://jsonfeed.org/version/1.1"
ABOUT = "https://pypi.org/project/feedwright/"
_INDENT = "    "

Members = dict[str, Any]
"""What stands in a JSON object, in order; members without a value are left out when they are written."""


def entry(article: Article, site: Site, options: EntryOptions) -> bytes:
    """Render one article as an item.

    Args:
        article: with a clean body, and its related stories looked up.
        site: that it belongs to.
        options: what feeds may differ in.

    Returns: UTF-8 from "{" to "}", indented for its place in a feed.

    Raises:
        ValueError: it has nothing to show, or holds half a surrogate pair.

    Source: JSON Feed 1.1, items.
    """
    shown.require_substance(article)
    body = shown.body(article, options)
    item: Members = {
        "id": article.guid or article.id,
        "url": article.url,
        "title": article.title,
        "content_html": body or _text_as_html(article),
        # Without a text of its own it has both: some readers know only the one, some only the other.
        "content_text": "" if body else article.summary or shown.title(article),
        "summary": article.summary,
        "image": article.image.href if article.image else "",
        "date_published": rfc3339(article.published) if article.published != UNDATED else "",
        "date_modified": rfc3339(article.updated) if article.updated > article.published else "",
        "authors": _people(shown.authors(article, site)),
        "tags": list(dict.fromkeys(category.term for category in shown.categories(article))),
        "language": article.language,
        "attachments": [_attachment(enclosure) for enclosure in article.enclosures],
        "_feedwright": _beyond(article),
    }
    return _written(item).replace("\n", f"\n{_INDENT}").encode()


def documents(feed: Feed, entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """Make the feed's one document.

    Args:
        feed: the feed; its `format` is "json".
        entries: what `entry` made, in the feed's order; may be none.

    Returns: one pair of its path and its bytes.

    Raises:
        ValueError: its head holds half a surrogate pair.

    Source: JSON Feed 1.1, top-level.
    """
    site = feed.site
    head: Members = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.self_url,
        "next_url": feed.chain.prev_archive,
        "description": feed.description,
        # What sites have as their icon is small; `icon` would promise a large one.
        "favicon": site.icon,
        "authors": _people(shown.site_authors(site)),
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in site.hubs],
        "_feedwright": {
            "about": ABOUT,
            "generator": "Feedwright",
            "id": feed.id,
            "updated": rfc3339(feed.updated),
            "rights": site.rights,
            "logo": site.logo,
        },
    }
    start = _written(head).removesuffix("\n}").encode()
    items = b",\n    ".join(entries)
    yield feed.path, start + (b',\n  "items": [\n    %b\n  ]\n}\n' % items if entries else b',\n  "items": []\n}\n')


def related(href: str) -> bytes:
    """How an entry says that it has a related link."""
    start = _written({"links": [{"rel": "related", "href": href}]})
    link = start[start.index('"rel"') : start.rindex('"') + 1]
    return link.replace("\n", f"\n{_INDENT}  ").encode()


def _text_as_html(article: Article) -> str:
    """What stands for a text that is not there, as HTML; empty where that is the title, which readers show anyway."""
    text = shown.summary_html(article) or ("" if article.title else escape(shown.title(article), quote=False))
    return f"<p>{text}</p>" if text else ""


def _beyond(article: Article) -> Members:
    """What JSON Feed has no key for.

    Source: docs/json-feed-extension.md.
    """
    return {
        "links": [_link(link) for link in shown.related_links(article)],
        "categories": [
            {"term": category.term, "scheme": category.scheme, "label": category.label}
            for category in shown.categories(article)
        ],
        "contributors": _people(article.contributors),
        "source": {"title": article.source.title, "url": article.source.url} if article.source else {},
        "rights": article.rights,
    }


def _link(link: Link) -> Members:
    return {"rel": link.rel, "href": link.href, "type": link.type, "hreflang": link.hreflang, "title": link.title}


def _people(people: Iterable[Person]) -> list[Members]:
    """Say people as authors; an address of theirs may be one of e-mail, in JSON Feed's own words."""
    return [
        {"name": person.name, "url": person.url or (f"mailto:{quote(person.email, '@+')}" if person.email else "")}
        for person in people
    ]


def _attachment(enclosure: Enclosure) -> Members:
    return {
        "url": enclosure.href,
        "mime_type": enclosure.type,
        "title": enclosure.title,
        "size_in_bytes": enclosure.length,
        "duration_in_seconds": enclosure.duration,
    }


def _written(members: Mapping[str, Any]) -> str:
    """JSON, indented, without members that say nothing."""
    return json.dumps(_filled(members), ensure_ascii=False, indent=2)


def _filled(members: Mapping[str, Any]) -> Members:
    found: Members = {}
    for key, value in members.items():
        if isinstance(value, dict):
            value = _filled(value)
        elif isinstance(value, list):
            value = [_filled(one) if isinstance(one, dict) else one for one in value]
        if value:
            found[key] = value
    return found
