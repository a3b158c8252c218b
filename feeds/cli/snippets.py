"""feeds snippets."""

from __future__ import annotations

import argparse
import io
import sys

from feeds.cli import arguments as shared
from feeds.cli import printing
from feeds.cli.arguments import Commands
from feeds.snippets import SNIPPETS


def snippets_arguments(commands: Commands) -> None:
    """The arguments of `feeds snippets`."""
    command = shared.command(
        commands,
        "snippets",
        "print what makes a web server, or a host, serve the feeds as they should be",
        "Media types, caching, links to hubs, old addresses. It prints, and installs nothing; what a host cannot do, "
        "the text says.",
    )
    command.add_argument("name", choices=SNIPPETS, metavar="|".join(SNIPPETS), help="for what")
    shared.content(command)
    shared.out(command)
    shared.reporting(command)
    command.set_defaults(run=_snippets)


def _snippets(arguments: argparse.Namespace) -> int:
    from feeds import config as configuration
    from feeds import ledger, snippets
    from feeds.delivery import delivery

    config = configuration.load(arguments.content, arguments.config, arguments.state)
    with ledger.opened(config.state, copy=True) as known:
        found = delivery(config, known)
    text = snippets.load(arguments.name).text(found, config, arguments.out.absolute())
    printing.problems(found.problems, arguments)
    code = int(bool(found.problems))
    if printing.is_json(arguments):
        printing.json_line("snippet", {"name": arguments.name, "text": text})
    else:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # Servers read UTF-8, whatever the terminal shows.
            sys.stdout.reconfigure(encoding="utf-8")
        printing.line(text.rstrip("\n"))
    printing.summary({"exit": code}, "", arguments)
    return code
