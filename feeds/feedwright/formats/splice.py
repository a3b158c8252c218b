"""Entries as bytes: cut out of a tree, set into a document's head."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feedwright.model import Feed

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def cut(entry: _Element, parents: Iterable[str], namespaces: dict[str, str]) -> bytes:
    """Serialise an entry as it stands in a document whose root declares its namespaces.

    Args:
        entry: in no tree; it is moved into one.
        parents: the names of the elements around it, outermost first.
        namespaces: prefix to namespace, all that the document's root declares.

    Returns: UTF-8 from the entry's "<" to its last ">", its children indented for its depth.
    """
    outermost, *inner = parents
    root = parent = etree.Element(outermost, nsmap=namespaces)
    for nested in inner:
        parent = etree.SubElement(parent, nested)
    # Moving it drops the declarations that its elements carried, as the root has them.
    parent.append(entry)
    text = etree.tostring(root, encoding="UTF-8", pretty_print=True)
    name = str(entry.tag).encode()
    end_tag = b"</%b>" % name
    return text[text.index(b"<" + name) : text.rindex(end_tag) + len(end_tag)]


def style(feed: Feed) -> bytes:
    """Name the style sheet that a browser shows a feed with, by the way to it from the feed's document.

    It is the same way wherever the output folder is served, on a test server or from a disk; and readers do not look.

    Returns: a processing instruction and a newline; nothing where the feed has no style sheet.

    Source: Associating Style Sheets with XML documents 1.0 §4.
    """
    if not feed.stylesheet:
        return b""
    way = "../" * feed.path.count("/") + feed.stylesheet
    return f'<?xml-stylesheet type="text/css" href="{escape(way)}"?>\n'.encode()


def splice(head: bytes, tail: bytes, entries: Iterable[bytes], indent: bytes) -> bytes:
    """Set entries into a document without any.

    Args:
        head: the document, pretty-printed, without declaration; ends with `tail`.
        tail: what is to follow the entries.
        entries: as `cut` makes them.
        indent: what stands before each.

    Returns: the whole document, with its declaration.

    Raises:
        ValueError: `head` does not end with `tail`.
    """
    if not head.endswith(tail):
        raise ValueError("the feed's head does not end as it should")
    lines = [DECLARATION, head.removesuffix(tail)]
    for entry in entries:
        lines += (indent, entry, b"\n")
    return b"".join((*lines, tail))
