"""kill -9, at any moment and at any call: every feed is whole, and the next run ends where an undisturbed one does."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from random import Random
from statistics import median

import pytest

from tests.faults import strace
from tests.faults.newsroom import Newsroom, kill, started

ARTICLES = 60


def kill_at_random_moments(newsroom: Newsroom, count: int, seed: int) -> int:
    """Kill builds that have something to do; how many did not end before that."""
    random = Random(seed)
    took = [0.3]
    killed = 0
    for _ in range(count):
        change = newsroom.change()
        old, new = newsroom.old_and_new()
        process = started(newsroom.argv("--ready"))
        moment = random.uniform(0, 1.1 * median(took[-9:]))
        time.sleep(moment)
        outcome = kill(process)
        injected = f"{change}, killed after {moment:.4f} s"
        assert outcome.code in (0, 137), f"{injected}: {outcome}"
        killed += outcome.code == 137
        newsroom.assert_whole(old, new, injected)
        process, began = started(newsroom.argv("--ready")), time.monotonic()
        out, err = process.communicate(timeout=60)
        if outcome.code == 137:
            took.append(time.monotonic() - began)
        assert process.returncode == 0, f"{injected}: the next run: {out}{err}"
        newsroom.assert_right(new, injected)
    return killed


def test_a_build_killed_at_any_moment_leaves_all_whole_and_the_next_one_heals(tmp_path: Path) -> None:
    assert kill_at_random_moments(Newsroom(tmp_path).found(ARTICLES), 3, 1) > 0


@pytest.mark.slow
def test_350_builds_killed_at_any_moment(tmp_path: Path) -> None:
    killed = kill_at_random_moments(Newsroom(tmp_path).found(ARTICLES), 350, 2)
    print(f"{killed} of 350 builds were killed before their end")
    assert killed > 200


def kill_at_calls(newsroom: Newsroom, log: Path, call: str, moments: Iterable[int]) -> int:
    """Kill builds at the nth time of a call, until all kinds of them are done before; how many were killed."""
    killed = survived = 0
    for nth in moments:
        change = newsroom.change()
        old, new = newsroom.old_and_new()
        prefix = strace.injecting(log, (call,), "signal=SIGKILL", nth, newsroom.disk())
        outcome = newsroom.run(prefix=prefix)
        injected = f"{change}, killed at {call} number {nth}: {strace.last_call(log)}"
        assert outcome.code in (0, 137), f"{injected}: {outcome}"
        newsroom.assert_whole(old, new, injected)
        newsroom.assert_heals(new, injected)
        killed += outcome.code != 0
        survived = survived + 1 if outcome.code == 0 else 0
        if survived == len(newsroom.kinds):
            break
    return killed


@strace.needed()
def test_a_build_killed_at_any_call_leaves_all_whole_and_the_next_one_heals(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path / "site").found(12)
    killed = [kill_at_calls(newsroom, tmp_path / "log", *one) for one in (("rename", [3]), ("pwrite64", [70]))]
    assert killed == [1, 1]


@pytest.mark.slow
@strace.needed()
@pytest.mark.parametrize("call", strace.CHANGING)
def test_builds_killed_at_every_call_of_a_kind(tmp_path: Path, call: str) -> None:
    newsroom = Newsroom(tmp_path / "site").found(ARTICLES)
    step = {"pwrite64": 10, "openat": 4}.get(call, 2)
    killed = kill_at_calls(newsroom, tmp_path / "log", call, range(1, 10_000, step))
    print(f"{killed} builds were killed at {call}")
