"""Bytes -> the tree that rules look at, parsed safely; or why they are no XML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, cast

from lxml import etree

from feedwright.checks.node import ATOM, PREFIXES, SITEMAP, XHTML, Node
from feedwright.errors import Problem

LARGEST = 100 * 2**20
"""Bytes. A feed of this size serves no reader; libxml2 bounds depth (256), text (10 MB) and names by itself."""

MOST_ATTRIBUTES = 1_000
"""Of one element. The time that it takes to list them grows with the square of their number; no feed has twenty."""

_WITH_TOO_MANY = etree.XPath(f"//@*[{MOST_ATTRIBUTES + 1}]/..")
_OPAQUE = frozenset(f"{{{ATOM}}}{name}" for name in ("title", "subtitle", "summary", "rights", "content"))
_HOLDERS = frozenset(
    ("rss", "channel", "item", "image", "textInput", "skipHours", "skipDays", "opml", "head", "body", "outline")
)
_NONE: dict[str, str] = {}
_CHILDLESS: list[Node] = []
"""The children of all that have none: most elements, and to make each a list of its own takes time."""
_IN_WORDS = (
    (
        r"XML declaration allowed only at the start",
        "the XML declaration is not at the very start of the document",
        "Remove what stands before <?xml, empty lines too.",
    ),
    (
        r"Entity '(?P<name>[^']*)' not defined",
        "&{name}; is not an entity of XML",
        "Only &amp; &lt; &gt; &quot; &apos; are; write the character itself, or a numeric reference.",
    ),
    (
        r"Namespace prefix (?P<prefix>\S+) (?:for \S+ )?on (?P<name>\S+) is not defined",
        "the namespace prefix {prefix} of {name} is not declared",
        "Declare it with xmlns:{prefix} on the root element.",
    ),
    (
        r"invalid Char value|invalid xmlChar value|Char 0x\w+ out of allowed range",
        "there is a character that XML forbids",
        "Leave out U+0000 to U+001F except tab, line feed and carriage return, and U+FFFE, U+FFFF.",
    ),
    (
        r"Invalid bytes in character encoding|not proper UTF-8|Input is not proper",
        "bytes stand there that are not of the document's encoding",
        "Write the document in UTF-8 and say so, or say nothing, in its XML declaration.",
    ),
    (
        r"Unsupported encoding:? (?P<name>[\w.:-]+)",
        "the declared encoding {name} is not known",
        "Write UTF-8.",
    ),
    (r"Document is empty|Start tag expected", "there is no XML document", "An RSS or Atom feed is XML."),
    (r"Excessive depth", "elements are nested too deeply", "Nest at most 250 deep."),
    (
        r"amplification|[Ee]ntity reference loop|entity loop",
        "entities refer to entities without end",
        "Use no DOCTYPE.",
    ),
)
"""What libxml2 says, as a regular expression; what is wrong; what would be right. Most runs need none of these."""

_UTF_16 = re.compile(rb"<\?xml[^>]*encoding\s*=\s*['\"](?:utf-16|utf-32|ucs-[24])", re.IGNORECASE)


class Document(NamedTuple):
    """A well-formed XML document.

    Args:
        source: its bytes.
        root: the tree for rules.
        tree: of lxml, for schemas.
    """

    source: bytes
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
        return _not_well_formed(document, error, file)
    if crowded := cast("list[etree._Element]", _WITH_TOO_MANY(root)):
        what = f"the element {etree.QName(crowded[0]).localname} has more than {MOST_ATTRIBUTES:,} attributes"
        return Problem("error", "too-large", file, what, "No feed needs as many.", line=int(crowded[0].sourceline or 0))
    return Document(document, tree(root), root.getroottree())


def _not_well_formed(document: bytes, error: etree.XMLSyntaxError, file: str) -> Problem:
    message = (error.msg or "the document cannot be parsed").strip()
    what, hint = f"the document is not well-formed XML: {message}", ""
    for pattern, words, right in _IN_WORDS:
        if found := re.search(pattern, message):
            parts = found.groupdict()
            what, hint = words.format(**parts), right.format(**parts)
            break
    if document[:2] == b"\x1f\x8b":
        what, hint = "the document is compressed with gzip", "Decompress it: Content-Encoding is the server's to say."
    elif _UTF_16.match(document):
        what, hint = "the declared encoding has two or four bytes a character, the document has one", "Declare UTF-8."
    line, column = error.position
    return Problem(
        "error", "not-well-formed", file, what, hint, line=line or 1, column=column or 0, source="XML 1.0 §2.1"
    )


def tree(root: etree._Element) -> Node:
    """Make the tree that rules look at; XHTML and unknown extensions are left out, but for their outermost element."""
    namespace = str(root.tag).partition("}")[0][1:]
    home = namespace if namespace in (ATOM, SITEMAP) else ""
    top = _node(root, short(str(root.tag), home), None)
    top.children = []
    waiting = [top]
    while waiting:
        parent = waiting.pop()
        children = parent.children
        for element in parent.element:
            tag = element.tag
            if isinstance(tag, str):
                name, is_for_rules = _named(tag, home)
                child = _node(element, name, parent)
                children.append(child)
                if is_for_rules and len(element):
                    child.children = []
                    waiting.append(child)
    return top


def release(root: Node) -> None:
    """Take a tree apart once it was judged: its nodes name each other, and would wait for the garbage collector."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for child in node.children:
            if child.children:
                waiting.append(child)  # noqa: PERF401
        node.children = _CHILDLESS


def _node(element: etree._Element, name: str, parent: Node | None) -> Node:
    attributes = element.items()
    if not attributes:
        return Node(name, element, parent, _NONE, element.text or "", _CHILDLESS)
    named = dict(attributes)
    for key in named:
        if key[0] == "{":
            named = {short(key, ""): value for key, value in attributes}
            break
    return Node(name, element, parent, named, element.text or "", _CHILDLESS)


@lru_cache(maxsize=1024)
def _named(tag: str, home: str) -> tuple[str, bool]:
    """A Clark name as rules spell it, and whether what is inside such an element is for rules."""
    if tag[0] != "{":
        return short(tag, home), tag in _HOLDERS
    namespace = tag[1 : tag.index("}")]
    return short(tag, home), tag not in _OPAQUE and namespace in PREFIXES and namespace != XHTML


@lru_cache(maxsize=1024)
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


def places(document: Document, nodes: Iterable[Node]) -> dict[Node, tuple[int, int]]:
    """Where the start tags of elements begin: 1-based line and column.

    lxml knows only the line on which a start tag ends; so a second parser looks, once something was found.

    Returns: nothing of a document that has a DOCTYPE, or that this parser cannot read.
    """
    wanted = {id(node.element): node for node in nodes}
    if not wanted or document.tree.docinfo.doctype:
        return {}
    spots: list[tuple[int, int]] = []
    from xml.parsers import expat  # only where something was found

    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(*_: object) -> None:
        spots.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = start
    try:
        parser.Parse(document.source, True)
    # ValueError: a character encoding of several bytes, which expat leaves to Python, which leaves it.
    except (expat.ExpatError, ValueError, LookupError):
        return {}
    elements = enumerate(document.root.element.iter("*"))
    found = {wanted[id(element)]: place for place, element in elements if id(element) in wanted}
    return {node: spots[place] for node, place in found.items() if place < len(spots)}
