"""Bytes -> the tree that rules look at, parsed safely; or why they are no XML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from feeds.checks.node import ATOM, PREFIXES, Node
from feeds.errors import Problem

LARGEST = 100 * 2**20
"""Bytes. A feed of this size serves no reader; libxml2 bounds depth (256), text (10 MB) and names by itself."""

_OPAQUE = frozenset(f"{{{ATOM}}}{name}" for name in ("title", "subtitle", "summary", "rights", "content"))
_RSS_HOLDERS = frozenset(("rss", "channel", "item", "image", "textInput", "skipHours", "skipDays"))
_IN_WORDS = (
    (
        re.compile(r"XML declaration allowed only at the start"),
        "the XML declaration is not at the very start of the document",
        "Remove what stands before <?xml, empty lines too.",
    ),
    (
        re.compile(r"Entity '(?P<name>[^']*)' not defined"),
        "&{name}; is no entity of XML",
        "Only &amp; &lt; &gt; &quot; &apos; are; write the character itself, or a numeric reference.",
    ),
    (
        re.compile(r"Namespace prefix (?P<prefix>\S+) (?:for \S+ )?on (?P<name>\S+) is not defined"),
        "the namespace prefix {prefix} of {name} is not declared",
        "Declare it with xmlns:{prefix} on the root element.",
    ),
    (
        re.compile(r"invalid Char value|invalid xmlChar value|Char 0x\w+ out of allowed range"),
        "a character stands there that XML forbids",
        "Leave out U+0000 to U+001F except tab, line feed and carriage return, and U+FFFE, U+FFFF.",
    ),
    (
        re.compile(r"Invalid bytes in character encoding|not proper UTF-8|Input is not proper"),
        "bytes stand there that are not of the document's encoding",
        "Write the document in UTF-8 and say so, or say nothing, in its XML declaration.",
    ),
    (
        re.compile(r"Unsupported encoding:? (?P<name>[\w.:-]+)"),
        "the declared encoding {name} is not known",
        "Write UTF-8.",
    ),
    (re.compile(r"Document is empty|Start tag expected"), "there is no XML document", "An RSS or Atom feed is XML."),
    (re.compile(r"Excessive depth"), "elements are nested too deeply", "Nest at most 250 deep."),
    (
        re.compile(r"amplification|[Ee]ntity reference loop|entity loop"),
        "entities refer to entities without end",
        "Use no DOCTYPE.",
    ),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A well-formed XML document: the tree for rules, the tree of lxml for schemas."""

    root: Node
    tree: etree._ElementTree[etree._Element]


def read(document: bytes, file: str) -> Document | Problem:
    """Parse XML: no DTD, no entities, no network, bounded depth and size.

    Args:
        document: all of it, in any encoding that XML allows.
        file: the name that the problem carries.

    Returns: the document, or the one problem that keeps it from being one.
    """
    if len(document) > LARGEST:
        what = f"the document has {len(document)} bytes, more than {LARGEST}"
        return Problem("error", "too-large", file, what, "Page or archive the feed (RFC 5005).")
    # collect_ids=False must not be here: with it, lxml 6.1 reads external DTDs, whatever load_dtd says.
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        return _not_well_formed(error, file)
    return Document(tree(root), root.getroottree())


def _not_well_formed(error: etree.XMLSyntaxError, file: str) -> Problem:
    message = (error.msg or "the document cannot be parsed").strip()
    what, mend = f"the document is not well-formed XML: {message}", ""
    for pattern, words, right in _IN_WORDS:
        if found := pattern.search(message):
            parts = found.groupdict()
            what, mend = words.format(**parts), right.format(**parts)
            break
    return Problem("error", "not-well-formed", file, what, mend, line=error.lineno or 1, source="XML 1.0 §2.1")


def tree(root: etree._Element) -> Node:
    """Make the tree that rules look at; XHTML and unknown extensions are left out, but for their outermost element."""
    home = ATOM if str(root.tag).startswith(f"{{{ATOM}}}") else ""
    top = _node(root, None, home)
    waiting = [top]
    while waiting:
        parent = waiting.pop()
        for element in parent.element:
            if isinstance(element.tag, str):
                child = _node(element, parent, home)
                parent.children.append(child)
                if len(element) and _is_for_rules(element.tag):
                    waiting.append(child)
    return top


def _node(element: etree._Element, parent: Node | None, home: str) -> Node:
    attributes = element.attrib
    named = {short(name, ""): value for name, value in attributes.items()} if attributes else {}
    return Node(short(str(element.tag), home), element, parent, named, element.text or "")


@lru_cache(maxsize=4096)
def _is_for_rules(tag: str) -> bool:
    if tag[0] != "{":
        return tag in _RSS_HOLDERS
    return tag not in _OPAQUE and tag[1 : tag.index("}")] in PREFIXES


@lru_cache(maxsize=4096)
def short(tag: str, home: str) -> str:
    """Spell a Clark name as rules do.

    Args:
        tag: "{namespace}local" or "local".
        home: the namespace that is written without a prefix; where there is one, "{}" stands before what has none.
    """
    if tag[0] != "{":
        return f"{{}}{tag}" if home else tag
    namespace, _, local = tag[1:].partition("}")
    if namespace == home:
        return local
    prefix = PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else tag
