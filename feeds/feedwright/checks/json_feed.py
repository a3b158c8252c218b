"""JSON Feed 1.0 and 1.1: from bytes to what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedwright.checks import future_dates, json_schema, json_text, json_values, self_links, values
from feedwright.checks.json_text import Object, Path, Unreadable
from feedwright.checks.json_values import RULES, VERSIONS
from feedwright.checks.rule import Rule, shown
from feedwright.errors import Problem

_Found = tuple[str, Path, str]
"""Code, where, what."""

_BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
_PAGE = ("home_page_url", "feed_url")


@dataclass(frozen=True, slots=True)
class Read:
    """A document that is JSON.

    Args:
        text: its text.
        found: what is wrong with it: which rule is broken, where, in what way.
    """

    text: str
    found: list[tuple[Rule, Path, str]]


def read(data: bytes, now: datetime | None, address: str | None, file: str) -> Read | Problem:
    """Check a document that is JSON.

    Args:
        now, address: as for `feedwright.checks.check`.
        file: the name that the problem carries.

    Returns: what is wrong with it, or why it cannot be read.
    """
    if len(data) > json_text.LARGEST:
        what = f"the document has {len(data)} bytes, more than {json_text.LARGEST}"
        return Problem("error", "too-large", file, what, "Page the feed with next_url.")
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        where = json_text.position(before, len(before))
        return _told(_BY_CODE["json-encoding"], "bytes stand there that are not UTF-8", file, where, "")
    try:
        said = json_text.parse(text.removeprefix("\ufeff"))
    except Unreadable as error:
        where = json_text.position(text.removeprefix("\ufeff"), error.at)
        rule = _BY_CODE["json-not-well-formed"]
        return _told(rule, f"the document is not valid JSON: {error.what}", file, where, "")
    found = [(_BY_CODE[code], path, what) for code, path, what in (*_encoded(data, encoding), *_of_feed(said, now))]
    own = said.get("feed_url") if isinstance(said, Object) else None
    if address and isinstance(own, str) and (elsewhere := self_links.differs(own, address)):
        found.append((self_links.RULE, ("feed_url",), elsewhere))
    # Where a rule has said in words what is wrong, the schema's own words only confuse.
    if not any(rule.severity == "error" for rule, _, _ in found) and (fault := json_schema.fault(said)):
        found.append((_BY_CODE["jsonfeed-schema"], *fault))
    return Read(text, found)


def told(text: str, found: list[tuple[Rule, Path, str]], file: str) -> list[Problem]:
    """What was found, with its lines and columns."""
    places = json_text.Places(text)
    # To look for what was meant takes longer than all else: a document may have any number of unknown keys.
    meant = (json_values.meant(path) if rule.code == json_values.UNKNOWN else "" for rule, path, _ in found)
    return [
        _told(rule, f"{what}{more}", file, places.of(path), _key(path))
        for (rule, path, what), more in zip(found, meant, strict=True)
    ]


def _told(rule: Rule, what: str, file: str, where: tuple[int, int], key: str) -> Problem:
    line, column = where
    return Problem(
        rule.severity, rule.code, file, what, rule.hint, line=line, key=key, source=rule.source, column=column
    )


def _key(path: Path) -> str:
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f"/{step}" for step in path).removeprefix("/")


def _encoded(data: bytes, encoding: str) -> Iterator[_Found]:
    if encoding not in ("utf-8", "utf-8-sig"):
        yield "json-encoding", (), f"the document is in {encoding}"
    elif encoding == "utf-8-sig":
        yield "json-mark", (), "a byte order mark stands before the document"


def _of_feed(top: Any, now: datetime | None) -> Iterator[_Found]:
    if not isinstance(top, Object):
        yield "jsonfeed-type", (), "the document is not an object"
        return
    version = top.get("version")
    if version is not None and version not in VERSIONS:
        yield "jsonfeed-version", ("version",), f"{shown(str(version))} is not a version of JSON Feed"
    yield from json_values.of_object("feed", top, ())
    for name in _PAGE:
        if name not in top:
            yield "jsonfeed-address-missing", (), f"the feed has no {name}"
    if top.get("next_url") and top.get("next_url") == top.get("feed_url"):
        yield "jsonfeed-next-itself", ("next_url",), "next_url is the feed's own URL"
    if "author" in top and "authors" not in top and version == VERSIONS[0]:
        yield "jsonfeed-author-old", ("author",), "author was replaced by authors in 1.1"
    items = top.get("items")
    if isinstance(items, list):
        yield from _of_items(items, now)


def _of_items(items: list[Any], now: datetime | None) -> Iterator[_Found]:
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
            if now and isinstance(value, str) and (what := future_dates.late(values.moment(value), value, now)):
                yield future_dates.RULE.code, (*path, key), what
