"""Whether a JSON document that was put together from entries is faultless, told from its head and their ids.

It is for JSON Feed what `feeds.checks.assembling` is for XML. An array of faultless items is faultless, wherever it
stands, unless two of them have the same id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from feeds.checks import json_text
from feeds.checks.json_text import Object, Unreadable

_LARGEST = 8 * 2**20
_KEPT = 8192
_MARK = "urn:uuid:3d0c8a4e-52c5-4f0e-9a55-6f7f8d0e7c5b"
_ITEM = f'{{"id": "{_MARK}", "content_text": "a"}}'.encode()
_COMMA = re.compile(rb"[ \t\r\n]*,[ \t\r\n]*")

_known: dict[int, tuple[bytes, str]] = {}
"""Ids by the identity of the entry's bytes, which are kept with it."""


def stand_in(whole: bytes, entries: Sequence[bytes]) -> bytes | None:
    """Put one harmless item into the place of all.

    Args:
        whole: a document.
        entries: those that it should hold, in order. In another document each was found faultless.

    Returns: a document that has a fault if `whole` has one; None where that cannot be promised.
    """
    around = _around(whole, entries) if entries and len(whole) <= _LARGEST else None
    if around is None:
        return None
    made = _ITEM.join(around)
    top = _read(made)
    if top is None or _ids(top) != [_MARK] or made.count(_MARK.encode()) != 1:
        return None
    ids = [_id(entry) for entry in entries]
    return made if "" not in ids and len(set(ids)) == len(ids) else None


def forget() -> None:
    """Know no entry."""
    _known.clear()


def _around(whole: bytes, entries: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """What stands before and behind entries between which nothing stands but a comma; None where they do not."""
    start = at = whole.find(entries[0])
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
    try:
        item = json.loads(entry)
    except (ValueError, RecursionError):
        # Bytes that end the array, and begin another, are no entry.
        return ""
    name = item.get("id") if isinstance(item, dict) else None
    if not isinstance(name, str):
        return ""
    while len(_known) >= _KEPT:
        _known.pop(next(iter(_known)), None)
    _known[id(entry)] = entry, name
    return name


def _read(document: bytes) -> Object | None:
    """A document that is one object, in which no key stands twice."""
    try:
        top = json_text.parse(document.decode("utf-8-sig"))
    except (UnicodeDecodeError, Unreadable):
        return None
    return top if isinstance(top, Object) and not top.repeated else None


def _ids(top: Object) -> list[str]:
    """The ids of a document's items, in order; empty for what has none."""
    items = top.get("items")
    ids = [item.get("id") if isinstance(item, Object) else "" for item in (items if isinstance(items, list) else [])]
    return [name if isinstance(name, str) else "" for name in ids]
