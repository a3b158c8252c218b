"""feeds build."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example
from feedwright.errors import Problem

if TYPE_CHECKING:
    from feedwright.publish.report import Report
    from feedwright.run import Options

CAUSES_SHOWN = 3

_KINDS = {"not": "scheduled", "opted": "opted out", "has": "without a date", "waits": "waiting for their page"}
"""The first word of why an article is held back -> what it is then called, where that is another."""


def build_arguments(commands: Commands) -> None:
    """The arguments of `feeds build`."""
    command = arguments.command(
        commands,
        "build",
        "A build that finds nothing new writes nothing, so that cron may run it every few minutes.",
        examples=(
            Example("feeds build", "the site in this folder, or in content/, into out/"),
            Example("feeds build my-site --out public/feeds", "another site, into another folder"),
            Example("feeds build --dry-run", "write nothing; say what would change in each feed"),
            Example("feeds build --watch", "go on, and build again at each change"),
        ),
        exits={
            0: "all is well",
            1: "published, but some articles or feeds were left out",
            2: "nothing was published",
            75: "another run is at work",
        },
    )
    arguments.content(command)
    arguments.out(command)
    arguments.reporting(command, "print only problems that the last run did not have: for cron")
    command.add_argument("--strict", action="store_true", help="treat warnings as errors: exit code 1")
    command.add_argument("--full", action="store_true", help="rebuild all from scratch; ids stay")
    for option, what in (
        ("--allow-shrink", "many articles are gone or broken"),
        ("--allow-relink", "most links change"),
    ):
        command.add_argument(option, action="store_true", help=f"publish even if {what} at once")
    command.add_argument("--dry-run", action="store_true", help="write nothing; say what would change in each feed")
    command.add_argument(
        "--verbose", "-v", action="store_true", help="name every article that is held back, and every problem"
    )
    command.add_argument("--why", action="store_true", help="say why each document was written")
    arguments.waiting(command)
    command.add_argument(
        "--watch", action="store_true", help="go on, and build again at each change (pip install feedwright[watch])"
    )
    command.set_defaults(run=_build)


def _build(args: argparse.Namespace) -> int:
    if args.watch:
        from feedwright.cli import watch  # on its own, as it needs a library that is not always there

        return watch.watch(args, lambda: _once(args))
    began = time.perf_counter()
    report = built(args)
    printing.problems(report.new_problems if args.quiet else report.problems, args)
    seconds = time.perf_counter() - began
    if printing.is_json(args):
        _details_as_json(report, args)
    elif not args.quiet:
        for text in (
            *_differences(report),
            *_moved(report),
            *_hidden(report, args),
            *_undated(report, args),
            *_why(report, args),
        ):
            printing.line(text)
    head = "dry run, nothing was written: " if args.dry_run else ""
    did = counts(report, "to write" if args.dry_run else "written")
    printing.summary(_summary(report, seconds), f"{head}{did}, {seconds:.2f} s", args)
    if not (args.dry_run or args.quiet or printing.is_json(args)):
        for text in (*_places(report, args), *_next(report, args)):
            printing.line(text)
    return report.exit_code


def _once(args: argparse.Namespace) -> tuple[Report, str]:
    report = built(args)
    return report, counts(report)


def options(args: argparse.Namespace) -> Options:
    """How a build goes, as the arguments say."""
    from feedwright.run import Options

    return Options(
        full=args.full,
        allow_shrink=args.allow_shrink,
        allow_relink=args.allow_relink,
        dry_run=args.dry_run,
        wait=args.wait,
    )


def built(args: argparse.Namespace) -> Report:
    """One build."""
    from feedwright.pipeline import build

    with printing.progress(args) as progress:
        report = build(
            args.content,
            args.out,
            file=args.config,
            state=args.state,
            progress=progress,
            options=options(args),
        )
    if not args.strict:
        return report
    return replace(report, problems=_strictly(report.problems), new_problems=_strictly(report.new_problems))


def counts(report: Report, verb: str = "written") -> str:
    """What was done, in a few words.

    Args:
        verb: what was done, or would be.
    """
    others = len(report.others)
    feeds = len(report.written) - others
    parts = [f"{report.changed} changed", f"{feeds} feed{'s' * (feeds != 1)} {verb}"]
    if others:
        parts.append(f"{others} other file{'s' * (others != 1)} {verb}")
    parts.append(f"{len(report.unchanged)} unchanged")
    if report.retired:
        parts.append(f"{len(report.retired)} retired (feeds prune)")
    if report.former:
        parts.append(f"{len(report.former)} kept up at former URLs (feeds prune)")
    if report.told or report.waiting:
        parts.append(f"{len(report.told)} announced, {len(report.waiting)} to be announced")
    return ", ".join(parts)


def _places(report: Report, args: argparse.Namespace) -> list[str]:
    """Where the site's own feed is, and the others."""
    if not report.places:
        return []
    others = report.feeds - 1
    more = f", and {others} more feed{'s' * (others != 1)}: feeds list{_folder(args)}" if others else ""
    return [
        f"Feeds: {', '.join(str(args.out / path) for path, _ in report.places)}{more}",
        f"URLs: {', '.join(url for _, url in report.places)}",
    ]


def _next(report: Report, args: argparse.Namespace) -> list[str]:
    """What to do after the first build."""
    if not report.first:
        return []
    from shlex import quote  # it is the first build alone that says this

    out = "" if args.out == Path("out") else f" --out {quote(str(args.out))}"
    unset = next((problem.file for problem in report.problems if problem.code == "url-unreachable"), "")
    first = (
        f"set url in {unset}, and build again" if unset else f"put the files of {args.out} on the web, at these URLs"
    )
    return [
        f"Next: see the feed as readers show it: feeds preview{out} --open",
        f"Then: {first}; print a cron line that keeps it up to date: feeds schedule{_folder(args)}{out}",
    ]


def _folder(args: argparse.Namespace) -> str:
    """The site's folder as it was given, for a command that is to be typed."""
    from shlex import quote

    from feedwright.sources.site import usual  # it knows which one is meant where none is given

    folder = "" if args.content == usual(args.config) else f" {quote(str(args.content))}"
    given = ((option, path) for option, path in (("--config", args.config), ("--state", args.state)) if path)
    return folder + "".join(f" {option} {quote(str(path))}" for option, path in given)


def _strictly(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(replace(one, severity="error") if one.severity == "warning" else one for one in problems)


def _moved(report: Report) -> list[str]:
    """Feeds whose author or term goes by another name now, a line each."""
    lines = []
    for one in report.moved:
        head = f"the {one.kind} {one.before!r} is {one.now!r} now"
        kept = f", and is kept up at {printing.examples(one.former)}" if one.former else ""
        lines.append(f"{head}: its feed is at {one.path}{kept}")
    return lines


def _hidden(report: Report, args: argparse.Namespace) -> list[str]:
    lost = f", {len(report.left_out)} left out" if report.left_out else ""
    articles = f"{report.articles} article{'s' * (report.articles != 1)}"
    head = f"{articles}: {report.shown} published{lost}, {held_back(report.hidden.values())}"
    each = sorted(report.hidden.items()) if args.verbose else ()
    return [head, *(f"  {args.content / key}: {why}" for key, why in each)]


def held_back(reasons: Iterable[str]) -> str:
    """How many articles are held back, and for which kinds of reasons."""
    kinds = Counter(_KINDS.get(word := why.partition(" ")[0], word) for why in reasons)
    named = ", ".join(f"{count} {kind}{'s' * (kind == 'draft' and count != 1)}" for kind, count in kinds.most_common())
    return f"{kinds.total()} held back" + (f" ({named})" if named else "")


def _undated(report: Report, args: argparse.Namespace) -> list[str]:
    """What became of files without a date, a line each."""
    lines = []
    count, first = report.by_commit
    if count:
        have = "article has no date but that of its" if count == 1 else "articles have no date but that of their"
        lines.append(f"{count} {have} first commit, such as {args.content / first}")
    count, first = report.pages
    if count:
        are = "file without a date is a page" if count == 1 else "files without a date are pages"
        lines.append(f"{count} {are} of {report.engine}'s, no posts, such as {args.content / first}")
    return lines


def _why(report: Report, args: argparse.Namespace) -> list[str]:
    return [f"{path}: {_folded(causes)}" for path, causes in sorted(report.why.items())] if args.why else []


def _folded(causes: Sequence[str]) -> str:
    known = list(dict.fromkeys(causes))
    more = len(known) - CAUSES_SHOWN
    return "; ".join(known[:CAUSES_SHOWN]) + (f"; {more} more" if more > 0 else "")


def _differences(report: Report) -> list[str]:
    lines = []
    for one in report.differences:
        lines.append(f"{one.title} ({', '.join(one.paths)})")
        for mark, entries in (("+", one.coming), ("-", one.going), ("~", one.changed)):
            lines.extend(f"  {mark} {title} <{id_}>" for id_, title in entries)
    return lines


def _details_as_json(report: Report, args: argparse.Namespace) -> None:
    for one in report.differences:
        kinds = (("coming", one.coming), ("going", one.going), ("changed", one.changed))
        entries = {kind: [{"id": id_, "title": title} for id_, title in found] for kind, found in kinds}
        printing.json_line("difference", {"feed": one.title, "documents": list(one.paths), **entries})
    if args.why:
        for path, causes in sorted(report.why.items()):
            printing.json_line("written", {"document": path, "why": list(dict.fromkeys(causes))})


def _summary(report: Report, seconds: float) -> dict[str, object]:
    return {
        "articles": report.articles,
        "shown": report.shown,
        "changed": report.changed,
        "hidden": dict(sorted(report.hidden.items())),
        "protected": report.protected,
        "left_out": list(report.left_out),
        "by_commit": report.by_commit[0],
        "pages": report.pages[0],
        "written": list(report.written),
        "unchanged": list(report.unchanged),
        "retired": list(report.retired),
        "former": list(report.former),
        "moved": [{**one._asdict(), "former": list(one.former)} for one in report.moved],
        "announced": [list(one) for one in report.told],
        "waiting": [list(one) for one in report.waiting],
        "seconds": round(seconds, 3),
        "exit": report.exit_code,
    }
