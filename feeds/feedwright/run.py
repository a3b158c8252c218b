"""A run: what it works with, when it is, and how it goes.

It is handed to what orchestrates. What decides is given what it decides by, and no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feedwright.config import Config
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger

if TYPE_CHECKING:
    from concurrent.futures import Executor

Progress = Callable[[str, int], None]
"""Is told the step and how many pages, articles, entries or documents of it are done."""

STEPS = ("pages", "read", "render", "entries", "write")
"""The steps that are told, in their order; some are left out, and a step may come again, for what came of others."""


class Moment(NamedTuple):
    """The time of a run.

    Args:
        now: aware, UTC, whole seconds.
        doubtful: it cannot be right; what was decided by an earlier clock then stays.
        last: of the last run whose time could be right, aware, UTC; None where none is known.
    """

    now: datetime
    doubtful: bool = False
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How a build goes.

    Args:
        full: derive all anew, whatever is remembered of the last run.
        allow_shrink: publish even where many articles are gone or broken at once.
        allow_relink: publish even where most articles get another address.
        dry_run: write nothing.
        wait: seconds to wait for another run to end.
    """

    full: bool = False
    allow_shrink: bool = False
    allow_relink: bool = False
    dry_run: bool = False
    wait: float = 0


USUAL = Options()


def tell_nobody(step: str, done: int) -> None:
    """The progress of a run that nobody watches."""


class Run(NamedTuple):
    """A run, with its stores open.

    Args:
        out: the output folder.
        ledger, catalog: each in one transaction; copies of them where nothing is to be written.
        progress: is told how far it is.
        executor: where files are read; None for this process.
        expected: is told of a step, before it begins, how many there are to do.
    """

    config: Config
    out: Path
    ledger: Ledger
    catalog: Catalog
    time: Moment
    options: Options = USUAL
    progress: Progress = tell_nobody
    executor: Executor | None = None
    expected: Progress = tell_nobody
