"""Apple's podcast elements."""

from __future__ import annotations

import re

from feedwright.checks import addresses, podcast_categories, values
from feedwright.checks.node import Node
from feedwright.checks.rule import BOTH, Law, Rule, attributes, needs, one_of, shown, text

_SPEC = "A Podcaster's Guide to RSS"
_DURATION = re.compile(r"\d+(?::[0-5]?\d)?(?::[0-5]\d)?", re.ASCII)


def _duration(value: str) -> str | None:
    return None if _DURATION.fullmatch(value) else f"{shown(value)} is no duration"


def _yes(value: str) -> str | None:
    return None if value.lower() in ("yes", "no") else f"{shown(value)} is not Yes"


def _category(node: Node) -> str | None:
    name = node.attributes.get("text", "")
    above = node.parent.attributes.get("text", "") if node.parent and node.parent.name == "itunes:category" else None
    if above is None:
        known = name in podcast_categories.CURRENT or name in podcast_categories.FORMER
    else:
        names = podcast_categories.CURRENT.get(above, ()) + podcast_categories.FORMER.get(above, ())
        known = name in names
    return None if known or "text" not in node.attributes else f"{shown(name)} is no category of Apple's"


def _category_former(node: Node) -> str | None:
    name = node.attributes.get("text", "")
    above = node.parent.attributes.get("text", "") if node.parent and node.parent.name == "itunes:category" else None
    if above is None:
        former = name in podcast_categories.FORMER and name not in podcast_categories.CURRENT
    else:
        former = name in podcast_categories.FORMER.get(above, ())
        former = former and name not in podcast_categories.CURRENT.get(above, ())
    return f"{shown(name)} was given up by Apple in 2019" if former else None


def _too_long(node: Node) -> str | None:
    most = 255 if node.name == "itunes:subtitle" else 4000
    return f"{node.name} has more than {most} characters" if len(node.value) > most else None


def _keywords(value: str) -> str | None:
    return f"there are {value.count(',') + 1} keywords" if value.count(",") > 11 else None


def _email_missing(owner: Node) -> str | None:
    return None if owner.has("itunes:email") else "itunes:owner has no itunes:email"


LAWS: tuple[Law, ...] = (
    Rule(
        "itunes-explicit",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:explicit",),
        "Write true or false: nothing else is understood.",
        text(one_of("true", "false")),
    ),
    Rule(
        "itunes-duration",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:duration",),
        "Write whole seconds, or 1:02:03.",
        text(_duration),
    ),
    Rule("itunes-image", "error", _SPEC, BOTH, ("*/itunes:image",), "Give the picture's address.", needs("href")),
    *attributes(BOTH, "itunes-image", _SPEC, "Write the whole address.", "*/itunes:image@href", addresses.web_address),
    Rule("itunes-category", "error", _SPEC, BOTH, ("*/itunes:category",), "Name it in text.", needs("text")),
    Rule("itunes-category", "error", _SPEC, BOTH, ("*/itunes:category",), "Take one of Apple's list.", _category),
    Rule(
        "itunes-category-former",
        "warning",
        _SPEC,
        BOTH,
        ("*/itunes:category",),
        "Take one of Apple's present list.",
        _category_former,
    ),
    Rule(
        "itunes-value",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:episodeType",),
        "Write one of them.",
        text(one_of("full", "trailer", "bonus")),
    ),
    Rule(
        "itunes-value",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:type",),
        "Write one of them.",
        text(one_of("episodic", "serial")),
    ),
    Rule(
        "itunes-value",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:episode", "*/itunes:season"),
        "Count from 1.",
        text(values.positive),
    ),
    Rule(
        "itunes-value",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:block", "*/itunes:complete", "*/itunes:isClosedCaptioned"),
        "Write Yes, or leave it out.",
        text(_yes),
    ),
    Rule("itunes-value", "error", _SPEC, BOTH, ("*/itunes:order",), "Write a whole number.", text(values.digits)),
    Rule(
        "itunes-value",
        "error",
        _SPEC,
        BOTH,
        ("*/itunes:new-feed-url",),
        "Write the whole address.",
        text(addresses.web_address),
    ),
    Rule("itunes-value", "error", _SPEC, BOTH, ("*/itunes:email",), "Write user@example.org.", text(addresses.email)),
    Rule(
        "itunes-email-missing",
        "warning",
        _SPEC,
        BOTH,
        ("*/itunes:owner",),
        "Directories ask it to prove who owns the podcast.",
        _email_missing,
    ),
    Rule(
        "itunes-too-long", "error", _SPEC, BOTH, ("*/itunes:subtitle", "*/itunes:summary"), "Say it shorter.", _too_long
    ),
    Rule("itunes-keywords", "warning", _SPEC, BOTH, ("*/itunes:keywords",), "Leave the best twelve.", text(_keywords)),
)
