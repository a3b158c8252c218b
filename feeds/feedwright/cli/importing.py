"""feeds import: articles from what other tools wrote."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example
from feedwright.errors import FeedsError, Problem

if TYPE_CHECKING:
    from feedwright.commands.importers.pages import Imported


def import_arguments(commands: Commands) -> None:
    """The arguments of `feeds import`."""
    page = Example("feeds import page report.txt --date 2026-03-01", "an article from a saved news page")
    outer = arguments.command(commands, "import", examples=(page,))
    kinds = outer.add_subparsers(title="kinds of files", metavar="KIND", prog=outer.prog, required=True)
    command = arguments.command(
        kinds,
        "page",
        "A folder stands for its text files. An article that is as its page is stays as it is, so that cron may run "
        "this; what was changed by hand is never overwritten.",
        does="make an article from each plain-text news page",
        examples=(
            page,
            Example("feeds import page pages --update", "every page of a folder, and what has changed since"),
            Example("feeds import page report.txt --category Sport --url https://www.example.org/report", "say more"),
        ),
        exits={0: "done", 1: "some pages could not be imported"},
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a page, or a folder of pages (*.txt)")
    command.add_argument("--update", action="store_true", help="also take over what has changed in the pages")
    command.add_argument("--url", metavar="U", help="the page's URL (with one FILE)")
    command.add_argument("--date", metavar="D", help="when it was published, such as 2021-04-16T09:00+05:30")
    command.add_argument(
        "--category", action="append", default=[], metavar="C", help="a category of the article; may be repeated"
    )
    help_ = "folder to write it to (default: the first content folder of the site in this folder, else content)"
    command.add_argument("--content", type=Path, metavar="DIR", help=help_)
    arguments.reporting(command)
    command.set_defaults(run=_import_page)


def _import_page(args: argparse.Namespace) -> int:
    from feedwright.commands.importers.pages import import_page, pages_of, target
    from feedwright.sources.site import usual_articles

    if args.url and (len(args.files) > 1 or args.files[0].is_dir()):
        raise FeedsError(Problem("error", "url-for-many", args.url, "--url goes with one FILE"))
    site, content = usual_articles() if args.content is None else (None, args.content)
    into = target(content, args.url, args.date, args.category, update=args.update, site=site)
    files = list(dict.fromkeys(file for named in args.files for file in pages_of(named)))
    done: Counter[str] = Counter()
    for file in files:
        try:
            imported = import_page(file, into)
        except FeedsError as error:
            printing.problems(error.problems, args)
            done["failed"] += 1
            continue
        done[imported.result] += 1
        _tell(file, imported, args, alone=len(files) == 1)
        printing.problems(imported.problems, args)
    exit_code = 1 if done["failed"] else 0
    text = ", ".join(f"{done[name]:,} {name}" for name in ("written", "updated", "unchanged", "failed") if done[name])
    several = f"{len(files):,} pages: {text}" if files else f"{args.files[0]}: holds no page"
    counts = {name: done[name] for name in ("written", "updated", "unchanged", "failed")}
    printing.summary({"pages": len(files), **counts, "exit": exit_code}, several if len(files) != 1 else "", args)
    return exit_code


def _tell(file: Path, imported: Imported, args: argparse.Namespace, alone: bool) -> None:
    """What became of a page; of many, what is unchanged is counted alone."""
    if printing.is_json(args):
        found = {"file": str(imported.path), "page": str(file), "result": imported.result}
        printing.json_line("article", {**found, "understood": imported.understood})
    elif not args.quiet and (alone or imported.result != "unchanged"):
        printing.line(f"{imported.path}: {imported.result}")
        for name, value in imported.understood.items() if imported.result != "unchanged" else ():
            printing.line(f"  {name}: {value}")
