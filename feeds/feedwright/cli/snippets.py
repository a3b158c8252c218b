"""feeds snippets."""

from __future__ import annotations

import argparse
import io
import sys
from dataclasses import replace

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example
from feedwright.errors import FeedsError, Problem
from feedwright.serve.snippets import SNIPPETS
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened
from feedwright.visible import visible_lines

PAGES = "html"
"""What is no setting of a server: links for the heads of pages."""


def snippets_arguments(commands: Commands) -> None:
    """The arguments of `feeds snippets`."""
    command = arguments.command(
        commands,
        "snippets",
        "Media types, caching, links to hubs, redirects from old URLs of feeds and articles; for html, the links by "
        "which browsers and readers find feeds. It only prints them; it installs nothing.",
        examples=(
            Example("feeds snippets nginx > feeds.conf", "settings for nginx"),
            Example("feeds snippets netlify", "a script to run after each build"),
            Example("feeds snippets html", "links for the heads of all pages"),
        ),
    )
    names = (*SNIPPETS, PAGES)
    command.add_argument("name", choices=names, metavar="|".join(names), help="server, host, or html")
    command.add_argument("--feed", metavar="NAME", help="html: link one feed, such as category/News")
    command.add_argument(
        "--article", metavar="ARTICLE", help="html: link the feeds of an article: its file, slug, URL or id"
    )
    arguments.content(command)
    arguments.out(command)
    arguments.reporting(command)
    command.set_defaults(run=_snippets, wrong=command.error)


def _snippets(args: argparse.Namespace) -> int:
    if (args.feed or args.article) and args.name != PAGES:
        args.wrong("--feed and --article go with html alone")
    if args.feed and args.article:
        args.wrong("write --feed or --article, not both")
    return _of_pages(args) if args.name == PAGES else _of_servers(args)


def _of_pages(args: argparse.Namespace) -> int:
    from feedwright.serve.snippets import html
    from feedwright.sources.site import load_site

    config = load_site(args.content, args.config, args.state)
    _print(html.text(config, args.feed or "", args.article or ""), args)
    printing.summary({"exit": 0}, "", args)
    return 0


def _of_servers(args: argparse.Namespace) -> int:
    from feedwright.serve import snippets
    from feedwright.serve.delivery import delivery
    from feedwright.serve.moved_articles import moved_articles
    from feedwright.sources.site import load_site

    config = load_site(args.content, args.config, args.state)
    with opened(Ledger, config.state, copy=True) as ledger, opened(Catalog, config.state, copy=True) as catalog:
        found = delivery(config, ledger)
        found = replace(found, moved=moved_articles(config, ledger, catalog, found))
    text = snippets.load(args.name).text(found, config, args.out.absolute())
    printing.problems(found.problems, args)
    code = int(bool(found.problems))
    _print(text, args)
    printing.summary({"exit": code}, "", args)
    return code


def _print(text: str, args: argparse.Namespace) -> None:
    if printing.is_json(args):
        printing.json_line("snippet", {"name": args.name, "text": text})
    else:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # Servers read UTF-8, whatever the terminal shows.
            sys.stdout.reconfigure(encoding="utf-8")
        if visible_lines(text) != text:
            hint = "Leave characters that cannot be seen out of paths and old URLs."
            what = "what a server would have to be told holds characters that cannot be seen"
            raise FeedsError(Problem("error", "snippet-unsayable", "", what, hint))
        printing.lines(text.rstrip("\n"))
