"""Whether a document that was put together from entries is faultless, told from its head and from what they say.

Every entry was checked before. What is left to find is a fault of the head, or one between the head and an entry or
between two entries; and most documents have none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from feedwright.checks import detect_format, document
from feedwright.checks.document import Document
from feedwright.checks.node import ATOM, PREFIXES, Node
from feedwright.errors import Problem

Form = Literal["rss", "atom"]

_LARGEST = 8 * 2**20
"""Bytes. libxml2 has no bound on a whole document below this, so what its parts keep to it keeps to."""

_KEPT = 8192
"""Entries that are remembered; the bytes of each are some thousands."""

_START = 64
"""Bytes of the first entry that are searched for; to search for all of it takes longer than to compare it after."""

_MARK = "urn:uuid:8f1a6c52-0d0f-4b7e-9d0b-5f0f6f1a2c11"
_ITEM = f'<item><title>a</title><guid isPermaLink="false">{_MARK}</guid></item>'
_ENTRY = (
    f"<entry><id>{_MARK}</id><title>a</title><updated>2000-01-01T00:00:00Z</updated>"
    '<link href="https://feed.example/"/></entry>'
)
_AUTHORED = _ENTRY.replace("</entry>", "<author><name>a</name></author></entry>")
_NAMES: dict[Form, tuple[str, str]] = {"rss": ("item", "guid"), "atom": ("entry", "id")}
_PARENTS: dict[Form, tuple[str, ...]] = {"rss": ("channel", "rss"), "atom": ("feed",)}
_SPACE = re.compile(rb"[ \t\r\n]*")


class Said(NamedTuple):
    """What an entry says that others, or the head, may contradict.

    Args:
        id: its guid or id; empty where it has none.
        has_author: of its own, or of its source.
        prefixes: of namespaces, among which are all that it uses.
    """

    id: str
    has_author: bool
    prefixes: frozenset[str]


_known: dict[int, tuple[bytes, Said]] = {}
"""By the identity of the entry's bytes, which are kept with it: to hash them takes longer than all else here."""


def stand_in(whole: bytes, entries: Sequence[bytes]) -> tuple[Document, Form] | None:
    """Put one harmless entry into the place of all.

    Args:
        whole: a document.
        entries: those that it should hold, in order. In another document, whose prefixes are the usual ones, each was
            found faultless.

    Returns: a document that has a fault if `whole` has one, and its format; None where that cannot be promised.
    """
    around = _around(whole, entries) if entries and len(whole) <= _LARGEST else None
    if around is None:
        return None
    form: Form = "rss" if entries[0].startswith(b"<item") else "atom"
    read = _read(around, _ITEM if form == "rss" else _AUTHORED)
    prefixes = _prefixes(read, form, 1) if read else None
    if read is None or prefixes is None or not _holds_mark(read.root, form):
        return None
    ids, all_have_authors = set(), True
    for entry in entries:
        said = _say(entry, form, prefixes)
        if said is None or (said.id and said.id in ids):
            return None
        ids.add(said.id)
        all_have_authors = all_have_authors and said.has_author
    if form == "atom" and not all_have_authors:
        read = _read(around, _ENTRY)
    return (read, form) if read else None


def remember(read: Document, entries: Sequence[bytes]) -> None:
    """Keep what entries say, so that they need not be read again.

    Args:
        read: a document in which nothing was found wrong.
        entries: those that it should hold, in order.
    """
    form: Form = "rss" if read.root.name == "rss" else "atom"
    name = _NAMES[form][0].encode()
    prefixes = _prefixes(read, form, len(entries)) if entries and _around(read.source, entries) else None
    # As many elements as entries, each of which has one start tag, at its start, and ends with an end tag: so each
    # entry is one element, whatever its text holds.
    shaped = all(
        entry.startswith(b"<" + name) and entry.count(b"<" + name) == 1 and entry.endswith(b"</" + name + b">")
        for entry in entries
    )
    if prefixes is not None and shaped:
        for entry, node in zip(entries, _nodes(read.root, form), strict=True):
            _keep(entry, _of_node(node, form, prefixes))


def forget() -> None:
    """Know no entry."""
    _known.clear()


def _around(whole: bytes, entries: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """What stands before and behind entries between which nothing stands but white space; None where they do not."""
    start = at = max(whole.find(entries[0][:_START]), 0)
    for entry in entries:
        space = _SPACE.match(whole, at)
        at = space.end() if space else at
        if not whole.startswith(entry, at):
            return None
        at += len(entry)
    return whole[:start], whole[at:]


def _read(around: tuple[bytes, bytes], entry: str) -> Document | None:
    read = document.read(entry.encode().join(around), "")
    return None if isinstance(read, Problem) else read


def _holds_mark(root: Node, form: Form) -> bool:
    names = [entry.first(_NAMES[form][1]) for entry in _nodes(root, form)]
    return any(name and name.value == _MARK for name in names)


def _nodes(root: Node, form: Form) -> list[Node]:
    """The entries of a document, where entries belong."""
    above = [root] if root.name == _PARENTS[form][-1] else []
    if form == "rss":
        above = [channel for rss in above for channel in rss.all("channel")]
    return [entry for parent in above for entry in parent.all(_NAMES[form][0])]


def _prefixes(read: Document, form: Form, count: int) -> frozenset[str] | None:
    """The prefixes that are declared where the entries stand.

    Args:
        count: how many entries there must be.

    Returns: None where there are others, and where a prefix is not the usual one or the encoding is not UTF-8: the
        bytes of an entry might say something else there.
    """
    nodes = _nodes(read.root, form)
    info = read.tree.docinfo
    if detect_format.of(read.root) != form or len(nodes) != count or not nodes[0].parent:
        return None
    if info.doctype or (info.encoding or "UTF-8").upper() != "UTF-8":
        return None
    declared = dict(nodes[0].parent.element.nsmap)
    usual = declared.pop(None, "") == (ATOM if form == "atom" else "")
    usual = usual and all(PREFIXES.get(uri) == prefix for prefix, uri in declared.items())
    return frozenset(prefix or "" for prefix in declared) if usual else None


def _say(entry: bytes, form: Form, prefixes: frozenset[str]) -> Said | None:
    """What an entry says; None where it is not one element, or has a prefix that is none of these."""
    kept, known = _known.get(id(entry), (b"", None))
    if kept is entry and known and known.prefixes <= prefixes:
        return known
    said = _read_alone(entry, form, prefixes)
    if said:
        _keep(entry, said)
    return said


def _read_alone(entry: bytes, form: Form, prefixes: frozenset[str]) -> Said | None:
    declared = [f' xmlns:{prefix}="{uri}"' for uri, prefix in PREFIXES.items() if prefix in prefixes]
    declared = list({one.partition("=")[0]: one for one in declared}.values())
    start = "<channel>" if form == "rss" else ""
    outer = f"<{_PARENTS[form][-1]}" + (f' xmlns="{ATOM}"' if form == "atom" else "") + "".join(declared) + ">"
    end = "".join(f"</{name}>" for name in _PARENTS[form])
    read = document.read(f"{outer}{start}".encode() + entry + end.encode(), "")
    nodes = [] if isinstance(read, Problem) else _nodes(read.root, form)
    if isinstance(read, Problem) or len(nodes) != 1:
        return None
    (node,) = nodes
    above = node.parent or node
    alone = len(above.children) == 1 and not above.text and not node.element.tail
    said = _of_node(node, form, prefixes) if alone else None
    document.release(read.root)
    return said


def _of_node(entry: Node, form: Form, prefixes: frozenset[str]) -> Said:
    name, has_author = "", False
    for child in entry.children:
        if child.name == _NAMES[form][1]:
            name = child.value
        elif child.name == "author" or (child.name == "source" and child.has("author")):
            has_author = True
    return Said(name, has_author, prefixes)


def _keep(entry: bytes, said: Said) -> None:
    while len(_known) >= _KEPT:
        _known.pop(next(iter(_known)), None)
    _known[id(entry)] = entry, said
