"""feeds list and feeds explain: what a build would make, without making it."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands


def list_arguments(commands: Commands) -> None:
    """The arguments of `feeds list`."""
    command = arguments.command(commands, "list", "print the table of feeds: address, format, entries, newest entry")
    arguments.content(command)
    arguments.reporting(command)
    command.set_defaults(run=_list)


def explain_arguments(commands: Commands) -> None:
    """The arguments of `feeds explain`."""
    command = arguments.command(
        commands,
        "explain",
        "say which feeds an article is in, or why it is in none",
        "Without an article: every one that is in none, and why.",
    )
    command.add_argument("article", nargs="?", default="", metavar="ARTICLE", help="its file, slug, address or id")
    command.add_argument("--related", action="store_true", help="say why it has its related links, and what came next")
    arguments.content(command)
    arguments.reporting(command)
    command.set_defaults(run=partial(_explain, command))


def _list(args: argparse.Namespace) -> int:
    from feedwright.commands.explain import survey
    from feedwright.text.moments import in_words

    found = survey(args.content, args.config, args.state)
    rows = [
        (feed.self_url, feed.format, str(len(feed.entries)), in_words(newest).removesuffix(" UTC") if newest else "-")
        for feed, newest in found.feeds
    ]
    retired = [(feed.kind, feed.term) in found.retired for feed, _ in found.feeds]
    if printing.is_json(args):
        for (url, format_, entries, newest_), is_retired in zip(rows, retired, strict=True):
            fields = {"url": url, "format": format_, "entries": int(entries), "newest": newest_, "retired": is_retired}
            printing.json_line("feed", fields)
        for url, feed in found.former:
            printing.json_line("former", {"url": url, "format": feed.format, "now": feed.self_url})
    else:
        printing.table((("URL", "FORMAT", "ENTRIES", "NEWEST (UTC WHERE NOT SAID)"), *rows))
        for url in (row[0] for row, is_retired in zip(rows, retired, strict=True) if is_retired):
            printing.line(f"retired, until `feeds prune`: {url}")
        for url, feed in found.former:
            printing.line(f"kept up at a former address, until `feeds prune`: {url} (now {feed.self_url})")
    printing.summary({"feeds": len(rows), "former": len(found.former), "exit": 0}, "", args)
    return 0


def _explain(command: arguments.Parser, args: argparse.Namespace) -> int:
    from feedwright.commands.explain import explain, held_back

    if args.related and not args.article:
        command.error("--related needs an article: name its file, slug, address or id")
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
