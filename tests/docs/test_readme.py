"""The README: short, true, and each of its doors leads where it says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.docs import stand_ins
from tests.docs.pages import ROOT, blocks
from tests.docs.preparations import PREPARED

README = ROOT / "README.md"
RUN_BY_CI = "python3 -m venv "
"""`.ci/run` runs the commands that begin so, in fresh clones, as they stand."""


def test_it_is_short() -> None:
    assert len(README.read_bytes()) < 6600


def test_what_it_is_is_said_in_five_lines() -> None:
    first = README.read_text(encoding="utf-8").split("\n\n")[1]
    assert len(first.splitlines()) <= 5


@pytest.mark.parametrize(
    "block", [one for one in blocks(README) if one.language == "sh"], ids=lambda one: str(one.line)
)
def test_its_commands_can_be_run(block: object, tmp_path: Path) -> None:
    language, _, text, note, _ = block  # type: ignore[misc]
    assert language == "sh"
    if text.startswith(RUN_BY_CI):
        assert text in (ROOT / "README.md").read_text(encoding="utf-8")
        return
    work = tmp_path / "work"
    work.mkdir()
    PREPARED[note](work)
    command = ["bash", "-euc", text]
    done = subprocess.run(command, cwd=work, env=stand_ins.environment(tmp_path), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ci_runs_its_two_lines_for_setting_up() -> None:
    lines = [line for one in blocks(README) for line in one.text.splitlines() if line.startswith(RUN_BY_CI)]
    assert len(lines) == 2
    assert lines[0].endswith("feeds build") and lines[1].endswith("pytest")
    assert "grep -E '^python3 -m venv ' \"$top/README.md\"" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
