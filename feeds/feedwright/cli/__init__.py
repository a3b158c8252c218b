"""The command `feeds`: the one place that reads arguments and prints."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from feedwright.cli import printing
from feedwright.cli.exit_signals import heeded
from feedwright.cli.index import COMMANDS
from feedwright.cli.tree import outline, parser
from feedwright.errors import FeedsError

__all__ = ["main", "outline", "parser"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: the arguments without the program's name; None for the process's own.

    Returns: the exit code: 0 well, 1 done with findings, 2 not done, 64 wrong usage, 75 another run is at work; 130
        and 143 where it was told to end.
    """
    # What a command makes is let go as it is used; looking for cycles in it takes 3 % of a build, and finds none.
    gc.set_threshold(50_000, 20, 100)
    given = sys.argv[1:] if argv is None else list(argv)
    heard: list[int] = []
    try:
        with heeded(heard):
            return _run(given)
    except KeyboardInterrupt:
        return 128 + (heard[0] if heard else 2)
    except RuntimeError:
        # What a signal raises while a class is being made, Python 3.11 wraps.
        if not heard:
            raise
        return 128 + heard[0]


def _run(given: list[str]) -> int:
    if not given:
        outline().print_help()
        return 0
    if given == ["--version"]:
        from importlib.metadata import version  # it takes a while

        print(f"Feedwright {version('feedwright')}")
        return 0
    arguments = (parser(given[0]) if given[0] in COMMANDS else outline()).parse_args(given)
    try:
        if getattr(arguments, "has_site", False) and arguments.content is None:
            from feedwright.cli.site_folder import meant  # where the folder is named, a command may need less

            arguments.content = meant(arguments)
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except FeedsError as error:
        printing.problems(error.new_problems if arguments.quiet else error.problems, arguments)
        printing.summary({"exit": error.exit_code}, "", arguments)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read us has gone (`feeds list | head`): that is no fault, but Python would say so at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
