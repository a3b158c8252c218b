"""What a command costs: CPU of its whole process tree, wall time, and the tree's peak memory. Linux only."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

EVERY = 0.01  # seconds between two looks at the tree


@dataclass(frozen=True, slots=True)
class Cost:
    cpu: float
    wall: float
    peak: float  # bytes


def cost(command: Sequence[str]) -> Cost:
    """Run a command, its standard output thrown away.

    The caller should be small itself: Linux counts what a process had before it became the command as its peak.
    """
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    sampled, ended = [0], threading.Event()
    sampler = threading.Thread(target=_sample, args=(pid, sampled, ended))
    sampler.start()
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    ended.set()
    sampler.join()
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"exit code {code}: {' '.join(command)}")
    # The kernel's own peak is exact, and of the largest process alone: no tree is smaller than that.
    return Cost(usage.ru_utime + usage.ru_stime, wall, max(sampled[0], usage.ru_maxrss * 1024))


def medians(costs: Sequence[Cost]) -> Cost:
    return Cost(*(median(getattr(one, name) for one in costs) for name in Cost.__slots__))


def _sample(pid: int, peak: list[int], ended: threading.Event) -> None:
    """Keep the highest sum of memory over a tree, where there is more than the one process."""
    while not ended.wait(EVERY):
        processes = list(_tree(pid))
        if len(processes) > 1:
            peak[0] = max(peak[0], sum(map(_proportional, processes)))


def _tree(pid: int) -> Iterator[int]:
    yield pid
    # A process may end while it is looked at.
    with suppress(OSError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from _tree(int(child))


def _proportional(pid: int) -> int:
    """Resident bytes, of which those that n processes share count 1/n (PSS); 0 for a process that has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
