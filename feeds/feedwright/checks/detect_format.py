"""Which format a document is of: told from its content, never from its name."""

from __future__ import annotations

import re
from typing import Literal

from feedwright.checks.node import ATOM, SITEMAP, Node
from feedwright.checks.rule import BOTH, ElementRule, Format, shown
from feedwright.errors import Problem

RSS_1 = "http://purl.org/rss/1.0/"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
_ATOM_03 = "http://purl.org/atom/ns#"
_OLD_RSS = re.compile(r"0\.9\d?|1\.0")
_LOCAL: dict[str, Format] = {
    "rss": "rss",
    "feed": "atom",
    "entry": "atom",
    "opml": "opml",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_ROOTS = {"rss", "opml", *(f"{{{ATOM}}}{name}" for name in ("feed", "entry"))}
_ROOTS |= {f"{{{SITEMAP}}}{name}" for name in ("urlset", "sitemapindex")}
_NAMES: dict[Format, str] = {
    "rss": "RSS",
    "atom": "Atom",
    "jsonfeed": "JSON Feed",
    "opml": "OPML",
    "sitemap": "a sitemap",
    "old": "an old format",
}
_MEDIA_TYPES: dict[str, tuple[Format, ...]] = {
    "application/rss+xml": ("rss", "old"),
    "application/rdf+xml": ("old",),
    "application/atom+xml": ("atom", "old"),
    "application/feed+json": ("jsonfeed",),
    "application/json": ("jsonfeed",),
    "text/x-opml": ("opml",),
    "text/x-opml+xml": ("opml",),
    "application/xml": ("rss", "atom", "opml", "sitemap", "old"),
    "text/xml": ("rss", "atom", "opml", "sitemap", "old"),
}


def of(root: Node) -> Format | Literal[""]:
    """The format of an XML document; empty where it is none that we know."""
    tag = root.tag
    namespace, _, local = tag.rpartition("}")
    if tag == _RDF or namespace[1:] == _ATOM_03:
        return "old"
    if tag == "rss" and _OLD_RSS.fullmatch(root.attributes.get("version", "")):
        return "old"
    return _LOCAL.get(local, "")


def old_name(root: Node) -> str:
    """What people call the old format."""
    if root.tag == "rss":
        return f"RSS {root.attributes['version']}"
    if root.tag != _RDF:
        return "Atom 0.3"
    return "RSS 1.0" if any(uri == RSS_1 for uri in root.element.nsmap.values()) else "RSS 0.90"


def unknown(root: Node, file: str) -> Problem:
    """The problem of a document of no format that we know."""
    local = root.tag.rpartition("}")[2].lower()
    what = f"the document is not a feed: its root element is {shown(root.name)}"
    hint = 'The root is <rss version="2.0"> or <feed xmlns="http://www.w3.org/2005/Atom">.'
    if local == "html":
        hint = 'It is a web page; its feed is named in <link rel="alternate" type="application/rss+xml" href="...">.'
    return Problem("error", "format-unknown", file, what, hint, line=root.line, key=root.name)


def misnamed(form: Format, media_type: str | None, file: str) -> list[Problem]:
    """Say where a document is not what its media type says.

    Args:
        media_type: as the server sent it, with its parameters; None where it is not known.
    """
    if not media_type:
        return []
    kind = media_type.partition(";")[0].strip().lower()
    if form in _MEDIA_TYPES.get(kind, ()):
        return []
    right = next((name for name, forms in _MEDIA_TYPES.items() if forms[0] == form), "application/rss+xml")
    right = {"sitemap": "application/xml"}.get(form, right)
    what = f"the document is {_NAMES[form]}, but is served as {shown(kind)}"
    return [Problem("warning", "media-type", file, what, f"Serve it as {right}.", source="RFC 9110 §8.3")]


def _root(root: Node) -> str | None:
    local = root.tag.rpartition("}")[2]
    if root.tag in _ROOTS:
        return None
    form = _LOCAL.get(local)
    right = {"atom": f"of the namespace {ATOM}", "sitemap": f"of the namespace {SITEMAP}"}.get(form or "")
    return f"the root element is {shown(root.tag)}, not {local} {right or 'of no namespace'}"


RULES = (
    ElementRule(
        "root-wrong",
        "error",
        "RFC 4287 §2, RSS 2.0",
        (*BOTH, "opml", "sitemap"),
        ("/*",),
        "Spell the root and its namespace exactly.",
        _root,
    ),
)
