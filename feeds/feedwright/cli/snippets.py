"""feeds snippets."""

from __future__ import annotations

import argparse
import io
import sys

from feedwright.cli import arguments as shared
from feedwright.cli import printing
from feedwright.cli.arguments import Commands
from feedwright.serve.snippets import SNIPPETS

PAGES = "html"
"""What is no setting of a server: links for the heads of pages."""


def snippets_arguments(commands: Commands) -> None:
    """The arguments of `feeds snippets`."""
    command = shared.command(
        commands,
        "snippets",
        "print what makes a web server, or a host, serve the feeds as they should be; or links for pages",
        "Media types, caching, links to hubs, old addresses; for html, the links by which browsers and readers find "
        "feeds. It prints, and installs nothing; what a host cannot do, the text says.",
    )
    names = (*SNIPPETS, PAGES)
    command.add_argument("name", choices=names, metavar="|".join(names), help="for what")
    command.add_argument("--feed", metavar="NAME", help="html: of one feed, as in category/News")
    command.add_argument("--article", metavar="ARTICLE", help="html: of an article: its file, slug, address or id")
    shared.content(command)
    shared.out(command)
    shared.reporting(command)
    command.set_defaults(run=_snippets, wrong=command.error)


def _snippets(arguments: argparse.Namespace) -> int:
    if (arguments.feed or arguments.article) and arguments.name != PAGES:
        arguments.wrong("--feed and --article go with html alone")
    if arguments.feed and arguments.article:
        arguments.wrong("write --feed or --article, not both")
    return _of_pages(arguments) if arguments.name == PAGES else _of_servers(arguments)


def _of_pages(arguments: argparse.Namespace) -> int:
    from feedwright import config as configuration
    from feedwright.serve.snippets import html

    config = configuration.load(arguments.content, arguments.config, arguments.state)
    _print(html.text(config, arguments.feed or "", arguments.article or ""), arguments)
    printing.summary({"exit": 0}, "", arguments)
    return 0


def _of_servers(arguments: argparse.Namespace) -> int:
    from feedwright import config as configuration
    from feedwright.serve import snippets
    from feedwright.serve.delivery import delivery
    from feedwright.state import ledger

    config = configuration.load(arguments.content, arguments.config, arguments.state)
    with ledger.opened(config.state, copy=True) as known:
        found = delivery(config, known)
    text = snippets.load(arguments.name).text(found, config, arguments.out.absolute())
    printing.problems(found.problems, arguments)
    code = int(bool(found.problems))
    _print(text, arguments)
    printing.summary({"exit": code}, "", arguments)
    return code


def _print(text: str, arguments: argparse.Namespace) -> None:
    if printing.is_json(arguments):
        printing.json_line("snippet", {"name": arguments.name, "text": text})
    else:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # Servers read UTF-8, whatever the terminal shows.
            sys.stdout.reconfigure(encoding="utf-8")
        printing.line(text.rstrip("\n"))
