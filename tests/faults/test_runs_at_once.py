"""Several runs at once: one works at a time, the others leave with 75 or wait, and the dead hold nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.newsroom import Newsroom, kill, started


def together(newsroom: Newsroom, count: int, *flags: str) -> Counter[int]:
    """Start builds at the same moment; how they ended."""
    change = newsroom.change()
    old, new = newsroom.old_and_new()
    processes = [started(newsroom.argv("--ready", *flags)) for _ in range(count)]
    ends: Counter[int] = Counter()
    for process in processes:
        out, err = process.communicate(timeout=60)
        injected = f"{change}, {count} runs at once {flags}"
        assert process.returncode in (0, 75), f"{injected}: {out}{err}"
        assert "Traceback" not in err, f"{injected}: {err}"
        if process.returncode == 75:
            assert "is at work on it [locked]" in err, f"{injected}: {err}"
        ends[process.returncode] += 1
    assert ends[0] > 0, f"{injected}: none of them worked: {ends}"
    newsroom.assert_whole(old, new, injected)
    newsroom.assert_right(new, injected)
    return ends


def at_once(newsroom: Newsroom, times: int) -> Counter[int]:
    """Two and five at once, some times; how all of them ended."""
    ends: Counter[int] = Counter()
    for time_ in range(times):
        ends += together(newsroom, (2, 5)[time_ % 2])
    return ends


def test_of_runs_at_once_one_works_and_the_others_say_so(tmp_path: Path) -> None:
    assert at_once(Newsroom(tmp_path).found(10), 2)[0] >= 2


def test_runs_that_wait_all_end_well(tmp_path: Path) -> None:
    assert together(Newsroom(tmp_path).found(10), 3, "--wait", "30") == {0: 3}


@pytest.mark.slow
def test_runs_at_once_50_times(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path).found(60)
    ends = at_once(newsroom, 50)
    for _ in range(10):
        assert together(newsroom, 5, "--wait", "60") == {0: 5}
    print(f"{ends[0]} runs worked, {ends[75]} left with 75; 50 more waited, and all of them worked")


def stopped_at_work(newsroom: Newsroom) -> subprocess.Popen[str]:
    """A build that holds the lock and stands still."""
    process = started(newsroom.argv("--ready"))
    lock = newsroom.state / "lock"
    for _ in range(4000):
        if lock.read_text().strip() == str(process.pid):
            os.killpg(process.pid, signal.SIGSTOP)
            return process
        time.sleep(0.0005)
    raise AssertionError(f"the build never took the lock: {process.communicate()}")


def test_the_one_that_has_to_leave_says_who_is_at_work(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path).found(10)
    newsroom.change()
    holder = stopped_at_work(newsroom)
    outcome = newsroom.run()
    kill(holder)
    assert outcome.code == 75
    assert f"lock: process {holder.pid} is at work on it [locked]" in outcome.err


def test_a_run_killed_while_it_holds_the_lock_blocks_nobody(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path).found(10)
    change = newsroom.change()
    old, new = newsroom.old_and_new()
    holder = stopped_at_work(newsroom)
    kill(holder)
    newsroom.assert_whole(old, new, change)
    newsroom.assert_heals(new, f"{change}, killed while it held the lock")


def test_two_runs_for_one_output_folder_with_states_of_their_own_do_not_meet(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path).found(10)
    newsroom.change()
    holder = stopped_at_work(newsroom)
    time.sleep(0.05)
    outcome = newsroom.run("--state", str(tmp_path / "other"))
    kill(holder)
    if outcome.code != 0:  # the one that was stopped may not have come so far
        assert outcome.code == 75
        assert ".feeds.lock: another process is at work on it [locked]" in outcome.err
