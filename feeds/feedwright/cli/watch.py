"""feeds build --watch."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import datetime

from feedwright.cli import build, printing
from feedwright.commands.watch import moments
from feedwright.errors import FeedsError
from feedwright.sources.site import load_site

LOCKED = 75


def watch(args: argparse.Namespace) -> int:
    """Build, and again at each change, until Ctrl-C."""
    codes = [_once(args, "the beginning")]
    config = load_site(args.content, args.config, args.state)
    if not printing.is_json(args) and not args.quiet:
        printing.line(f"watching {args.content}; Ctrl-C ends it")
        sys.stdout.flush()
    for cause in moments(config, args.out, lambda: codes[-1] == LOCKED):
        codes.append(_once(args, cause))
        del codes[:-1]
    return codes[-1]


def _once(args: argparse.Namespace, cause: str) -> int:
    """One build, in one line; its exit code. Whatever goes wrong is said, and the next change may mend it."""
    began = time.perf_counter()
    try:
        report = build.built(args)
    except FeedsError as error:
        printing.problems(error.new_problems, args)
        code, text, counts = error.exit_code, "not done", {}
    else:
        printing.problems(report.new_problems, args)
        code, text = report.exit_code, build.counts(report)
        counts = {"changed": report.changed, "written": list(report.written)}
    seconds = time.perf_counter() - began
    line = f"{datetime.now().astimezone():%H:%M:%S} {cause}: {text}, {seconds:.2f} s"
    printing.summary({"cause": cause, **counts, "seconds": round(seconds, 3), "exit": code}, line, args)
    sys.stdout.flush()
    return code
