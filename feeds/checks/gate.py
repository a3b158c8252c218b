"""The whole check: parse, tell the format, ask every rule, ask the schema, sort what was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache

from feeds.checks import clock, document, encoding, json_feed, json_text, kinds, profiles, rules, schema
from feeds.checks.node import Node
from feeds.checks.rule import Format, Law, Rule, Survey, printable
from feeds.errors import Problem

MOST = 50
"""Problems that are reported of one document; one more says how many are not."""

REFUSED = frozenset(("html-script", "html-handler", "rss-guid-empty"))
"""Warnings that a build must treat as errors: what others may publish, but we never do."""

_RANKS = {"error": 0, "warning": 1, "info": 2}
_Finding = tuple[Law, Node, str]
_ENTRIES = frozenset(("item", "entry"))

LAWS: tuple[Law, ...] = (
    Law("format-unknown", "error", "", rules.ALL, (), "Write a feed."),
    Law("format-old", "info", "RSS 2.0", ("old",), (), "Write RSS 2.0 or Atom 1.0."),
    Law("not-well-formed", "error", "XML 1.0 §2.1", rules.XML, (), "Write XML with a library."),
    Law("problems-left-out", "info", "", rules.ALL, (), "Mend those that are shown first."),
    Law("rss-schema", "error", "RSS 2.0", ("rss",), (), "Compare the element with its specification."),
    Law("atom-schema", "error", "RFC 4287", ("atom",), (), "Compare the element with its specification."),
    Law("too-large", "error", "", rules.ALL, (), "Page or archive the feed (RFC 5005)."),
    Law("media-type", "warning", "RFC 9110 §8.3", rules.ALL, (), "Serve it as what it is."),
)
"""The laws that no rule has."""


def problems(
    data: bytes, media_type: str | None, profile: str | None, now: datetime | None, file: str
) -> list[Problem]:
    """See `feeds.checks.check`."""
    if json_text.is_json(data):
        found = json_feed.problems(data, profile, now, file)
        return in_order([*found, *kinds.misnamed("jsonfeed", media_type, file)])
    read = document.read(data, file)
    if isinstance(read, Problem):
        return in_order([read])
    form = kinds.of(read.root)
    if not form:
        return in_order([kinds.unknown(read.root, file)])
    found = judge(read, form, file, profile=profile, now=now, media_type=media_type)
    return in_order([*found, *kinds.misnamed(form, media_type, file)])


def assembled(data: bytes, file: str) -> list[Problem]:
    """See `feeds.checks.assembled`."""
    if json_text.is_json(data):
        return in_order(json_feed.problems(data, None, None, file))
    read = document.read(data, file, shallow=True)
    if isinstance(read, Problem):
        return in_order([read])
    form = kinds.of(read.root)
    return in_order(judge(read, form, file) if form else [kinds.unknown(read.root, file)])


def in_order(found: list[Problem]) -> list[Problem]:
    """Problems as they are read, safe for a terminal: messages and names may hold anything that a document holds."""
    safe = [replace(problem, what=printable(problem.what), key=printable(problem.key)) for problem in found]
    return sorted(safe, key=lambda problem: (problem.line, problem.column, problem.code, problem.key, problem.what))


def judge(
    read: document.Document,
    form: Format,
    file: str,
    *,
    profile: str | None = None,
    now: datetime | None = None,
    media_type: str | None = None,
) -> list[Problem]:
    """Ask every rule of a format, then its schema.

    Returns: at most `MOST` problems and one that counts the rest, in no order.
    """
    found: list[_Finding] = []
    waiting = [(read.root, "")]
    while waiting:
        node, parent = waiting.pop()
        if read.shallow and parent and node.name in _ENTRIES:
            continue
        rule_set, surveys = laws_at(form, profile, parent, node.name, tuple(node.attributes))
        for rule in rule_set:
            if what := rule.find(node):
                found.append((rule, node, what))
        for survey in surveys:
            found.extend([(survey, where, what) for where, what in survey.find(node)])
        if node.children:
            waiting.extend([(child, node.name) for child in node.children])
    found.extend(encoding.findings(read, media_type))
    if now:
        found.extend(clock.findings(read.root, now))
    told = _most_important(read, found, file)
    # Where a rule has said in words what is wrong, the schema's own words only confuse.
    if schema.has(form) and not any(law.severity == "error" for law, _, _ in found):
        if faults := schema.faults(read.tree, form):
            told.append(schema.problem(read.root, form, faults, file))
    if form == "old":
        what = f"{kinds.old_name(read.root)} is old; only its XML is judged"
        told.append(Problem("info", "format-old", file, what, "Write RSS 2.0 or Atom 1.0.", key=read.root.name))
    return told


@lru_cache(maxsize=8192)
def laws_at(
    form: Format, profile: str | None, parent: str, name: str, attributes: tuple[str, ...]
) -> tuple[list[Rule], list[Survey]]:
    """The laws that look at an element.

    Args:
        parent: the name of its parent; empty for the root.
        attributes: the names of its own.
    """
    prefix, colon, _ = name.partition(":")
    names = {name, "*", f"{prefix}:*"} if colon else {name, "*"}
    elements = [f"{above}/{own}" for above in {parent, "*"} for own in names]
    spots = [*elements, *(f"{element}@{attribute}" for element in elements for attribute in (*attributes, "*"))]
    patterns, laws = _patterns(form, profile)
    places = {place for spot in (spots if attributes else elements) for place in patterns.get(spot, ())}
    found = [laws[place] for place in sorted(places)]
    return [law for law in found if isinstance(law, Rule)], [law for law in found if isinstance(law, Survey)]


@cache
def _patterns(form: Format, profile: str | None) -> tuple[dict[str, list[int]], tuple[Law, ...]]:
    patterns: dict[str, list[int]] = {}
    laws = (*rules.LAWS, *profiles.laws(profile)) if profile else rules.LAWS
    for place, law in enumerate(laws):
        if form in law.formats:
            for pattern in law.at:
                patterns.setdefault(pattern, []).append(place)
    return patterns, laws


def _most_important(read: document.Document, found: list[_Finding], file: str) -> list[Problem]:
    left_out = len(found) - MOST
    if left_out > 0:
        found = sorted(found, key=lambda finding: (_RANKS[finding[0].severity], finding[1].line, finding[0].code))
        del found[MOST:]
    places = document.places(read, [node for _, node, _ in found])
    told = []
    for law, node, what in found:
        line, column = places.get(node, (node.line, 0))
        told.append(
            Problem(
                law.severity,
                law.code,
                file,
                what,
                law.mend,
                line=line,
                key=node.path,
                source=law.source,
                column=column,
            )
        )
    if left_out > 0:
        what = f"{left_out} more {'problem is' if left_out == 1 else 'problems are'} not shown"
        told.append(Problem("info", "problems-left-out", file, what, "Mend those that are shown first."))
    return told
