"""Arguments that several commands take."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from feedwright.cli.index import COMMANDS
from feedwright.cli.parsers import Example, Parser

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def command(
    commands: Commands,
    name: str,
    more: str = "",
    *,
    does: str = "",
    examples: Sequence[Example] = (),
    exits: Mapping[int, str] | None = None,
) -> Parser:
    """Add a command.

    Args:
        more: whole sentences.
        does: what it does, in a few words that begin with a small letter; empty where `COMMANDS` says it.
        examples: how it is used, the plainest first.
        exits: exit code -> what it means, where these are its own.
    """
    does = does or COMMANDS[name].does
    about = f"{does[0].upper()}{does[1:]}{'' if does.endswith('?') else '.'} {more}"
    added = commands.add_parser(name, help=does, description=about.strip())
    added.examples = examples
    added.exits = exits or {}
    added.set_defaults(format="text", quiet=False, no_color=False)
    return added


def content(added: Parser) -> None:
    """The site's folder, its configuration and its state."""
    help_ = "the site's folder, which holds site.toml (default: this one if it has a site.toml, else content)"
    added.add_argument("content", nargs="?", type=Path, metavar="CONTENT", help=help_)
    added.set_defaults(has_site=True)
    added.add_argument("--config", type=Path, metavar="FILE", help="the configuration (default: CONTENT/site.toml)")
    help_ = "the state folder: keep it, and keep it out of OUT (default: CONTENT/.feeds)"
    added.add_argument("--state", type=Path, metavar="DIR", help=help_)


def out(added: Parser) -> None:
    """The output folder."""
    help_ = "the folder that feeds are written to (default: out)"
    added.add_argument("--out", type=Path, default=Path("out"), metavar="OUT", help=help_)


def waiting(added: Parser) -> None:
    """What becomes of a run that meets another."""
    help_ = "how long to wait for another run to end: seconds, or 5m, 2h, 1d (default: do not wait)"
    added.add_argument("--wait", type=seconds, default=0.0, metavar="TIME", help=help_)


def reporting(added: Parser, quiet: str = "print problems only") -> None:
    """How a report is printed."""
    added.add_argument(
        "--format",
        choices=("text", "json"),
        help="how to print (default: text); json: one object a line, a summary last",
    )
    added.add_argument("--quiet", "-q", action="store_true", help=quiet)
    added.add_argument("--no-color", action="store_true", help="print no colours on a terminal")


def count(text: str) -> int:
    """A whole number from 1, as an argument."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def seconds(text: str) -> float:
    """A span of time, in seconds or with a unit: 90, 5m, 2h, 1d."""
    number, unit = (text[:-1], text[-1:]) if text[-1:] in UNITS else (text, "s")
    try:
        found = float(number) * UNITS[unit]
    except ValueError:
        found = -1.0
    if not 0 <= found < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a time: write seconds, or 5m, 2h, 1d")
    return found
