"""The HTML in entries: what is dangerous, and what readers lose."""

from __future__ import annotations

from collections.abc import Callable

from feeds.checks import markup
from feeds.checks.node import Node
from feeds.checks.rule import BOTH, Law, Rule

HTML_PLACES = (
    "item/description",
    "item/content:encoded",
    "entry/content",
    "entry/summary",
    "entry/title",
    "feed/title",
    "feed/subtitle",
)


def _found(kind: str) -> Callable[[Node], str | None]:
    def find(node: Node) -> str | None:
        return markup.of(node).get(kind) if _is_html(node) else None

    return find


def _is_html(node: Node) -> bool:
    parent = node.parent.name if node.parent else ""
    return parent == "item" or node.attributes.get("type", "text") in ("html", "xhtml", "text/html")


_PROFILE = "RSS Best Practices Profile, description; RFC 4287 §2"
_SANITISE = "RFC 4287 §8.1"

LAWS: tuple[Law, ...] = (
    Rule(
        "html-script",
        "warning",
        _SANITISE,
        BOTH,
        HTML_PLACES,
        "Take it out: readers drop it, or refuse the entry.",
        _found("script"),
    ),
    Rule("html-handler", "warning", _SANITISE, BOTH, HTML_PLACES, "Take it out: readers drop it.", _found("handler")),
    Rule("html-embed", "warning", _SANITISE, BOTH, HTML_PLACES, "Most readers drop it; link to it.", _found("embed")),
    Rule("html-style", "warning", _SANITISE, BOTH, HTML_PLACES, "Take it out: readers drop it.", _found("style")),
    Rule("html-relative", "warning", _PROFILE, BOTH, HTML_PLACES, "Make it absolute.", _found("relative")),
    Rule("html-escaped-twice", "warning", _PROFILE, BOTH, HTML_PLACES, "Escape it once.", _found("escaped")),
)
