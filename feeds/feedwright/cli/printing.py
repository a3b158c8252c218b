"""Problems, tables and summaries in print: as text for people, as JSON for programs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, TextIO

from feedwright.errors import Problem
from feedwright.visible import as_json, visible, visible_lines

if TYPE_CHECKING:
    from feedwright.run import Progress

EXAMPLES_SHOWN = 3
"""Of the same problem in many files, and of any names, so many are printed unless all are asked for."""


def problems(found: Iterable[Problem], arguments: argparse.Namespace) -> None:
    """Problems go to standard error as text, to standard output as JSON."""
    if is_json(arguments):
        for problem in found:
            json_line("problem", asdict(problem))
        return
    colour = coloured(sys.stderr, arguments)
    for alike in _by_code(found):
        in_full = len(alike) if getattr(arguments, "verbose", False) else EXAMPLES_SHOWN
        for problem in alike[:in_full]:
            print(_painted(problem, sys.stderr, colour), file=sys.stderr)
        if more := alike[in_full:]:
            files = examples(problem.file for problem in more)
            text = f"{more[0].severity}: the same {len(more)} times more [{more[0].code}]: {files}"
            print(encodable(visible(text), sys.stderr), file=sys.stderr)


def examples(names: Iterable[str]) -> str:
    """Some names, each once, and how many more there are."""
    every = [name for name in dict.fromkeys(names) if name]
    more = len(every) - EXAMPLES_SHOWN
    return ", ".join(every[:EXAMPLES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def counted(count: int, what: str) -> str:
    """A number of things: "1 feed", "2 feeds"."""
    return f"{count} {what}{'s' * (count != 1)}"


def summary(fields: Mapping[str, object], text: str, arguments: argparse.Namespace) -> None:
    """What was done: fields for programs, a text for people, which is left out with --quiet."""
    if is_json(arguments):
        json_line("summary", fields)
    elif text and not arguments.quiet:
        line(text)


def line(text: str) -> None:
    """One line on standard output, whatever is in it."""
    made_visible(visible(text))


def lines(text: str) -> None:
    """A text of several lines that we have laid out, on standard output."""
    made_visible(visible_lines(text))


def made_visible(text: str) -> None:
    """What was made visible before, and may have colours, on standard output."""
    print(encodable(text, sys.stdout))


def json_line(kind: str, fields: Mapping[str, object]) -> None:
    """One object, on a line of its own."""
    print(as_json({"type": kind, **fields}))


def table(rows: Sequence[Sequence[str]]) -> None:
    """Rows with columns below one another, the first of them the head."""
    rows = [[visible(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def is_json(arguments: argparse.Namespace) -> bool:
    """Whether the report is for programs."""
    return bool(getattr(arguments, "format", "text") == "json")


def coloured(stream: TextIO, arguments: argparse.Namespace) -> bool:
    """Whether colours are wanted."""
    return stream.isatty() and not arguments.no_color and "NO_COLOR" not in os.environ


def encodable(text: str, stream: TextIO) -> str:
    """A text in what the stream's encoding has."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


@contextmanager
def progress(arguments: argparse.Namespace) -> Iterator[Progress | None]:
    """What a build is to tell how far it is: a bar, where somebody looks on; None where nobody does."""
    if not sys.stderr.isatty() or arguments.quiet or is_json(arguments) or os.environ.get("TERM") == "dumb":
        yield None
        return
    from feedwright.cli.progress import Bar  # only a terminal needs it

    bar = Bar()
    try:
        yield bar
    finally:
        bar.close()


def _by_code(found: Iterable[Problem]) -> list[list[Problem]]:
    """Problems of the same kind together, the kinds in the order in which they come first."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in found:
        kinds.setdefault((problem.code, problem.severity), []).append(problem)
    return list(kinds.values())


def _painted(problem: Problem, stream: TextIO, colour: bool) -> str:
    text = encodable(f"{problem.severity}: {problem}", stream)
    number = {"error": "31", "warning": "33", "info": "36"}[problem.severity]
    return f"\x1b[{number}m{problem.severity}\x1b[0m{text[len(problem.severity) :]}" if colour else text
