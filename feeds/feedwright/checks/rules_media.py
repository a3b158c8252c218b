"""Media RSS 1.5.1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from feedwright.checks import addresses, values
from feedwright.checks.node import Node
from feedwright.checks.rule import (
    BOTH,
    DocumentRule,
    ElementRule,
    Fault,
    Rule,
    attributes,
    needs,
    one_of,
    shown,
    text,
    words,
)

_SPEC = "Media RSS 1.5.1"
_URN = re.compile(r"urn:[a-z0-9-]+", re.IGNORECASE | re.ASCII)
_SCHEMES = {
    "urn:simple": words("adult nonadult"),
    "urn:mpaa": words("g pg pg-13 r nc-17 x nr"),
    "urn:v-chip": words("tv-y tv-y7 tv-y7-fv tv-g tv-pg tv-14 tv-ma"),
}


def _content_nowhere(content: Node) -> str | None:
    lacks = "url" not in content.attributes and not content.has("media:player")
    return "media:content has neither url nor media:player" if lacks else None


def _group_alone(group: Node) -> str | None:
    return "media:group has fewer than two media:content" if len(group.all("media:content")) < 2 else None


def _several_defaults(group: Node) -> Iterator[tuple[Node, str]]:
    defaults = [node for node in group.all("media:content") if node.attributes.get("isDefault") == "true"]
    for node in defaults[1:]:
        yield node, "media:group has more than one default"


def _restriction(node: Node) -> str | None:
    if node.attributes.get("relationship") not in ("allow", "deny"):
        return "relationship is neither allow nor deny"
    kind, named = node.attributes.get("type"), node.value.split()
    if kind == "sharing":
        return None
    if not named:
        return "media:restriction does not say whom it meets"
    if kind is None:
        return None if node.value in ("all", "none") else "there is no type, and the text is neither all nor none"
    judge: Fault = values.country if kind == "country" else addresses.absolute_iri
    return next((what for name in named if (what := judge(name))), None)


def _hash(node: Node) -> str | None:
    length = 40 if node.attributes.get("algo") == "sha-1" else 32
    right = re.fullmatch(rf"[0-9A-Fa-f]{{{length}}}", node.value)
    return None if right else f"{shown(node.value)} is not a hash of {length} hexadecimal digits"


def _rating(node: Node) -> str | None:
    scheme = node.attributes.get("scheme", "urn:simple").lower()
    known = _SCHEMES.get(scheme)
    if known is None or node.value.lower() in known:
        return None
    return f"{shown(node.value)} is not a rating of {scheme}: {', '.join(sorted(known))}"


@cache
def _roles() -> frozenset[str]:
    import tomllib  # few feeds name those who helped

    return frozenset(tomllib.loads(Path(__file__).with_name("media_roles.toml").read_text("utf-8"))["roles"])


def _role(node: Node) -> str | None:
    role, scheme = node.attributes.get("role"), node.attributes.get("scheme", "urn:ebu")
    if role is None:
        return None
    if role != role.lower():
        return f"the role {shown(role)} is not in lower case"
    known = scheme != "urn:ebu" or role in _roles()
    return None if known else f"{shown(role)} is not a role of urn:ebu"


def _scheme(value: str) -> str | None:
    return None if _URN.fullmatch(value) else addresses.absolute_iri(value)


def _values(at: str, hint: str, fault: Fault) -> list[ElementRule]:
    return attributes(BOTH, "media-value", _SPEC, hint, at, fault)


def _on(element: str, names: str) -> str:
    return " ".join(f"*/media:{element}@{name}" for name in names.split())


_CONTENT, _CREDIT = ("*/media:content",), ("*/media:credit",)
_WITH_URL = tuple(f"*/media:{name}" for name in ("thumbnail", "player"))
_TEXTS = tuple(f"*/media:{name}" for name in ("title", "description", "text"))
_AS_URL = "Write the whole URL, percent-encoded."
_PIXELS = f"{_on('content', 'height width')} {_on('thumbnail', 'height width')} {_on('player', 'height width')}"


def _empty(node: Node) -> str | None:
    return None if node.value else f"{node.name} is empty"


def _law(code: str, at: tuple[str, ...], hint: str, find: Callable[[Node], str | None]) -> ElementRule:
    return ElementRule(code, "error", _SPEC, BOTH, at, hint, find)


RULES: tuple[Rule, ...] = (
    _law("media-url-missing", _CONTENT, "Give it one of them.", _content_nowhere),
    _law("media-url-missing", _WITH_URL, "It is required.", needs("url")),
    *attributes(
        BOTH,
        "media-url",
        _SPEC,
        _AS_URL,
        "*/media:content@url */media:thumbnail@url */media:player@url */media:embed@url */media:copyright@url",
        addresses.absolute_uri,
    ),
    *_values("*/media:content@type", "Write audio/mpeg.", values.mime),
    *_values(
        "*/media:content@medium", "Write one of them.", one_of("image", "audio", "video", "document", "executable")
    ),
    *_values("*/media:content@expression", "Write one of them.", one_of("full", "sample", "nonstop")),
    *_values("*/media:content@isDefault", "Write true or false.", one_of("true", "false")),
    *_values(_on("content", "bitrate framerate samplingrate duration"), "Write a number.", values.number),
    *_values(_on("content", "channels"), "Write a whole number.", values.digits),
    *_values("*/media:content@fileSize", "Write the size in bytes.", values.digits),
    *_values(_PIXELS, "Write a whole number above 0.", values.positive),
    *_values("*/media:content@lang */media:text@lang", "Write en-GB.", values.language),
    *_values("*/media:thumbnail@time */media:text@start */media:text@end", "Write 12:05:35.250.", values.clock_time),
    *_values(
        "*/media:title@type */media:description@type */media:text@type", "Write plain or html.", one_of("plain", "html")
    ),
    *_values("*/media:hash@algo", "Write md5 or sha-1.", one_of("md5", "sha-1")),
    *_values("*/media:restriction@type", "Write one of them.", one_of("country", "uri", "sharing")),
    *_values("*/media:credit@scheme */media:rating@scheme */media:category@scheme", "Write a URI.", _scheme),
    *_values("*/media:starRating@average", "Write a number.", values.number),
    _law("media-hash", ("*/media:hash",), "Say algo where it is not md5.", _hash),
    _law("media-restriction", ("*/media:restriction",), "Say whom it meets, and how.", _restriction),
    _law("media-rating", ("*/media:adult",), "Write true or false.", text(one_of("true", "false"))),
    _law("media-rating", ("*/media:rating",), "Name the scheme that it is of.", _rating),
    _law("media-credit-role", _CREDIT, "Write a role of the EBU's list, in lower case.", _role),
    ElementRule(
        "media-text-empty", "warning", _SPEC, BOTH, (*_TEXTS, *_CREDIT), "Write something, or leave it out.", _empty
    ),
    _law("media-group-alone", ("*/media:group",), "Take the content out of it.", _group_alone),
    DocumentRule("media-group-defaults", "error", _SPEC, BOTH, ("*/media:group",), "Leave one.", _several_defaults),
)
