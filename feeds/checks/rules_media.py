"""Media RSS 1.5.1."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.checks import addresses, values
from feeds.checks.node import Node
from feeds.checks.rule import BOTH, Law, Rule, Survey, attributes, needs, one_of, text

_ONCE = tuple(f"media:{name}" for name in ("title", "description", "keywords", "player", "copyright"))
_HOLDERS = ("*/channel", "*/item", "*/feed", "*/entry", "*/media:group", "*/media:content")
_NUMBERS = ("fileSize", "bitrate", "duration", "height", "width", "channels", "samplingrate", "framerate")
_COUNTRY = re.compile(r"[A-Z]{2}", re.IGNORECASE)
_SPEC = "Media RSS 1.5.1"


def _content_nowhere(content: Node) -> str | None:
    lacks = not content.attributes.get("url") and not content.has("media:player")
    return "media:content has neither url nor media:player" if lacks else None


def _group_alone(group: Node) -> str | None:
    return "media:group has fewer than two media:content" if len(group.all("media:content")) < 2 else None


def _repeated(holder: Node) -> Iterator[tuple[Node, str]]:
    seen = set()
    for child in holder.children:
        if child.name in seen and child.name in _ONCE:
            yield child, f"{holder.name} has more than one {child.name}"
        seen.add(child.name)


def _several_defaults(group: Node) -> Iterator[tuple[Node, str]]:
    defaults = [node for node in group.all("media:content") if node.attributes.get("isDefault") == "true"]
    for node in defaults[1:]:
        yield node, "media:group has more than one default"


def _restriction(node: Node) -> str | None:
    if node.attributes.get("relationship") not in ("allow", "deny"):
        return "relationship is neither allow nor deny"
    kind = node.attributes.get("type")
    words = node.value.split()
    if kind is None:
        return None if node.value in ("all", "none") else "there is no type, and the text is neither all nor none"
    if kind == "country":
        return next(
            (f"{word!r} is no ISO 3166 code of a country" for word in words if not _COUNTRY.fullmatch(word)), None
        )
    return next((what for word in words if (what := addresses.absolute_iri(word))), None) if kind == "uri" else None


def _hash(node: Node) -> str | None:
    length = 40 if node.attributes.get("algo") == "sha-1" else 32
    right = re.fullmatch(rf"[0-9A-Fa-f]{{{length}}}", node.value)
    return None if right else f"{node.value[:60]!r} is no hash of {length} hexadecimal digits"


def _time(value: str) -> str | None:
    parts = value.split(":")
    clock = len(parts) <= 3 and all(values.number(part) is None for part in parts)
    return None if clock or value == "now" else f"{value!r} is no time, as 12:05:35.250"


_CONTENT, _THUMBNAIL, _PLAYER = ("*/media:content",), ("*/media:thumbnail",), ("*/media:player",)
_AS_URL = "Write the whole address, percent-encoded."

LAWS: tuple[Law, ...] = (
    Rule("media-url-missing", "error", _SPEC, BOTH, _CONTENT, "Give it one of them.", _content_nowhere),
    Rule("media-url-missing", "error", _SPEC, BOTH, (*_THUMBNAIL, *_PLAYER), "It is required.", needs("url")),
    *attributes(
        BOTH,
        "media-url",
        _SPEC,
        _AS_URL,
        "*/media:content@url */media:thumbnail@url */media:player@url",
        addresses.absolute_uri,
    ),
    *attributes(BOTH, "media-value", _SPEC, "Write audio/mpeg.", "*/media:content@type", values.mime),
    *attributes(
        BOTH,
        "media-value",
        _SPEC,
        "Write one of them.",
        "*/media:content@medium",
        one_of("image", "audio", "video", "document", "executable"),
    ),
    *attributes(
        BOTH,
        "media-value",
        _SPEC,
        "Write one of them.",
        "*/media:content@expression",
        one_of("full", "sample", "nonstop"),
    ),
    *attributes(
        BOTH, "media-value", _SPEC, "Write true or false.", "*/media:content@isDefault", one_of("true", "false")
    ),
    *attributes(
        BOTH,
        "media-value",
        _SPEC,
        "Write a number.",
        " ".join(f"*/media:content@{name}" for name in _NUMBERS),
        values.number,
    ),
    *attributes(
        BOTH,
        "media-value",
        _SPEC,
        "Write a number.",
        "*/media:content@samplingrate */media:content@framerate",
        values.number,
    ),
    *attributes(BOTH, "media-value", _SPEC, "Write en-GB.", "*/media:content@lang", values.language),
    *attributes(
        BOTH,
        "media-value",
        _SPEC,
        "Write it in pixels.",
        "*/media:thumbnail@width */media:thumbnail@height */media:player@width */media:player@height",
        values.digits,
    ),
    *attributes(BOTH, "media-value", _SPEC, "Write 12:05:35.250.", "*/media:thumbnail@time", _time),
    *attributes(
        BOTH,
        "media-value",
        _SPEC,
        "Write plain or html.",
        "*/media:title@type */media:description@type */media:text@type",
        one_of("plain", "html"),
    ),
    *attributes(BOTH, "media-value", _SPEC, "Write md5 or sha-1.", "*/media:hash@algo", one_of("md5", "sha-1")),
    *attributes(
        BOTH,
        "media-value",
        _SPEC,
        "Write one of them.",
        "*/media:restriction@type",
        one_of("country", "uri", "sharing"),
    ),
    Rule("media-hash", "error", _SPEC, BOTH, ("*/media:hash",), "Say algo where it is not md5.", _hash),
    Rule(
        "media-restriction", "error", _SPEC, BOTH, ("*/media:restriction",), "Say whom it meets, and how.", _restriction
    ),
    *attributes(
        BOTH,
        "media-value",
        _SPEC,
        "Write a URI.",
        "*/media:credit@scheme */media:rating@scheme */media:category@scheme",
        addresses.absolute_iri,
    ),
    Rule(
        "media-rating", "error", _SPEC, BOTH, ("*/media:adult",), "Write true or false.", text(one_of("true", "false"))
    ),
    Survey("media-repeated", "error", _SPEC, BOTH, _HOLDERS, "Leave one.", _repeated),
    Rule("media-group-alone", "error", _SPEC, BOTH, ("*/media:group",), "Take the content out of it.", _group_alone),
    Survey("media-group-defaults", "error", _SPEC, BOTH, ("*/media:group",), "Leave one.", _several_defaults),
    *attributes(BOTH, "media-value", _SPEC, "Write a number.", "*/media:starRating@average", values.number),
)
