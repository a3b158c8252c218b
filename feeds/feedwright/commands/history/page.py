"""A document of a feed -> its entries' ids, and the links to the documents before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from feedwright.checks.parse_feed import ATOM, channel_of, opened, said
from feedwright.checks.values import moment
from feedwright.errors import FeedsError, Problem

Change = tuple[str, "datetime | None"]
"""An entry's id, and when it was last changed."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document.

    Args:
        id: of the feed; in RSS, the address of its page.
        self_url: where it says it is; empty where it does not.
        before, after, current: addresses as they stand there; empty where there is none.
        entries: id and last change of each; None where it names none.
    """

    format: str
    content: bytes
    id: str
    self_url: str
    before: str
    after: str
    current: str
    entries: tuple[Change, ...]


def page_of(content: bytes, name: str) -> Page | Problem:
    """Read a document; or why it is no feed.

    Args:
        name: its path or address, which the problem carries.
    """
    try:
        found = opened(content, name)
        if isinstance(found, dict):
            return _of_json(content, found)
        return _of_atom(content, found) if found.tag == f"{ATOM}feed" else _of_rss(content, channel_of(found, name))
    except FeedsError as error:
        return error.problems[0]


def _of_atom(content: bytes, feed: etree._Element) -> Page:
    entries = tuple(
        (said(one, f"{ATOM}id"), moment(said(one, f"{ATOM}updated"))) for one in feed.iterfind(f"{ATOM}entry")
    )
    return _page("atom", content, said(feed, f"{ATOM}id"), feed, entries)


def _of_rss(content: bytes, channel: etree._Element) -> Page:
    entries = tuple(
        (said(one, "guid") or said(one, "link"), moment(said(one, f"{ATOM}updated")))
        for one in channel.iterfind("item")
    )
    return _page("rss", content, said(channel, "link"), channel, entries)


def _page(format_: str, content: bytes, id_: str, head: etree._Element, entries: tuple[Change, ...]) -> Page:
    links: dict[str, str] = {}
    for link in head.iterfind(f"{ATOM}link"):
        links.setdefault(link.get("rel", "alternate"), link.get("href", "").strip())
    self_url, before, after, current = (
        links.get(rel, "") for rel in ("self", "prev-archive", "next-archive", "current")
    )
    return Page(format_, content, id_, self_url, before, after, current, entries)


def _of_json(content: bytes, tree: dict[str, Any]) -> Page:
    items = (item for item in tree["items"] if isinstance(item, dict))
    entries = tuple((str(item.get("id", "")), moment(str(item.get("date_modified") or ""))) for item in items)
    home, self_url, before = (str(tree.get(key) or "") for key in ("home_page_url", "feed_url", "next_url"))
    return Page("json", content, home, self_url, before, "", "", entries)
