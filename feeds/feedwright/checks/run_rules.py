"""Which rules look at which element, and what they find."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from feedwright.checks import rules
from feedwright.checks.document import Document
from feedwright.checks.node import Node
from feedwright.checks.rule import REFUSED, STRANGE, DocumentRule, ElementRule, Format, Rule, RuleGroup

Finding = tuple[Rule, Node, str]
"""The rule that is broken, the element, what is wrong."""

FOR_BUILD = "(build)"
"""In the place of a profile: only the rules that a build refuses a document for."""

MOST_KINDS = 20_000
"""Elements of a document that differ in their names, their parents' or their attributes'; feeds have some hundreds."""

MOST_CHILDREN = 20_000
"""Elements in one, but for those that lists are made of: the schemas' time grows with the square of their number."""

MOST_FINDINGS = 100_000
"""After so many, the rest of a document is not judged."""

_OF_LISTS = frozenset(("item", "entry", "url", "sitemap", "outline"))

_LONGEST = 300
"""Characters of names that are kept from one document to the next; honest ones are far shorter."""

_MOST = 8192
"""Elements that are told apart by their names, and kept."""


class Laws(NamedTuple):
    """What is asked of the elements of a name, in such a parent, with such attributes.

    Args:
        by_name: the rules that look at nothing but names.
        rules: the others.
        document_rules: what looks at several elements.
        groups: what decides several rules at one look.
    """

    by_name: tuple[ElementRule, ...]
    rules: tuple[ElementRule, ...]
    document_rules: tuple[DocumentRule, ...]
    groups: tuple[RuleGroup, ...]


Asked = tuple[Laws, list[tuple[ElementRule, str]]]
"""What is asked of every element of such names, and what its names alone break."""


class ExcessError(Exception):
    """A document has more of something than can be judged quickly; it says what, as the rest of a sentence."""


def ask(read: Document, form: Format, profile: str | None) -> list[Finding]:
    """Ask every rule of every element that it looks at.

    Raises:
        ExcessError: nearly each element has names of its own, or one holds too many.
    """
    found: list[Finding] = []
    kinds = 0
    known = _asked(form, profile)
    long: dict[tuple[str, ...], Asked] = {}
    waiting = [(read.root, "")]
    while waiting and len(found) < MOST_FINDINGS:
        node, parent = waiting.pop()
        if len(node.children) > MOST_CHILDREN:
            _refuse_crowds(node)
        names = (parent, node.name, *node.attributes)
        asked = known.get(names) or long.get(names)
        if asked is None:
            kinds += 1
            if kinds > MOST_KINDS:
                what = "elements with names or attributes of their own"
                raise ExcessError(f"more than {MOST_KINDS:,} {what}")
            asked = _first_asked(form, profile, names, node)
            _keep(known if sum(map(len, names)) <= _LONGEST else long, names, asked)
        rules, always = asked
        # Loops, not comprehensions: those cost a call for each element.
        for rule, what in always:
            found.append((rule, node, what))
        for rule in rules.rules:
            if said := rule.find(node):
                found.append((rule, node, said))  # noqa: PERF401
        for document_rule in rules.document_rules:
            for where, what in document_rule.find(node):
                found.append((document_rule, where, what))
        if rules.groups:
            found.extend(_of_groups(rules.groups, node))
        for child in node.children:
            waiting.append((child, node.name))  # noqa: PERF401
    return found


def _refuse_crowds(node: Node) -> None:
    if sum(child.name not in _OF_LISTS for child in node.children) > MOST_CHILDREN:
        raise ExcessError(f"more than {MOST_CHILDREN:,} elements in one, beside entries")


def _of_groups(groups: tuple[RuleGroup, ...], node: Node) -> Iterator[Finding]:
    for group in groups:
        for kind, what in group.find(node).items():
            yield group.rules[kind], node, what


@cache
def _asked(form: Format, profile: str | None) -> dict[tuple[str, ...], Asked]:
    """What was asked of elements by their names, from one document to the next."""
    return {}


def _first_asked(form: Format, profile: str | None, names: tuple[str, ...], node: Node) -> Asked:
    rules = rules_at(form, profile, names)
    return rules, [(rule, what) for rule in rules.by_name if (what := rule.find(node))]


def _keep(known: dict[tuple[str, ...], Asked], names: tuple[str, ...], asked: Asked) -> None:
    if len(known) >= _MOST:
        known.clear()
    known[names] = asked


def rules_at(form: Format, profile: str | None, names: tuple[str, ...]) -> Laws:
    """The rules that look at an element.

    Args:
        names: of its parent (empty for the root), its own, those of its attributes.
    """
    parent, name, *attributes = names
    prefix, colon, _ = name.partition(":")
    owns = {name, "*", f"{prefix}:*"} if colon else {name, "*"}
    if name[0] == "{" and name[1] != "}":
        owns.add(STRANGE)
    spots = [f"{above}/{own}" for above in {parent, "*"} for own in owns]
    if attributes:
        spots += [f"{element}@{attribute}" for element in spots for attribute in (*attributes, "*")]
    patterns, asked = _patterns(form, profile)
    found = [asked[place] for place in sorted({place for spot in spots for place in patterns.get(spot, ())})]
    single = [rule for rule in found if isinstance(rule, ElementRule)]
    return Laws(
        by_name=tuple(rule for rule in single if rule.by_name),
        rules=tuple(rule for rule in single if not rule.by_name),
        document_rules=tuple(rule for rule in found if isinstance(rule, DocumentRule)),
        groups=tuple(rule for rule in found if isinstance(rule, RuleGroup)),
    )


def _refused(rule: Rule) -> bool:
    decided = rule.rules.values() if isinstance(rule, RuleGroup) else (rule,)
    return any(one.severity == "error" or one.code in REFUSED for one in decided)


@cache
def _patterns(form: Format, profile: str | None) -> tuple[dict[str, list[int]], tuple[Rule, ...]]:
    patterns: dict[str, list[int]] = {}
    asked: tuple[Rule, ...] = rules.RULES
    if profile == FOR_BUILD:
        asked = tuple(rule for rule in asked if _refused(rule))
    elif profile:
        from feedwright.checks import profiles  # no build asks for one

        asked = (*asked, *profiles.rules_of(profile))
    for place, rule in enumerate(asked):
        if form in rule.formats:
            for pattern in rule.at:
                patterns.setdefault(pattern, []).append(place)
    return patterns, asked
