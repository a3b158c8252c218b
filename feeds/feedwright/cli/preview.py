"""feeds preview."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example
from feedwright.errors import FeedsError, Problem

if TYPE_CHECKING:
    from feedwright.config import Config

USUAL = ("atom.xml", "rss.xml", "feed.json", "feed.xml", "index.xml")
"""The site's own feed in the output folder, where none is named."""


def preview_arguments(commands: Commands) -> None:
    """The arguments of `feeds preview`."""
    command = arguments.command(
        commands,
        "preview",
        "It writes one page, without scripts: the feed as a list, as cards and as articles. It prints where. The "
        "site's own pictures are taken from the built pages and the content folders, so that they show before it is "
        "on the web.",
        examples=(
            Example("feeds preview", "the site's own feed, in out/"),
            Example("feeds preview --open", "show it in the browser"),
            Example("feeds preview out/tag/sea/rss.xml --to preview", "another feed, into a folder"),
        ),
    )
    help_ = "any feed; - for standard input (default: the site's own, in OUT)"
    command.add_argument("feed", nargs="?", metavar="FILE|URL|-", help=help_)
    arguments.out(command)
    help_ = "content folder whose pictures are shown from the disk (default: . if it has a site.toml, else content)"
    command.add_argument("--content", type=Path, metavar="DIR", help=help_)
    command.add_argument("--config", type=Path, metavar="FILE", help="configuration (default: DIR/site.toml)")
    command.add_argument(
        "--to", type=Path, metavar="DIR", help="folder to write the page to (default: a new temporary one)"
    )
    command.add_argument("--open", action="store_true", help="open it in the browser")
    arguments.reporting(command)
    command.set_defaults(run=_preview)


def _preview(args: argparse.Namespace) -> int:
    from feedwright.checks.lint import inputs
    from feedwright.checks.lint.model import Skipped, Unread
    from feedwright.commands.preview import preview

    wanted = args.feed or str(_own(args.out))
    if wanted != "-" and Path(wanted).is_dir():
        wanted = str(_own(Path(wanted)))
    (found,) = inputs.read([wanted], sys.stdin.buffer)
    if isinstance(found, Unread):
        raise FeedsError(found.problem)
    if isinstance(found, Skipped):
        raise FeedsError(Problem("error", "feed-unknown-format", found.name, "is not a feed"))
    # What is on the web already has its pictures there.
    config = None if found.address else _config(args)
    page = _written(preview(found.content, found.address or found.name, config), args.to)
    printing.summary({"page": str(page), "exit": 0}, str(page), args)
    if args.open:
        import webbrowser

        webbrowser.open(page.absolute().as_uri())
    return 0


def _config(args: argparse.Namespace) -> Config | None:
    """The configuration of the site that we are in; None where there is none, and anybody's feed is looked at.

    Raises:
        FeedsError: one that is named cannot be used.
    """
    from feedwright.sources.site import FILE, load_site, usual

    content = args.content or usual(args.config)
    if args.content is None and args.config is None and not (content / FILE).is_file():
        return None
    try:
        return load_site(content, args.config)
    except FeedsError:
        if args.content or args.config:
            raise
        return None


def _own(out: Path) -> Path:
    """The site's own feed in an output folder.

    Raises:
        FeedsError: there is none that could be told.
    """
    for name in USUAL:
        if (out / name).is_file():
            return out / name
    hint = "Name a feed's file or URL, or build first."
    what = f"holds none of {', '.join(USUAL)}"
    if not out.is_dir():
        from feedwright.sources.site import nearest  # few runs give advice

        near = nearest(out)
        what = "is a file, not a folder" if out.exists() else "there is no such folder"
        hint = f"Did you mean {near}? {hint}" if near and near.is_dir() else hint
    raise FeedsError(Problem("error", "feed-missing", str(out), what, hint))


def _written(page: bytes, folder: Path | None) -> Path:
    import tempfile

    from feedwright.publish import swap

    where = folder or Path(tempfile.mkdtemp(prefix="feeds-preview-"))
    file = where / "preview.html"
    if fault := swap.foreign(where, file.name):
        raise FeedsError(replace(fault, hint="It stays as it is. Name another folder with --to."))
    try:
        where.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page)
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise FeedsError(Problem("error", "preview-unwritable", str(file), what, "Name another with --to.")) from error
    return file
