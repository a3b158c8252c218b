"""feeds explain: where an article is, and why."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example, Parser


def explain_arguments(commands: Commands) -> None:
    """The arguments of `feeds explain`."""
    command = arguments.command(
        commands,
        "explain",
        "Without ARTICLE: every article that is in no feed, and why.",
        examples=(
            Example("feeds explain posts/tides.md", "an article: its URL, id, feeds and related articles"),
            Example("feeds explain posts/tides.md --related", "why it has its related articles, and what came next"),
            Example("feeds explain", "every article that is in no feed"),
        ),
        exits={0: "it is in a feed, or rightly in none", 1: "it has problems, or there is no such article"},
    )
    command.add_argument("article", nargs="?", default="", metavar="ARTICLE", help="its file, slug, URL or id")
    command.add_argument(
        "--related", action="store_true", help="say why it has its related articles, and what came next"
    )
    arguments.content(command)
    arguments.reporting(command)
    command.set_defaults(run=partial(_explain, command))


def _explain(command: Parser, args: argparse.Namespace) -> int:
    from feedwright.commands.explain import explain, held_back

    if args.related and not args.article:
        command.error("--related needs an article: name its file, slug, URL or id")
    if args.related:
        return _explain_related(args)
    folder = Path(args.article or args.content)
    is_site = args.content == Path("content") and (args.config or folder / "site.toml").is_file() and folder.is_dir()
    if args.article and not is_site:
        found = explain(args.article, args.content, args.config, args.state)
    else:
        args.verbose = True
        found = held_back(folder, args.config, args.state)
    printing.problems(found.problems, args)
    if not printing.is_json(args) and not args.quiet:
        for line in found.lines:
            printing.line(line)
    printing.summary({"lines": list(found.lines), "exit": found.exit_code}, "", args)
    return found.exit_code


def _explain_related(args: argparse.Namespace) -> int:
    from feedwright.commands.explain_related import explain_related

    found = explain_related(args.article, args.content, args.config, args.state)
    printing.problems(found.problems, args)
    if printing.is_json(args):
        for link in found.links:
            printing.json_line("related", link)
    elif not args.quiet:
        for line in found.lines:
            printing.line(line)
    printing.summary({"lines": list(found.lines), "exit": found.exit_code}, "", args)
    return found.exit_code
