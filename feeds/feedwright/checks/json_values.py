"""What JSON Feed's objects are made of: keys, types, values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from feedwright.checks import addresses, future_dates, html_hazards, rules_html, values
from feedwright.checks.json_text import Object, Path
from feedwright.checks.rule import ALL, JSONFEED, Fault, Rule, shown
from feedwright.text.suggest import likest

VERSIONS = ("https://jsonfeed.org/version/1.1", "https://jsonfeed.org/version/1")
_SPEC = "JSON Feed 1.1"
_KEYS: dict[str, dict[str, str]] = {
    "feed": {
        **dict.fromkeys(("version", "description", "user_comment"), "text"),
        "title": "plain",
        **dict.fromkeys(("home_page_url", "feed_url", "next_url", "icon", "favicon"), "url"),
        "author": "author",
        "authors": "[author]",
        "language": "language",
        "expired": "flag",
        "hubs": "[hub]",
        "items": "[item]",
    },
    "item": {
        "id": "text",
        **dict.fromkeys(("url", "external_url", "image", "banner_image"), "url"),
        **dict.fromkeys(("title", "summary"), "plain"),
        "content_html": "html",
        "content_text": "text",
        **dict.fromkeys(("date_published", "date_modified"), "date"),
        "author": "author",
        "authors": "[author]",
        "tags": "[text]",
        "language": "language",
        "attachments": "[attachment]",
    },
    "author": {"name": "text", "url": "link", "avatar": "url"},
    "hub": {"type": "text", "url": "url"},
    "attachment": {
        "url": "url",
        "mime_type": "mime",
        "title": "text",
        "size_in_bytes": "number",
        "duration_in_seconds": "number",
    },
}
_NEEDED = {
    "feed": ("version", "title", "items"),
    "item": ("id",),
    "hub": ("type", "url"),
    "attachment": ("url", "mime_type"),
}
_EXTENSION = re.compile(r"_[A-Za-z][^.]*")
_TAG = re.compile(
    r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|nbsp);", re.IGNORECASE
)
_FAULTS: dict[str, tuple[str, Fault]] = {
    "url": ("jsonfeed-url", addresses.absolute_iri),
    "link": ("jsonfeed-url", addresses.absolute_iri),
    "language": ("jsonfeed-language", values.language),
    "mime": ("jsonfeed-mime", values.mime),
    "date": ("jsonfeed-date", values.rfc3339),
}
_TEXTS = frozenset((*_FAULTS, "text", "plain", "html"))
_NOT = {
    **dict.fromkeys(_KEYS, "not an object"),
    "[": "not an array",
    "number": "not a number",
    "flag": "not true or false",
}
RULES: tuple[Rule, ...] = (
    Rule("json-not-well-formed", "error", "RFC 8259 §2", JSONFEED, (), "Write JSON with a library."),
    Rule("json-encoding", "error", "RFC 8259 §8.1", JSONFEED, (), "Write UTF-8."),
    Rule("json-mark", "warning", "RFC 8259 §8.1", JSONFEED, (), "Leave it out: many parsers refuse it."),
    Rule("json-key-repeated", "error", "RFC 8259 §4", JSONFEED, (), "Leave one: readers take the first or the last."),
    Rule("jsonfeed-version", "error", _SPEC, JSONFEED, (), f"Write {VERSIONS[0]}."),
    Rule("jsonfeed-key-missing", "error", _SPEC, JSONFEED, (), "It is required."),
    Rule("jsonfeed-key-unknown", "warning", _SPEC, JSONFEED, (), "Begin the name of what is your own with _."),
    Rule("jsonfeed-extension-name", "error", _SPEC, JSONFEED, (), "Write _, a letter, and no full stop."),
    Rule("jsonfeed-type", "error", _SPEC, JSONFEED, (), "Write it as the specification says."),
    Rule("jsonfeed-null", "warning", _SPEC, JSONFEED, (), "Leave the key out."),
    Rule("jsonfeed-url", "error", _SPEC, JSONFEED, (), "Write the whole URL."),
    Rule("jsonfeed-date", "error", "RFC 3339 §5.6", JSONFEED, (), "Write it as 2026-03-01T09:30:00Z."),
    Rule("jsonfeed-language", "error", "RFC 5646 §2.1", JSONFEED, (), "Write a tag such as en or pt-BR."),
    Rule("jsonfeed-mime", "error", "RFC 6838 §4.2", JSONFEED, (), "Write audio/mpeg."),
    Rule("jsonfeed-number", "error", _SPEC, JSONFEED, (), "Write 0 or more, or leave it out."),
    Rule(
        "jsonfeed-html-in-plain",
        "warning",
        _SPEC,
        JSONFEED,
        (),
        "Readers show it as it stands; HTML is for content_html.",
    ),
    Rule("jsonfeed-author-empty", "error", _SPEC, JSONFEED, (), "Give a name, url or avatar."),
    Rule("jsonfeed-author-old", "info", _SPEC, JSONFEED, (), "Write authors, an array; author may stay beside it."),
    Rule("jsonfeed-address-missing", "warning", _SPEC, JSONFEED, (), "Public feeds need both."),
    Rule("jsonfeed-next-itself", "error", _SPEC, JSONFEED, (), "Name the next page, or leave it out."),
    Rule("jsonfeed-content-missing", "error", _SPEC, JSONFEED, (), "At least one is required."),
    Rule("jsonfeed-id-empty", "error", _SPEC, JSONFEED, (), "Readers drop the item; give it a permanent id."),
    Rule("jsonfeed-id-repeated", "error", _SPEC, JSONFEED, (), "Each item needs its own."),
    Rule("too-large", "error", "", ALL, (), "Page or archive the feed (RFC 5005)."),
    Rule("jsonfeed-schema", "error", _SPEC, JSONFEED, (), "Compare the value with its specification."),
    future_dates.RULE,
    *rules_html.BY_KIND.values(),
)
_Finding = tuple[str, Path, str]
UNKNOWN = "jsonfeed-key-unknown"


def of_object(kind: str, value: Object, path: Path) -> list[_Finding]:
    """Judge one object and what is inside.

    Args:
        kind: "feed", "item", "author", "hub" or "attachment".
        path: where it stands.
    """
    known, needed = _KEYS[kind], _NEEDED.get(kind, ())
    found = [("json-key-repeated", (*path, key), f"the key {key} stands twice") for key in value.repeated]
    missing = [key for key in needed if value.get(key) is None]
    found.extend(("jsonfeed-key-missing", path, f"the {kind} has no {key}") for key in missing)
    if kind == "author" and not any(value.get(key) for key in known):
        found.append(("jsonfeed-author-empty", path, "the author has neither name nor url nor avatar"))
    for key, inside in value.items():
        own = known.get(key)
        if own is None:
            found.extend(_of_other(key, (*path, key)))
        elif inside is not None or key not in needed:
            found.extend(_of_value(own, inside, path, key))
    return found


def meant(path: Path) -> str:
    """What may be meant by an unknown key, in words; empty where nothing is like it.

    Args:
        path: of its value.
    """
    *above, key = path
    kind = "feed"
    for step in above:
        kind = kind[1:-1] if isinstance(step, int) else _KEYS[kind][step]
    near = likest(str(key)[:50], _KEYS[kind], 1, 0.7)
    return f": meant is {near[0]}" if near else ""


def _of_other(key: str, path: Path) -> Iterator[_Finding]:
    if key.startswith("_"):
        if not _EXTENSION.fullmatch(key):
            yield "jsonfeed-extension-name", path, f"{shown(key)} is not a name for an extension"
        return
    yield UNKNOWN, path, f"there is no key {key[:50]}"


def _of_value(kind: str, value: Any, above: Path, key: str | int) -> Sequence[_Finding]:
    """Judge a value. Most are faultless texts: where one stands is put together only to be told."""
    if isinstance(value, str) and kind in _TEXTS:
        return _of_text(kind, value, above, key)
    path = (*above, key)
    if isinstance(value, list) and kind[0] == "[":
        return [one for place, inside in enumerate(value) for one in _of_value(kind[1:-1], inside, path, place)]
    if isinstance(value, Object) and kind in _KEYS:
        return of_object(kind, value, path)
    if value is None:
        return [("jsonfeed-null", path, f"{_name(path)} is null")]
    if kind == "number" and isinstance(value, int | float) and not isinstance(value, bool):
        return [("jsonfeed-number", path, f"{_name(path)} is less than 0")] if value < 0 else ()
    if kind == "flag" and isinstance(value, bool):
        return ()
    return [("jsonfeed-type", path, f"{_name(path)} is {_NOT.get(kind) or _NOT.get(kind[0], 'not a string')}")]


def _of_text(kind: str, value: str, above: Path, key: str | int) -> Sequence[_Finding]:
    if kind in _FAULTS:
        code, fault = _FAULTS[kind]
        if what := fault(value):
            return [(code, (*above, key), f"{_name((*above, key))}: {what}")]
    elif kind == "plain":
        if tag := _TAG.search(value):
            what = f"{_name((*above, key))} has what looks like HTML: {shown(tag[0])}"
            return [("jsonfeed-html-in-plain", (*above, key), what)]
    elif kind == "html":
        return [
            (rules_html.BY_KIND[found].code, (*above, key), what) for found, what in html_hazards.in_text(value).items()
        ]
    return ()


def _name(path: Path) -> str:
    last = path[-1]
    return last if isinstance(last, str) else f"{path[-2]}[{last + 1}]"
