"""A feed as another tool published it -> what its entries are known by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from feedwright.articles.dates import parse_date
from feedwright.checks.parse_feed import ATOM, alternate, opened, said
from feedwright.state.serialise import seconds
from feedwright.text.plain_text import plain
from feedwright.text.urls import absolute

_FORWARDED = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_UTC = ZoneInfo("UTC")
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
    return entries_of(opened(content, name), name)


def entries_of(found: etree._Element | dict[str, Any], name: str) -> list[Entry]:
    """The entries of a feed that was opened; `name` as for `entries`."""
    if isinstance(found, dict):
        return list(_of_json(found, name))
    if found.tag == f"{ATOM}feed":
        return [_of_atom(one, name) for one in found.iterfind(f"{ATOM}entry")]
    return [_of_rss(one, name) for one in found.iterfind("channel/item")]


def _of_atom(entry: etree._Element, name: str) -> Entry:
    link = said(entry, _FORWARDED) or alternate(entry)
    title = entry.find(f"{ATOM}title")
    written = "" if title is None else "".join(map(str, title.itertext()))
    date = said(entry, f"{ATOM}published") or said(entry, f"{ATOM}updated")
    return Entry(said(entry, f"{ATOM}id"), _link(link, entry.base or name), plain(written), _date(date))


def _of_rss(item: etree._Element, name: str) -> Entry:
    guid = item.find("guid")
    is_link = guid is not None and guid.get("isPermaLink", "true").strip() != "false"
    link = said(item, _FORWARDED) or said(item, "link") or (said(item, "guid") if is_link else "")
    date = said(item, "pubDate") or said(item, _PURL)
    return Entry(said(item, "guid"), _link(link, name), plain(said(item, "title")), _date(date))


def _of_json(tree: dict[str, Any], name: str) -> Iterator[Entry]:
    for item in tree["items"]:
        if isinstance(item, dict):
            known = {key: str(value) for key, value in item.items() if isinstance(value, str | int | float)}
            link = known.get("url") or known.get("external_url", "")
            date = known.get("date_published") or known.get("date_modified", "")
            yield Entry(known.get("id", "").strip(), _link(link, name), plain(known.get("title", "")), _date(date))


def _link(link: str, base: str) -> str:
    return absolute(link, base if "://" in base else "") or ""


def _date(text: str) -> int | None:
    moment = date_of(text)
    return None if moment is None else seconds(moment)


def date_of(text: str) -> datetime | None:
    """The moment that a feed names, aware; None where it is empty or cannot be read."""
    try:
        return parse_date(text, _UTC, None) if text else None
    except ValueError:
        return None
