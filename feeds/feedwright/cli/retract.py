"""feeds retract."""

from __future__ import annotations

import argparse

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example


def retract_arguments(commands: Commands) -> None:
    """The arguments of `feeds retract`."""
    command = arguments.command(
        commands,
        "retract",
        "The next build says so in the feeds. To retract an article that still has its file, write "
        "`retracted: 2026-03-01` into its front matter.",
        examples=(
            Example('feeds retract posts/tides.md --reason "The figures were wrong"', "an article, and why"),
            Example("feeds retract posts/tides.md --erase", "take it out of archives, too"),
        ),
        exits={0: "done", 2: "nothing was retracted", 75: "another run is at work"},
    )
    command.add_argument("id", metavar="ID", help="the article's id, RSS guid, URL or file")
    arguments.content(command)
    command.add_argument("--reason", default="", metavar="TEXT", help="why; everybody can read it")
    help_ = "also take it out of archives, which never change otherwise"
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
    erased = f", and taken out of {printing.counted(len(done.erased), 'archive document')}" if args.erase else ""
    feeds = printing.counted(done.feeds, "feed")
    text = f"{done.title or done.id}: retracted{erased}; the next build says so in {feeds}"
    fields = {"id": done.id, "title": done.title, "feeds": done.feeds, "erased": list(done.erased), "exit": 0}
    printing.summary(fields, text, args)
    return 0
