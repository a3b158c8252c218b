"""One run at a time works on a state folder, and on an output folder; who comes second hears who was first."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feedwright.errors import FeedsError
from feedwright.state.lock import LockedError, holder, locked

HOLDING = """
import sys, time
from pathlib import Path
from feedwright.state.lock import locked
with locked(Path(sys.argv[1]), Path(sys.argv[2]), 0):
    print("held", flush=True)
    time.sleep(float(sys.argv[3]))
"""


def other(state: Path, out: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that holds the locks."""
    command = [sys.executable, "-c", HOLDING, str(state), str(out), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_who_is_at_work(tmp_path: Path) -> None:
    with other(tmp_path / "state", tmp_path / "out", 60) as first:
        with (
            pytest.raises(LockedError, match=f"process {first.pid} is at work") as caught,
            locked(tmp_path / "state", None, 0),
        ):
            pass
        assert caught.value.exit_code == 75
        assert holder(tmp_path / "state") == f"process {first.pid}"
        first.kill()
    assert holder(tmp_path / "state") == ""


def test_two_states_do_not_share_an_output_folder(tmp_path: Path) -> None:
    with other(tmp_path / "state", tmp_path / "out", 60) as first:
        with pytest.raises(LockedError), locked(tmp_path / "another", tmp_path / "out", 0):
            pass
        with locked(tmp_path / "another", tmp_path / "elsewhere", 0):
            first.kill()


def test_the_second_waits_as_long_as_it_is_told_to(tmp_path: Path) -> None:
    with other(tmp_path / "state", tmp_path / "out", 1.5):
        with pytest.raises(LockedError), locked(tmp_path / "state", tmp_path / "out", 0.2):
            pass
        began = time.monotonic()
        with locked(tmp_path / "state", tmp_path / "out", 60):
            assert time.monotonic() - began < 30


def test_a_dead_process_holds_nothing(tmp_path: Path) -> None:
    with other(tmp_path / "state", tmp_path / "out", 60) as first:
        first.kill()
    with locked(tmp_path / "state", tmp_path / "out", 0):
        assert holder(tmp_path / "state") == f"process {os.getpid()}"


def test_nothing_is_written_into_the_output_folders_lock(tmp_path: Path) -> None:
    with locked(tmp_path / "state", tmp_path / "out", 0):
        pass
    assert (tmp_path / "out/.feeds.lock").read_bytes() == b""


def test_a_folder_that_cannot_be_made_is_no_lock_that_is_held(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FeedsError) as caught, locked(tmp_path / "file" / "state", None, 0):
        pass
    assert [problem.code for problem in caught.value.problems] == ["lock-unwritable"]
    assert caught.value.exit_code == 2
