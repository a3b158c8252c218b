"""Atom 1.0: titles, summaries and content, and whether they are what their type says."""

from __future__ import annotations

import base64
import binascii
import re

from feedwright.checks import values
from feedwright.checks.node import Node
from feedwright.checks.rule import ATOM, ElementRule, Rule, attributes, one_of, shown

_TEXTS = tuple(f"*/{name}" for name in ("title", "subtitle", "summary", "rights"))
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|nbsp);", re.I)


def _content_type(content: Node) -> str:
    return content.attributes.get("type", "text").partition(";")[0].strip().lower()


def _is_xml(kind: str) -> bool:
    return kind.endswith(("+xml", "/xml")) or kind in ("application/xml-dtd", "text/xml-external-parsed-entity")


def _is_base64(kind: str) -> bool:
    return "/" in kind and not _is_xml(kind) and not kind.startswith("text/")


def _summary_missing(entry: Node) -> str | None:
    content = entry.first("content")
    if content is None or entry.has("summary"):
        return None
    if "src" in content.attributes:
        return "the content is elsewhere (src), and there is no summary"
    return "the content is not text, and there is no summary" if _is_base64(_content_type(content)) else None


def _content_type_wrong(content: Node) -> str | None:
    kind = content.attributes.get("type")
    if kind is None:
        return None
    if kind in ("text", "html", "xhtml"):
        return f"content with src cannot be of type {kind}" if "src" in content.attributes else None
    return values.mime(kind) or (
        f"{shown(kind)} is a composite type" if kind.lower().startswith(("multipart/", "message/")) else None
    )


def _content_not_of_type(content: Node) -> str | None:
    kind, children = _content_type(content), len(content.element)
    if "src" in content.attributes:
        return "content with src is not empty" if content.value or children else None
    if kind in ("xhtml", "text", "html") or values.mime(kind):
        return None
    if _is_xml(kind):
        stray = content.value or any((child.tail or "").strip() for child in content.element)
        if stray and children:
            return f"text stands beside the XML of type {kind}"
        return f"content of type {kind} is not an element" if stray else None
    if children:
        return f"content of type {kind} has child elements"
    if not kind.startswith("text/"):
        try:
            base64.b64decode("".join(content.text.split()), validate=True)
        except (binascii.Error, ValueError):
            return f"content of type {kind} is not in base64"
    return None


def _text_markup(node: Node) -> str | None:
    kind = node.attributes.get("type", "text")
    return f"{node.name} of type {kind} has child elements" if kind in ("text", "html") and len(node.element) else None


def _xhtml_div(node: Node) -> str | None:
    if node.attributes.get("type") != "xhtml" or "src" in node.attributes:
        return None
    children = [child.tag for child in node.element]
    stray = node.value or any((child.tail or "").strip() for child in node.element)
    right = children == ["{http://www.w3.org/1999/xhtml}div"] and not stray
    return None if right else f"{node.name} of type xhtml is not exactly one div of the namespace of XHTML"


def _markup_in_text(node: Node) -> str | None:
    found = _MARKUP.search(node.text) if node.attributes.get("type", "text") == "text" else None
    return f"plain text has what looks like HTML: {shown(found[0])}" if found else None


RULES: tuple[Rule, ...] = (
    ElementRule(
        "atom-summary-missing", "error", "RFC 4287 §4.1.2", ATOM, ("*/entry",), "Add a summary.", _summary_missing
    ),
    *attributes(
        ATOM,
        "atom-text-type",
        "RFC 4287 §3.1.1",
        "Write text, html or xhtml, or leave it out.",
        "*/title@type */subtitle@type */summary@type */rights@type",
        one_of("text", "html", "xhtml"),
    ),
    ElementRule(
        "atom-text-markup",
        "error",
        "RFC 4287 §3.1.1",
        ATOM,
        (*_TEXTS, "entry/content"),
        "Escape the HTML, or make it one XHTML div with type xhtml.",
        _text_markup,
    ),
    ElementRule(
        "atom-xhtml-div", "error", "RFC 4287 §3.1.1.3", ATOM, (*_TEXTS, "entry/content"), "Wrap it in one.", _xhtml_div
    ),
    ElementRule(
        "atom-text-html",
        "warning",
        "RFC 4287 §3.1.1.1",
        ATOM,
        _TEXTS,
        'Readers show it literally; add type="html" where it is meant to be HTML.',
        _markup_in_text,
    ),
    ElementRule(
        "atom-content-type",
        "error",
        "RFC 4287 §4.1.3.1",
        ATOM,
        ("entry/content",),
        "Write text, html, xhtml or a media type.",
        _content_type_wrong,
    ),
    ElementRule(
        "atom-content-form",
        "error",
        "RFC 4287 §4.1.3.3",
        ATOM,
        ("entry/content",),
        "XML stands as one element, text/* as escaped text, all else in base64.",
        _content_not_of_type,
    ),
)
