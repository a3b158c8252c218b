"""Problems -> lines: text for people, JSON for programs, annotations for GitHub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from feedwright.checks.rule import printable
from feedwright.errors import Problem, Severity
from feedwright.visible import as_json

if TYPE_CHECKING:
    from feedwright.checks.lint.model import Format, Options, Report, Tally

FILES_SHOWN = 3
"""Of the same problem in many files, it is shown in so many."""

_COLOURS: dict[Severity, str] = {"error": "31", "warning": "33", "info": "36"}
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


@dataclass(slots=True)
class _Kind:
    """In which files problems of a kind were."""

    file: str = ""
    files: int = 0
    hidden: int = 0


def text(problems: Iterator[Problem], tally: Tally, options: Options) -> Iterator[str]:
    """Lines for people. What is the same in many files is shown in the first, then counted."""
    kinds: dict[tuple[str, str], _Kind] = {}
    for problem in problems:
        # An error is the same only when its words are: each other one has to be mended by itself.
        kind = kinds.setdefault((problem.code, problem.what if problem.severity == "error" else ""), _Kind())
        if problem.file != kind.file or not kind.files:
            kind.file, kind.files = problem.file, kind.files + 1
        if kind.files > FILES_SHOWN:
            kind.hidden += 1
        else:
            yield _painted(problem, options.colour)
    for (code, _), kind in kinds.items():
        if kind.hidden:
            yield f"...and {kind.hidden} more of [{code}] in {_counted(kind.files - FILES_SHOWN, 'other file')}"
    if not options.quiet:
        yield _summary(tally)


def _painted(problem: Problem, colour: bool) -> str:
    severity = f"\x1b[{_COLOURS[problem.severity]}m{problem.severity}\x1b[0m" if colour else problem.severity
    safe = replace(_safe(problem), file=printable(problem.file))
    source = f"({printable(problem.source)})" if problem.source else ""
    return f"{severity}: {replace(safe, hint=f'{safe.hint} {source}'.strip())}"


def _safe(problem: Problem) -> Problem:
    """A problem whose words do not steer a terminal: those of a server may."""
    return replace(problem, what=printable(problem.what), hint=printable(problem.hint), key=printable(problem.key))


def _summary(tally: Tally) -> str:
    parts = [_counted(count, severity) for severity, count in tally.found.items()]
    line = f"{_counted(tally.files, 'file')} checked: {', '.join(parts)}"
    if tally.unread:
        line += f"; {tally.unread} could not be checked"
    return line + (f"; {_counted(tally.skipped, 'file')} skipped that are not feeds" if tally.skipped else "")


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def lines_of_json(problems: Iterator[Problem], tally: Tally, options: Options) -> Iterator[str]:
    """One object a line for each problem, then one that sums up."""
    for problem in problems:
        yield as_json({"type": "problem", **asdict(problem)})
    yield as_json(
        {
            "type": "summary",
            "files": tally.files,
            "errors": tally.found["error"],
            "warnings": tally.found["warning"],
            "infos": tally.found["info"],
            "skipped": tally.skipped,
            "unread": tally.unread,
            "exit": tally.exit_code,
        }
    )


def github(problems: Iterator[Problem], tally: Tally, options: Options) -> Iterator[str]:
    """Commands that GitHub's runners show beside the line of the file.

    Source: GitHub, Workflow commands for GitHub Actions.
    """
    for problem in problems:
        properties = {
            "file": _name(problem.file),
            "line": str(problem.line or ""),
            "col": str(problem.column or ""),
            "title": problem.code,
        }
        given = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        message = _message("\n".join(said(_safe(problem))))
        yield f"::{_COMMANDS[problem.severity]} {given}::{message}"
    if not options.quiet:
        yield _summary(tally)


def _name(name: str) -> str:
    """The very name of a file, for it to be found; but for what steers a terminal."""
    return "".join(character if character.isprintable() or character in "\r\n" else "\ufffd" for character in name)


def said(problem: Problem) -> list[str]:
    """A problem in words: what is wrong and where, what would be right, and what says so."""
    what = ": ".join(part for part in (problem.key, problem.what) if part)
    return [part for part in (what, problem.hint, problem.source) if part]


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


REPORTS: dict[Format, Report] = {"text": text, "json": lines_of_json, "github": github}
