"""All commands: the tree of their parsers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from feedwright.cli.index import COMMANDS, GROUPS, MEANT
from feedwright.cli.parsers import Parser

if TYPE_CHECKING:
    from feedwright.cli.arguments import Commands

ABOUT = "Turns a folder of articles into every feed a site needs, and never breaks a subscription."


def parser(only: str | None = None) -> Parser:
    """The parser of every command: what help, completion, the man page and the reference are made from.

    Args:
        only: the one command that is wanted, where it is known: the others' modules need not be loaded.
    """
    top, commands = _top()
    for name in (only,) if only in COMMANDS else COMMANDS:
        module = import_module(f"feedwright.cli.{COMMANDS[str(name)].module}")
        getattr(module, f"{name}_arguments")(commands)
    return top


def outline() -> Parser:
    """The parser of every command without its arguments: what `feeds --help` needs, made without their modules."""
    top, commands = _top()
    for name in COMMANDS:
        commands.add_parser(name)
    return top


def _top() -> tuple[Parser, Commands]:
    top = Parser(prog="feeds", description=ABOUT, epilog="`feeds help COMMAND` says more about a command.")
    top.add_argument("--version", action="store_true", help="print the version")  # by `main`: it is slow to look up
    top.sections = {
        heading: [(name, f"{one.does}\n$ {one.example}") for name, one in COMMANDS.items() if one.group == group]
        for group, heading in GROUPS.items()
    }
    top.meant = {word: name for name, words in MEANT.items() for word in words}
    commands = top.add_subparsers(title="commands", metavar="COMMAND", dest="command", prog="feeds", required=True)
    return top, commands
