"""feeds ids."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.cli import arguments as shared
from feedwright.cli import printing
from feedwright.cli.arguments import Commands

if TYPE_CHECKING:
    from feedwright.commands.ids.actions import Where
    from feedwright.commands.ids.adopt import Adopted


def ids_arguments(commands: Commands) -> None:
    """The arguments of `feeds ids`."""
    command = shared.command(
        commands,
        "ids",
        "list articles with their permanent ids, or change these on purpose",
        "Exit code 0: done; 1: some of a feed's entries could not be adopted; 2: nothing was changed.",
    )
    shared.content(command)
    what = command.add_mutually_exclusive_group()
    what.add_argument("--export", type=Path, metavar="FILE", help="write all ids into a table")
    what.add_argument("--import", dest="table", type=Path, metavar="FILE", help="take ids over from such a table")
    what.add_argument("--adopt", metavar="FEED", help="take ids over from another tool's feed (a file or an address)")
    what.add_argument("--set", nargs=2, metavar=("FILE", "ID"), help="give an article another id")
    shared.waiting(command)
    shared.reporting(command)
    command.set_defaults(run=_ids)


def _ids(arguments: argparse.Namespace) -> int:
    from feedwright.commands.ids.actions import Where

    where = Where(arguments.content, arguments.config, arguments.state)
    if arguments.adopt:
        return _adopt(arguments, where)
    if arguments.export:
        return _export(arguments, where)
    if arguments.table:
        return _import(arguments, where)
    return _set(arguments, where) if arguments.set else _list(arguments, where)


def _list(arguments: argparse.Namespace, where: Where) -> int:
    from feedwright.commands.ids.actions import listed

    found = listed(where)
    if printing.is_json(arguments):
        for one in found:
            fields = {"id": one.row.id, "file": one.row.key, "title": one.row.title, "guid": one.row.guid}
            printing.json_line("id", {**fields, "published": one.published})
    else:
        rows = [(one.row.id, one.row.key, one.row.title, one.row.guid or "") for one in found]
        printing.table((("ID", "FILE", "TITLE", "RSS GUID, WHERE ANOTHER"), *rows))
    printing.summary({"articles": len(found), "exit": 0}, "", arguments)
    return 0


def _export(arguments: argparse.Namespace, where: Where) -> int:
    from feedwright.commands.ids.actions import exported

    count = exported(where, arguments.export)
    printing.summary({"exported": count, "exit": 0}, f"{arguments.export}: {count} ids written", arguments)
    return 0


def _import(arguments: argparse.Namespace, where: Where) -> int:
    from feedwright.commands.ids.actions import imported

    new, changed = imported(where, arguments.table, arguments.wait)
    text = f"{new} ids taken over, {changed} changed; the next build shows them"
    printing.summary({"new": new, "changed": changed, "exit": 0}, text, arguments)
    return 0


def _set(arguments: argparse.Namespace, where: Where) -> int:
    from feedwright.commands.ids.actions import set_id

    file, id_ = arguments.set
    key, before = set_id(where, Path(file), id_, arguments.wait)
    text = f"{key}: {id_}, and no more {before}; the next build shows it"
    printing.summary({"file": key, "id": id_, "before": before, "exit": 0}, text, arguments)
    return 0


def _adopt(arguments: argparse.Namespace, where: Where) -> int:
    from feedwright.commands.ids.actions import adopted

    found = adopted(where, arguments.adopt, arguments.wait)
    code = int(bool(found.left))
    if printing.is_json(arguments):
        for one in found.adopted:
            known = {"file": one.row.key, "id": one.row.id, "guid": one.row.guid, "by": one.by}
            printing.json_line("adopted", {**known, "title": one.entry.title})
        for entry, why in found.left:
            said = {"guid": entry.guid, "link": entry.link, "title": entry.title, "why": why}
            printing.json_line("left", said)
    elif not arguments.quiet:
        for one in found.adopted:
            printing.line(f"{one.row.key}: {_said(one)}")
        for entry, why in found.left:
            printing.line(f"not adopted: {entry.title or entry.link or entry.guid} <{entry.guid}>: {why}")
    text = f"{len(found.adopted)} ids adopted, {len(found.left)} not; the next build shows them"
    printing.summary({"adopted": len(found.adopted), "left": len(found.left), "exit": code}, text, arguments)
    return code


def _said(one: Adopted) -> str:
    guid = f", in RSS {one.row.guid}" if one.row.guid else ""
    return f"{one.row.id}{guid} (by its {one.by})"
