"""Whether the bytes, the XML declaration and the server say the same about a document's encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from feedwright.checks.document import Document
from feedwright.checks.node import Node
from feedwright.checks.rule import XML, ElementRule, Rule, shown

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(r"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z][\w.:-]*)[\"']", re.ASCII)
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE | re.ASCII)

MISMATCH = Rule(
    "encoding-mismatch",
    "warning",
    "RFC 7303 §3",
    XML,
    (),
    "Say the same everywhere: UTF-8.",
)


def findings(read: Document, media_type: str | None) -> Iterator[tuple[Rule, Node, str]]:
    """Say where a byte order mark, the XML declaration and the media type's charset contradict each other."""
    mark = next((name for mark, name in _BOMS if read.source.startswith(mark)), "")
    start = read.source[:400]
    text = start.decode(mark, errors="replace") if mark else start.replace(b"\0", b"").decode("latin-1")
    found = _DECLARED.match(text.lstrip("\ufeff"))
    declared = _normal(found[1]) if found else ""
    if mark and declared and not _same(declared, mark):
        yield MISMATCH, read.root, f"the document is in {mark}, by its byte order mark, yet is declared as {declared}"
    served = _normal(charset[1]) if (charset := _CHARSET.search(media_type or "")) else ""
    own = mark or declared or "utf-8"
    if served and not _same(served, own):
        yield MISMATCH, read.root, f"the document is in {own}, but is served as {shown(served)}"


def _normal(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name.lower()


def _same(one: str, other: str) -> bool:
    return one.removesuffix("-le").removesuffix("-be") == other.removesuffix("-le").removesuffix("-be")


def _not_utf_8(root: Node) -> str | None:
    encoding = root.element.getroottree().docinfo.encoding or "UTF-8"
    return None if encoding.upper() in ("UTF-8", "UTF8", "US-ASCII", "ASCII") else f"the document is in {encoding}"


def _version(root: Node) -> str | None:
    version = root.element.getroottree().docinfo.xml_version
    return None if version == "1.0" else f"the document is XML {version}"


RULES: tuple[Rule, ...] = (
    MISMATCH,
    ElementRule("encoding-not-utf-8", "warning", "RFC 7303 §3", XML, ("/*",), "Write UTF-8.", _not_utf_8),
    ElementRule(
        "xml-version", "error", "XML 1.0 §2.8", XML, ("/*",), "Write version 1.0: readers know no other.", _version
    ),
)
