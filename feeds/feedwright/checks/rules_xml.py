"""Rules for every XML document: its encoding, namespaces, DOCTYPE, language tags and characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from feedwright.checks import addresses, encoding, values
from feedwright.checks.document import Document
from feedwright.checks.node import PREFIXES, XML, Node
from feedwright.checks.rule import STRANGE, DocumentRule, ElementRule, Rule, attributes, shown
from feedwright.checks.rule import XML as ALL_XML

_C1 = re.compile(r"[\x80-\x9f]")
_REFERENCE = re.compile(rb"&#(?:x0*[89]|0*1[2-5]\d;)", re.IGNORECASE)
_SPEC = "Namespaces in XML 1.0 §2.3"
_NAMESPACES = {prefix: uri for uri, prefix in PREFIXES.items() if prefix not in ("xsi", "source", "image", "video")}


def _plain(namespace: str) -> str:
    plain = namespace.lower().removeprefix("https:").removeprefix("http:").removeprefix("//www.").strip("/#")
    return plain.removesuffix(".html")


_RIGHT = {_plain(namespace): namespace for namespace in PREFIXES if namespace != XML}
# Spellings that are no slips of the keyboard, and still none that readers know.
_RIGHT |= {
    "rssboard.org/media-rss": "http://search.yahoo.com/mrss/",
    "search.yahoo.com/mrss/rss.xml": "http://search.yahoo.com/mrss/",
    "cyber.law.harvard.edu/rss/creativecommonsrssmodule": "http://backend.userland.com/creativeCommonsRssModule",
    "itunes.com/dtds/podcast-1.0": "http://www.itunes.com/dtds/podcast-1.0.dtd",
}


def _declared(root: Node) -> list[tuple[str, str]]:
    """The namespaces of the root and of the elements right below it: prefix and URI, in order."""
    declared = {(prefix or "", uri) for prefix, uri in root.element.nsmap.items()}
    for child in root.children[:3]:
        declared |= {(prefix or "", uri) for prefix, uri in child.element.nsmap.items()}
    return sorted(declared)


def _right(uri: str) -> str:
    right = _RIGHT.get(_plain(uri), "")
    return "" if uri in PREFIXES else right


def _misspelt(node: Node) -> str | None:
    uri = node.name[1:].partition("}")[0]
    right = _right(uri)
    return f"the namespace {shown(uri)} is not {shown(right)}, which readers look for" if right else None


def _unknown(node: Node) -> str | None:
    uri = node.name[1:].partition("}")[0]
    # A root of a wrong namespace is an error of its own.
    told = _right(uri) or node.parent is None
    return None if told else f"{shown(uri)} is not a namespace that we know, and what is in it is not judged"


def _prefix(root: Node) -> Iterator[tuple[Node, str]]:
    for prefix, uri in _declared(root):
        usual = _NAMESPACES.get(prefix)
        if usual and PREFIXES.get(uri) != prefix and not _right(uri):
            yield root, f"the prefix {prefix} stands for {shown(uri)}, and everywhere else for {shown(usual)}"


def _entities(root: Node) -> str | None:
    info = root.element.getroottree().docinfo
    if not info.doctype:
        return None
    subset = info.internalDTD
    if subset is not None and (names := sorted(entity.name or "" for entity in subset.iterentities())):
        return f"the DOCTYPE declares the entity &{names[0]};"
    used = next(root.element.iter(etree.Entity), None)
    return f"{shown(used.text or '')} is an entity of a DTD that readers do not load" if used is not None else None


def _doctype(root: Node) -> str | None:
    has = root.element.getroottree().docinfo.doctype and not _entities(root)
    return "the document has a DOCTYPE" if has else None


def control_characters(read: Document) -> Iterator[tuple[Rule, Node, str]]:
    """The texts that hold a C1 control character; looked for only where the bytes may hold one."""
    if read.source.isascii() and not _REFERENCE.search(read.source):
        return
    waiting = [read.root]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        if not node.text.isascii() and (found := _C1.search(node.text)):
            yield CONTROL, node, f"the control character U+{ord(found[0]):04X} is in the text"


CONTROL = Rule(
    "control-character",
    "warning",
    "XML 1.0 §2.2",
    ALL_XML,
    (),
    "It comes from text in windows-1252 that was taken for another encoding.",
)

ONCE = frozenset(("namespace-misspelt", "namespace-unknown"))
"""The codes that are told once of each namespace, not of each of its elements."""

RULES: tuple[Rule, ...] = (
    *encoding.RULES,
    ElementRule(
        "doctype", "warning", "XML 1.0 §2.8", ALL_XML, ("/*",), "Leave it out: readers refuse or ignore it.", _doctype
    ),
    ElementRule("entity-not-xml", "error", "XML 1.0 §4.1", ALL_XML, ("/*",), "Write the character itself.", _entities),
    ElementRule(
        "namespace-misspelt",
        "error",
        _SPEC,
        ALL_XML,
        (f"*/{STRANGE}",),
        "Spell it exactly: namespaces are compared character by character.",
        _misspelt,
        by_name=True,
    ),
    ElementRule(
        "namespace-unknown",
        "info",
        _SPEC,
        ALL_XML,
        (f"*/{STRANGE}",),
        "Nothing need be done.",
        _unknown,
        by_name=True,
    ),
    DocumentRule(
        "namespace-prefix",
        "warning",
        _SPEC,
        ALL_XML,
        ("/*",),
        "Take another prefix: some readers look at nothing else.",
        _prefix,
    ),
    *attributes(
        ALL_XML, "xml-lang", "XML 1.0 §2.12", "Write a tag such as en or pt-BR.", "*/*@xml:lang", values.xml_language
    ),
    *attributes(ALL_XML, "xml-base", "XML Base §3", "Write an absolute URL.", "*/*@xml:base", addresses.iri_reference),
    CONTROL,
)
