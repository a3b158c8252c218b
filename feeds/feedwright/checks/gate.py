"""The whole check: parse, tell the format, ask every rule, ask the schema, sort what was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from feedwright.checks import (
    detect_format,
    document,
    encoding,
    future_dates,
    json_text,
    rules,
    rules_sitemap,
    rules_xml,
    run_rules,
    schema,
    self_links,
)
from feedwright.checks.rule import REFUSED, Format, Rule, printable
from feedwright.checks.run_rules import Finding
from feedwright.errors import Problem, Severity

MOST = 50
"""Problems that are reported of one document; one more says how many are not."""

Place = TypeVar("Place")

_RANKS: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}

RULES: tuple[Rule, ...] = (
    Rule("format-unknown", "error", "", rules.ALL, (), "Write a feed."),
    Rule("format-old", "info", "RSS 2.0", ("old",), (), "Write RSS 2.0 or Atom 1.0."),
    Rule("not-well-formed", "error", "XML 1.0 §2.1", rules.XML, (), "Write XML with a library."),
    Rule("problems-left-out", "info", "", rules.ALL, (), "Correct those that are shown first."),
    Rule("rss-schema", "error", "RSS 2.0", ("rss",), (), "Compare the element with its specification."),
    Rule("atom-schema", "error", "RFC 4287", ("atom",), (), "Compare the element with its specification."),
    Rule(
        "sitemap-schema",
        "error",
        "sitemaps.org 0.9, Google News sitemaps",
        ("sitemap",),
        (),
        "Compare the element with its specification.",
    ),
    Rule("too-large", "error", "", rules.ALL, (), "Page or archive the feed (RFC 5005)."),
    Rule("sitemap-too-large", "error", "sitemaps.org 0.9", ("sitemap",), (), "Write several, and an index."),
    Rule("media-type", "warning", "RFC 9110 §8.3", rules.ALL, (), "Serve it as what it is."),
)
"""The rules that look at no element."""


class Asked(NamedTuple):
    """What is asked of a document: see `feedwright.checks.check`."""

    media_type: str | None = None
    profile: str | None = None
    now: datetime | None = None
    address: str | None = None
    ignore: frozenset[str] = frozenset()
    min_severity: Severity = "info"


_FOR_BUILD = Asked(profile=run_rules.FOR_BUILD)


def problems(data: bytes, asked: Asked, file: str) -> list[Problem]:
    """See `feedwright.checks.check`."""
    return in_order([problem for problem in _problems(data, asked, file) if problem.code not in asked.ignore])


def _problems(data: bytes, asked: Asked, file: str) -> list[Problem]:
    if json_text.is_json(data):
        return [*_of_json(data, asked, file), *detect_format.misnamed("jsonfeed", asked.media_type, file)]
    read = document.read(data, file)
    if isinstance(read, Problem):
        return [read]
    form = detect_format.of(read.root)
    if not form:
        return [detect_format.unknown(read.root, file)]
    found = judge(read, form, file, asked)
    document.release(read.root)
    return [*found, *detect_format.misnamed(form, asked.media_type, file)]


def _of_json(data: bytes, asked: Asked, file: str) -> list[Problem]:
    from feedwright.checks import json_feed  # only where there is JSON to judge

    read = json_feed.read(data, asked.now, asked.address, file)
    if isinstance(read, Problem):
        return [read]
    found = sorted(read.found, key=lambda finding: _RANKS[finding[0].severity])
    found, left_out = chosen([finding for finding in found if finding[0].code not in asked.ignore], asked.min_severity)
    told = json_feed.told(read.text, found, file)
    return [*told, *_rest(left_out, file)]


def refused(data: bytes, file: str) -> list[Problem]:
    """See `feedwright.checks.refused`."""
    found = _problems(data, _FOR_BUILD, file)
    return in_order([problem for problem in found if problem.severity == "error" or problem.code in REFUSED])


def in_order(found: list[Problem]) -> list[Problem]:
    """Problems as they are read, safe for a terminal: messages and names may hold anything that a document holds."""
    safe = [replace(problem, what=printable(problem.what), key=printable(problem.key)) for problem in found]
    return sorted(safe, key=lambda problem: (problem.line, problem.column, problem.code, problem.key, problem.what))


def judge(read: document.Document, form: Format, file: str, asked: Asked) -> list[Problem]:
    """Ask every rule of a format, then its schema.

    Returns: at most `MOST` problems and one that counts the rest, in no order.
    """
    try:
        found = _once(run_rules.ask(read, form, asked.profile))
    except run_rules.ExcessError as error:
        return [Problem("error", "too-large", file, f"the document has {error}", "No feed needs as many.")]
    unjudged = len(found) >= run_rules.MOST_FINDINGS
    found.extend(rules_xml.control_characters(read))
    found.extend(encoding.findings(read, asked.media_type))
    if asked.now:
        found.extend(future_dates.findings(read.root, asked.now))
    if asked.address:
        found.extend(self_links.findings(read.root, asked.address))
    told = _most_important(read, [finding for finding in found if finding[0].code not in asked.ignore], asked, file)
    if unjudged:
        what = f"the document has {run_rules.MOST_FINDINGS:,} problems or more; the rest of it was not judged"
        told.append(Problem("error", "too-large", file, what, "Correct those that are shown first."))
    # Where a rule has said in words what is wrong, the schema's own words only confuse.
    silent = not unjudged and schema.has(form) and not any(rule.severity == "error" for rule, _, _ in found)
    if silent and (faults := schema.faults(read.tree, form)):
        told.append(schema.problem(read.root, form, faults, file))
    if form == "sitemap" and (size := len(read.source)) > rules_sitemap.LARGEST:
        what = f"the sitemap has {size} bytes, more than {rules_sitemap.LARGEST}"
        told.append(Problem("error", "sitemap-too-large", file, what, "Write several, and an index."))
    if form == "old":
        what = f"{detect_format.old_name(read.root)} is old; only its XML is judged"
        hint = "Write RSS 2.0 or Atom 1.0."
        told.append(Problem("info", "format-old", file, what, hint, line=read.root.line, key=read.root.name))
    return told


def _once(found: list[Finding]) -> list[Finding]:
    """Findings, but of those that are of a namespace only the first of each."""
    spared = [finding for finding in found if finding[0].code not in rules_xml.ONCE]
    if len(spared) == len(found):
        return found
    told = sorted((finding for finding in found if finding[0].code in rules_xml.ONCE), key=lambda one: -one[1].line)
    first = {(rule.code, what): (rule, node, what) for rule, node, what in told}
    return [*spared, *first.values()]


def _most_important(read: document.Document, found: list[Finding], asked: Asked, file: str) -> list[Problem]:
    if len(found) > MOST:
        found = sorted(found, key=lambda finding: (_RANKS[finding[0].severity], finding[1].line, finding[0].code))
    found, left_out = chosen(found, asked.min_severity)
    places = document.places(read, [node for _, node, _ in found])
    told = []
    for rule, node, what in found:
        line, column = places.get(node, (node.line, 0))
        told.append(
            Problem(
                rule.severity,
                rule.code,
                file,
                what,
                rule.hint,
                line=line,
                key=node.path,
                source=rule.source,
                column=column,
            )
        )
    return [*told, *_rest(left_out, file)]


def _rest(left_out: int, file: str) -> list[Problem]:
    if not left_out:
        return []
    what = f"{left_out} more {'problem is' if left_out == 1 else 'problems are'} not shown"
    return [Problem("info", "problems-left-out", file, what, "Correct those that are shown first.")]


def chosen(found: list[tuple[Rule, Place, str]], min_severity: Severity) -> tuple[list[tuple[Rule, Place, str]], int]:
    """The findings to tell, and how many are left out.

    Args:
        found: all, the gravest first.
        min_severity: what is as grave as this, or graver, is told before all else.

    Returns: at most `MOST`: the first of every code before all others, and errors before warnings.
    """
    if len(found) <= MOST:
        return found, 0
    seen: set[str] = set()
    groups: tuple[list[tuple[Rule, Place, str]], ...] = ([], [], [], [])
    for finding in found:
        rule = finding[0]
        groups[2 * (_RANKS[rule.severity] > _RANKS[min_severity]) + (rule.code in seen)].append(finding)
        seen.add(rule.code)
    return [finding for group in groups for finding in group][:MOST], len(found) - MOST
