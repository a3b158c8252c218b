"""Whether a document is a feed, from its first bytes; even one that is not well-formed."""

from __future__ import annotations

import codecs
import re

HEAD = 16 * 2**10
"""Bytes that are looked at."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_BOM = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"))
# An unfinished comment runs to the end: what is in it is no root. No part can match what another does, so that
# hostile text costs linear time.
_NO_ELEMENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<![^>\[]*(?:\[[^\]]*(?:\]|\Z))?", re.S
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s>/]|\Z)")
_JSON_FEED = re.compile(r'"version"\s*:\s*"[^"]*jsonfeed\.org')
_ROOTS = {
    "rss": "rss",
    "rdf": "rdf",
    "feed": "atom",
    "entry": "atom",
    "opml": "opml",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_NAMESPACES = {
    "entry": ("http://www.w3.org/2005/Atom",),
    "rdf": ("http://purl.org/rss/1.0", "http://my.netscape.com/rdf/simple", "http://channel.netscape.com/rdf/simple"),
}
"""What must be in the head too, for roots that much else has that is no feed."""


def recognise(head: bytes) -> str:
    """Tell a feed by its root element, or by the version of JSON Feed.

    Args:
        head: the first bytes of a document, `HEAD` of them where there are so many.

    Returns: "rss", "rdf", "atom", "opml", "sitemap", "json", or nothing where it is no feed.
    """
    text = _decoded(head[:HEAD]).lstrip("\ufeff \t\r\n\0")
    if text.startswith("{"):
        # Escaped slashes are the same text in JSON.
        return "json" if _JSON_FEED.search(text.replace("\\/", "/")) else ""
    found = _ROOT.search(_NO_ELEMENT.sub("", text))
    if not found:
        return ""
    root = found[1].lower()
    if root in _NAMESPACES and not any(namespace in text for namespace in _NAMESPACES[root]):
        return ""
    return _ROOTS.get(root, "")


def _decoded(head: bytes) -> str:
    encoding = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    encoding = encoding or next((name for start, name in _WITHOUT_BOM if head.lstrip().startswith(start)), "")
    # All names that are looked for are ASCII, which Latin-1 reads whatever the rest is.
    return head.decode(encoding or "latin-1", "replace")
