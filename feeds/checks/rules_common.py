"""Rules for every XML feed: its namespaces, its language tags, the HTML in its entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from feeds.checks import markup, values
from feeds.checks.node import ATOM as ATOM_NAMESPACE
from feeds.checks.node import PREFIXES, Node
from feeds.checks.rule import BOTH, Law, Rule, Survey, attributes, shown

HTML_PLACES = (
    "item/description",
    "item/content:encoded",
    "entry/content",
    "entry/summary",
    "entry/title",
    "feed/title",
    "feed/subtitle",
)
_ELEMENTS = {
    "dc": "contributor coverage creator date description format identifier language publisher relation rights source"
    " subject title type",
    "content": "encoded",
    "fh": "archive complete",
    "thr": "in-reply-to total",
    "at": "deleted-entry by comment",
    "itunes": "applepodcastsverify author block category complete duration email episode episodeType explicit image"
    " keywords name new-feed-url order owner season subtitle summary title type",
    "media": "adult backLink backLinks category comment comments community content copyright credit description embed"
    " group hash keywords license location param peerLink player price rating response responses restriction rights"
    " scene sceneDescription sceneEndTime scenes sceneStartTime sceneTitle starRating statistics status subTitle"
    " tags text thumbnail title",
}
_EXTENSIONS = tuple(f"*/{prefix}:*" for prefix in _ELEMENTS)
_C1 = re.compile(r"[\x80-\x9f]")
_KNOWN = frozenset(f"{prefix}:{name}" for prefix, names in _ELEMENTS.items() for name in names.split())


def _plain(namespace: str) -> str:
    return namespace.lower().removeprefix("https:").removeprefix("http:").rstrip("/#")


_RIGHT = {_plain(namespace): namespace for namespace in PREFIXES}


def _root(root: Node) -> str | None:
    local = root.tag.rpartition("}")[2]
    if root.tag in ("rss", f"{{{ATOM_NAMESPACE}}}feed", f"{{{ATOM_NAMESPACE}}}entry"):
        return None
    right = "of no namespace" if local == "rss" else f"of the namespace {ATOM_NAMESPACE}"
    return f"the root element is {shown(root.tag)}, not {local} {right}"


def _misspelt_namespaces(root: Node) -> Iterator[tuple[Node, str]]:
    for uri in sorted({uri or "" for uri in root.element.nsmap.values()}):
        right = _RIGHT.get(_plain(uri))
        if right and right != uri:
            yield root, f"the namespace {shown(uri)} is not {shown(right)}, which readers look for"


def _doctype(root: Node) -> str | None:
    return "the document has a DOCTYPE" if root.element.getroottree().docinfo.doctype else None


def _entities(root: Node) -> str | None:
    info = root.element.getroottree().docinfo
    if not info.doctype:
        return None
    subset = info.internalDTD
    if subset is not None and (names := sorted(entity.name or "" for entity in subset.iterentities())):
        return f"the DOCTYPE declares the entity &{names[0]};"
    used = next(root.element.iter(etree.Entity), None)
    return f"{shown(used.text or '')} is an entity of a DTD that readers do not load" if used is not None else None


def _encoding(root: Node) -> str | None:
    encoding = root.element.getroottree().docinfo.encoding or "UTF-8"
    return None if encoding.upper() in ("UTF-8", "UTF8", "US-ASCII", "ASCII") else f"the document is in {encoding}"


def _unknown_extension(node: Node) -> str | None:
    return None if node.name in _KNOWN else f"there is no element {node.name}"


def _c1(node: Node) -> str | None:
    if node.text.isascii() or not (found := _C1.search(node.text)):
        return None
    return f"the control character U+{ord(found[0]):04X} stands in the text"


def _found(kind: str) -> Callable[[Node], str | None]:
    def find(node: Node) -> str | None:
        return markup.of(node).get(kind) if _is_html(node) else None

    return find


def _is_html(node: Node) -> bool:
    parent = node.parent.name if node.parent else ""
    return parent == "item" or node.attributes.get("type", "text") in ("html", "xhtml", "text/html")


_PROFILE = "RSS Best Practices Profile, description"
_SANITISE = "RFC 4287 §8.1"

LAWS: tuple[Law, ...] = (
    Rule(
        "root-wrong", "error", "RFC 4287 §2, RSS 2.0", BOTH, ("/*",), "Spell the root and its namespace exactly.", _root
    ),
    Rule("doctype", "warning", "XML 1.0 §2.8", BOTH, ("/*",), "Leave it out: readers refuse or ignore it.", _doctype),
    Rule("entity-not-xml", "error", "XML 1.0 §4.1", BOTH, ("/*",), "Write the character itself.", _entities),
    Rule("encoding-not-utf-8", "warning", "RFC 7303 §3", BOTH, ("/*",), "Write UTF-8.", _encoding),
    Survey(
        "namespace-misspelt",
        "error",
        "Namespaces in XML 1.0 §2.3",
        BOTH,
        ("/*",),
        "Spell it exactly: namespaces are compared character by character.",
        _misspelt_namespaces,
    ),
    Rule(
        "extension-element-unknown",
        "error",
        "the extension's specification",
        BOTH,
        _EXTENSIONS,
        "Leave it out, or use a namespace of your own.",
        _unknown_extension,
    ),
    *attributes(
        BOTH, "xml-lang", "XML 1.0 §2.12", "Write a tag such as en or pt-BR.", "*/*@xml:lang", values.xml_language
    ),
    *attributes(BOTH, "xml-base", "XML Base §3", "Write an absolute address.", "*/*@xml:base", values.iri_reference),
    Rule(
        "control-character",
        "warning",
        "XML 1.0 §2.2",
        BOTH,
        ("*/*",),
        "It comes from text in windows-1252 that was taken for another encoding.",
        _c1,
    ),
    Rule(
        "html-script",
        "error",
        _SANITISE,
        BOTH,
        HTML_PLACES,
        "Take it out: readers drop it, or refuse the entry.",
        _found("script"),
    ),
    Rule("html-handler", "warning", _SANITISE, BOTH, HTML_PLACES, "Take it out: readers drop it.", _found("handler")),
    Rule("html-embed", "warning", _SANITISE, BOTH, HTML_PLACES, "Most readers drop it; link to it.", _found("embed")),
    Rule("html-style", "warning", _SANITISE, BOTH, HTML_PLACES, "Take it out: readers drop it.", _found("style")),
    Rule("html-relative", "warning", _PROFILE, BOTH, HTML_PLACES, "Make it absolute.", _found("relative")),
    Rule("html-escaped-twice", "warning", _PROFILE, BOTH, HTML_PLACES, "Escape it once.", _found("escaped")),
)
