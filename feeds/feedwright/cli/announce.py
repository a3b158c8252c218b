"""feeds announce."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example

if TYPE_CHECKING:
    from feedwright.announce.dispatch import Announced


def announce_arguments(commands: Commands) -> None:
    """The arguments of `feeds announce`."""
    command = arguments.command(
        commands,
        "announce",
        "Builds do so by themselves. This tries at once what waits for another try, and what was given up.",
        examples=(
            Example("feeds announce --dry-run", "say what would be announced"),
            Example("feeds announce", "announce it now"),
        ),
        exits={
            0: "nothing waits any more",
            1: "something still waits",
            2: "nothing could be announced",
            75: "another run is at work",
        },
    )
    arguments.content(command)
    command.add_argument("--due", action="store_true", help="try only what the next build would try")
    command.add_argument("--dry-run", action="store_true", help="announce nothing; say what would be announced")
    arguments.reporting(command)
    command.set_defaults(run=_announce)


def _announce(args: argparse.Namespace) -> int:
    from feedwright.announce import dispatch
    from feedwright.pipeline import clock
    from feedwright.sources.site import load_site

    config = load_site(args.content, args.config, args.state)
    if args.dry_run:
        return _report(args, dispatch.would_announce(config, clock(), everything=not args.due))
    found = dispatch.announce(config, clock(), everything=not args.due)
    printing.problems(found.problems, args)
    return _report(args, found)


def _report(args: argparse.Namespace, found: Announced) -> int:
    tried = args.dry_run
    left = found.paths if tried else found.untold
    code = int(not tried and bool(found.problems or found.waiting or left))
    if not printing.is_json(args) and not args.quiet:
        for hub, topic in found.told:
            printing.line(f"{hub}: {topic}")
    text = f"{len(found.told)} to be announced" if tried else f"{len(found.told)} announced"
    if not tried:
        text += f", {len(found.waiting)} to be announced"
    if found.paths:
        verb = "to be handed" if tried else "handed"
        text += f"; {printing.counted(len(found.paths), 'file')} {verb} to after_publish"
    fields = {
        "announced": [list(one) for one in found.told],
        "waiting": [list(one) for one in found.waiting],
        "files": list(found.paths),
        "done": not tried,
    }
    printing.summary({**fields, "exit": code}, text, args)
    return code
