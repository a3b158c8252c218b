"""Which laws look at which element, and what they find."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from feedwright.checks import rules
from feedwright.checks.document import Document
from feedwright.checks.node import Node
from feedwright.checks.rule import REFUSED, STRANGE, Bundle, Format, Law, Rule, Survey

Finding = tuple[Law, Node, str]
"""The law that is broken, the element, what is wrong."""

FOR_BUILD = "(build)"
"""In the place of a profile: only the laws that a build refuses a document for."""

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
        surveys: what looks at several elements.
        bundles: what decides several laws at one look.
    """

    by_name: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    surveys: tuple[Survey, ...]
    bundles: tuple[Bundle, ...]


Asked = tuple[Laws, list[tuple[Rule, str]]]
"""What is asked of every element of such names, and what its names alone break."""


class ExcessError(Exception):
    """A document has more of something than can be judged quickly; it says what, as the rest of a sentence."""


def ask(read: Document, form: Format, profile: str | None) -> list[Finding]:
    """Ask every law of every element that it looks at.

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
        laws, always = asked
        # Loops, not comprehensions: those cost a call for each element.
        for rule, what in always:
            found.append((rule, node, what))
        for rule in laws.rules:
            if said := rule.find(node):
                found.append((rule, node, said))  # noqa: PERF401
        for survey in laws.surveys:
            for where, what in survey.find(node):
                found.append((survey, where, what))
        if laws.bundles:
            found.extend(_of_bundles(laws.bundles, node))
        for child in node.children:
            waiting.append((child, node.name))  # noqa: PERF401
    return found


def _refuse_crowds(node: Node) -> None:
    if sum(child.name not in _OF_LISTS for child in node.children) > MOST_CHILDREN:
        raise ExcessError(f"more than {MOST_CHILDREN:,} elements in one, beside entries")


def _of_bundles(bundles: tuple[Bundle, ...], node: Node) -> Iterator[Finding]:
    for bundle in bundles:
        for kind, what in bundle.find(node).items():
            yield bundle.laws[kind], node, what


@cache
def _asked(form: Format, profile: str | None) -> dict[tuple[str, ...], Asked]:
    """What was asked of elements by their names, from one document to the next."""
    return {}


def _first_asked(form: Format, profile: str | None, names: tuple[str, ...], node: Node) -> Asked:
    laws = laws_at(form, profile, names)
    return laws, [(rule, what) for rule in laws.by_name if (what := rule.find(node))]


def _keep(known: dict[tuple[str, ...], Asked], names: tuple[str, ...], asked: Asked) -> None:
    if len(known) >= _MOST:
        known.clear()
    known[names] = asked


def laws_at(form: Format, profile: str | None, names: tuple[str, ...]) -> Laws:
    """The laws that look at an element.

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
    patterns, laws = _patterns(form, profile)
    found = [laws[place] for place in sorted({place for spot in spots for place in patterns.get(spot, ())})]
    single = [law for law in found if isinstance(law, Rule)]
    return Laws(
        by_name=tuple(rule for rule in single if rule.by_name),
        rules=tuple(rule for rule in single if not rule.by_name),
        surveys=tuple(law for law in found if isinstance(law, Survey)),
        bundles=tuple(law for law in found if isinstance(law, Bundle)),
    )


def _refused(law: Law) -> bool:
    decided = law.laws.values() if isinstance(law, Bundle) else (law,)
    return any(one.severity == "error" or one.code in REFUSED for one in decided)


@cache
def _patterns(form: Format, profile: str | None) -> tuple[dict[str, list[int]], tuple[Law, ...]]:
    patterns: dict[str, list[int]] = {}
    laws: tuple[Law, ...] = rules.LAWS
    if profile == FOR_BUILD:
        laws = tuple(law for law in laws if _refused(law))
    elif profile:
        from feedwright.checks import profiles  # no build asks for one

        laws = (*laws, *profiles.laws(profile))
    for place, law in enumerate(laws):
        if form in law.formats:
            for pattern in law.at:
                patterns.setdefault(pattern, []).append(place)
    return patterns, laws
