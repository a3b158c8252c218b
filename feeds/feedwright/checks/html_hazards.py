"""What is dangerous, or lost in a reader, in the HTML of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from feedwright.checks.document import MOST_ATTRIBUTES
from feedwright.checks.node import Markup, Node
from feedwright.checks.rule import shown, words
from feedwright.text.html_tags import has_more_attributes

_EMBEDS = words("iframe frame frameset object embed applet form input button select textarea meta base link style")
_URLS = words("href src poster cite action formaction data background longdesc")
_SCRIPT_SCHEMES = ("javascript:", "vbscript:", "data:text/html", "data:image/svg")
_STYLE = re.compile(
    r"(?:^|[;\s])(?:position|behavior|-moz-binding)\s*:|expression\s*\(|url\s*\(\s*['\"]?javascript", re.I
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE | re.ASCII)

_DANGEROUS = "script|svg|" + "|".join(sorted(_EMBEDS))
_HARMLESS = "class|id|title|alt|width|height|rel|target|lang|hreflang|type|datetime|colspan|rowspan|align|loading|start"
_HARMLESS += (
    "|display|alttext|mathvariant|mathsize|displaystyle|scriptlevel|stretchy|fence|separator|form|accent|lspace|rspace"
)
# The start of a tag that is not evidently harmless. Possessive, so that no text takes more than linear time.
_SUSPECT = re.compile(
    r"<(?=[A-Za-z])(?!(?:p|em|strong|li|ul|ol|br|code|pre|h[1-6]|blockquote|a href=\"https?://[^\"]*+\")>)"
    rf"(?!(?!(?:{_DANGEROUS})(?![a-z0-9]))[a-z][a-z0-9]*+"
    r"(?:\s++(?:(?:href|src|cite|poster)=\"(?:https?://|mailto:|#)[^\"]*+\"|(?:"
    rf"{_HARMLESS})=\"[^\"]*+\"))*+\s*+/?+>)"
)
_LONGEST_KEPT = 2**16
"""Characters of a text of which it is kept whether it is harmless."""

_ESCAPED = re.compile(
    r"\s*+&lt;(?:p|a|div|img|em|strong|ul|h[1-6])[^<]*?&lt;/|[^<]*?&amp;(?:lt|gt|nbsp|quot|#\d+);", re.I
)


def of(node: Node) -> Markup:
    """Look through the HTML that an element holds, escaped or as XHTML; only once for all rules.

    Args:
        node: an element whose text is HTML, or that has an XHTML div.
    """
    if node.markup is None:
        node.markup = _in_elements(node.element.iterdescendants()) if len(node.element) else in_text(node.text)
    return node.markup


def in_text(text: str) -> Markup:
    """Look through HTML.

    Args:
        text: a fragment, not escaped.
    """
    found: Markup = {}
    if "<" not in text:
        if escaped := _ESCAPED.match(text):
            found["escaped"] = f"the HTML is escaped twice: {shown(escaped[0][-60:])}"
        return found
    # Parsing is slow beside looking: most texts have nothing that needs a closer look.
    if not (_is_suspect(text) if len(text) < _LONGEST_KEPT else _SUSPECT.search(text)):
        return found
    if len(text) > 2 * MOST_ATTRIBUTES and has_more_attributes(text, MOST_ATTRIBUTES):
        return {"embed": f"a tag of the HTML has more than {MOST_ATTRIBUTES:,} attributes: it was not looked through"}
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(b"<div>" + text.encode(), parser)
    except etree.XMLSyntaxError:
        return {"embed": "the HTML is too deep or too long to be looked through"}
    return found | _in_elements(tree.iterdescendants())


@lru_cache(maxsize=128)
def _is_suspect(text: str) -> bool:
    """Whether there is a tag that is not evidently harmless; kept, as every format shows the same HTML of an entry."""
    return _SUSPECT.search(text) is not None


def _in_elements(elements: Iterable[etree._Element]) -> Markup:
    found: Markup = {}
    for element in elements:
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2].lower()
        if name == "script":
            found.setdefault("script", "there is a script element in the HTML")
        elif name in _EMBEDS:
            found.setdefault("embed", f"there is an element {name} in the HTML")
        for attribute, value in element.attrib.items():
            _in_attribute(attribute.rpartition("}")[2].rpartition(":")[2].lower(), value, found)
    return found


def _in_attribute(name: str, value: str, found: Markup) -> None:
    if name.startswith("on") and len(name) > 4:
        found.setdefault("handler", f"the HTML has an attribute {name}")
    elif name == "style":
        if _STYLE.search(value):
            found.setdefault("style", f"a style attribute may hide or cover what is around it: {shown(value)}")
    elif name in _URLS:
        # Browsers leave out white space and control characters when they read a scheme.
        address = re.sub(r"[\x00-\x20]+", "", value)
        if address.lower().startswith(_SCRIPT_SCHEMES):
            found.setdefault("script", f"a URL in the HTML runs a script: {shown(value)}")
        elif address and not _SCHEME.match(address) and not address.startswith("#"):
            found.setdefault("relative", f"{name}={shown(value)} is a relative URL")
    elif name == "srcset" and not all(_SCHEME.match(part.strip()) for part in re.split(r",\s+", value.strip())):
        found.setdefault("relative", f"{name}={shown(value)} has a relative URL")
