"""A document of a feed -> its entries' ids, and the links to the documents before and after it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from lxml import etree

from feeds.checks import document
from feeds.errors import Problem

_ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True)
class Page:
    """A document.

    Args:
        id: of the feed; in RSS, the address of its page.
        self_url: where it says it is; empty where it does not.
        before, after, current: addresses as they stand there; empty where there is none.
        entries: id and last change of each; empty where it has none.
    """

    format: str
    content: bytes
    id: str
    self_url: str
    before: str
    after: str
    current: str
    entries: tuple[tuple[str, str], ...]


def page_of(content: bytes, name: str) -> Page | Problem:
    """Read a document; or why it is no feed.

    Args:
        name: its path or address, which the problem carries.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _of_json(content, name)
    found = document.read(content, name)
    if isinstance(found, Problem):
        return found
    root = found.tree.getroot()
    channel = root.find("channel") if root.tag == "rss" else None
    if root.tag == f"{_ATOM}feed":
        return _of_atom(content, root)
    if channel is not None:
        return _of_rss(content, channel)
    what = "is neither RSS 2.0 nor Atom nor a JSON Feed"
    return Problem("error", "feed-unknown-format", name, what, "Name the address or the file of a feed.")


def _of_atom(content: bytes, feed: etree._Element) -> Page:
    entries = tuple((_text(one, f"{_ATOM}id"), _text(one, f"{_ATOM}updated")) for one in feed.iterfind(f"{_ATOM}entry"))
    return _page("atom", content, _text(feed, f"{_ATOM}id"), feed, entries)


def _of_rss(content: bytes, channel: etree._Element) -> Page:
    entries = tuple(
        (_text(one, "guid") or _text(one, "link"), _text(one, f"{_ATOM}updated")) for one in channel.iterfind("item")
    )
    return _page("rss", content, _text(channel, "link"), channel, entries)


def _page(format_: str, content: bytes, id_: str, head: etree._Element, entries: tuple[tuple[str, str], ...]) -> Page:
    links: dict[str, str] = {}
    for link in head.iterfind(f"{_ATOM}link"):
        links.setdefault(link.get("rel", "alternate"), link.get("href", "").strip())
    self_url, before, after, current = (
        links.get(rel, "") for rel in ("self", "prev-archive", "next-archive", "current")
    )
    return Page(format_, content, id_, self_url, before, after, current, entries)


def _of_json(content: bytes, name: str) -> Page | Problem:
    try:
        tree: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        return Problem("error", "not-well-formed", name, f"is no JSON: {error}")
    items = tree.get("items")
    if not isinstance(items, list):
        return Problem("error", "feed-unknown-format", name, "is JSON, and no JSON Feed: it has no items")
    entries = tuple(
        (str(item.get("id", "")), str(item.get("date_modified") or "")) for item in items if isinstance(item, dict)
    )
    home, self_url, before = (str(tree.get(key) or "") for key in ("home_page_url", "feed_url", "next_url"))
    return Page("json", content, home, self_url, before, "", "", entries)


def _text(parent: etree._Element, tag: str) -> str:
    return (parent.findtext(tag) or "").strip()
