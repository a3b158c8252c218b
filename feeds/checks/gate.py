"""The whole check: parse, tell the format, ask every rule, ask the schema, sort what was found."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from feeds.checks import document, rules, schema
from feeds.checks.node import Node
from feeds.checks.rule import Format, Law, Rule, Survey, printable, shown
from feeds.errors import Problem

MOST = 50
"""Problems that are reported of one document; one more says how many are not."""

_MEDIA_TYPES: dict[str, Format] = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
}
_RANKS = {"error": 0, "warning": 1, "info": 2}
_Finding = tuple[Law, Node, str]
_ROOTS: dict[str, Format] = {"rss": "rss", "feed": "atom", "entry": "atom"}

CODES: dict[str, str] = {
    "format-unknown": "error",
    "not-well-formed": "error",
    "problems-left-out": "info",
    "rss-schema": "error",
    "atom-schema": "error",
    "too-large": "error",
}
"""The codes that no rule has, and their severity."""


def problems(data: bytes, media_type: str | None, file: str) -> list[Problem]:
    """See `feeds.checks.check`."""
    read = document.read(data, file)
    if isinstance(read, Problem):
        found = [read]
    elif form := _format(read.root, media_type):
        found = judge(read, form, file)
    else:
        found = [_unknown(read.root, file)]
    # Names of namespaces and the parser's own messages may hold anything that the document holds.
    safe = [replace(problem, what=printable(problem.what), key=printable(problem.key)) for problem in found]
    return sorted(safe, key=lambda problem: (problem.line, problem.code, problem.key, problem.what))


def _format(root: Node, media_type: str | None) -> Format | None:
    if media_type and (form := _MEDIA_TYPES.get(media_type.partition(";")[0].strip().lower())):
        return form
    return _ROOTS.get(root.name) or _ROOTS.get(root.tag.rpartition("}")[2])


def _unknown(root: Node, file: str) -> Problem:
    what = f"the document is neither RSS nor Atom: its root element is {shown(root.name)}"
    mend = 'The root is <rss version="2.0"> or <feed xmlns="http://www.w3.org/2005/Atom">.'
    return Problem("error", "format-unknown", file, what, mend, line=root.line, key=root.name)


def judge(read: document.Document, form: Format, file: str) -> list[Problem]:
    """Ask every rule of a format, then its schema.

    Returns: at most `MOST` problems and one that counts the rest, in no order.
    """
    found: list[_Finding] = []
    waiting = [(read.root, "")]
    while waiting:
        node, parent = waiting.pop()
        rule_set, surveys = laws_at(form, parent, node.name, tuple(node.attributes))
        found.extend([(rule, node, what) for rule in rule_set if (what := rule.find(node))])
        for survey in surveys:
            found.extend([(survey, where, what) for where, what in survey.find(node)])
        if node.children:
            waiting.extend([(child, node.name) for child in node.children])
    told = _most_important(found, file)
    # Where a rule has said in words what is wrong, the schema's own words only confuse.
    if (faults := schema.faults(read.tree, form)) and not any(law.severity == "error" for law, _, _ in found):
        told.append(schema.problem(read.root, form, faults, file))
    return told


@lru_cache(maxsize=4096)
def laws_at(form: Format, parent: str, name: str, attributes: tuple[str, ...]) -> tuple[list[Rule], list[Survey]]:
    """The laws that look at an element.

    Args:
        parent: the name of its parent; empty for the root.
        attributes: the names of its own.
    """
    prefix, colon, _ = name.partition(":")
    names = {name, "*", f"{prefix}:*"} if colon else {name, "*"}
    elements = [f"{above}/{own}" for above in {parent, "*"} for own in names]
    spots = [*elements, *(f"{element}@{attribute}" for element in elements for attribute in (*attributes, "*"))]
    patterns = _patterns(form)
    found = {place for spot in (spots if attributes else elements) for place in patterns.get(spot, ())}
    laws = [rules.LAWS[place] for place in sorted(found)]
    return [law for law in laws if isinstance(law, Rule)], [law for law in laws if isinstance(law, Survey)]


@cache
def _patterns(form: Format) -> dict[str, list[int]]:
    patterns: dict[str, list[int]] = {}
    for place, law in enumerate(rules.LAWS):
        if form in law.formats:
            for pattern in law.at:
                patterns.setdefault(pattern, []).append(place)
    return patterns


def _most_important(found: list[_Finding], file: str) -> list[Problem]:
    left_out = len(found) - MOST
    if left_out > 0:
        found.sort(key=lambda finding: (_RANKS[finding[0].severity], finding[1].line, finding[0].code, finding[2]))
        del found[MOST:]
    told = [
        Problem(law.severity, law.code, file, what, law.mend, line=node.line, key=node.path, source=law.source)
        for law, node, what in found
    ]
    if left_out > 0:
        what = f"{left_out} more {'problem is' if left_out == 1 else 'problems are'} not shown"
        told.append(Problem("info", "problems-left-out", file, what, "Mend those that are shown first."))
    return told
