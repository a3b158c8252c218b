"""The linter: documents from anywhere in, a report and an exit code out. `feeds check` prints what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from feedwright.checks.lint.model import (
    FORMATS,
    SEVERITIES,
    Format,
    Options,
    Report,
    Skipped,
    Tally,
    Unread,
    UsageError,
)
from feedwright.errors import Problem

__all__ = ["FORMATS", "SEVERITIES", "Options", "Outcome", "Tally", "UsageError", "explain", "listed", "profiles", "run"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A report that is made while it is read.

    Args:
        lines: without line ends, for standard output. They may hold what cannot be encoded, from names of files.
    """

    lines: Iterator[str]
    tally: Tally

    @property
    def exit_code(self) -> int:
        """See `Tally.exit_code`; only right when `lines` have been read to their end."""
        return self.tally.exit_code


def run(sources: Sequence[str], options: Options, stdin: BinaryIO) -> Outcome:
    """Check documents.

    Args:
        sources: paths of files and folders, http addresses, "-" for standard input.
        stdin: read when "-" is met.

    Returns: the report; nothing is read before its first line is asked for.

    Raises:
        UsageError: a code or a profile is not known, or there is nothing to check.
    """
    from feedwright.checks.lint import codes

    if not sources:
        raise UsageError(Problem("error", "usage", "", "there is nothing to check", "Give a file, folder, URL or -."))
    codes.demand_codes(options.ignore)
    codes.demand_profile(options.profile)
    tally = Tally()
    return Outcome(_report(options.format)(_problems(sources, options, stdin, tally), tally, options), tally)


def explain(code: str) -> str:
    """What a code means, in words, with an example of wrong and right.

    Raises:
        UsageError: there is no such code.
    """
    from feedwright.checks.lint import codes

    return codes.explained(code)


def listed() -> Iterator[str]:
    """Every code with its severity and what it means, a line each."""
    from feedwright.checks.lint import codes

    return codes.listed()


def profiles() -> Iterator[str]:
    """Every profile with what it is, a line each."""
    from feedwright.checks.lint import codes

    return codes.profiles()


def _report(format_: Format) -> Report:
    # Each format is loaded alone: what is not asked for costs no start-up time.
    if format_ == "sarif":
        from feedwright.checks.lint.sarif import sarif

        return sarif
    from feedwright.checks.lint import reports

    return reports.REPORTS[format_]


def _problems(sources: Sequence[str], options: Options, stdin: BinaryIO, tally: Tally) -> Iterator[Problem]:
    """Check one document after the other, count what is found, and give what is to be shown."""
    from feedwright.checks import gate
    from feedwright.checks.lint.inputs import read

    shown = frozenset(SEVERITIES[: SEVERITIES.index(options.severity) + 1])
    for source in read(sources, stdin):
        if isinstance(source, Skipped):
            tally.skipped += 1
        elif isinstance(source, Unread):
            if source.problem.code not in options.ignore:
                tally.unread += 1
                yield source.problem
        else:
            tally.files += 1
            asked = gate.Asked(
                source.media_type,
                options.profile,
                options.now,
                source.address,
                frozenset(options.ignore),
                options.severity,
            )
            found = gate.problems(source.content, asked, source.name)
            for problem in (*source.problems, *found):
                if problem.code not in options.ignore:
                    tally.found[problem.severity] += 1
                    if problem.severity in shown:
                        yield problem
