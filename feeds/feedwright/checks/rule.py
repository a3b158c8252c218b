"""What a rule is, and which rules look at which element."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from feedwright.checks.node import Node
from feedwright.errors import Severity

Format = Literal["rss", "atom", "opml", "sitemap", "jsonfeed", "old"]
"""The formats that we tell apart; "old" stands for RSS 0.9x, RSS 1.0 and Atom 0.3, of which only the XML is judged."""

Fault = Callable[[str], "str | None"]
"""Text -> what is wrong with it, or None."""

RSS: tuple[Format, ...] = ("rss",)
ATOM: tuple[Format, ...] = ("atom",)
BOTH: tuple[Format, ...] = ("rss", "atom")
OPML: tuple[Format, ...] = ("opml",)
SITEMAP: tuple[Format, ...] = ("sitemap",)
JSONFEED: tuple[Format, ...] = ("jsonfeed",)
XML: tuple[Format, ...] = ("rss", "atom", "opml", "sitemap", "old")
ALL: tuple[Format, ...] = (*XML, "jsonfeed")


REFUSED = frozenset(("html-script", "html-handler", "rss-guid-empty"))
"""Warnings that a build must treat as errors: what others may publish, but we never do."""

_LONGEST_REMEMBERED = 120

STRANGE = "{*}"
"""In a place: any element of a namespace that we do not know."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a document must not do.

    Args:
        code: under which it is reported; several rules may share one.
        severity: "error" where it breaks the specification or a reader.
        source: the rule's place in a specification.
        formats: whose documents it is for.
        at: the elements it looks at: "parent/name", "parent/prefix:*" or "parent/*"; "*" stands for any parent,
            nothing for that of the root. With "@name" at its end only those that have this attribute, with "@*"
            those that have any.
        hint: what would be right.
    """

    code: str
    severity: Severity
    source: str
    formats: tuple[Format, ...]
    at: tuple[str, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class ElementRule(Rule):
    """A rule that one element keeps or breaks.

    Args:
        find: what is wrong with such an element, or None.
        by_name: whether `find` looks at nothing but the names of the element, its parent and its attributes, so
            that it need not be asked of another that has the same.
    """

    find: Callable[[Node], str | None]
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class DocumentRule(Rule):
    """A rule that only several elements together keep or break.

    Args:
        find: the elements that are wrong below such a one, each with what is.
    """

    find: Callable[[Node], Iterable[tuple[Node, str]]]


@dataclass(frozen=True, slots=True)
class RuleGroup(Rule):
    """Rules that one look at an element decides; its own code is the first one's.

    Args:
        rules: by what `find` calls them.
        find: what is wrong with such an element, by rule.
    """

    rules: Mapping[str, Rule]
    find: Callable[[Node], Mapping[str, str]]


def places(parents: str, names: str) -> tuple[str, ...]:
    """Every "parent/name" of two lists of words."""
    return tuple(f"{parent}/{name}" for parent in parents.split() for name in names.split())


def text(fault: Fault) -> Callable[[Node], str | None]:
    """Find by an element's text, white space around it aside."""
    return lambda node: fault(node.value)


def text_as_is(fault: Fault) -> Callable[[Node], str | None]:
    """Find by an element's text, white space and all."""
    return lambda node: fault(node.text)


def attributes(
    form: tuple[Format, ...], code: str, source: str, hint: str, at: str, fault: Fault, severity: Severity = "error"
) -> list[ElementRule]:
    """Faults in the values of attributes, one rule for each.

    Args:
        at: places such as "item/enclosure@url", parted by spaces.
    """
    return [ElementRule(code, severity, source, form, (place,), hint, _attribute(place, fault)) for place in at.split()]


def _attribute(place: str, fault: Fault) -> Callable[[Node], str | None]:
    name = place.rpartition("@")[2]

    def find(node: Node) -> str | None:
        what = fault(node.attributes[name])
        return f"{name}: {what}" if what else None

    return find


def remembered(fault: Fault) -> Fault:
    """The same fault, but quick where it is asked of the same few texts again and again."""
    kept = lru_cache(maxsize=1024)(fault)
    return lambda value: kept(value) if len(value) < _LONGEST_REMEMBERED else fault(value)


def needs(*names: str) -> Callable[[Node], str | None]:
    """Find elements that lack an attribute."""

    def find(node: Node) -> str | None:
        missing = [name for name in names if name not in node.attributes]
        return f"{node.name} has no {' and no '.join(missing)}" if missing else None

    return find


def repeated(names: frozenset[str] | None = None) -> Callable[[Node], Iterator[tuple[Node, str]]]:
    """Find children of which there may be one, behind the first of their name.

    Args:
        names: those of which there may be one; None for all.
    """

    def find(node: Node) -> Iterator[tuple[Node, str]]:
        seen = set()
        for child in node.children:
            if child.name in seen and (names is None or child.name in names):
                yield child, f"{node.name} has more than one {child.name}"
            seen.add(child.name)

    return find


def empty(node: Node) -> str | None:
    """Find elements with nothing in them."""
    return None if node.value or len(node.element) else f"{node.name} is empty"


def words(text: str) -> frozenset[str]:
    """The words of a text, for tables that are easier to read so."""
    return frozenset(text.split())


def one_of(*choices: str) -> Fault:
    """Find text that is none of the words."""
    allowed = frozenset(choices)

    def fault(value: str) -> str | None:
        return None if value in allowed else f"{shown(value)} is none of {', '.join(choices)}"

    return fault


def shown(value: str) -> str:
    """Text as a report shows it: in quotes, on one line, not long."""
    return f'"{printable(value)}"' if len(value) <= 60 else f'"{printable(value[:57])}..."'


def printable(text: str) -> str:
    """Text that is safe for a terminal: one line, without characters that steer it."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in text)
