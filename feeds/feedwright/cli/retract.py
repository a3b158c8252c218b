"""feeds retract."""

from __future__ import annotations

import argparse

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands


def retract_arguments(commands: Commands) -> None:
    """The arguments of `feeds retract`."""
    command = arguments.command(
        commands,
        "retract",
        "confirm that a deleted article is taken back, so that readers are told",
        "An article that is still there is taken back by `retracted: 2026-03-01` in its file. The next build tells it.",
    )
    command.add_argument("id", metavar="ID", help="the article's id, RSS guid, address or file")
    arguments.content(command)
    command.add_argument("--reason", default="", metavar="TEXT", help="why, for all to read")
    help_ = "take it out of archive documents, too, which never change else"
    command.add_argument("--erase", action="store_true", help=help_)
    arguments.waiting(command)
    arguments.reporting(command)
    command.set_defaults(run=_retract)


def _retract(args: argparse.Namespace) -> int:
    from feedwright.commands.retract import retract

    done = retract(
        args.content,
        args.id,
        args.reason,
        erase=args.erase,
        file=args.config,
        state=args.state,
        wait=args.wait,
    )
    erased = f", and {len(done.erased)} archive documents have it no more" if args.erase else ""
    text = f"{done.title or done.id}: {done.feeds} feeds tell that it was taken back{erased}; the next build shows it"
    fields = {"id": done.id, "title": done.title, "feeds": done.feeds, "erased": list(done.erased), "exit": 0}
    printing.summary(fields, text, args)
    return 0
