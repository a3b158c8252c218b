"""feeds init: a site.toml for a folder of articles."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example
from feedwright.errors import FeedsError, Problem

if TYPE_CHECKING:
    from feedwright.commands.init import Begun, Planned

SHOWN = 40
"""Lines of a file that are shown before it is written."""


def init_arguments(commands: Commands) -> None:
    """The arguments of `feeds init`."""
    command = arguments.command(
        commands,
        "init",
        "On a terminal it asks first. It also writes a first article where there is none. In the site of another "
        "engine (Hugo, Jekyll, ...) it reads that engine's configuration. Existing files stay as they are.",
        examples=(
            Example("feeds init", "in content/, or in the site of an engine in this folder"),
            Example('feeds init my-site --title "My site" --url https://www.example.org/ --yes', "a new site"),
            Example("feeds init --from ~/blog", "the site of another engine"),
            Example("feeds init my-site --schema", "write the schemas by which editors check a site"),
        ),
        exits={0: "done", 2: "nothing was written"},
    )
    help_ = "folder of articles (default: this one if it has a site.toml, else content)"
    command.add_argument("content", nargs="?", type=Path, metavar="CONTENT", help=help_)
    command.add_argument("--from", dest="site", type=Path, metavar="DIR", help="the folder of another engine's site")
    command.add_argument("--title", help="the site's name (default: My site)")
    command.add_argument("--url", help="the site's URL (default: https://www.example.org/)")
    command.add_argument("--yes", "-y", action="store_true", help="write without asking")
    command.add_argument("--all-keys", action="store_true", help="write every key of site.toml, with what it means")
    command.add_argument(
        "--schema",
        action="store_true",
        help="write the JSON Schemas by which editors check site.toml and front matter",
    )
    command.set_defaults(run=_init)


def _init(args: argparse.Namespace) -> int:
    from feedwright.commands.init import carry_out, plan, plan_from
    from feedwright.pipeline import clock
    from feedwright.sources.site import usual

    named = args.site or args.content or usual()
    now = clock()

    def planned(title: str | None, url: str | None) -> Planned:
        if args.site:
            return plan_from(args.site, now, args.content, title, url, all_keys=args.all_keys)
        return plan(named, title, url, now, all_keys=args.all_keys)

    to_be = planned(args.title, args.url)
    for line in _found(to_be, named, is_from=args.site is not None):
        printing.line(line)
    if to_be.is_new and not args.yes and sys.stdin.isatty():
        to_be = _asked(to_be, planned, args)
    else:
        _show(to_be)
    begun = carry_out(to_be, schemas=args.schema)
    for line in (*_done(begun), *_around(begun), _next(begun)):
        printing.line(line)
    return 0


def _found(to_be: Planned, named: Path, *, is_from: bool) -> Iterator[str]:
    """What was found in the folder."""
    from feedwright.sources.site import relative
    from feedwright.text.toml_values import toml_value

    if to_be.found:
        where = relative(to_be.found.content, named)
        how = "" if is_from else "; it begins from that engine's configuration, as with --from"
        yield f"{named}: in a site of {to_be.found.engine}, with its articles in {where}{how}"
        for finding in to_be.found.findings:
            value = "" if finding.certainty == "missing" else f" = {toml_value(finding.value)}"
            yield f"  {finding.certainty}: {finding.key}{value} ({finding.where})"
        yield from (f"  {line}" for line in to_be.lines)
    if to_be.has_articles:
        yield f"{to_be.content}: holds articles, so no first one was written"


def _asked(to_be: Planned, planned: Callable[[str | None, str | None], Planned], args: argparse.Namespace) -> Planned:
    """What is to be done once somebody was asked.

    Raises:
        FeedsError: it is not wanted.
    """
    from feedwright.commands.init import TITLE, URL

    title, url = args.title, args.url
    while True:
        title = title or _answer("Title of the site", to_be.known.get("title"), TITLE)
        url = url or _answer("URL of the site", to_be.known.get("url"), URL)
        try:
            to_be = planned(title, url) if (title, url) != (args.title, args.url) else to_be
            break
        except FeedsError as error:
            if error.problems[0].code != "init-value":
                raise
            printing.problems(error.problems, args)
            title, url = args.title, args.url
    _show(to_be)
    if _read("Write this? [Y/n] ").lower() not in ("", "y", "yes"):
        raise _unwanted(to_be)
    return to_be


def _answer(question: str, known: str | None, example: str) -> str | None:
    """What is typed; None where that is nothing, and what is known holds."""
    return _read(f"{question} [{known}]: " if known else f"{question} (such as {example}): ") or None


def _read(prompt: str) -> str:
    """A line from the terminal."""
    # Somebody looks on; what is printed may go into a file.
    to = sys.stdout if sys.stdout.isatty() else sys.stderr
    to.write(printing.encodable(prompt, to))
    to.flush()
    line = sys.stdin.readline()
    if not line:
        to.write("\n")
        raise _unwanted(None)
    return line.strip()


def _unwanted(to_be: Planned | None) -> FeedsError:
    hint = "If you mean it: --yes, which asks nothing. --title and --url say what it would ask for."
    file = str(to_be.file) if to_be else ""
    return FeedsError(Problem("error", "not-confirmed", file, "nothing was written", hint))


def _show(to_be: Planned) -> None:
    """What is to be written into `site.toml`."""
    text = to_be.files[to_be.file]
    if text is None:
        return
    lines = text.rstrip().split("\n")
    more = [f"... and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
    printing.line(f"{to_be.file}:")
    for line in (*lines[:SHOWN], *more):
        printing.line(f"    {line}".rstrip())


def _done(begun: Begun) -> Iterator[str]:
    """What was written."""
    for path, made in begun.files:
        yield f"{path}: {'written' if made else 'already exists, left as it is'}"
    for path, result in begun.schemas:
        if result == "foreign":
            yield f"{path}: is not a schema of Feedwright's, left as it is"
        elif result == "written":
            yield f"{path}: written, for editors"
    from feedwright.commands.schemas import LINE, SITE_SCHEMA, is_named

    file, made = begun.files[0]
    if begun.schemas and not made and not is_named(file):
        yield f"{file}: does not name {SITE_SCHEMA}; write this as its first line: {LINE}"


def _around(begun: Begun) -> Iterator[str]:
    """What is to be known of the folders around a new site."""
    if not begun.files[0][1]:
        return
    from feedwright.commands.ignored import unignored

    if paths := unignored(begun.content, Path("out")):
        yield f"Add to .gitignore: {' '.join(paths)}"
    yield f"Keep a copy of {begun.content / '.feeds'}, the state folder: it holds the permanent ids"
    if begun.found:
        from feedwright.commands.engines.web_root import advice

        yield from advice(begun.found, begun.content, f"feeds build {quote(str(begun.content))}")


def _next(begun: Begun) -> str:
    """What is to be done now."""
    file, made = begun.files[0]
    steps = [f"set {' and '.join(begun.unset)} in {file}"] if begun.unset else []
    if begun.found and made:
        steps.append("look through it" if begun.unset else f"look through {file}")
    return f"Next: {', '.join((*steps, 'then run' if steps else 'run'))}: feeds build {quote(str(begun.content))}"
