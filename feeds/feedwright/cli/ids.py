"""feeds ids."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example

if TYPE_CHECKING:
    from feedwright.commands.ids.actions import Where
    from feedwright.read.adoption.adopt import Adopted


_SHOWN = 3
"""Articles that are named as examples."""


def ids_arguments(commands: Commands) -> None:
    """The arguments of `feeds ids`."""
    command = arguments.command(
        commands,
        "ids",
        "Readers know an article by its id: one that changes makes it new again for every subscriber.",
        examples=(
            Example("feeds ids", "list all articles with their ids"),
            Example("feeds ids --adopt old-feed.xml", "take over the ids of another tool's feed"),
            Example("feeds ids --export ids.tsv", "write all ids into a file"),
            Example("feeds ids --set posts/tides.md urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", "change one"),
        ),
        exits={0: "done", 1: "some entries of the feed could not be adopted", 2: "nothing was changed"},
    )
    arguments.content(command)
    what = command.add_mutually_exclusive_group()
    what.add_argument("--export", type=Path, metavar="FILE", help="write all ids into a file, as a table")
    what.add_argument("--import", dest="table", type=Path, metavar="FILE", help="read ids from such a file")
    what.add_argument("--adopt", metavar="FEED", help="take over the ids of another tool's feed (a file or a URL)")
    what.add_argument("--set", nargs=2, metavar=("FILE", "ID"), help="give an article another id")
    arguments.waiting(command)
    arguments.reporting(command)
    command.set_defaults(run=_ids)


def _ids(args: argparse.Namespace) -> int:
    from feedwright.commands.ids.actions import Where

    where = Where(args.content, args.config, args.state)
    if args.adopt:
        return _adopt(args, where)
    if args.export:
        return _export(args, where)
    if args.table:
        return _import(args, where)
    return _set(args, where) if args.set else _list(args, where)


def _list(args: argparse.Namespace, where: Where) -> int:
    from feedwright.commands.ids.actions import listed

    found = listed(where)
    if printing.is_json(args):
        for one in found:
            fields = {"id": one.row.id, "file": one.row.key, "title": one.row.title, "guid": one.row.guid}
            printing.json_line("id", {**fields, "published": one.published})
    else:
        rows = [(one.row.id, one.row.key, one.row.title, one.row.guid or "") for one in found]
        printing.table((("ID", "FILE", "TITLE", "RSS GUID, IF DIFFERENT"), *rows))
    printing.summary({"articles": len(found), "exit": 0}, "", args)
    return 0


def _export(args: argparse.Namespace, where: Where) -> int:
    from feedwright.commands.ids.actions import exported

    count = exported(where, args.export)
    printing.summary({"exported": count, "exit": 0}, f"{args.export}: {printing.counted(count, 'id')} written", args)
    return 0


def _import(args: argparse.Namespace, where: Where) -> int:
    from feedwright.commands.ids.actions import imported

    new, changed = imported(where, args.table, args.wait)
    text = f"{printing.counted(new, 'id')} taken over, {changed} changed; the next build shows them"
    printing.summary({"new": new, "changed": changed, "exit": 0}, text, args)
    return 0


def _set(args: argparse.Namespace, where: Where) -> int:
    from feedwright.commands.ids.actions import set_id

    file, id_ = args.set
    key, before = set_id(where, Path(file), id_, args.wait)
    text = f"{key}: {id_}, and no more {before}; the next build shows it"
    printing.summary({"file": key, "id": id_, "before": before, "exit": 0}, text, args)
    return 0


def _adopt(args: argparse.Namespace, where: Where) -> int:
    from feedwright.commands.ids.actions import adopted

    found = adopted(where, args.adopt, args.wait)
    code = int(bool(found.left))
    if printing.is_json(args):
        for one in found.adopted:
            known = {"file": one.row.key, "id": one.row.id, "guid": one.row.guid, "by": one.by}
            printing.json_line("adopted", {**known, "title": one.entry.title})
        for entry, why in found.left:
            said = {"guid": entry.guid, "link": entry.link, "title": entry.title, "why": why}
            printing.json_line("left", said)
    elif not args.quiet:
        for one in found.adopted:
            printing.line(f"{one.row.key}: {_said(one)}")
        for entry, why in found.left:
            printing.line(f"not adopted: {entry.title or entry.link or entry.guid} <{entry.guid}>: {why}")
    elsewhere = found.elsewhere()
    if elsewhere and not printing.is_json(args):
        printing.line(f"{len(elsewhere)} of {len(found.adopted)} have another URL in that feed than here:")
        for one in elsewhere[:_SHOWN]:
            printing.line(f"  {one.row.key}: {one.entry.link} there, {one.row.url} here")
        printing.line("  Set `permalink` as the site has it, or take URLs from its pages with `[pages]`.")
    text = f"{printing.counted(len(found.adopted), 'id')} adopted, {len(found.left)} not; the next build shows them"
    counts = {"adopted": len(found.adopted), "left": len(found.left), "elsewhere": len(elsewhere), "exit": code}
    printing.summary(counts, text, args)
    return code


def _said(one: Adopted) -> str:
    guid = f", in RSS {one.row.guid}" if one.row.guid else ""
    return f"{one.row.id}{guid} (by its {one.by})"
