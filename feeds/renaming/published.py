"""A feed as another tool published it -> what its entries are known by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from feeds.checks import document
from feeds.errors import FeedsError, Problem
from feeds.html import plain
from feeds.plain import seconds
from feeds.sources.dates import parse_date
from feeds.urls import absolute

_ATOM = "{http://www.w3.org/2005/Atom}"
_FORWARDED = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_PURL = "{http://purl.org/dc/elements/1.1/}date"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a published feed.

    Args:
        guid: its id as it stands there; empty where it has none.
        link: absolute; empty where it has none.
        published: in seconds since 1970; None where that cannot be told.
    """

    guid: str
    link: str
    title: str
    published: int | None


def entries(content: bytes, name: str) -> list[Entry]:
    """The entries of a feed: RSS, Atom or JSON Feed.

    Args:
        name: its path or address, which problems carry, and which links may be relative to.

    Raises:
        FeedsError: it is no feed.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return list(_of_json(content, name))
    found = document.read(content, name)
    if isinstance(found, Problem):
        raise FeedsError(found)
    root = found.tree.getroot()
    if root.tag == f"{_ATOM}feed":
        return [_of_atom(one, name) for one in root.iterfind(f"{_ATOM}entry")]
    if root.tag == "rss":
        return [_of_rss(one, name) for one in root.iterfind("channel/item")]
    mend = "Name the address or the file of a feed."
    raise FeedsError(Problem("error", "feed-unknown-format", name, "is neither RSS nor Atom nor a JSON Feed", mend))


def _of_atom(entry: etree._Element, name: str) -> Entry:
    links = [one for one in entry.iterfind(f"{_ATOM}link") if one.get("rel", "alternate") == "alternate"]
    link = _text(entry, _FORWARDED) or next((one.get("href", "") for one in links), "")
    title = entry.find(f"{_ATOM}title")
    written = "" if title is None else "".join(map(str, title.itertext()))
    date = _text(entry, f"{_ATOM}published") or _text(entry, f"{_ATOM}updated")
    return Entry(_text(entry, f"{_ATOM}id"), _link(link, entry.base or name), plain(written), _date(date))


def _of_rss(item: etree._Element, name: str) -> Entry:
    guid = item.find("guid")
    is_link = guid is not None and guid.get("isPermaLink", "true").strip() != "false"
    link = _text(item, _FORWARDED) or _text(item, "link") or (_text(item, "guid") if is_link else "")
    date = _text(item, "pubDate") or _text(item, _PURL)
    return Entry(_text(item, "guid"), _link(link, name), plain(_text(item, "title")), _date(date))


def _of_json(content: bytes, name: str) -> Iterator[Entry]:
    try:
        tree: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise FeedsError(Problem("error", "not-well-formed", name, f"is no JSON: {error}")) from error
    items = tree.get("items")
    if not isinstance(items, list):
        raise FeedsError(Problem("error", "feed-unknown-format", name, "is JSON, and no JSON Feed: it has no items"))
    for item in items:
        if isinstance(item, dict):
            said = {key: str(value) for key, value in item.items() if isinstance(value, str | int | float)}
            link = said.get("url") or said.get("external_url", "")
            date = said.get("date_published") or said.get("date_modified", "")
            yield Entry(said.get("id", "").strip(), _link(link, name), plain(said.get("title", "")), _date(date))


def _text(parent: etree._Element, tag: str) -> str:
    return (parent.findtext(tag) or "").strip()


def _link(link: str, base: str) -> str:
    return absolute(link, base if "://" in base else "") or ""


def _date(text: str) -> int | None:
    try:
        return seconds(parse_date(text, ZoneInfo("UTC"), None)) if text else None
    except ValueError:
        return None
