"""feeds build --watch."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from feedwright.cli import printing
from feedwright.commands.watch import moments
from feedwright.errors import FeedsError
from feedwright.sources.site import load_site

if TYPE_CHECKING:
    from feedwright.publish.report import Report

LOCKED = 75

Build = Callable[[], "tuple[Report, str]"]
"""One build: its report, and what it did in a few words."""


def watch(args: argparse.Namespace, build: Build) -> int:
    """Build, and again at each change, until Ctrl-C."""
    codes = [_once(args, build, "first build")]
    config = load_site(args.content, args.config, args.state)
    if not printing.is_json(args) and not args.quiet:
        printing.line(f"watching {args.content}; Ctrl-C ends it")
        sys.stdout.flush()
    for cause in moments(config, args.out, lambda: codes[-1] == LOCKED):
        codes.append(_once(args, build, cause))
        del codes[:-1]
    return codes[-1]


def _once(args: argparse.Namespace, build: Build, cause: str) -> int:
    """One build, in one line; its exit code. Whatever goes wrong is said, and the next change may mend it."""
    began = time.perf_counter()
    try:
        report, text = build()
    except FeedsError as error:
        printing.problems(error.new_problems, args)
        code, text, counts = error.exit_code, "not done", {}
    else:
        printing.problems(report.new_problems, args)
        code = report.exit_code
        counts = {"changed": report.changed, "written": list(report.written)}
    seconds = time.perf_counter() - began
    line = f"{datetime.now().astimezone():%H:%M:%S} {cause}: {text}, {seconds:.2f} s"
    printing.summary({"cause": cause, **counts, "seconds": round(seconds, 3), "exit": code}, line, args)
    sys.stdout.flush()
    return code
