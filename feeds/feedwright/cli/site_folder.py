"""The site that a command means where no folder is named."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from feedwright.config.loader import names_content
from feedwright.errors import FeedsError
from feedwright.sources.site import CONTENT, FILE, usual


def meant(args: argparse.Namespace) -> Path:
    """The folder that is meant: the one we are in, where it is a site, else `content`.

    A content folder whose feeds are written elsewhere than from here is not built into another place by a slip.
    """
    folder = usual(args.config)
    is_here = folder == Path() and args.config is None
    return CONTENT if is_here and not names_content(Path(FILE)) and _is_written_elsewhere(args) else folder


def _is_written_elsewhere(args: argparse.Namespace) -> bool:
    from feedwright.state import ledger_facts  # most name their folders, or stand above them
    from feedwright.state.ledger import Ledger
    from feedwright.state.sqlite import read_in_place

    state = args.state or Path(".feeds")
    if not (state / Ledger.FILE).is_file():
        return False
    try:
        with read_in_place(Ledger, state, "") as ledger:
            out = ledger.fact(ledger_facts.OUT)
    except FeedsError:
        return False
    return bool(out) and os.path.realpath(out) != os.path.realpath(getattr(args, "out", "out"))
