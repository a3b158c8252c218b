"""feeds list: the feeds that a build would make."""

from __future__ import annotations

import argparse

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example


def list_arguments(commands: Commands) -> None:
    """The arguments of `feeds list`."""
    command = arguments.command(
        commands,
        "list",
        "These are the feeds that a build would make now; nothing is written.",
        examples=(
            Example("feeds list", "one line for each feed"),
            Example("feeds list --format json", "one object for each of its formats"),
        ),
    )
    arguments.content(command)
    arguments.reporting(command)
    command.set_defaults(run=_list)


def _list(args: argparse.Namespace) -> int:
    from feedwright.commands.explain import survey
    from feedwright.text.moments import in_words

    found = survey(args.content, args.config, args.state)
    rows = [
        (feed.self_url, feed.format, str(len(feed.entries)), in_words(newest).removesuffix(" UTC") if newest else "-")
        for feed, newest in found.feeds
    ]
    if printing.is_json(args):
        for url, format_, entries, newest_ in rows:
            printing.json_line("feed", {"url": url, "format": format_, "entries": int(entries), "newest": newest_})
    else:
        printing.table((("URL", "FORMAT", "ENTRIES", "NEWEST (UTC WHERE NOT SAID)"), *rows))
    printing.summary({"feeds": len(rows), "exit": 0}, "", args)
    return 0
