"""Runs that are killed: `feeds status` says so, until one is done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedwright.cli import main
from feedwright.commands.status import status
from feedwright.errors import FeedsError
from feedwright.state.lock import locked
from tests.conftest import SiteOnDisk
from tests.test_build_command import everything

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
SAID = "the run of 2024-06-01 12:00:00 UTC never ended"

BREAKS_OFF = """
import os, sys
from datetime import datetime
from pathlib import Path
from feedwright.publish import guards
from feedwright.pipeline import Options, build

def break_off(*_):
    if int(sys.argv[3]):
        os.kill(os.getpid(), int(sys.argv[3]))
    raise RuntimeError("a fault of ours")

guards.refuse_what_cannot_be_meant = break_off
build(Path(sys.argv[1]), Path(sys.argv[2]), now=datetime.fromisoformat("2024-06-01T12:00:00+00:00"),
      options=Options(dry_run=len(sys.argv) > 4))
"""


def broken_off(site: SiteOnDisk, number: int, *more: str) -> None:
    """A build at noon that a signal ends in its middle; 0 for a fault of our own."""
    command = [sys.executable, "-c", BREAKS_OFF, str(site.content), str(site.out), str(number), *more]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert done.returncode == (-number or 1)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, 0])
def test_a_run_that_was_killed_is_told_of_until_one_is_done(site: SiteOnDisk, number: int) -> None:
    site.article("a.md").build()
    assert status(site.content).wrong == ""
    site.article("b.md")
    broken_off(site, number)
    before = everything(site.root)
    found = status(site.content)
    assert (found.wrong, found.exit_code, found.locked) == (SAID, 1, "")
    assert len(found.runs) == 1
    assert everything(site.root) == before
    site.build()
    assert status(site.content).exit_code == 0


def test_a_first_run_that_was_killed_is_told_of(site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    site.article("a.md")
    broken_off(site, signal.SIGKILL)
    assert main(["status", str(site.content)]) == 1
    assert f"problems: {SAID}\n" in capsys.readouterr().out
    assert main(["status", str(site.content), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["wrong"] == SAID


def test_a_dry_run_that_was_killed_is_not_told_of(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    site.article("b.md")
    before = everything(site.content)
    broken_off(site, signal.SIGKILL, "dry")
    assert status(site.content).wrong == ""
    assert everything(site.content) == before


def test_a_run_that_is_at_work_is_not_one_that_never_ended(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    (site.content / ".feeds" / "running").write_text("2024-06-01T12:00:00+00:00 0\n")
    with locked(site.content / ".feeds", site.out, 0):
        assert status(site.content).wrong == ""
    assert status(site.content).wrong == SAID


def test_a_run_that_ended_leaves_no_note_of_its_beginning(site: SiteOnDisk) -> None:
    mark = site.content / ".feeds" / "running"
    for name in "abc":
        site.article(f"{name}.md")
    site.build()
    assert not mark.exists()
    site.build()
    assert not mark.exists()
    for name in "abc":
        (site.content / f"{name}.md").unlink()
    with pytest.raises(FeedsError):
        site.build()
    assert not mark.exists()
    assert status(site.content).wrong == "the last run failed, with exit code 2"


def test_a_run_that_could_not_note_its_failure_is_not_well_either(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    (site.content / ".feeds" / "ledger.db").write_bytes(b"no database, and longer than its head" * 99)
    with pytest.raises(FeedsError):
        site.build()
    assert status(site.content).wrong == "the run of 2024-06-01 12:00:00 UTC failed, with exit code 2"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"yesterday 0\n", b"9" * 4000, b"2024-06-01T12:00:00+00:00 x\n"])
def test_a_note_that_says_nothing_is_as_old_as_its_file(site: SiteOnDisk, content: bytes) -> None:
    site.article("a.md").build()
    mark = site.content / ".feeds" / "running"
    mark.write_bytes(content)
    os.utime(mark, (NOON.timestamp(), NOON.timestamp()))
    assert status(site.content).wrong == SAID
    site.build()
    assert not mark.exists()


def test_a_link_at_the_name_of_the_note_is_not_followed(site: SiteOnDisk, tmp_path: Path) -> None:
    victim = tmp_path / "authorized_keys"
    victim.write_text("mine")
    site.article("a.md").build()
    (site.content / ".feeds" / "running").symlink_to(victim)
    assert status(site.content).wrong == ""
    site.article("b.md").build()
    assert victim.read_text() == "mine"
    assert not (site.content / ".feeds" / "running").is_symlink()


def test_a_note_takes_less_than_a_millisecond(tmp_path: Path) -> None:
    from feedwright.state import run_mark

    start = time.process_time()
    for _ in range(100):
        run_mark.note(tmp_path, run_mark.Unended(NOON))
        run_mark.forget(tmp_path)
    assert time.process_time() - start < 0.1
