"""The HTML in entries: what is dangerous, and what readers lose."""

from __future__ import annotations

from collections.abc import Mapping

from feedwright.checks import html_hazards
from feedwright.checks.node import Node
from feedwright.checks.rule import BOTH, JSONFEED, Format, Rule, RuleGroup

HTML_PLACES = (
    "item/description",
    "item/content:encoded",
    "entry/content",
    "entry/summary",
    "entry/title",
    "feed/title",
    "feed/subtitle",
)


def _found(node: Node) -> Mapping[str, str]:
    parent = node.parent.name if node.parent else ""
    is_html = parent == "item" or node.attributes.get("type", "text") in ("html", "xhtml", "text/html")
    return html_hazards.of(node) if is_html else {}


_PROFILE = "RSS Best Practices Profile, description; RFC 4287 §2"
_SANITISE = "RFC 4287 §8.1"

_FORMS: tuple[Format, ...] = ("rss", "atom", *JSONFEED)


def _law(code: str, source: str, hint: str) -> Rule:
    return Rule(code, "warning", source, _FORMS, (), hint)


BY_KIND: dict[str, Rule] = {
    "script": _law("html-script", _SANITISE, "Take it out: readers drop it, or refuse the entry."),
    "handler": _law("html-handler", _SANITISE, "Take it out: readers drop it."),
    "embed": _law("html-embed", _SANITISE, "Most readers drop it; link to it."),
    "style": _law("html-style", _SANITISE, "Take it out: readers drop it."),
    "relative": _law("html-relative", _PROFILE, "Make it absolute."),
    "escaped": _law("html-escaped-twice", _PROFILE, "Escape it once."),
}
"""The rules, by what `html_hazards` calls them."""

RULES: tuple[Rule, ...] = (
    *BY_KIND.values(),
    RuleGroup("html-script", "warning", _SANITISE, BOTH, HTML_PLACES, "Take it out.", BY_KIND, _found),
)
