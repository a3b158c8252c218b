"""Apple's podcast elements."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from feedwright.checks import addresses, values
from feedwright.checks.node import Node
from feedwright.checks.rule import BOTH, ElementRule, Rule, attributes, needs, one_of, shown, text

_SPEC = "A Podcaster's Guide to RSS"
_DURATION = re.compile(r"\d+(?::[0-5]?\d)?(?::[0-5]\d)?", re.ASCII)


def _duration(value: str) -> str | None:
    return None if _DURATION.fullmatch(value) else f"{shown(value)} is not a duration"


def _yes(value: str) -> str | None:
    return None if value.lower() in ("yes", "no") else f"{shown(value)} is not Yes"


@cache
def _categories() -> dict[str, dict[str, list[str]]]:
    """Apple's podcast categories with those below each: the "current" ones, and the "former" ones."""
    import tomllib  # few feeds are podcasts

    return tomllib.loads(Path(__file__).with_name("podcast_categories.toml").read_text("utf-8"))


def _is_among(category: Node, which: str) -> bool:
    """Whether Apple has, or had, such a category, below the one that it stands in."""
    found, name, above = _categories()[which], category.attributes.get("text", ""), category.parent
    if above is None or above.name != "itunes:category":
        return name in found
    return name in found.get(above.attributes.get("text", ""), ())


def _category(node: Node) -> str | None:
    known = "text" not in node.attributes or _is_among(node, "current") or _is_among(node, "former")
    return None if known else f"{shown(node.attributes['text'])} is not a category of Apple's"


def _category_former(node: Node) -> str | None:
    former = _is_among(node, "former") and not _is_among(node, "current")
    return f"{shown(node.attributes['text'])} was given up by Apple in 2019" if former else None


def _too_long(node: Node) -> str | None:
    most = 255 if node.name == "itunes:subtitle" else 4000
    return f"{node.name} has more than {most} characters" if len(node.value) > most else None


def _keywords(value: str) -> str | None:
    return f"there are {value.count(',') + 1} keywords" if value.count(",") > 11 else None


def _email_missing(owner: Node) -> str | None:
    return None if owner.has("itunes:email") else "itunes:owner has no itunes:email"


RULES: tuple[Rule, ...] = (
    ElementRule(
        "itunes-explicit",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:explicit",),
        "Write true or false: nothing else is understood.",
        text(one_of("true", "false")),
    ),
    ElementRule(
        "itunes-duration",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:duration",),
        "Write whole seconds, or 1:02:03.",
        text(_duration),
    ),
    ElementRule("itunes-image", "error", _SPEC, BOTH, ("*/itunes:image",), "Give the picture's URL.", needs("href")),
    *attributes(BOTH, "itunes-image", _SPEC, "Write the whole URL.", "*/itunes:image@href", addresses.web_address),
    ElementRule("itunes-category", "error", _SPEC, BOTH, ("*/itunes:category",), "Name it in text.", needs("text")),
    ElementRule(
        "itunes-category", "error", _SPEC, BOTH, ("*/itunes:category",), "Take one of Apple's list.", _category
    ),
    ElementRule(
        "itunes-category-former",
        "warning",
        _SPEC,
        BOTH,
        ("*/itunes:category",),
        "Take one of Apple's present list.",
        _category_former,
    ),
    ElementRule(
        "itunes-value",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:episodeType",),
        "Write one of them.",
        text(one_of("full", "trailer", "bonus")),
    ),
    ElementRule(
        "itunes-value",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:type",),
        "Write one of them.",
        text(one_of("episodic", "serial")),
    ),
    ElementRule(
        "itunes-value",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:episode", "*/itunes:season"),
        "Count from 1.",
        text(values.positive),
    ),
    ElementRule(
        "itunes-value",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:block", "*/itunes:complete", "*/itunes:isClosedCaptioned"),
        "Write Yes, or leave it out.",
        text(_yes),
    ),
    ElementRule(
        "itunes-value", "error", _SPEC, BOTH, ("*/itunes:order",), "Write a whole number.", text(values.digits)
    ),
    ElementRule(
        "itunes-value",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:new-feed-url",),
        "Write the whole URL.",
        text(addresses.web_address),
    ),
    ElementRule(
        "itunes-value", "error", _SPEC, BOTH, ("*/itunes:email",), "Write user@example.org.", text(addresses.email)
    ),
    ElementRule(
        "itunes-email-missing",
        "warning",
        _SPEC,
        BOTH,
        ("*/itunes:owner",),
        "Directories ask it to prove who owns the podcast.",
        _email_missing,
    ),
    ElementRule(
        "itunes-too-long", "error", _SPEC, BOTH, ("*/itunes:subtitle", "*/itunes:summary"), "Shorten it.", _too_long
    ),
    ElementRule(
        "itunes-keywords", "warning", _SPEC, BOTH, ("*/itunes:keywords",), "Leave the best twelve.", text(_keywords)
    ),
)
