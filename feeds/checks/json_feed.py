"""JSON Feed 1.0 and 1.1: a whole check, from bytes to problems."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from feeds.checks import clock, json_text, json_values, values
from feeds.checks.json_text import Object, Path, Unreadable
from feeds.checks.json_values import LAWS, VERSIONS
from feeds.checks.rule import Law, shown
from feeds.errors import Problem

Finding = tuple[str, Path, str]
"""Code, where, what."""

MOST = 50
_BY_CODE: dict[str, Law] = {law.code: law for law in LAWS}
_RANKS = {"error": 0, "warning": 1, "info": 2}
_PAGE = ("home_page_url", "feed_url")


def problems(data: bytes, profile: str | None, now: datetime | None, file: str) -> list[Problem]:
    """Check a document that is JSON.

    Args:
        data: the document.
        profile: none has rules of its own for JSON Feed.
        now: as for `feeds.checks.check`.
        file: the name that the problems carry.

    Returns: at most `MOST` problems and one that counts the rest, in no order.
    """
    if len(data) > json_text.LARGEST:
        what = f"the document has {len(data)} bytes, more than {json_text.LARGEST}"
        return [Problem("error", "too-large", file, what, "Page the feed with next_url.")]
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        where = json_text.position(before, len(before))
        return [_told("json-encoding", "bytes stand there that are not UTF-8", file, where, "")]
    try:
        top = json_text.parse(text.removeprefix("\ufeff"))
    except Unreadable as error:
        where = json_text.position(text.removeprefix("\ufeff"), error.at)
        return [_told("json-not-well-formed", f"the document is no JSON: {error.what}", file, where, "")]
    found = [*_encoded(data, encoding), *_of_feed(top, now)]
    found.sort(key=lambda finding: _RANKS[_BY_CODE[finding[0]].severity])
    told = [_told(code, what, file, json_text.locate(text, path), _key(path)) for code, path, what in found[:MOST]]
    if (left_out := len(found) - MOST) > 0:
        what = f"{left_out} more {'problem is' if left_out == 1 else 'problems are'} not shown"
        told.append(Problem("info", "problems-left-out", file, what, "Mend those that are shown first."))
    return told


def _told(code: str, what: str, file: str, where: tuple[int, int], key: str) -> Problem:
    law = _BY_CODE[code]
    return Problem(law.severity, code, file, what, law.mend, line=where[0], key=key, source=law.source, column=where[1])


def _key(path: Path) -> str:
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f"/{step}" for step in path).removeprefix("/")


def _encoded(data: bytes, encoding: str) -> Iterator[Finding]:
    if encoding not in ("utf-8", "utf-8-sig"):
        yield "json-encoding", (), f"the document is in {encoding}"
    elif encoding == "utf-8-sig":
        yield "json-mark", (), "a byte order mark stands before the document"


def _of_feed(top: Any, now: datetime | None) -> Iterator[Finding]:
    if not isinstance(top, Object):
        yield "jsonfeed-type", (), "the document is no object"
        return
    version = top.get("version")
    if version is not None and version not in VERSIONS:
        yield "jsonfeed-version", ("version",), f"{shown(str(version))} is no version of JSON Feed"
    yield from json_values.of_object("feed", top, ())
    for name in _PAGE:
        if name not in top:
            yield "jsonfeed-address-missing", (), f"the feed has no {name}"
    if top.get("next_url") and top.get("next_url") == top.get("feed_url"):
        yield "jsonfeed-next-itself", ("next_url",), "next_url is the feed's own address"
    if "author" in top and "authors" not in top and version == VERSIONS[0]:
        yield "jsonfeed-author-old", ("author",), "author was replaced by authors in 1.1"
    items = top.get("items")
    if isinstance(items, list):
        yield from _of_items(items, now)


def _of_items(items: list[Any], now: datetime | None) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for place, item in enumerate(items):
        if not isinstance(item, Object):
            continue
        path: Path = ("items", place)
        if not item.get("content_html") and not item.get("content_text"):
            yield "jsonfeed-content-missing", path, "the item has neither content_html nor content_text"
        name = item.get("id")
        if isinstance(name, str):
            if not name.strip():
                yield "jsonfeed-id-empty", (*path, "id"), "the id is empty"
            elif seen.setdefault(name, place) != place:
                yield "jsonfeed-id-repeated", (*path, "id"), f"item {seen[name] + 1} has the id {shown(name)} already"
        for key in ("date_published", "date_modified"):
            value = item.get(key)
            if now and isinstance(value, str) and (what := clock.late(values.moment(value), value, now)):
                yield clock.LAW.code, (*path, key), what
