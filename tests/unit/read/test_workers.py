"""Processes that share the work: each can be killed at any moment, and all that was asked is done all the same."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from types import FrameType

import pytest

from feedwright.read.workers import pool


def large(number: int) -> bytes:
    """More than a pipe takes at once."""
    return bytes([number % 256]) * 2_000_000


def whose(_: int) -> int:
    time.sleep(0.02)
    return os.getpid()


def refuse(number: int) -> int:
    raise ValueError(f"not {number}")


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


@pytest.fixture
def executor() -> Iterator[Executor]:
    with pool(2) as made:
        yield made


def test_work_is_shared_by_processes_and_its_results_come_in_order(executor: Executor) -> None:
    workers = set(executor.map(whose, range(20)))
    assert len(workers) == 2
    assert os.getpid() not in workers
    assert [result[0] for result in executor.map(large, range(20))] == list(range(20))


def test_what_work_raises_is_raised_where_its_result_is_asked_for(executor: Executor) -> None:
    with pytest.raises(ValueError, match="not 7") as caught:
        executor.submit(refuse, 7).result()
    assert "in refuse" in caught.value.__notes__[0]
    assert executor.submit(whose, 0).result() != os.getpid()


def test_what_killed_processes_were_asked_is_done_here(executor: Executor) -> None:
    asked = [executor.submit(large, number) for number in range(200)]
    for process in multiprocessing.active_children():
        time.sleep(0.05)
        os.kill(process.pid or 0, signal.SIGKILL)
    assert [future.result(timeout=30)[0] for future in asked] == list(range(200))
    assert executor.submit(whose, 0).result(timeout=30) == os.getpid()


def test_ctrl_c_is_the_runs_to_heed(executor: Executor) -> None:
    workers = {process.pid for process in multiprocessing.active_children()}
    for worker in workers:
        os.kill(worker or 0, signal.SIGINT)
    assert set(executor.map(whose, range(20))) == workers


def test_a_pool_that_is_left_leaves_no_process_whatever_it_was_doing() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), pool(2) as executor:
        waiting = [executor.submit(sleep, 60) for _ in range(5)]
        raise KeyboardInterrupt
    assert time.monotonic() - began < 10
    assert not multiprocessing.active_children()
    assert all(future.done() for future in waiting)


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_comes_while_processes_start_is_heeded_once_they_are_up(kind: signal.Signals) -> None:
    heard: list[int] = []

    def heed(number: int, _: FrameType | None) -> None:
        heard.append(len(multiprocessing.active_children()))
        raise KeyboardInterrupt

    before = signal.signal(kind, heed)
    try:
        threading.Timer(0.01, os.kill, (os.getpid(), kind)).start()
        with pytest.raises(KeyboardInterrupt), pool(3):
            time.sleep(5)
    finally:
        signal.signal(kind, before)
    assert heard == [3]
    assert not multiprocessing.active_children()


def test_where_no_process_can_be_had_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object, **__: object) -> None:
        raise OSError(11, "no more processes")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", nothing)
    with pool(2) as executor:
        assert executor.submit(whose, 0).result(timeout=30) == os.getpid()
