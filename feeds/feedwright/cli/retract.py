"""feeds retract."""

from __future__ import annotations

import argparse

from feedwright.cli import arguments as shared
from feedwright.cli import printing
from feedwright.cli.arguments import Commands


def retract_arguments(commands: Commands) -> None:
    """The arguments of `feeds retract`."""
    command = shared.command(
        commands,
        "retract",
        "confirm that a deleted article is taken back, so that readers are told",
        "An article that is still there is taken back by `retracted: 2026-03-01` in its file. The next build tells it.",
    )
    command.add_argument("id", metavar="ID", help="the article's id, RSS guid, address or file")
    shared.content(command)
    command.add_argument("--reason", default="", metavar="TEXT", help="why, for all to read")
    help_ = "take it out of archive documents, too, which never change else"
    command.add_argument("--erase", action="store_true", help=help_)
    shared.waiting(command)
    shared.reporting(command)
    command.set_defaults(run=_retract)


def _retract(arguments: argparse.Namespace) -> int:
    from feedwright.commands.retract import retract

    done = retract(
        arguments.content,
        arguments.id,
        arguments.reason,
        erase=arguments.erase,
        file=arguments.config,
        state=arguments.state,
        wait=arguments.wait,
    )
    erased = f", and {len(done.erased)} archive documents have it no more" if arguments.erase else ""
    text = f"{done.title or done.id}: {done.feeds} feeds tell that it was taken back{erased}; the next build shows it"
    fields = {"id": done.id, "title": done.title, "feeds": done.feeds, "erased": list(done.erased), "exit": 0}
    printing.summary(fields, text, arguments)
    return 0
