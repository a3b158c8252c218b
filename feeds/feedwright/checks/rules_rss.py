"""RSS 2.0: what its schema cannot say, and what it says badly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from feedwright.checks import addresses, values
from feedwright.checks.node import Node
from feedwright.checks.rule import RSS, DocumentRule, ElementRule, Rule, attributes, empty, one_of, places, shown, text

_PLAIN = (*places("channel item", "title category"), "channel/copyright", "image/title")
_CHANNEL_TWINS = (
    ("managingEditor", "dc:creator"),
    ("webMaster", "dc:publisher"),
    ("language", "dc:language"),
    ("copyright", "dc:rights"),
    ("pubDate", "dc:date"),
)
_TWINS = (("author", "dc:creator"), ("category", "dc:subject"), ("pubDate", "dc:date"), ("source", "dc:source"))
_TAG = re.compile(
    r"</?(?:a|abbr|acronym|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|ol|p|pre|q"
    r"|s|small|span|strike|strong|sub|sup|tt|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip);", re.I)


def _version(root: Node) -> str | None:
    version = root.attributes.get("version")
    # RSS 0.9x is told apart before any rule is asked.
    if version == "2.0":
        return None
    return "the rss element has no version" if version is None else f"the version is {shown(version)}, not 2.0"


def _item_says_nothing(item: Node) -> str | None:
    return None if item.has("title") or item.has("description") else "the item has neither title nor description"


def _is_permalink(guid: Node) -> bool:
    return guid.attributes.get("isPermaLink", "true") == "true"


def _guid_not_url(guid: Node) -> str | None:
    return addresses.web_address(guid.value) if _is_permalink(guid) else None


def _guid_empty(guid: Node) -> str | None:
    return None if _is_permalink(guid) else empty(guid)


def _guid_not_ascii(guid: Node) -> str | None:
    return addresses.not_ascii(guid.value) if _is_permalink(guid) else None


def _guid_missing(item: Node) -> str | None:
    return None if item.has("guid") else "the item has no guid"


def _guid_simple(guid: Node) -> str | None:
    simple = guid.value.isdigit() and len(guid.value) < 9 and not _is_permalink(guid)
    return f"{shown(guid.value)} may be the guid of an item elsewhere too" if simple else None


def _repeats(item_place: str) -> Callable[[Node], Iterator[tuple[Node, str]]]:
    container, _, name = item_place.rpartition("/")

    def find(node: Node) -> Iterator[tuple[Node, str]]:
        parents = node.all(container) if container else [node]
        seen: dict[str, Node] = {}
        for child in (child for parent in parents for child in parent.all(name)):
            if child.value and seen.setdefault(child.value, child) is not child:
                yield child, f"{name} {shown(child.value)} stands on line {seen[child.value].line} already"

    return find


def _link_repeated(channel: Node) -> Iterator[tuple[Node, str]]:
    seen = set()
    for item in channel.all("item"):
        link = None if item.has("guid") else item.first("link")
        if link and link.value:
            if link.value in seen:
                yield link, "another item without a guid has the same link"
            seen.add(link.value)


def _image_format(url: Node) -> str | None:
    suffix = url.value.partition("?")[0].rpartition(".")[2].lower()
    known = suffix not in ("webp", "svg", "avif", "bmp", "ico", "tif", "tiff")
    return None if known else f"the picture's name ends in .{suffix}"


def _several_enclosures(item: Node) -> Iterator[tuple[Node, str]]:
    for enclosure in item.all("enclosure")[1:]:
        yield enclosure, "the item has more than one enclosure"


def _self_missing(channel: Node) -> str | None:
    links = channel.all("atom:link")
    return None if any(link.attributes.get("rel") == "self" for link in links) else "the feed does not say its URL"


def _self_address(link: Node) -> str | None:
    return addresses.web_address(link.attributes.get("href", "")) if link.attributes.get("rel") == "self" else None


def _self_type(link: Node) -> str | None:
    kind = link.attributes.get("type", "")
    right = link.attributes.get("rel") != "self" or kind == "application/rss+xml"
    return None if right else f"the link to the feed itself has the type {shown(kind)}"


def _after_items(channel: Node) -> Iterator[tuple[Node, str]]:
    past = False
    for child in channel.children:
        past = past or child.name == "item"
        if past and child.name != "item":
            yield child, f"{child.name} stands behind an item"


def _said_twice(item: Node) -> Iterator[tuple[Node, str]]:
    for one, other in _CHANNEL_TWINS if item.name == "channel" else _TWINS:
        if item.has(other) and item.has(one):
            twin = item.first(other)
            yield twin or item, f"the {item.name} has both {one} and {other}"


def _content_first(item: Node) -> str | None:
    if not item.has("content:encoded"):
        return None
    if not item.has("description"):
        return "the item has content:encoded, but no description"
    names = [child.name for child in item.children]
    early = names.index("content:encoded") < names.index("description")
    return "content:encoded stands before description" if early else None


def _html_in_plain(node: Node) -> str | None:
    return f"there is HTML in plain text: {shown(tag[0])}" if (tag := _TAG.search(node.text)) else None


def _escaped_twice(node: Node) -> str | None:
    return f"{shown(found[0])} is escaped twice" if (found := _REFERENCE.search(node.text)) else None


def _no_mailbox(value: str) -> str | None:
    return addresses.mailbox(value) if addresses.contact(value) is None else None


def _image_differs(channel: Node) -> Iterator[tuple[Node, str]]:
    image = channel.first("image")
    for name in ("title", "link"):
        own, of_image = channel.first(name), image.first(name) if image else None
        if own and of_image and own.value != of_image.value:
            yield of_image, f"the image's {name} is not the channel's"


_CHANNEL, _ITEM = ("rss/channel",), ("channel/item",)
_DATES = (*places("channel item", "pubDate"), "channel/lastBuildDate")
_URLS = (*places("channel item image textInput", "link"), "item/comments", "channel/docs", "image/url")
_MAILS = ("item/author", *places("channel", "managingEditor webMaster"))
_AS_URL = "Write the whole URL, percent-encoded, with https://."
_AS_DATE = "Write it as Tue, 02 Apr 2024 08:00:00 +0000."
_PROFILE = "RSS Best Practices Profile"
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

RULES: tuple[Rule, ...] = (
    ElementRule("rss-version", "error", "RSS 2.0, rss", RSS, ("/rss",), 'Write <rss version="2.0">.', _version),
    ElementRule(
        "rss-element-empty",
        "warning",
        "RSS 2.0",
        RSS,
        (*places("channel item image", "title"), "channel/description"),
        "Write something, or leave it out where it is optional.",
        empty,
    ),
    ElementRule(
        "rss-item-empty", "error", "RSS 2.0, item", RSS, _ITEM, "At least one is required.", _item_says_nothing
    ),
    ElementRule(
        "rss-guid-missing", "warning", f"{_PROFILE}, guid", RSS, _ITEM, "Give it a permanent one.", _guid_missing
    ),
    ElementRule(
        "rss-guid-empty", "warning", "RSS 2.0, guid", RSS, ("item/guid",), "Leave it out, or fill it.", _guid_empty
    ),
    ElementRule(
        "rss-guid-not-url",
        "error",
        "RSS 2.0, guid",
        RSS,
        ("item/guid",),
        'Add isPermaLink="false": without it the guid must be the URL of a page.',
        _guid_not_url,
    ),
    *attributes(
        RSS,
        "rss-guid-permalink",
        "RSS 2.0, guid",
        "Write true or false.",
        "item/guid@isPermaLink",
        one_of("true", "false"),
    ),
    DocumentRule(
        "rss-guid-repeated",
        "error",
        "RSS 2.0, guid",
        RSS,
        _CHANNEL,
        "Each item needs its own: readers show only one of them.",
        _repeats("item/guid"),
    ),
    DocumentRule(
        "rss-link-repeated",
        "warning",
        f"{_PROFILE}, guid",
        RSS,
        _CHANNEL,
        "Give each a guid: readers take them for one.",
        _link_repeated,
    ),
    ElementRule(
        "rss-image-format", "warning", "RSS 2.0, image", RSS, ("image/url",), "Offer a GIF, JPEG or PNG.", _image_format
    ),
    ElementRule("rss-guid-simple", "warning", f"{_PROFILE}, guid", RSS, ("item/guid",), "Use a tag URI.", _guid_simple),
    *attributes(RSS, "rss-enclosure-url", "RSS 2.0, enclosure", _AS_URL, "item/enclosure@url", addresses.web_address),
    *attributes(
        RSS,
        "rss-enclosure-length",
        "RSS 2.0, enclosure",
        "Write the size in bytes, 0 where unknown.",
        "item/enclosure@length",
        values.digits,
    ),
    *attributes(
        RSS,
        "rss-enclosure-type",
        "RSS 2.0, enclosure",
        "Write a media type such as audio/mpeg.",
        "item/enclosure@type",
        values.mime,
    ),
    DocumentRule(
        "rss-enclosure-several",
        "warning",
        f"{_PROFILE}, enclosure",
        RSS,
        _ITEM,
        "Most readers take only the first, some only the last.",
        _several_enclosures,
    ),
    ElementRule(
        "rss-email",
        "error",
        "RSS 2.0, author",
        RSS,
        _MAILS,
        "Write user@example.org (Name); a name alone belongs in dc:creator.",
        text(addresses.contact),
    ),
    ElementRule(
        "rss-email-form",
        "warning",
        f"{_PROFILE}, author",
        RSS,
        _MAILS,
        "Write user@example.org (Name).",
        text(_no_mailbox),
    ),
    ElementRule("rss-date", "error", "RFC 822 §5", RSS, _DATES, _AS_DATE, text(values.rfc822)),
    ElementRule("rss-date-style", "warning", f"{_PROFILE}, pubDate", RSS, _DATES, _AS_DATE, text(values.rfc822_style)),
    ElementRule("rss-url", "error", "RSS 2.0, link", RSS, _URLS, _AS_URL, text(addresses.absolute_uri)),
    *attributes(RSS, "rss-url", "RSS 2.0, source", _AS_URL, "item/source@url", addresses.absolute_uri),
    ElementRule("rss-url-scheme", "error", "RSS 2.0, Comments", RSS, _URLS, _AS_URL, text(addresses.registered)),
    ElementRule("rss-url-not-ascii", "error", "RFC 3986 §2", RSS, _URLS, _AS_URL, text(addresses.not_ascii)),
    ElementRule("rss-url-not-ascii", "error", "RFC 3986 §2", RSS, ("item/guid",), _AS_URL, _guid_not_ascii),
    *attributes(
        RSS, "rss-url-not-ascii", "RFC 3986 §2", _AS_URL, "item/enclosure@url item/source@url", addresses.not_ascii
    ),
    ElementRule(
        "rss-language", "error", "RSS 2.0, language", RSS, ("channel/language",), "Write en-gb.", text(values.language)
    ),
    ElementRule(
        "rss-ttl", "error", "RSS 2.0, ttl", RSS, ("channel/ttl",), "Write it in minutes.", text(values.positive)
    ),
    ElementRule(
        "rss-image-size",
        "error",
        "RSS 2.0, image",
        RSS,
        ("image/width",),
        "The width is at most 144.",
        text(partial(values.between, 1, 144)),
    ),
    ElementRule(
        "rss-image-size",
        "error",
        "RSS 2.0, image",
        RSS,
        ("image/height",),
        "The height is at most 400.",
        text(partial(values.between, 1, 400)),
    ),
    DocumentRule(
        "rss-image-differs",
        "warning",
        f"{_PROFILE}, image",
        RSS,
        _CHANNEL,
        "Readers show the image as a link to the site.",
        _image_differs,
    ),
    ElementRule(
        "rss-skip-hour",
        "error",
        "RSS 2.0, skipHours",
        RSS,
        ("skipHours/hour",),
        "Write an hour of GMT.",
        text(partial(values.between, 0, 23)),
    ),
    ElementRule(
        "rss-skip-day", "error", "RSS 2.0, skipDays", RSS, ("skipDays/day",), "Write it out.", text(one_of(*_WEEK))
    ),
    DocumentRule("rss-skip-repeated", "error", "RSS 2.0", RSS, ("*/skipHours",), "Name each once.", _repeats("hour")),
    DocumentRule("rss-skip-repeated", "error", "RSS 2.0", RSS, ("*/skipDays",), "Name each once.", _repeats("day")),
    *attributes(
        RSS,
        "rss-cloud",
        "RSS 2.0, cloud",
        "Write xml-rpc, soap or http-post.",
        "channel/cloud@protocol",
        one_of("xml-rpc", "soap", "http-post"),
    ),
    *attributes(
        RSS,
        "rss-cloud",
        "RSS 2.0, cloud",
        "Write a port number.",
        "channel/cloud@port",
        partial(values.between, 1, 65535),
    ),
    ElementRule(
        "rss-self-missing",
        "warning",
        f"{_PROFILE}, atom:link",
        RSS,
        _CHANNEL,
        'Add <atom:link rel="self" type="application/rss+xml" href="..."/>.',
        _self_missing,
    ),
    ElementRule(
        "rss-self-address",
        "warning",
        f"{_PROFILE}, atom:link",
        RSS,
        ("channel/atom:link",),
        "Write the feed's whole URL.",
        _self_address,
    ),
    ElementRule(
        "rss-self-type",
        "warning",
        f"{_PROFILE}, atom:link",
        RSS,
        ("channel/atom:link",),
        "Write application/rss+xml.",
        _self_type,
    ),
    DocumentRule("rss-items-first", "warning", _PROFILE, RSS, _CHANNEL, "Put the items last.", _after_items),
    DocumentRule(
        "rss-said-twice",
        "warning",
        _PROFILE,
        RSS,
        (*_ITEM, *_CHANNEL),
        "Readers show one or both; leave one.",
        _said_twice,
    ),
    ElementRule(
        "rss-content-first",
        "warning",
        f"{_PROFILE}, content:encoded",
        RSS,
        _ITEM,
        "Put a summary in description, and the whole text in content:encoded after it.",
        _content_first,
    ),
    ElementRule(
        "rss-html-in-plain", "warning", _PROFILE, RSS, _PLAIN, "Readers show the tags; leave them out.", _html_in_plain
    ),
    ElementRule("rss-escaped-twice", "warning", _PROFILE, RSS, _PLAIN, "Escape it once.", _escaped_twice),
)
