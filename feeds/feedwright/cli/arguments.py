"""Arguments that several commands take."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn, TypeAlias

from feedwright.cli import printing
from feedwright.visible import visible

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"

EX_USAGE = 64
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Help(argparse.HelpFormatter):
    """As wide as the terminal; argparse would import all of shutil to know that, even where nobody asks for help."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
        except (OSError, ValueError):
            columns = 80
        super().__init__(prog, width=max(columns, 40) - 2)


class Parser(argparse.ArgumentParser):
    """Wrong usage is exit code 64, as in sysexits.h, so that 2 can mean "not done"."""

    def __init__(self, prog: str, **given: str) -> None:
        super().__init__(prog, formatter_class=Help, **given)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        # A shell puts names of files here that others have chosen.
        self.exit(EX_USAGE, f"{self.prog}: {printing.encodable(visible(message), sys.stderr)}\n")


def command(commands: Commands, name: str, does: str, more: str = "") -> Parser:
    """Add a command.

    Args:
        does: what it does, in a few words that begin with a small letter.
        more: whole sentences.
    """
    added = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}. {more}".strip())
    added.set_defaults(format="text", quiet=False, no_color=False)
    return added


def content(added: Parser) -> None:
    """The site's folder, its configuration and its state."""
    help_ = "folder of site.toml, or of articles (this one where it has a site.toml, else content)"
    added.add_argument("content", nargs="?", type=Path, metavar="CONTENT", help=help_)
    added.set_defaults(has_site=True)
    added.add_argument("--config", type=Path, metavar="FILE", help="configuration (CONTENT/site.toml)")
    added.add_argument("--state", type=Path, metavar="DIR", help="folder of what must last (CONTENT/.feeds)")


def out(added: Parser) -> None:
    """The output folder."""
    added.add_argument("--out", type=Path, default=Path("out"), metavar="OUT", help="where feeds are written (out)")


def waiting(added: Parser) -> None:
    """What becomes of a run that meets another."""
    help_ = "for another run to end, before it is given up with exit code 75 (0)"
    added.add_argument("--wait", type=seconds, default=0.0, metavar="SECONDS", help=help_)


def reporting(added: Parser, quiet: str = "print problems only") -> None:
    """How a report is printed."""
    added.add_argument("--format", choices=("text", "json"), help="json: one object a line, a summary at the end")
    added.add_argument("--quiet", "-q", action="store_true", help=quiet)
    added.add_argument("--no-color", action="store_true", help="no colours, not even on a terminal")


def count(text: str) -> int:
    """A whole number from 1, as an argument."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def seconds(text: str) -> float:
    """A span of time, in seconds or with a unit: 90, 5m, 2h, 1d."""
    number, unit = (text[:-1], text[-1:]) if text[-1:] in UNITS else (text, "s")
    try:
        found = float(number) * UNITS[unit]
    except ValueError:
        found = -1.0
    if not 0 <= found < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write seconds, or 5m, 2h, 1d")
    return found
