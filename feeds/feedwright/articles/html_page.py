"""An HTML file that is a whole page: its head takes the front matter's place. Its optional tags may be left out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from feedwright.text.characters import xml_safe

if TYPE_CHECKING:
    from feedwright.articles.frontmatter.model import FrontMatter

_WHOLE = re.compile(r"<(?:html|head|body)\b", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_FIRST = re.compile(
    r"(?:\s|<!--.*?-->|<\?.*?>)*+<(?:!doctype\s+html|meta|title|base|link)\b", re.IGNORECASE | re.DOTALL
)
_HEAD = re.compile(
    r"(?:\s|<!--.*?-->|<[?!].*?>|</?(?:html|head)\b[^>]*>|<(?:meta|link|base)\b[^>]*>"
    r"|<(title|style|script|noscript|template)\b.*?</\1\s*>)*+",
    re.IGNORECASE | re.DOTALL,
)
"""What can stand in a head: with anything else, the body begins (HTML §13.1.2.4)."""

_META = {
    "date": "date",
    "article:published_time": "date",
    "article:modified_time": "lastmod",
    "dc.date": "date",
    "dcterms.date": "date",
    "dcterms.created": "date",
    "dcterms.modified": "lastmod",
    "author": "author",
    "description": "description",
    "keywords": "keywords",
    # As Pelican has them.
    **{name: name for name in ("authors", "category", "modified", "slug", "status", "summary", "tags")},
}


def page_of(front: FrontMatter) -> FrontMatter:
    """An HTML file: where it has no front matter and is a whole page, its head takes the front matter's place.

    Args:
        front: as it was split.

    Returns: with the inside of <body> as its body, and `title`, `lang`, `date`, `lastmod`, `author`, `description`,
        `keywords` and what Pelican reads as values, of those that the page has; as it was where it is no whole page.

    Source: HTML §13.1.2.4, optional tags.
    """
    text = front.body
    if front.syntax != "none" or not (_WHOLE.search(text, 0, 5000) or _FIRST.match(text)):
        return front
    # Large, and for these pages only.
    import lxml.html
    from lxml.etree import LxmlError

    if not _BODY.search(text) and (head := _HEAD.match(text)):
        # The parser would take elements that it does not know for part of the head.
        text = f"{text[: head.end()]}<body>{text[head.end() :]}"
    try:
        page = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (LxmlError, ValueError, AssertionError):
        return front
    inside = page.find("body")
    if inside is None:
        return front
    values: dict[str, object] = {}
    for meta in page.iter("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        if name in _META and meta.get("content"):
            values.setdefault(_META[name], str(meta.get("content")))
    heading = page.find("head/title")
    if heading is not None and heading.text:
        values["title"] = str(heading.text)
    if page.get("lang"):
        values["lang"] = str(page.get("lang"))
    parts = [inside.text or "", *(lxml.html.tostring(child, encoding="unicode") for child in inside)]
    return replace(front, values=values, body=xml_safe("".join(parts)))
