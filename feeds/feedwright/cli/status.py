"""feeds status."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example

if TYPE_CHECKING:
    from feedwright.commands.status import Status


def status_arguments(commands: Commands) -> None:
    """The arguments of `feeds status`."""
    command = arguments.command(
        commands,
        "status",
        "And what comes next.",
        examples=(
            Example("feeds status", "the last runs, and what is wrong"),
            Example("feeds status --max-age 1h --quiet", "for monitoring: exit code 1 if no run in an hour was done"),
        ),
        exits={
            0: "the last run was done",
            1: "it failed, never ended, or is too old; or there was none",
            2: "that cannot be told",
        },
    )
    arguments.content(command)
    help_ = "how old the last run may be: seconds, or 5m, 2h, 1d (default: any age)"
    command.add_argument("--max-age", type=arguments.seconds, metavar="TIME", help=help_)
    command.add_argument("--strict", action="store_true", help="exit code 1 also if anything is left out")
    arguments.reporting(command)
    command.set_defaults(run=_status)


def _status(args: argparse.Namespace) -> int:
    from feedwright.commands.status import status

    found = status(args.content, args.config, args.state, max_age=args.max_age, strict=args.strict)
    if printing.is_json(args):
        for run in found.runs:
            printing.json_line("run", {**run._asdict(), "started": _iso(run.started)})
        for problem in found.problems:
            printing.json_line("problem", asdict(problem))
        for one in found.waiting:
            fields = {**one._asdict(), "since": _iso(one.since), "due": _iso(one.due)}
            printing.json_line("waiting", fields)
    elif not args.quiet:
        _print(found, args)
    summary = {
        "success": _iso(found.success),
        "upcoming": _iso(found.upcoming),
        "locked": found.locked,
        "retired": list(found.retired),
        "former": list(found.former),
        "untold": list(found.untold),
        "protected": found.protected,
        "pageless": found.pageless,
        "wrong": found.wrong,
        "findings": found.findings,
        "exit": found.exit_code,
    }
    printing.summary(summary, _in_a_line(found), args)
    return found.exit_code


def _in_a_line(found: Status) -> str:
    if found.wrong:
        return f"problems: {found.wrong}"
    if not found.findings:
        return "all is well"
    return f"{'problems' if found.exit_code else 'the last run was done'}: {found.findings}"


def _print(found: Status, args: argparse.Namespace) -> None:
    head = ("STARTED (UTC)", "SECONDS", "EXIT", "CHANGED", "WRITTEN", "PROBLEMS")
    rows = [(f"{run.started:%Y-%m-%d %H:%M:%S}", f"{run.seconds:.2f}", *map(str, run[2:])) for run in found.runs]
    printing.table((head, *rows))
    printing.problems(found.problems, args)
    printing.line(f"last success: {_utc(found.success)}")
    printing.line(f"next scheduled change: {_utc(found.upcoming)}")
    printing.line(f"at work now: {found.locked or 'nobody'}")
    for line in _queued(found):
        printing.line(line)
    if found.protected:
        printing.line(f"protected articles, held back: {found.protected}")
    if found.pageless:
        printing.line(f"articles that wait for their page: {found.pageless}")
    if found.retired:
        printing.line(f"retired, until `feeds prune`: {printing.examples(found.retired)}")
    if found.former:
        printing.line(f"kept up at former URLs, until `feeds prune`: {printing.examples(found.former)}")


def _queued(found: Status) -> Iterator[str]:
    """What somebody is still to be told, in words."""
    if count := len(found.untold):
        yield f"after_publish is still to be told of {count} file{'s' * (count != 1)}, at the next build"
    for one in found.waiting:
        why = f"; at the last try, it {one.fault}" if one.fault else ""
        if count := len(one.topics):
            feeds = f"{count} feed{'s' * (count != 1)}, since {_utc(one.since)}"
            yield f"{one.hub} is still to be told of {feeds}; next try at {_utc(one.due)}{why}"
        if count := len(one.given_up):
            yield f"{one.hub} was not told of {count} feed{'s' * (count != 1)}, and will be when they change again{why}"


def _utc(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} UTC" if when else "none"


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
