"""A progress bar over all steps of a build, for somebody who looks on while the work is long."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, NoReturn

from feedwright.run import STEPS

if TYPE_CHECKING:
    from tqdm import tqdm

DELAY = 1.0
"""Seconds after which work is long."""

PAUSE = 0.1
"""Seconds between two looks of the bar."""

NARROW = 60
"""Columns below which the bar has no counts."""

SHARES = {"pages": 30, "read": 26, "render": 22, "entries": 24, "write": 28}
"""Step -> its share of a first build's time, as measured; a bar that knows all totals would have to wait for them."""

DOING = {
    "pages": ("reading", "pages"),
    "read": ("reading", "articles"),
    "render": ("rendering", "articles"),
    "entries": ("making", "entries"),
    "write": ("writing", "files"),
}
"""Step -> what is done to what."""


class Bar:
    """The bar: it never goes back, and costs next to nothing until it is shown."""

    def __init__(self) -> None:
        self.totals: dict[str, int] = {}
        self.done = 0.0
        self.began = time.time()
        self.drawn = time.monotonic() + DELAY - PAUSE
        self.bar: tqdm[NoReturn] | None = None

    def expect(self, step: str, total: int) -> None:
        """Take note of how many of a step there are to do."""
        self.totals[step] = total

    def __call__(self, step: str, done: int) -> None:
        """Show how far a step is."""
        now = time.monotonic()
        if now - self.drawn < PAUSE:
            return
        self.drawn = now
        self.done = max(self.done, fraction(step, done, self.totals))
        words = description(step, done, self.totals.get(step, 0), _columns())
        bar = self.bar = self.bar or _drawn(words, self.began)
        bar.set_description_str(words, refresh=False)
        bar.n = round(self.done * 100)
        bar.refresh()

    def close(self) -> None:
        """Take the bar away."""
        if self.bar:
            self.bar.close()


def fraction(step: str, done: int, totals: dict[str, int]) -> float:
    """How much of a build is done, from 0 to 1.

    Args:
        step: of `STEPS`, which it is at.
        done: how many of it are.
        totals: step -> how many there are to do, of those that have begun. A site whose pages are not read has no such
            step.
    """
    steps = [one for one in STEPS if one != "pages" or one in totals]
    before = sum(SHARES[one] for one in steps[: steps.index(step)])
    of_step = min(done / totals[step], 1) if totals.get(step) else 0
    return (before + SHARES[step] * of_step) / sum(SHARES[one] for one in steps)


def description(step: str, done: int, total: int, columns: int) -> str:
    """What a build is at, in words that leave room for the bar."""
    doing, what = DOING[step]
    return doing if columns < NARROW else f"{doing} {what} {min(done, total):,}/{total:,}"


def _drawn(words: str, began: float) -> tqdm[NoReturn]:
    from tqdm import tqdm  # only long work on a terminal needs it

    tqdm.monitor_interval = 0  # no thread
    shown = "{desc} {percentage:3.0f}% |{bar}| {elapsed}<{remaining}"
    # With a delay it does not draw itself before it knows how far the build is.
    bar: tqdm[NoReturn] = tqdm(
        desc=words, total=100, bar_format=shown, dynamic_ncols=True, leave=False, file=sys.stderr, delay=PAUSE
    )
    bar.start_t = began
    return bar


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return NARROW
