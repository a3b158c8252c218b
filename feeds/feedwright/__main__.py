"""The command: `feeds`, or `python -m feedwright`."""

from __future__ import annotations

import signal
import sys


def main() -> int:
    """Run the command; see `feedwright.cli.main`."""
    # Until that heeds signals, Ctrl-C ends the process without a word.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from feedwright.cli import main as command  # takes a while

    return command()


if __name__ == "__main__":
    sys.exit(main())
