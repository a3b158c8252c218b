"""feeds completion: what makes a shell complete commands and options."""

from __future__ import annotations

import argparse

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.index import COMMANDS
from feedwright.cli.parsers import Example, Parser

SHELLS = ("bash", "zsh", "fish")
FOLDERS = ("CONTENT", "DIR", "OUT")
FILES = ("ARTICLE", "FEED", "FEEDFILE|URL", "FILE", "FILE|DIR|URL|-", "FILE|URL|-")
"""What arguments that are files are called."""


def completion_arguments(commands: Commands) -> None:
    """The arguments of `feeds completion`."""
    command = arguments.command(
        commands,
        "completion",
        "It only prints it. Put the text where your shell looks for it, or load it in the shell's start file.",
        examples=(
            Example('eval "$(feeds completion bash)"', "in ~/.bashrc"),
            Example('eval "$(feeds completion zsh)"', "in ~/.zshrc, after compinit"),
            Example("feeds completion fish > ~/.config/fish/completions/feeds.fish", "once"),
        ),
    )
    command.add_argument("shell", choices=SHELLS, metavar="|".join(SHELLS), help="the shell")
    command.set_defaults(run=_completion)


def _completion(args: argparse.Namespace) -> int:
    import shtab  # nothing else needs it

    from feedwright.cli import tree  # it imports all commands

    whole = tree.parser()
    _complete_files(whole, shtab.FILE, shtab.DIRECTORY)
    printing.lines(shtab.complete(whole, args.shell).rstrip("\n"))
    return 0


def _complete_files(parser: Parser, file: object, folder: object) -> None:
    """Say which arguments are files and folders; what a choice may be, a shell is told without that."""
    for action in parser._actions:
        if action.metavar == "COMMAND" and action.nargs == "*":
            action.choices = list(COMMANDS)
        metavar = action.metavar[0] if isinstance(action.metavar, tuple) else action.metavar
        if metavar in FOLDERS or metavar in FILES:
            action.complete = folder if metavar in FOLDERS else file  # type: ignore[attr-defined]
    for one in parser.commands().values():
        _complete_files(one, file, folder)
