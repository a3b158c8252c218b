"""feeds import: articles from what other tools wrote."""

from __future__ import annotations

import argparse
from pathlib import Path

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example
from feedwright.errors import FeedsError, Problem


def import_arguments(commands: Commands) -> None:
    """The arguments of `feeds import`."""
    page = Example("feeds import page report.txt --date 2026-03-01", "an article from a saved news page")
    outer = arguments.command(commands, "import", examples=(page,))
    kinds = outer.add_subparsers(title="kinds of files", metavar="KIND", prog=outer.prog, required=True)
    command = arguments.command(
        kinds,
        "page",
        "It prints what it understood. Existing files stay as they are.",
        does="make an article from each plain-text news page",
        examples=(
            page,
            Example("feeds import page report.txt --category Sport --url https://www.example.org/report", "say more"),
        ),
        exits={0: "done", 1: "some files could not be imported"},
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the page, as text")
    command.add_argument("--url", metavar="U", help="the page's URL (with one FILE)")
    command.add_argument("--date", metavar="D", help="when it was published, such as 2021-04-16T09:00+05:30")
    command.add_argument(
        "--category", action="append", default=[], metavar="C", help="a category of the article; may be repeated"
    )
    help_ = "folder to write it to (default: the first content folder of the site in this folder, else content)"
    command.add_argument("--content", type=Path, metavar="DIR", help=help_)
    command.set_defaults(run=_import_page)


def _import_page(args: argparse.Namespace) -> int:
    from feedwright.commands.init import import_page
    from feedwright.sources.site import usual_articles

    if args.url and len(args.files) > 1:
        raise FeedsError(Problem("error", "url-for-many", args.url, "--url goes with one FILE"))
    site, content = usual_articles() if args.content is None else (args.content, args.content)
    code = 0
    for file in args.files:
        try:
            path, page, doubts = import_page(file, content, args.url, args.date, args.category, site)
        except FeedsError as error:
            printing.problems(error.problems, args)
            code = 1
            continue
        printing.line(f"{path}: written")
        for name, value in page.items():
            printing.line(f"  {name}: {value}")
        printing.problems(doubts, args)
    return code
