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
    from feedwright.commands.explain import survey, urls
    from feedwright.text.moments import in_words

    found = survey(args.content, args.config, args.state)
    rows = []
    for shapes, newest in found.feeds:
        when = in_words(newest).removesuffix(" UTC") if newest else "-"
        name = "/".join(filter(None, (shapes[0].kind, shapes[0].term)))
        retired = (shapes[0].kind, shapes[0].term) in found.retired
        rows.append((name + (" (retired)" if retired else ""), urls(shapes), str(len(shapes[0].entries)), when))
        if printing.is_json(args):
            for feed in shapes:
                fields = {"url": feed.self_url, "format": feed.format, "entries": len(feed.entries), "newest": when}
                printing.json_line("feed", fields | {"retired": retired})
    if printing.is_json(args):
        for url, feed in found.former:
            printing.json_line("former", {"url": url, "format": feed.format, "now": feed.self_url})
    else:
        printing.table((("FEED", "URLS", "ENTRIES", "NEWEST (UTC IF NO OFFSET)"), *rows))
        for url, feed in found.former:
            printing.line(f"kept up at a former URL, until `feeds prune`: {url} (now {feed.self_url})")
    documents = sum(len(shapes) for shapes, _ in found.feeds)
    printing.summary({"feeds": documents, "former": len(found.former), "exit": 0}, "", args)
    return 0
