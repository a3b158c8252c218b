"""The same content gives the same bytes, wherever and whenever."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from feedwright import build
from feedwright.pipeline import Options
from feedwright.read import files
from tests.conftest import NOW, SiteOnDisk

ROOT = Path(__file__).parents[1]
BUILD = """
import sys
from datetime import datetime
from pathlib import Path
import locale, time
time.tzset()
locale.setlocale(locale.LC_ALL, "")
from feedwright import build
content, out, state, now = sys.argv[1:]
build(Path(content), Path(out), state=Path(state), now=datetime.fromisoformat(now))
"""


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def locales() -> list[str]:
    """C, and whatever else this machine has."""
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    return ["C", *[name for name in listed if name not in ("C", "POSIX")][:2]]


def made(content: Path, folder: Path, day: str, **environment: str) -> dict[str, bytes]:
    command = [
        sys.executable,
        "-c",
        BUILD,
        str(content),
        str(folder / "out"),
        str(folder / "state"),
        f"{day}T12:00:00Z",
    ]
    subprocess.run(command, env={**os.environ, **environment}, check=True, cwd=ROOT)
    return tree(folder / "out")


def test_builds_differ_in_nothing_whatever_the_day_the_seed_the_zone_and_the_locale(tmp_path: Path) -> None:
    content = ROOT / "content"
    first = made(content, tmp_path / "0", "2025-01-01", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    assert len(first) > 50
    zones = ("America/St_Johns", "Pacific/Kiritimati", "Europe/Berlin")
    for number, (zone, name) in enumerate(zip(zones, [*locales(), "C.UTF-8", "C.UTF-8"], strict=False), 1):
        day = f"2025-0{number + 1}-0{number}"
        environment = {"PYTHONHASHSEED": str(number), "TZ": zone, "LC_ALL": name}
        assert made(content, tmp_path / str(number), day, **environment) == first


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_in_which_files_were_made_does_not_matter(tmp_path: Path, seed: int) -> None:
    names = [f"{folder}/{number}.md" for folder in ("a", "b") for number in range(12)]
    trees = []
    for order in (names, random.Random(seed).sample(names, len(names))):
        site = SiteOnDisk(tmp_path / str(len(trees))).configure("[related]\nauto = 3\n")
        for name in order:
            site.article(name, title=f"Same words {name[0]}", tags="[x, y]", categories="[Z]")
        site.build()
        trees.append(site.tree())
    assert trees[0] == trees[1]


def processes() -> Executor:
    return ProcessPoolExecutor(2, get_context("spawn"))


@pytest.mark.parametrize("executor", [lambda: ThreadPoolExecutor(2), processes])
def test_files_may_be_read_by_anybodys_executor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executor: Callable[[], Executor]
) -> None:
    monkeypatch.setattr(files, "CHUNK", 10)
    content = ROOT / "content"
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    reports = [build(content, alone / "out", state=alone / "state", now=NOW)]
    with executor() as readers:
        for full in (False, True):
            made = build(
                content,
                shared / "out",
                state=shared / "state",
                now=NOW,
                options=Options(full=full),
                executor=readers,
            )
            reports.append(made)
            assert tree(shared / "out") == tree(alone / "out")
        assert readers.submit(len, "abc").result() == 3
    first, second, again = reports
    assert second.written == first.written
    assert second.problems == first.problems
    assert not again.written


class Broken(ThreadPoolExecutor):
    """An executor whose processes were killed."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **rest: Any) -> Future[Any]:
        raise BrokenExecutor("somebody ended them")


def test_a_run_whose_executor_breaks_leaves_all_as_it_was(site: SiteOnDisk) -> None:
    site.configure().article("a.md").build()
    before = site.tree()
    site.article("b.md")
    with pytest.raises(BrokenExecutor), Broken(1) as readers:
        build(site.content, site.out, now=NOW, executor=readers)
    assert site.tree() == before
    site.build()
    assert sorted(site.titles()) == ["a", "b"]
