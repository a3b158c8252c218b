"""The whole check: parse, tell the format, ask every rule, ask the schema, sort what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from feeds.checks import (
    REFUSED,
    asking,
    assembling,
    clock,
    document,
    encoding,
    json_feed,
    json_text,
    kinds,
    rules,
    rules_sitemap,
    rules_xml,
    schema,
)
from feeds.checks.asking import Finding
from feeds.checks.rule import Format, Law, printable
from feeds.errors import Problem

MOST = 50
"""Problems that are reported of one document; one more says how many are not."""

_RANKS = {"error": 0, "warning": 1, "info": 2}

LAWS: tuple[Law, ...] = (
    Law("format-unknown", "error", "", rules.ALL, (), "Write a feed."),
    Law("format-old", "info", "RSS 2.0", ("old",), (), "Write RSS 2.0 or Atom 1.0."),
    Law("not-well-formed", "error", "XML 1.0 §2.1", rules.XML, (), "Write XML with a library."),
    Law("problems-left-out", "info", "", rules.ALL, (), "Mend those that are shown first."),
    Law("rss-schema", "error", "RSS 2.0", ("rss",), (), "Compare the element with its specification."),
    Law("atom-schema", "error", "RFC 4287", ("atom",), (), "Compare the element with its specification."),
    Law("too-large", "error", "", rules.ALL, (), "Page or archive the feed (RFC 5005)."),
    Law("sitemap-too-large", "error", "sitemaps.org 0.9", ("sitemap",), (), "Write several, and an index."),
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
    document.release(read.root)
    return in_order([*found, *kinds.misnamed(form, media_type, file)])


def refused(data: bytes, entries: Sequence[bytes], file: str) -> list[Problem]:
    """See `feeds.checks.refused`."""
    if json_text.is_json(data):
        return _refused(json_feed.problems(data, None, None, file))
    read = document.read(data, file)
    if isinstance(read, Problem):
        return in_order([read])
    form = kinds.of(read.root)
    found = judge(read, form, file, profile=asking.FOR_BUILD) if form else [kinds.unknown(read.root, file)]
    told = _refused(found)
    if entries and not told:
        assembling.remember(read, entries)
    document.release(read.root)
    return told


def assembled(data: bytes, entries: Sequence[bytes], file: str) -> list[Problem]:
    """See `feeds.checks.assembled`."""
    made = assembling.stand_in(data, entries)
    if made is None:
        return refused(data, (), file)
    read, form = made
    found = judge(read, form, file, profile=asking.FOR_BUILD)
    document.release(read.root)
    # What is wrong is told of the document itself: its lines, and all of it.
    return refused(data, (), file) if _refused(found) else []


def _refused(found: list[Problem]) -> list[Problem]:
    return in_order([problem for problem in found if problem.severity == "error" or problem.code in REFUSED])


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
    found = _once(asking.ask(read, form, profile))
    found.extend(rules_xml.control_characters(read))
    found.extend(encoding.findings(read, media_type))
    if now:
        found.extend(clock.findings(read.root, now))
    told = _most_important(read, found, file)
    # Where a rule has said in words what is wrong, the schema's own words only confuse.
    silent = schema.has(form) and not any(law.severity == "error" for law, _, _ in found)
    if silent and (faults := schema.faults(read.tree, form)):
        told.append(schema.problem(read.root, form, faults, file))
    if form == "sitemap" and (size := len(read.source)) > rules_sitemap.LARGEST:
        what = f"the sitemap has {size} bytes, more than {rules_sitemap.LARGEST}"
        told.append(Problem("error", "sitemap-too-large", file, what, "Write several, and an index."))
    if form == "old":
        what = f"{kinds.old_name(read.root)} is old; only its XML is judged"
        mend = "Write RSS 2.0 or Atom 1.0."
        told.append(Problem("info", "format-old", file, what, mend, line=read.root.line, key=read.root.name))
    return told


def _once(found: list[Finding]) -> list[Finding]:
    """Findings, but of those that are of a namespace only the first of each."""
    spared = [finding for finding in found if finding[0].code not in rules_xml.ONCE]
    if len(spared) == len(found):
        return found
    told = sorted((finding for finding in found if finding[0].code in rules_xml.ONCE), key=lambda one: -one[1].line)
    first = {(law.code, what): (law, node, what) for law, node, what in told}
    return [*spared, *first.values()]


def _most_important(read: document.Document, found: list[Finding], file: str) -> list[Problem]:
    left_out = len(found) - MOST
    if left_out > 0:
        found = _one_of_each_first(found)[:MOST]
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


def _one_of_each_first(found: list[Finding]) -> list[Finding]:
    """Findings with the first of every code before all others, and errors before warnings."""
    found = sorted(found, key=lambda finding: (_RANKS[finding[0].severity], finding[1].line, finding[0].code))
    seen: set[str] = set()
    first: list[Finding] = []
    others: list[Finding] = []
    for finding in found:
        (others if finding[0].code in seen else first).append(finding)
        seen.add(finding[0].code)
    return first + others
