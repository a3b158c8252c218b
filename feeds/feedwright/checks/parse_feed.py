"""Anybody's feed, opened: RSS or Atom as a tree, JSON Feed as a dict."""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from feedwright.checks import document
from feedwright.errors import FeedsError, Problem
from feedwright.text import nesting

ATOM = "{http://www.w3.org/2005/Atom}"


def opened(content: bytes, name: str) -> etree._Element | dict[str, Any]:
    """Open a feed's document.

    Args:
        name: its path or address, which problems carry.

    Returns: the root, `feed` of Atom or `rss`; of a JSON Feed, what it holds, with a list of `items`.

    Raises:
        FeedsError: it is no feed.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json(content, name)
    found = document.read(content, name)
    if isinstance(found, Problem):
        raise FeedsError(found)
    root = found.tree.getroot()
    if root.tag not in (f"{ATOM}feed", "rss"):
        raise no_feed(name)
    return root


def channel_of(rss: etree._Element, name: str) -> etree._Element:
    """The channel of RSS.

    Raises:
        FeedsError: it has none.
    """
    channel = rss.find("channel")
    if channel is None:
        raise no_feed(name)
    return channel


def no_feed(name: str) -> FeedsError:
    """What is to be said of a document that is no feed."""
    what = "is neither RSS nor Atom nor a JSON Feed"
    return FeedsError(Problem("error", "feed-unknown-format", name, what, "Name the URL or the file of a feed."))


def said(parent: etree._Element, tag: str) -> str:
    """The text of an element's first child of a name, without white space around it; empty where there is none."""
    return (parent.findtext(tag) or "").strip()


def alternate(parent: etree._Element) -> str:
    """The address of the page that a feed or an entry of Atom is about, as it stands there; empty where it has none."""
    links = (one for one in parent.iterfind(f"{ATOM}link") if one.get("rel", "alternate") == "alternate")
    return next((one.get("href", "") for one in links), "")


def _without_halves(tree: dict[str, Any]) -> dict[str, Any]:
    """With U+FFFD for each half of a surrogate pair, which can be written nowhere (RFC 8259 §8.2)."""
    text = json.dumps(tree, ensure_ascii=False)
    whole: dict[str, Any] = json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return whole


def _decoded(content: bytes) -> str:
    return content.decode(json.detect_encoding(content), "surrogatepass").removeprefix("\ufeff")


def _json(content: bytes, name: str) -> dict[str, Any]:
    try:
        tree: dict[str, Any] = nesting.json_loads(_decoded(content))
    except ValueError as error:
        raise FeedsError(Problem("error", "not-well-formed", name, f"is not valid JSON: {error}")) from error
    if b"\\ud" in content.lower() or b"\xed" in content:
        tree = _without_halves(tree)
    if not isinstance(tree.get("items"), list):
        raise FeedsError(Problem("error", "feed-unknown-format", name, "is JSON, but not a JSON Feed: it has no items"))
    return tree
