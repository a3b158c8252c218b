"""feeds check."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from feedwright.checks import lint
from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example


def check_arguments(commands: Commands) -> None:
    """The arguments of `feeds check`."""
    command = arguments.command(
        commands,
        "check",
        "RSS, Atom, JSON Feed, OPML and sitemaps; a folder means every feed in it.",
        examples=(
            Example("feeds check out", "every feed in a folder"),
            Example("feeds check https://www.example.org/feed.xml", "a feed on the web"),
            Example("feeds check out/rss.xml --profile apple", "what Apple demands of a podcast, too"),
            Example("feeds check --explain rss-guid-missing", "what a problem's code means"),
        ),
        exits={0: "no error", 1: "errors", 2: "something could not be checked"},
    )
    command.add_argument("sources", nargs="*", metavar="FILE|DIR|URL|-", help="what to check; - for standard input")
    command.add_argument(
        "--format",
        choices=lint.FORMATS,
        help="how to print (default: text); sarif for code scanning, github for pull requests",
    )
    command.add_argument(
        "--severity", choices=lint.SEVERITIES, default="info", help="the least grave to show (default: info)"
    )
    command.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="CODE",
        help="let problems of this code through; may be repeated",
    )
    command.add_argument("--profile", metavar="NAME", help="also check what an aggregator demands, such as apple")
    command.add_argument("--quiet", "-q", action="store_true", help="print problems only")
    command.add_argument("--no-color", action="store_true", help="print no colours on a terminal")
    command.add_argument("--explain", metavar="CODE", help="explain a problem's code, with an example")
    command.add_argument("--codes", action="store_true", help="list all codes")
    command.add_argument("--profiles", action="store_true", help="list all profiles")
    command.set_defaults(run=_check)


def _check(args: argparse.Namespace) -> int:
    if args.explain or args.codes or args.profiles:
        if args.explain:
            printing.lines(lint.explain(args.explain))
        for line in (*(lint.listed() if args.codes else ()), *(lint.profiles() if args.profiles else ())):
            printing.line(line)
        return 0
    options = lint.Options(
        format=args.format,
        severity=args.severity,
        ignore=tuple(args.ignore),
        profile=args.profile,
        colour=printing.coloured(sys.stdout, args),
        quiet=args.quiet,
        now=datetime.now(UTC),  # the pipeline's clock would bring all that a build needs
    )
    outcome = lint.run(args.sources, options, sys.stdin.buffer)
    for line in outcome.lines:
        printing.made_visible(line)
    return outcome.exit_code
