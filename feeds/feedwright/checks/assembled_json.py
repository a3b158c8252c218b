"""Whether a JSON document that was put together from entries is faultless, told from its head and their ids.

It is for JSON Feed what `feedwright.checks.assembled_xml` is for XML. An array of faultless items is faultless,
wherever it stands, unless two of them have the same id.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedwright.checks import json_text
from feedwright.checks.json_text import Object, Unreadable

_LARGEST = 8 * 2**20
_KEPT = 8192
_START = 64
_MARK = "urn:uuid:3d0c8a4e-52c5-4f0e-9a55-6f7f8d0e7c5b"
_ITEM = f'{{"id": "{_MARK}", "content_text": "a"}}'.encode()
_COMMA = re.compile(rb"[ \t\r\n]*,[ \t\r\n]*")

_known: dict[int, tuple[bytes, str]] = {}
"""Ids by the identity of the entry's bytes, which are kept with it."""


def stand_in(whole: bytes, entries: Sequence[bytes]) -> tuple[bytes, Object] | None:
    """Put one harmless item into the place of all.

    Args:
        whole: a document.
        entries: those that it should hold, in order. In another document each was found faultless.

    Returns: a document that has a fault if `whole` has one, and what it says; None where that cannot be promised.
    """
    made = _holding_one(whole, entries)
    ids = [_id(entry) for entry in entries] if made else [""]
    return made if "" not in ids and len(set(ids)) == len(ids) else None


def read_apart(whole: bytes, entries: Sequence[bytes]) -> Object | None:
    """Read a document entry by entry, so that each is known to be one.

    Args:
        whole: a document.
        entries: those that it should hold, in order.

    Returns: what the document says; None where that cannot be promised.
    """
    made = _holding_one(whole, entries)
    items = [_read(entry) for entry in entries] if made else [None]
    if made is None or None in items:
        return None
    _, top = made
    top["items"] = items
    return top


def remember(top: Object, entries: Sequence[bytes]) -> None:
    """Keep the ids of entries, so that they need not be read again.

    Args:
        top: a document in which nothing was found wrong, as `read_apart` gives it.
        entries: those that it holds, in order.
    """
    for entry, name in zip(entries, _ids(top), strict=True):
        _keep(entry, name)


def _holding_one(whole: bytes, entries: Sequence[bytes]) -> tuple[bytes, Object] | None:
    """The document with one harmless item in the place of all, and what it says."""
    around = _around(whole, entries) if entries and len(whole) <= _LARGEST else None
    if around is None:
        return None
    made = _ITEM.join(around)
    top = _read(made.removeprefix(b"\xef\xbb\xbf"))
    sound = top is not None and not top.repeated and _ids(top) == [_MARK] and made.count(_MARK.encode()) == 1
    return (made, top) if top is not None and sound else None


def forget() -> None:
    """Know no entry."""
    _known.clear()


def _around(whole: bytes, entries: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """What stands before and behind entries between which nothing stands but a comma; None where they do not."""
    start = at = whole.find(entries[0][:_START])
    if start < 0:
        return None
    for number, entry in enumerate(entries):
        if number:
            comma = _COMMA.match(whole, at)
            if not comma:
                return None
            at = comma.end()
        if not whole.startswith(entry, at):
            return None
        at += len(entry)
    return whole[:start], whole[at:]


def _id(entry: bytes) -> str:
    """An entry's id; empty where it is not one object with an id."""
    kept, known = _known.get(id(entry), (b"", ""))
    if kept is entry:
        return known
    # Bytes that end the array, and begin another, are no entry.
    item = _read(entry)
    name = item.get("id") if item is not None else None
    if not isinstance(name, str):
        return ""
    _keep(entry, name)
    return name


def _keep(entry: bytes, name: str) -> None:
    while len(_known) >= _KEPT:
        _known.pop(next(iter(_known)), None)
    _known[id(entry)] = entry, name


def _read(document: bytes) -> Object | None:
    """What is one object."""
    try:
        top = json_text.parse(document.decode())
    except (UnicodeDecodeError, Unreadable):
        return None
    return top if isinstance(top, Object) else None


def _ids(top: Object) -> list[str]:
    """The ids of a document's items, in order; empty for what has none."""
    items = top.get("items")
    ids = [item.get("id") if isinstance(item, Object) else "" for item in (items if isinstance(items, list) else [])]
    return [name if isinstance(name, str) else "" for name in ids]
