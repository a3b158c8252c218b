"""A page's bytes as a tree: lexbor's, an HTML5 parser, asked only for what it can parse in bounded time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedwright.text.html_bounds import MAX_ATTRIBUTES, excess_of_tags, without_element
from feedwright.text.html_tags import has_more_attributes

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_BYTES = 10_000_000
_HARMLESS_TAGS = 5_000
_HARMLESS_LENGTH = 100_000
_RAW = ("script", "style", "textarea", "noembed", "noframes")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_UNSEEN = "script, style, noscript, template, svg"


class UnreadablePage(ValueError):
    """Why a page cannot be parsed, as the rest of a sentence that begins with the page."""


def tree_of(html: bytes) -> LexborHTMLParser:
    """Parse a page.

    Args:
        html: a whole document, in UTF-8 or the encoding that it declares.

    Raises:
        UnreadablePage: it is too large, or would take too long.
    """
    # Loaded where pages are read, which most builds do not.
    from selectolax.lexbor import LexborHTMLParser

    if len(html) > MAX_BYTES:
        raise UnreadablePage(f"has more than {MAX_BYTES // 1_000_000} MB")
    text = text_of(html)
    many = text.count("<") > _HARMLESS_TAGS
    if many or (len(text) > _HARMLESS_LENGTH and has_more_attributes(text, MAX_ATTRIBUTES)):
        for name in _RAW:
            text = without_element(name, text)
        if reason := excess_of_tags(text):
            raise UnreadablePage(f"cannot be parsed: {reason}")
    return LexborHTMLParser(text)


def text_of(html: bytes) -> str:
    """A page's characters: UTF-8, or where it is not, in the encoding that it declares, or else windows-1252."""
    try:
        return html.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(html, 0, 1024)
        return _decoded(html, declared[1].decode("ascii") if declared else "windows-1252")


def _decoded(html: bytes, encoding: str) -> str:
    try:
        return html.decode(encoding, "replace")
    except (LookupError, ValueError):
        return html.decode("utf-8", "replace")


def shown_text(node: LexborNode) -> str:
    """What of an element can be read, with a space between any two of its texts.

    Elements that are not shown are taken out of the tree.
    """
    for unseen in node.css(_UNSEEN):
        unseen.decompose()
    return node.text(separator=" ")
