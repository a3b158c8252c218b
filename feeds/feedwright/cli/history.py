"""feeds history."""

from __future__ import annotations

import argparse
from pathlib import Path

from feedwright.cli import arguments as shared
from feedwright.cli import printing
from feedwright.cli.arguments import Commands


def history_arguments(commands: Commands) -> None:
    """The arguments of `feeds history`."""
    command = shared.command(
        commands,
        "history",
        "follow a feed into its past, and say whether every article is there, and once",
        "Of a feed of this site, also whether one is out of reach. Exit code 0: well; 1: not; 2: it is no feed.",
    )
    command.add_argument("feed", metavar="FEEDFILE|URL", help="the feed as people subscribe to it")
    shared.content(command)
    shared.reporting(command)
    command.set_defaults(run=_history)


def _history(arguments: argparse.Namespace) -> int:
    from feedwright.commands.history.expected import expected
    from feedwright.commands.history.follow import history

    known = None
    if (arguments.config or Path(arguments.content) / "site.toml").exists():
        known = expected(arguments.feed, arguments.content, arguments.config, arguments.state)
    found = history(arguments.feed, known)
    if printing.is_json(arguments):
        for step in found.steps:
            printing.json_line("document", {"file": step.name, "entries": step.entries, "new": step.new})
    elif not arguments.quiet:
        rows = [(step.name, str(step.entries), str(step.new)) for step in found.steps]
        printing.table((("DOCUMENT", "ENTRIES", "NEW"), *rows))
    printing.problems(found.problems, arguments)
    again = f", {found.repeated} of them again, as corrections are" if found.repeated else ""
    text = f"{len(found.articles)} articles in {len(found.steps)} documents{again}"
    if known:
        lost = len(known.ids - set(found.articles))
        text += f"; {lost} of {len(known.ids)} are out of reach" if lost else "; none is out of reach"
    fields = {"articles": len(found.articles), "documents": len(found.steps), "repeated": found.repeated}
    printing.summary({**fields, "problems": len(found.problems), "exit": found.exit_code}, text, arguments)
    return found.exit_code
