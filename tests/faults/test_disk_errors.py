"""A full or failing disk, at every call: no feed is damaged, the failure is told in words, and the next run heals."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import strace
from tests.faults.newsroom import Newsroom, Outcome, ended, everything, has

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "mkdir", "ftruncate", "openat", "pread64")
ERRORS = {"openat": ("ENOSPC", "EIO", "EACCES"), "rename": ("ENOSPC", "EIO", "EXDEV"), "mkdir": ("ENOSPC", "EDQUOT")}
ONLY_EIO = ("fsync", "fdatasync", "pread64")


def fail_calls(newsroom: Newsroom, log: Path, call: str, error: str, moments: Iterable[int]) -> tuple[int, int]:
    """Let the nth time of a call fail, until a build is done before; how many failed, and how many of these builds."""
    failed = stopped = 0
    for nth in moments:
        change = newsroom.change()
        old, new = newsroom.old_and_new()
        prefix = strace.injecting(log, (call,), f"error={error}", nth, newsroom.disk())
        outcome = newsroom.run(prefix=prefix)
        hit = strace.hits(log)
        injected = f"{change}, {error} in {call} number {nth}: {'; '.join(map(str, hit)) or 'no such call'}"
        assert_in_words(newsroom, outcome, [one.text for one in hit], injected)
        newsroom.assert_whole(old, new, injected)
        if outcome.code == 0:
            now = everything(newsroom.out)
            assert all(now.get(path) == held for path, held in new.items()), f"{injected}: said to be well, and is not"
        newsroom.assert_heals(new, injected)
        if not hit:
            break
        failed += 1
        stopped += outcome.code == 2
    return failed, stopped


def assert_in_words(newsroom: Newsroom, outcome: Outcome, texts: list[str], injected: str) -> None:
    """A build that failed says what file it was that could not be written."""
    assert "Traceback" not in outcome.err, f"{injected}: {outcome.err}"
    assert outcome.code in (0, 2), f"{injected}: {outcome}"
    if outcome.code == 2:
        names = {Path(name).name for text in texts for name in re.findall(r'[<"]([^<>"]+)[>"]', text)}
        meant = {re.sub(r"^\.(.*)\.new$|-journal$", r"\1", name) for name in names}
        assert any(f"{name}: " in outcome.err for name in meant), f"{injected}: it is not named: {outcome.err}"


@strace.needed()
@pytest.mark.parametrize(
    ("call", "error", "nth"),
    [("pwrite64", "ENOSPC", 60), ("rename", "EIO", 2)],
)
def test_a_call_that_fails_damages_nothing(tmp_path: Path, call: str, error: str, nth: int) -> None:
    assert fail_calls(Newsroom(tmp_path / "site").found(8), tmp_path / "log", call, error, [nth])[0] == 1


@pytest.mark.slow
@strace.needed()
@pytest.mark.parametrize(
    ("call", "error"),
    [
        (call, error)
        for call in CALLS
        for error in (("EIO",) if call in ONLY_EIO else ERRORS.get(call, ("ENOSPC", "EIO")))
    ],
)
def test_every_call_of_a_build_that_may_fail(tmp_path: Path, call: str, error: str) -> None:
    newsroom = Newsroom(tmp_path / "site", kinds=("new",)).found(8)
    # What reads and fails is alike at every place; so is what writes, whichever the error.
    step = 3 if call == "pread64" or (call, error) == ("pwrite64", "EIO") else 1
    failed, stopped = fail_calls(newsroom, tmp_path / "log", call, error, range(1, 10_000, step))
    print(f"{failed} calls of {call} failed with {error}: {stopped} builds ended with exit code 2")


# --- a disk that is full for real ---


def may_mount() -> bool:
    return has("nsenter") and ended(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"]).code == 0


mounting = pytest.mark.skipif(not may_mount(), reason="needs leave to mount")


@contextmanager
def small_disk(at: Path, kilobytes: int) -> Iterator[tuple[list[str], Path]]:
    """A disk that nobody else sees: what goes before a command that shall see it, and the way to its files."""
    at.mkdir(parents=True)
    script = f"mount -t tmpfs -o size={kilobytes}k none {at} && echo mounted && exec sleep 600"
    holder = subprocess.Popen(["unshare", "-m", "sh", "-c", script], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "mounted\n"
        yield ["nsenter", "-m", "-t", str(holder.pid)], Path(f"/proc/{holder.pid}/root{at}")
    finally:
        holder.kill()
        holder.communicate()


def fill_disk(tmp_path: Path, what: str, kilobytes: int, free: Iterable[int]) -> int:
    """Build where the disk of `out` or of the state has some KB left, then with enough; how many builds failed."""
    newsroom = Newsroom(tmp_path)
    stopped = 0
    with small_disk(tmp_path / what, kilobytes) as (prefix, disk):
        flags = ("--state", str(tmp_path / "state")) if what == "state" else ()
        newsroom.configure()
        for number in range(12):
            newsroom.write(*article_of(number))
        newsroom.build_twin()
        assert newsroom.run(*flags, prefix=prefix).code == 0
        out = disk if what == "out" else newsroom.out
        for left in free:
            change = newsroom.change()
            old, new = newsroom.old_and_new()
            room = ended(["stat", "-f", "-c", "%a %S", str(disk)]).out.split()
            filler = disk / ".filler"
            filler.write_bytes(bytes(max(0, int(room[0]) * int(room[1]) - left * 1024)))
            outcome = newsroom.run(*flags, prefix=prefix)
            injected = f"{change}, {left} KB left for {what}"
            assert "Traceback" not in outcome.err, f"{injected}: {outcome.err}"
            assert outcome.code in (0, 2), f"{injected}: {outcome}"
            assert outcome.code == 0 or str(tmp_path / what) in outcome.err, f"{injected}: {outcome.err}"
            stopped += outcome.code == 2
            filler.unlink()
            for path, held in everything(out).items():
                assert held in (old.get(path), new.get(path)), f"{injected}: {path} is neither old nor new"
            assert old.keys() <= everything(out).keys(), injected
            healed = newsroom.run(*flags, prefix=prefix)
            assert healed.code == 0, f"{injected}: {healed}"
            assert everything(out) == new, f"{injected}: the next run did not heal"
    return stopped


def article_of(number: int) -> tuple[str, str]:
    return f"{number}.md", f"---\ntitle: Tide {number}\ndate: 2024-03-{number + 1:02}\n---\n{'Water. ' * 300}\n"


@mounting
@pytest.mark.parametrize("what", ["out", "state"])
def test_a_full_disk_damages_nothing(tmp_path: Path, what: str) -> None:
    assert fill_disk(tmp_path, what, 900, [4]) == 1


@pytest.mark.slow
@mounting
@pytest.mark.parametrize("what", ["out", "state"])
def test_a_disk_with_any_little_room_left(tmp_path: Path, what: str) -> None:
    stopped = fill_disk(tmp_path, what, 1200, [*range(0, 100, 4), *range(100, 400, 25)])
    print(f"{stopped} of 37 builds ended with exit code 2")
    assert stopped > 3
