"""feeds prune."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example
from feedwright.errors import FeedsError, Problem

if TYPE_CHECKING:
    from feedwright.commands.prune import Pruned


def prune_arguments(commands: Commands) -> None:
    """The arguments of `feeds prune`."""
    command = arguments.command(
        commands,
        "prune",
        "It also deletes documents at URLs that feeds had before. Subscribers lose what it deletes. "
        "It asks first, and never deletes a file that Feedwright did not write.",
        examples=(
            Example("feeds prune --dry-run", "say what would be deleted"),
            Example("feeds prune --yes", "delete it without asking"),
        ),
        exits={0: "done, or nothing to do", 2: "nothing was deleted", 75: "another run is at work"},
    )
    arguments.content(command)
    arguments.out(command)
    command.add_argument("--dry-run", action="store_true", help="delete nothing; say what would be deleted")
    command.add_argument("--yes", action="store_true", help="do not ask")
    arguments.waiting(command)
    arguments.reporting(command)
    command.set_defaults(run=_prune)


def _prune(args: argparse.Namespace) -> int:
    would = _pruned(args, dry_run=True)
    if args.dry_run or not (would.feeds or would.removed or would.kept):
        return _report(args, would, done=False)
    if not args.yes and not _confirmed(would):
        hint = "If you mean it: --yes"
        raise FeedsError(Problem("error", "not-confirmed", str(args.out), "nothing was removed", hint))
    return _report(args, _pruned(args, dry_run=False), done=True)


def _confirmed(would: Pruned) -> bool:
    """Whether somebody who looks on says yes."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    _lines(would)
    return input("Remove all this? [y/N] ").strip().lower() in ("y", "yes")


def _pruned(args: argparse.Namespace, *, dry_run: bool) -> Pruned:
    from feedwright.commands.prune import prune

    return prune(
        args.content,
        args.out,
        file=args.config,
        state=args.state,
        dry_run=dry_run,
        wait=args.wait,
    )


def _lines(found: Pruned) -> None:
    for title in found.feeds:
        printing.line(f"retired feed: {title}")
    for path in found.removed:
        printing.line(f"  {path}")
    for path in found.kept:
        printing.line(f"  {path}: not as Feedwright wrote it; it stays, and is no longer maintained")


def _report(args: argparse.Namespace, found: Pruned, *, done: bool) -> int:
    if not printing.is_json(args) and not args.quiet:
        _lines(found)
    verb = "removed" if done else "to be removed"
    documents = printing.counted(len(found.removed), "document")
    text = f"{printing.counted(len(found.feeds), 'retired feed')}, {documents} {verb}"
    fields = {"feeds": list(found.feeds), "removed": list(found.removed), "kept": list(found.kept), "done": done}
    printing.summary({**fields, "exit": 0}, text, args)
    return 0
