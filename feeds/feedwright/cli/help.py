"""feeds help: what `feeds COMMAND --help` prints."""

from __future__ import annotations

import argparse

from feedwright.cli import arguments
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example


def help_arguments(commands: Commands) -> None:
    """The arguments of `feeds help`."""
    command = arguments.command(
        commands,
        "help",
        "Without COMMAND: list all commands.",
        examples=(
            Example("feeds help build", "the options of feeds build, with examples"),
            Example("feeds help import page", "the same for a command of a command"),
        ),
    )
    command.add_argument("names", nargs="*", metavar="COMMAND", help="the command to explain")
    command.set_defaults(run=_help)


def _help(args: argparse.Namespace) -> int:
    from feedwright.cli import tree  # it imports what is asked for

    if not args.names:
        tree.outline().print_help()
        return 0
    shown = tree.parser(args.names[0])
    for name in args.names:
        if name not in shown.commands():
            shown.refuse_command(name)
        shown = shown.commands()[name]
    shown.print_help()
    return 0
