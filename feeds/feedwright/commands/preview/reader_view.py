"""A feed's document -> what readers take from it: plain titles, dates, a picture, a summary, a safe text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from lxml import etree, html

from feedwright.checks.parse_feed import ATOM, alternate, channel_of, opened, said
from feedwright.render.body import excerpt, text
from feedwright.render.html.sanitise import sanitised, without_foreign_names
from feedwright.text.html_bounds import excess, tamed
from feedwright.text.urls import absolute

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

SUMMARY = 220
"""Characters of a summary on a card."""

MOST = 50
"""Entries that are shown."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that comes with an entry."""

    href: str
    type: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a reader keeps it.

    Args:
        title, author, summary: plain text, may be empty.
        link, image: absolute addresses; empty where there is none.
        when: aware; None where it cannot be told.
        body: safe HTML; empty where the entry has none.
    """

    title: str
    link: str
    author: str
    when: datetime | None
    summary: str
    image: str
    body: str
    language: str
    attached: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as a reader keeps it; `format` is "RSS", "Atom" or "JSON Feed"."""

    format: str
    title: str
    description: str
    link: str
    language: str
    entries: tuple[Entry, ...]


def read(content: bytes, name: str) -> Feed:
    """Read a feed's document, of which the first entries.

    Args:
        name: its path or address, which problems carry, and which links may be relative to.

    Raises:
        FeedsError: it is no feed.
    """
    found = opened(content, name)
    if isinstance(found, dict):
        return _json(found)
    base = name if "://" in name else ""
    return _atom(found, base) if found.tag == f"{ATOM}feed" else _rss(channel_of(found, name), base)


def _rss(channel: etree._Element, base: str) -> Feed:
    link, language = said(channel, "link"), said(channel, "language")
    entries = tuple(_item(one, link or base, language) for one in channel.findall("item")[:MOST])
    return Feed("RSS", _flat(said(channel, "title")), _flat(said(channel, "description")), link, language, entries)


def _item(item: etree._Element, base: str, language: str) -> Entry:
    description, full = said(item, "description"), said(item, _CONTENT)
    guid = item.find("guid")
    permalink = said(item, "guid") if guid is not None and guid.get("isPermaLink", "true") == "true" else ""
    found = [(one.get("url", ""), one.get("type", "")) for one in item.findall("enclosure")]
    names = [_flat((one.text or "").strip()) for one in item.findall(f"{_DC}creator")] or [said(item, "author")]
    return _entry(
        _flat(said(item, "title")),
        said(item, "link") or permalink,
        ", ".join(filter(None, names)),
        said(item, "pubDate") or said(item, f"{_DC}date"),
        description if full else "",
        full or description,
        _pictured(item),
        said(item, f"{_DC}language") or language,
        found,
        base,
    )


def _atom(root: etree._Element, base: str) -> Feed:
    language = root.get(_LANG, "")
    link = alternate(root)
    entries = tuple(_atom_entry(one, link or base, language) for one in root.findall(f"{ATOM}entry")[:MOST])
    title, subtitle = (_flat(_html_of(root, name)) for name in ("title", "subtitle"))
    return Feed("Atom", title, subtitle, link, language, entries)


def _atom_entry(entry: etree._Element, base: str, language: str) -> Entry:
    found = [
        (one.get("href", ""), one.get("type", ""))
        for one in entry.findall(f"{ATOM}link")
        if one.get("rel") == "enclosure"
    ]
    names = [(one.text or "").strip() for one in entry.findall(f"{ATOM}author/{ATOM}name")]
    return _entry(
        _flat(_html_of(entry, "title")),
        alternate(entry),
        ", ".join(filter(None, names)),
        said(entry, f"{ATOM}published") or said(entry, f"{ATOM}updated"),
        _html_of(entry, "summary"),
        _html_of(entry, "content") or _html_of(entry, "summary"),
        _pictured(entry),
        entry.get(_LANG, language),
        found,
        entry.base if entry.base and "://" in entry.base else base,
    )


def _json(tree: dict[str, Any]) -> Feed:
    language, link = _value(tree, "language"), _value(tree, "home_page_url")
    entries = tuple(_json_item(one, link, language) for one in tree["items"][:MOST] if isinstance(one, dict))
    return Feed("JSON Feed", _value(tree, "title"), _value(tree, "description"), link, language, entries)


def _json_item(item: dict[str, Any], base: str, language: str) -> Entry:
    attachments = [one for one in _several(item, "attachments") if isinstance(one, dict)]
    authors = [_value(one, "name") for one in _several(item, "authors") if isinstance(one, dict)]
    return _entry(
        _value(item, "title"),
        _value(item, "url") or _value(item, "external_url"),
        ", ".join(filter(None, authors)),
        _value(item, "date_published") or _value(item, "date_modified"),
        _escaped(_value(item, "summary")),
        _value(item, "content_html") or _escaped(_value(item, "content_text")),
        _value(item, "image"),
        _value(item, "language") or language,
        [(_value(one, "url"), _value(one, "mime_type")) for one in attachments],
        base,
    )


def _entry(
    title: str,
    link: str,
    author: str,
    when: str,
    summary: str,
    body: str,
    image: str,
    language: str,
    attached: list[tuple[str, str]],
    base: str,
) -> Entry:
    safe = _safe(body, absolute(link, base) or base)
    brief = _flat(summary) or text(safe)
    files = tuple(Attached(href, type_) for url, type_ in attached if (href := absolute(url, base)))
    first = next((one.href for one in files if one.type.startswith("image/")), "")
    picture = absolute(image, base) or first or _first_picture(safe)
    return Entry(
        title, absolute(link, base) or "", author, _date(when), excerpt(brief, SUMMARY), picture, safe, language, files
    )


def _html_of(parent: etree._Element, name: str) -> str:
    """An Atom text construct as HTML."""
    found = parent.find(f"{ATOM}{name}")
    if found is None:
        return ""
    if found.get("type", "text") == "xhtml":
        inner = found.find(f"{_XHTML}div")
        return "" if inner is None else etree.tostring(inner, encoding="unicode", method="html", with_tail=False)
    written = "".join(map(str, found.itertext())).strip()
    return written if found.get("type") == "html" else _escaped(written)


def _pictured(entry: etree._Element) -> str:
    """The picture that Media RSS names."""
    for one in entry.iter(f"{_MEDIA}thumbnail", f"{_MEDIA}content"):
        is_picture = one.get("medium") == "image" or one.get("type", "").startswith("image/")
        if one.get("url") and (is_picture or one.tag == f"{_MEDIA}thumbnail"):
            return str(one.get("url"))
    return ""


def _value(parent: dict[str, Any], key: str) -> str:
    found = parent.get(key)
    return found.strip() if isinstance(found, str) else ""


def _several(parent: dict[str, Any], key: str) -> Iterator[object]:
    found = parent.get(key)
    yield from found if isinstance(found, list) else ()


def _escaped(plain: str) -> str:
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _flat(markup: str) -> str:
    """HTML as the plain text that a list shows: readers take titles for HTML, whatever was meant."""
    if "<" not in markup:
        return " ".join(unescape(markup).split())
    return text(_safe(markup, ""))


def _safe(markup: str, base: str) -> str:
    """HTML that does nothing: what a reader keeps of a text."""
    tame = without_foreign_names(tamed(markup))
    if excess(tame):
        return _escaped(excerpt(unescape(markup), 5000))
    return sanitised(tame, lambda url: absolute(url, base))


def _first_picture(safe: str) -> str:
    if "<img" not in safe:
        return ""
    found = html.fragment_fromstring(safe, create_parent="div").xpath(".//img/@src")
    return str(found[0]) if isinstance(found, list) and found else ""


def _date(written: str) -> datetime | None:
    """RFC 822 or RFC 3339."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            when = parse(written)
        except (ValueError, TypeError, IndexError):
            continue
        return when.replace(tzinfo=when.tzinfo or UTC)
    return None
