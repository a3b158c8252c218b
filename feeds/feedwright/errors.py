"""What can go wrong, as data: problems are findings, errors end a command."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from feedwright.visible import visible

Severity = Literal["error", "warning", "info"]

IN_NO_FEED = "The article is in no feed."
"""How the hint of an error ends that leaves an article out; where feeds go on showing it, the report says that."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about one article, feed, or configuration file.

    As text it is a line, and another one for `hint`, whatever stands in its parts: these may come from strangers.

    Args:
        severity: "error" means that something was left out or is invalid; "warning" that it was mended
            or is bad practice; "info" that it is worth knowing.
        code: stable, lower-case words joined by hyphens, e.g. "date-unreadable".
        file: the path that a user would open, "/"-separated; empty where no file is meant.
        line: 1-based; 0 where no line is meant.
        key: the front matter or configuration key, or the element's path in a document; may be empty.
        what: what is wrong, one sentence without a full stop.
        hint: what would be right and what was done instead, as full sentences.
        source: the rule's place in a specification, e.g. "RFC 4287 §4.2.6"; may be empty.
        column: 1-based, in characters; 0 where it is not known.
    """

    severity: Severity
    code: str
    file: str
    what: str
    hint: str = ""
    line: int = 0
    key: str = ""
    source: str = ""
    column: int = 0

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        head = ": ".join(part for part in (where, self.key, self.what) if part)
        text = visible(f"{head} [{self.code}]")
        return f"{text}\n    {visible(self.hint)}" if self.hint else text


class Code(NamedTuple):
    """What a code means.

    Args:
        severities: that its problems may have, the gravest first.
        means: what is wrong, and what that means for readers.
        do: what to do.
        source: the rule's place in a specification; may be empty.
        wrong, right: an example; may be empty.
    """

    severities: tuple[Severity, ...]
    means: str
    do: str
    source: str = ""
    wrong: str = ""
    right: str = ""


@cache
def codes() -> dict[str, Code]:
    """What the codes mean of all problems but those of rules, which are in `checks.CODES`; in alphabetical order."""
    import tomllib  # only who asks what a code means needs this
    from pathlib import Path

    def code(severity: Severity | list[Severity], **more: Any) -> Code:
        return Code((severity,) if isinstance(severity, str) else tuple(severity), **more)

    table = tomllib.loads(Path(__file__).with_name("problems.toml").read_text("utf-8"))
    return {name: code(**said) for name, said in table.items()}


class FeedsError(Exception):
    """The root of our errors: a command cannot be done.

    Args:
        problems: at least one, in the order in which they are to be read.

    `new_problems` are those of them that the run before did not have, where that is known; `is_noted` says whether
    the catalog knows that a run ended by it.
    """

    exit_code = 2

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
        self.new_problems = problems
        self.is_noted = False


class ConfigError(FeedsError):
    """The configuration cannot be used."""


class IdentityError(FeedsError):
    """An id cannot be made."""


class StateError(FeedsError):
    """What must last (the ledger) cannot be read or written."""


class PublishError(FeedsError):
    """The output folder cannot be written."""


def require_posix() -> None:
    """Refuse what holds folders open and follows no links, where the system has no means for it.

    Raises:
        FeedsError: it is not a POSIX system.
    """
    if not hasattr(os, "O_DIRECTORY") or not hasattr(os, "O_NOFOLLOW"):
        hint = "On Windows, run it in WSL. `feeds check`, `feeds preview` and `feeds init` work here as well."
        raise FeedsError(
            Problem("error", "platform-unsupported", "", "this needs a POSIX system: Linux or macOS", hint)
        )
