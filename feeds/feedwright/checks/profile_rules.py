"""What the profiles' rules are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from feedwright.checks.node import Node
from feedwright.checks.rule import BOTH, DocumentRule, ElementRule, Rule
from feedwright.errors import Severity


def rule(
    code: str, severity: Severity, source: str, at: str, hint: str, find: Callable[[Node], str | None]
) -> ElementRule:
    """A rule of a profile.

    Args:
        at: places, parted by spaces.
    """
    return ElementRule(code, severity, source, BOTH, tuple(at.split()), hint, find)


def document_rule(
    code: str,
    severity: Severity,
    source: str,
    at: str,
    hint: str,
    find: Callable[[Node], Iterable[tuple[Node, str]]],
) -> DocumentRule:
    """A survey of a profile.

    Args:
        at: places, parted by spaces.
    """
    return DocumentRule(code, severity, source, BOTH, tuple(at.split()), hint, find)


def lacking(code: str, severity: Severity, source: str, holder: str, names: str) -> list[Rule]:
    """Children that are asked for, one rule for each; `a|b` asks for one of them."""
    hint = "It is required." if severity == "error" else "It is recommended."
    return [rule(code, severity, source, f"*/{holder}", hint, _lacks(name)) for name in names.split()]


def _lacks(either: str) -> Callable[[Node], str | None]:
    names = either.split("|")

    def find(node: Node) -> str | None:
        return None if any(node.has(name) for name in names) else f"{node.name} has no {' or '.join(names)}"

    return find


def elsewhere(code: str, who: str, source: str) -> ElementRule:
    """The rule that a profile is for RSS 2.0 alone."""
    return ElementRule(
        code,
        "error",
        source,
        ("atom",),
        ("/*",),
        "Offer the feed as RSS 2.0 too.",
        lambda root: f"{who} is for RSS 2.0",
    )
