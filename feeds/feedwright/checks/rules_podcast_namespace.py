"""Podcasting 2.0: the podcast namespace."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from feedwright.checks import addresses, values
from feedwright.checks.node import Node
from feedwright.checks.rule import (
    RSS,
    DocumentRule,
    ElementRule,
    Fault,
    Rule,
    attributes,
    needs,
    one_of,
    repeated,
    shown,
    text,
    words,
)

_SPEC = "Podcasting 2.0"
_HEAD_ONCE = words(
    "podcast:locked podcast:guid podcast:medium podcast:license podcast:podroll podcast:publisher"
    " podcast:updateFrequency podcast:podping podcast:chat"
)
_ITEM_ONCE = words("podcast:chapters podcast:season podcast:episode podcast:license podcast:chat")
_NEEDED = {
    "alternateEnclosure": ("type",),
    "chapters": ("url", "type"),
    "contentLink": ("href",),
    "funding": ("url",),
    "image": ("href",),
    "liveItem": ("status", "start"),
    "podping": ("usesPodping",),
    "socialInteract": ("protocol",),
    "soundbite": ("startTime", "duration"),
    "source": ("uri",),
    "trailer": ("url", "pubdate"),
    "transcript": ("url", "type"),
}
_LONGEST = {
    "funding": 128,
    "location": 128,
    "txt": 4000,
    "soundbite": 128,
    "person": 128,
    "license": 128,
    "trailer": 128,
}
_IN_HEAD = words("podcast:locked podcast:guid podcast:medium podcast:podroll podcast:publisher podcast:podping")
_IN_ITEM = words("podcast:transcript podcast:chapters podcast:soundbite podcast:season podcast:episode")
_ITEMS = ("item", "podcast:liveItem")


def _misplaced(node: Node) -> str | None:
    parent = node.parent.name if node.parent else ""
    wrong = (node.name in _IN_HEAD and parent in _ITEMS) or (node.name in _IN_ITEM and parent == "channel")
    return f"{node.name} does not stand in {parent}" if wrong else None


def _too_long(most: int, value: str) -> str | None:
    return f"the text has {len(value)} characters, more than {most}" if len(value) > most else None


def _no_source(node: Node) -> str | None:
    return None if node.has("podcast:source") else "podcast:alternateEnclosure has no podcast:source"


def _chapters_type(value: str) -> str | None:
    known = value.partition(";")[0].strip().lower() in ("application/json+chapters", "application/json")
    return None if known else f"{shown(value)} is not application/json+chapters"


def _value(names: str, hint: str, fault: Fault) -> ElementRule:
    return ElementRule(
        "podcast-value", "error", _SPEC, RSS, tuple(f"*/podcast:{name}" for name in names.split()), hint, text(fault)
    )


def _attribute(at: str, hint: str, fault: Fault) -> list[ElementRule]:
    return attributes(RSS, "podcast-value", _SPEC, hint, " ".join(f"*/podcast:{place}" for place in at.split()), fault)


def _missing(name: str, needed: tuple[str, ...]) -> ElementRule:
    find: Callable[[Node], str | None] = needs(*needed)
    return ElementRule(
        "podcast-attribute-missing", "error", _SPEC, RSS, (f"*/podcast:{name}",), "It is required.", find
    )


_URLS = (
    "funding@url transcript@url chapters@url trailer@url person@img person@href contentLink@href image@href license@url"
)

RULES: tuple[Rule, ...] = (
    *(_missing(name, needed) for name, needed in _NEEDED.items()),
    _value("locked", "Write yes or no.", one_of("yes", "no")),
    _value("guid", "Write a UUID, version 5, made from the feed's URL.", values.uuid),
    _value("season", "Write a whole number.", values.digits),
    _value("episode", "Write a number.", values.number),
    *_attribute("podping@usesPodping", "Write true or false.", one_of("true", "false")),
    *_attribute("liveItem@status", "Write one of them.", one_of("pending", "live", "ended")),
    *_attribute("liveItem@start liveItem@end", "Write it as 2026-03-01T09:30:00Z.", values.w3cdtf),
    *_attribute("trailer@pubdate", "Write it as Sun, 01 Mar 2026 09:30:00 +0000.", values.rfc822),
    *_attribute("soundbite@startTime soundbite@duration", "Write seconds.", values.number),
    *_attribute("transcript@type alternateEnclosure@type trailer@type", "Write text/vtt.", values.mime),
    *_attribute("chapters@type", "Write application/json+chapters.", _chapters_type),
    *_attribute("alternateEnclosure@length trailer@length", "Write the size in bytes.", values.digits),
    *attributes(
        RSS,
        "podcast-url",
        _SPEC,
        "Write the whole URL, with https://.",
        " ".join(f"*/podcast:{place}" for place in _URLS.split()),
        addresses.absolute_uri,
    ),
    *attributes(
        RSS,
        "podcast-url-not-https",
        _SPEC,
        "Write https://.",
        " ".join(f"*/podcast:{place}" for place in _URLS.split()),
        lambda value: "it is not https" if value.strip().lower().startswith("http:") else None,
        "warning",
    ),
    *(
        ElementRule(
            "podcast-too-long",
            "error",
            _SPEC,
            RSS,
            (f"*/podcast:{name}",),
            "Shorten it.",
            text(partial(_too_long, most)),
        )
        for name, most in _LONGEST.items()
    ),
    ElementRule(
        "podcast-source-missing", "error", _SPEC, RSS, ("*/podcast:alternateEnclosure",), "Add one.", _no_source
    ),
    ElementRule(
        "podcast-misplaced", "error", _SPEC, RSS, ("*/podcast:*",), "Put it where it is looked for.", _misplaced
    ),
    DocumentRule("podcast-repeated", "error", _SPEC, RSS, ("*/channel",), "Leave one.", repeated(_HEAD_ONCE)),
    DocumentRule("podcast-repeated", "error", _SPEC, RSS, ("*/item",), "Leave one.", repeated(_ITEM_ONCE)),
)
