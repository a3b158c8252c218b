"""The command with a clock that stands still, and with options of a build that the command need not have.

    python command.py build CONTENT --out OUT [--now ISO] [--ready] [--wait SECONDS] [--full]
        [--allow-shrink] [--allow-relink]

`--ready` prints "ready" once all is imported, so that whoever wants to kill the build knows when it begins.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import Any

from feedwright import cli, pipeline

USED = ("formats.atom", "formats.rss", "render.body", "articles.compose", "checks.lint")
USED += ("articles.frontmatter.split",)
"""What a build imports where it is used, and is imported here before "ready"."""


def main(argv: Sequence[str]) -> int:
    """Run the command."""
    own = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    own.add_argument("--now", type=datetime.fromisoformat)
    own.add_argument("--ready", action="store_true")
    own.add_argument("--wait", type=float)
    for name in ("--full", "--allow-shrink", "--allow-relink"):
        own.add_argument(name, action="store_true", default=None)
    mine, others = own.parse_known_args(argv)
    options = {name: value for name, value in vars(mine).items() if name not in ("now", "ready") and value is not None}
    build = pipeline.build

    def with_options(*args: Any, **rest: Any) -> Any:
        return build(*args, **{**rest, "options": replace(rest.get("options", pipeline.Options()), **options)})

    pipeline.build = with_options
    if mine.now:
        pipeline.clock = lambda: mine.now
    for name in USED:
        import_module(f"feedwright.{name}")
    if mine.ready:
        print("ready", flush=True)
    return cli.main(others)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
