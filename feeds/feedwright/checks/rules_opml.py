"""OPML 2.0: lists of subscriptions and other outlines."""

from __future__ import annotations

from collections.abc import Iterator

from feedwright.checks import addresses, values
from feedwright.checks.node import Node
from feedwright.checks.rule import OPML, DocumentRule, ElementRule, Rule, attributes, one_of, text, words

_SPEC = "OPML 2.0"
_ATTRIBUTES = words(
    "text type isComment isBreakpoint created category description htmlUrl language title version xmlUrl url"
)
_WHOLE = tuple(f"head/{name}" for name in ("vertScrollState", "windowTop", "windowLeft", "windowBottom", "windowRight"))


def _version(root: Node) -> str | None:
    version = root.attributes.get("version")
    if version is None:
        return "the opml element has no version"
    return None if version in ("1.0", "1.1", "2.0") else f"the version is {version!r}, not 2.0"


def _old(root: Node) -> str | None:
    return "the version is older than 2.0" if root.attributes.get("version") in ("1.0", "1.1") else None


def _text_missing(outline: Node) -> str | None:
    return None if "text" in outline.attributes else "outline has no text"


def _feed_missing(outline: Node) -> str | None:
    lacks = outline.attributes.get("type", "").lower() == "rss" and not outline.attributes.get("xmlUrl")
    return "a subscription has no xmlUrl" if lacks else None


def _url_missing(outline: Node) -> str | None:
    kind = outline.attributes.get("type", "").lower()
    return (
        f"an outline of type {kind} has no url"
        if kind in ("link", "include") and not outline.attributes.get("url")
        else None
    )


def _title_missing(outline: Node) -> str | None:
    lacks = outline.attributes.get("type", "").lower() == "rss" and "title" not in outline.attributes
    return "a subscription has no title" if lacks else None


def _attribute(outline: Node) -> str | None:
    extra = [name for name in outline.attributes if name not in _ATTRIBUTES and ":" not in name and name[0] != "{"]
    if not extra:
        return None
    near = next((name for name in sorted(_ATTRIBUTES) if name.lower() == extra[0].lower()), "")
    return f"{extra[0]} is not an attribute of outline" + (f": meant is {near}" if near else "")


def _subscribed_twice(body: Node) -> Iterator[tuple[Node, str]]:
    seen: set[tuple[int, str]] = set()
    waiting = [body]
    while waiting:
        group = waiting.pop()
        for outline in group.all("outline"):
            mark = id(group), outline.attributes.get("xmlUrl", "")
            if mark[1] and mark in seen:
                yield outline, "the same feed stands twice in one group"
            seen.add(mark)
            waiting.append(outline)


def _expansion(value: str) -> str | None:
    return next((what for part in value.split(",") if part.strip() and (what := values.digits(part.strip()))), None)


_OUTLINE = ("body/outline", "outline/outline")
_AS_DATE = "Write it as Tue, 02 Apr 2024 08:00:00 +0000."
_AS_URL = "Write the whole URL."


def _on(names: str) -> str:
    return " ".join(f"{place}@{name}" for place in _OUTLINE for name in names.split())


RULES: tuple[Rule, ...] = (
    ElementRule("opml-version", "error", _SPEC, OPML, ("/opml",), 'Write <opml version="2.0">.', _version),
    ElementRule("opml-version-old", "info", _SPEC, OPML, ("/opml",), 'Write <opml version="2.0">.', _old),
    ElementRule("opml-text-missing", "error", _SPEC, OPML, _OUTLINE, "Say what readers show.", _text_missing),
    ElementRule("opml-feed-missing", "error", _SPEC, OPML, _OUTLINE, "Give the feed's URL.", _feed_missing),
    ElementRule("opml-url-missing", "error", _SPEC, OPML, _OUTLINE, "Give its URL.", _url_missing),
    ElementRule("opml-title-missing", "info", _SPEC, OPML, _OUTLINE, "Repeat the text.", _title_missing),
    ElementRule(
        "opml-attribute-unknown",
        "error",
        _SPEC,
        OPML,
        tuple(f"{place}@*" for place in _OUTLINE),
        "Leave it out, or give it a namespace.",
        _attribute,
    ),
    ElementRule(
        "opml-date",
        "error",
        "RFC 822 §5",
        OPML,
        ("head/dateCreated", "head/dateModified"),
        _AS_DATE,
        text(values.rfc822),
    ),
    *attributes(OPML, "opml-date", "RFC 822 §5", _AS_DATE, _on("created"), values.rfc822),
    *attributes(OPML, "opml-url", _SPEC, _AS_URL, _on("xmlUrl htmlUrl url"), addresses.absolute_uri),
    ElementRule("opml-url", "error", _SPEC, OPML, ("head/ownerId", "head/docs"), _AS_URL, text(addresses.web_address)),
    *attributes(
        OPML, "opml-value", _SPEC, "Write true or false.", _on("isComment isBreakpoint"), one_of("true", "false")
    ),
    *attributes(OPML, "opml-value", _SPEC, "Write en-gb.", _on("language"), values.language),
    ElementRule("opml-number", "error", _SPEC, OPML, _WHOLE, "Write a whole number.", text(values.digits)),
    ElementRule(
        "opml-number", "error", _SPEC, OPML, ("head/expansionState",), "Write numbers and commas.", text(_expansion)
    ),
    ElementRule(
        "opml-email", "warning", _SPEC, OPML, ("head/ownerEmail",), "Write an e-mail address.", text(addresses.email)
    ),
    DocumentRule("opml-feed-repeated", "warning", _SPEC, OPML, ("opml/body",), "Leave one.", _subscribed_twice),
)
