"""What is checked, how, and what was met: the data of the linter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from feedwright.errors import FeedsError, Problem, Severity

Format = Literal["text", "json", "sarif", "github"]
FORMATS: tuple[Format, ...] = ("text", "json", "sarif", "github")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""The gravest first."""

Report = Callable[[Iterator[Problem], "Tally", "Options"], Iterator[str]]


class UsageError(FeedsError):
    """The command was given what it does not know."""

    exit_code = 64


@dataclass(frozen=True, slots=True)
class Options:
    """How to check, and what to show.

    Args:
        format: of the report.
        severity: the least that is shown; what is not shown is counted all the same.
        ignore: codes of problems that neither are shown nor count.
        profile: the name of an aggregator's demands, one of `feedwright.checks.PROFILES`.
        colour: whether text is for a terminal that shows colours.
        quiet: whether text is without the line that sums up.
        now: aware; dates later than this are problems. Without it they are not looked for.
    """

    format: Format = "text"
    severity: Severity = "info"
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    colour: bool = False
    quiet: bool = False
    now: datetime | None = None


@dataclass(slots=True)
class Tally:
    """What was met so far; whole once the report has been read to its end."""

    files: int = 0
    skipped: int = 0
    unread: int = 0
    found: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(SEVERITIES, 0))

    @property
    def exit_code(self) -> int:
        """0: no error; 1: errors; 2: something could not be checked."""
        return 2 if self.unread else int(self.found["error"] > 0)


@dataclass(frozen=True, slots=True)
class Document:
    """One document to check.

    Args:
        name: the path or address as the user would give it.
        media_type: the value of the Content-Type header, if it came with one.
        problems: what was found on the way to it.
        address: that its readers should know it by, if it came from one.
    """

    name: str
    content: bytes
    media_type: str | None = None
    problems: tuple[Problem, ...] = ()
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """An input that can't be checked, and why."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is no feed, though its suffix is that of one."""

    name: str


Input = Document | Unread | Skipped


def unreadable(name: str, what: str, hint: str = "", code: str = "file-unreadable", key: str = "") -> Unread:
    """An input that can't be read."""
    return Unread(Problem("error", code, name, what, hint, key=key))
