"""SIGTERM and SIGINT end a build at once: nothing is half done, nothing falls through, and the next run is right."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from random import Random

import pytest

from tests.faults.newsroom import Newsroom, kill, started

ENDS = {signal.SIGINT: 130, signal.SIGTERM: 143}


def interrupt(newsroom: Newsroom, count: int, seed: int, *flags: str) -> int:
    """Interrupt builds at random moments; how many did not end before that."""
    random = Random(seed)
    ended = 0
    for number in range(count):
        change = newsroom.change()
        old, new = newsroom.old_and_new()
        which = (signal.SIGINT, signal.SIGTERM)[number % 2]
        process = started(newsroom.argv("--ready", *flags))
        moment = random.uniform(0, 0.3)
        time.sleep(moment)
        sent = time.monotonic()
        outcome = kill(process, which, group=number % 4 < 2)
        took = time.monotonic() - sent
        injected = f"{change}, {which.name} after {moment:.4f} s"
        assert outcome.code in (0, ENDS[which]), f"{injected}: {outcome}"
        assert "Traceback" not in outcome.err, f"{injected}: {outcome.err}"
        assert took < 2, f"{injected}: it took {took:.2f} s to end"
        ended += outcome.code != 0
        newsroom.assert_whole(old, new, injected)
        newsroom.assert_heals(new, injected)
    return ended


def test_a_build_that_is_interrupted_leaves_all_whole(tmp_path: Path) -> None:
    interrupt(Newsroom(tmp_path).found(40), 2, 1)


@pytest.mark.slow
@pytest.mark.parametrize("flags", [(), ("--full",)])
def test_100_builds_interrupted(tmp_path: Path, flags: tuple[str, ...]) -> None:
    ended = interrupt(Newsroom(tmp_path).found(60), 50, 2, *flags)
    print(f"{ended} of 50 builds were interrupted before their end")
