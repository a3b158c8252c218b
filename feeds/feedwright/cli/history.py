"""feeds history."""

from __future__ import annotations

import argparse
from pathlib import Path

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example


def history_arguments(commands: Commands) -> None:
    """The arguments of `feeds history`."""
    command = arguments.command(
        commands,
        "history",
        "For a feed of your own site it also says whether an article is out of reach.",
        examples=(
            Example("feeds history out/atom.xml", "a feed of this site, with its archives"),
            Example("feeds history https://www.example.org/atom.xml", "a feed on the web"),
        ),
        exits={0: "every article is there, once", 1: "one is missing or there twice", 2: "it is not a feed"},
    )
    command.add_argument("feed", metavar="FEEDFILE|URL", help="the feed as people subscribe to it")
    help_ = "folder of the archives of somebody else's feed (default: that of FEEDFILE)"
    command.add_argument("--root", metavar="DIR", default="", help=help_)
    arguments.content(command)
    arguments.reporting(command)
    command.set_defaults(run=_history)


def _history(args: argparse.Namespace) -> int:
    from feedwright.commands.history.expected import expected
    from feedwright.commands.history.follow import history
    from feedwright.sources.site import look_for_folder

    known = None
    # The default folder need not be there.
    if args.content != Path("content"):
        look_for_folder(args.content)
    if (args.config or Path(args.content) / "site.toml").exists():
        known = expected(args.feed, args.content, args.config, args.state)
    found = history(args.feed, known, args.root)
    if printing.is_json(args):
        for step in found.steps:
            printing.json_line("document", {"file": step.name, "entries": step.entries, "new": step.new})
    elif not args.quiet:
        rows = [(step.name, str(step.entries), str(step.new)) for step in found.steps]
        printing.table((("DOCUMENT", "ENTRIES", "NEW"), *rows))
    printing.problems(found.problems, args)
    again = f", {found.repeated} of them again, as corrections are" if found.repeated else ""
    text = (
        f"{printing.counted(len(found.articles), 'article')} in {printing.counted(len(found.steps), 'document')}{again}"
    )
    if known:
        lost = len(known.ids - set(found.articles))
        text += f"; {lost} of {len(known.ids)} are out of reach" if lost else "; none is out of reach"
    fields = {"articles": len(found.articles), "documents": len(found.steps), "repeated": found.repeated}
    printing.summary({**fields, "problems": len(found.problems), "exit": found.exit_code}, text, args)
    return found.exit_code
