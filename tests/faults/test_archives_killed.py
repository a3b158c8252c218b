"""kill -9 and failing disks while archive documents are made: every article stays in reach, and the next run heals."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest

from tests.faults import strace
from tests.faults.newsroom import Newsroom, documents, kill, started
from tests.faults.test_disk_errors import fail_calls
from tests.test_archives import BASE, read

pytestmark = pytest.mark.longer

ARCHIVED = "limit = 3\narchive = 2"
KINDS = ("new", "edit", "new", "delete", "new", "terms", "config")


def reached(documents: dict[str, bytes], subscription: str) -> set[str]:
    """The ids of all articles that a subscriber can reach."""
    found: set[str] = set()
    path = subscription
    while path:
        document = read(documents[path])
        found.update(document.ids)
        path = document.links.get("prev-archive", "").removeprefix(BASE)
    return found


def assert_in_reach(old: dict[str, bytes], new: dict[str, bytes], now: dict[str, bytes], injected: str) -> None:
    for name in ("atom.xml", "rss.xml", "feed.json"):
        always = reached(old, name) & reached(new, name)
        lost = always - reached(now, name)
        assert not lost, f"{injected}: {sorted(lost)} are out of reach in {name}"


def newsroom_of(root: Path, count: int) -> Newsroom:
    return Newsroom(root, more=ARCHIVED, kinds=KINDS).found(count)


def kill_at_random_moments(newsroom: Newsroom, count: int, seed: int) -> int:
    newsroom.change()
    newsroom.old_and_new()
    process, began = started(newsroom.argv("--ready")), time.monotonic()
    process.communicate(timeout=60)
    took = time.monotonic() - began
    random = Random(seed)
    killed = 0
    for _ in range(count):
        change = newsroom.change()
        old, new = newsroom.old_and_new()
        process = started(newsroom.argv("--ready"))
        moment = random.uniform(0, took)
        time.sleep(moment)
        outcome = kill(process)
        injected = f"{change}, killed after {moment:.4f} s"
        killed += outcome.code == 137
        newsroom.assert_whole(old, new, injected)
        assert_in_reach(old, new, documents(newsroom.out), injected)
        newsroom.assert_heals(new, injected)
    return killed


def kill_at_calls(newsroom: Newsroom, log: Path, call: str, moments: range) -> int:
    """Kill builds at the nth time of a call on any file of a document, or of a copy of one."""
    killed = 0
    for nth in moments:
        change = newsroom.change()
        old, new = newsroom.old_and_new()
        prefix = strace.injecting(log, (call,), "signal=SIGKILL", nth)
        outcome = newsroom.run(prefix=prefix)
        injected = f"{change}, killed at {call} number {nth}: {strace.last_call(log)}"
        assert outcome.code in (0, 137), f"{injected}: {outcome}"
        newsroom.assert_whole(old, new, injected)
        assert_in_reach(old, new, documents(newsroom.out), injected)
        newsroom.assert_heals(new, injected)
        killed += outcome.code == 137
    return killed


def test_a_build_killed_while_it_archives_leaves_all_in_reach(tmp_path: Path) -> None:
    assert kill_at_random_moments(newsroom_of(tmp_path, 10), 2, 1) > 0


@pytest.mark.slow
def test_60_builds_killed_while_they_archive(tmp_path: Path) -> None:
    killed = kill_at_random_moments(newsroom_of(tmp_path, 20), 60, 2)
    print(f"{killed} of 60 builds were killed before their end")
    assert killed > 20


@strace.needed()
def test_a_build_killed_at_any_rename_of_an_archive_leaves_all_in_reach(tmp_path: Path) -> None:
    assert kill_at_calls(newsroom_of(tmp_path / "site", 10), tmp_path / "log", "rename", range(5, 6)) == 1


@pytest.mark.slow
@strace.needed()
@pytest.mark.parametrize(("call", "step"), [("rename", 2), ("fsync", 2), ("unlink", 1)])
def test_builds_killed_at_every_call_while_they_archive(tmp_path: Path, call: str, step: int) -> None:
    killed = kill_at_calls(newsroom_of(tmp_path / "site", 10), tmp_path / "log", call, range(1, 60, step))
    print(f"{killed} builds were killed at {call}")
    assert killed > 3


@strace.needed()
@pytest.mark.parametrize(("call", "error", "nth"), [("openat", "ENOSPC", 25)])
def test_a_disk_that_fails_while_a_build_archives_damages_nothing(
    tmp_path: Path, call: str, error: str, nth: int
) -> None:
    assert fail_calls(newsroom_of(tmp_path / "site", 8), tmp_path / "log", call, error, [nth])[0] == 1


@pytest.mark.slow
@strace.needed()
@pytest.mark.parametrize(
    ("call", "error"),
    [("openat", "ENOSPC"), ("rename", "EIO"), ("fsync", "EIO"), ("unlink", "EIO"), ("mkdir", "EDQUOT")],
)
def test_every_call_that_may_fail_while_a_build_archives(tmp_path: Path, call: str, error: str) -> None:
    failed, stopped = fail_calls(newsroom_of(tmp_path / "site", 8), tmp_path / "log", call, error, range(1, 200, 3))
    print(f"{failed} calls failed, {stopped} builds stopped")
    assert failed > 0
