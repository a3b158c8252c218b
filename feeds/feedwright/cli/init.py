"""feeds init: a site.toml for a folder of articles."""

from __future__ import annotations

import argparse
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example

if TYPE_CHECKING:
    from feedwright.commands.init import Begun


def init_arguments(commands: Commands) -> None:
    """The arguments of `feeds init`."""
    command = arguments.command(
        commands,
        "init",
        "It also writes a first article where there is none. In the site of another engine (Hugo, Jekyll, ...) it "
        "reads that engine's configuration, and writes no article. Existing files stay as they are.",
        examples=(
            Example("feeds init", "in content/, or in the site of an engine in this folder"),
            Example('feeds init my-site --title "My site" --url https://www.example.org/', "a new folder"),
            Example("feeds init --from ~/blog", "the site of another engine"),
        ),
    )
    command.add_argument(
        "content", nargs="?", type=Path, metavar="CONTENT", help="folder of articles (default: content)"
    )
    command.add_argument("--from", dest="site", type=Path, metavar="DIR", help="the folder of another engine's site")
    command.add_argument("--title", help="the site's name (default: My site)")
    command.add_argument("--url", help="the site's URL (default: https://www.example.org/)")
    command.set_defaults(run=_init)


def _init(args: argparse.Namespace) -> int:
    from feedwright.commands.init import init, init_from
    from feedwright.pipeline import clock
    from feedwright.sources.site import relative
    from feedwright.text.toml_values import toml_value

    named = args.site or args.content or Path("content")
    if args.site:
        begun = init_from(args.site, clock(), args.content, args.title, args.url)
    else:
        begun = init(named, args.title, args.url, clock())
    if begun.found:
        where = relative(begun.found.content, named)
        how = "" if args.site else "; it begins from that engine's configuration, as with --from"
        printing.line(f"{named}: in a site of {begun.found.engine}, with its articles in {where}{how}")
        for finding in begun.found.findings:
            value = "" if finding.certainty == "missing" else f" = {toml_value(finding.value)}"
            printing.line(f"  {finding.certainty}: {finding.key}{value} ({finding.where})")
        for line in begun.lines:
            printing.line(f"  {line}")
    if begun.has_articles:
        printing.line(f"{begun.content}: holds articles, so no first one was written")
    for path, made in begun.files:
        printing.line(f"{path}: {'written' if made else 'already exists, left as it is'}")
    printing.line(_next(begun))
    return 0


def _next(begun: Begun) -> str:
    """What is to be done now."""
    file, made = begun.files[0]
    steps = [f"set {' and '.join(begun.unset)} in {file}"] if begun.unset else []
    if begun.found and made:
        steps.append("look through it" if begun.unset else f"look through {file}")
    return f"Next: {', '.join((*steps, 'then run' if steps else 'run'))}: feeds build {quote(str(begun.content))}"
