"""kill -9 while feeds are published and announced: each change is told, once where no ping was on its way."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.announce.hub import Hub, serving
from tests.faults import strace
from tests.faults.newsroom import COMMAND, NOW, Outcome, ended, kill, started

pytestmark = pytest.mark.longer

URL = "https://tides.example/"
SEA = sorted(URL + path for path in ("atom.xml", "rss.xml", "tag/sea/atom.xml", "tag/sea/rss.xml"))
KINDS = 'formats = ["rss", "atom"]\n' + "".join(
    f"[kinds.{kind}]\nenabled = false\n" for kind in ("category", "author", "section", "language")
)
TELL = """[[after_publish]]
command = ["sh", "-c", "cat >> '{told}'; echo . >> '{told}'"]
"""


@dataclass
class Site:
    """Two articles of different tags, built by the command; time goes on by a minute with each build."""

    root: Path
    hub: Hub
    now: datetime = NOW
    edits: int = 0
    tell: bool = False
    argv: list[str] = field(default_factory=list)

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def told(self) -> Path:
        return self.root / "told"

    def found(self) -> Site:
        self.content.mkdir(parents=True)
        more = TELL.format(told=self.told) if self.tell else ""
        site = f'title = "Tides"\nurl = "{URL}"\nhubs = ["{self.hub.url}"]\n{KINDS}{more}'
        (self.content / "site.toml").write_text(site)
        self.write("a.md", "sea", "0")
        self.write("b.md", "land", "0")
        assert self.run().code == 0
        self.hub.forget()
        self.told.unlink(missing_ok=True)
        return self

    def write(self, name: str, tag: str, body: str) -> None:
        head = f"title: {tag}\ndate: 2024-01-01\ntags: [{tag}]"
        (self.content / name).write_text(f"---\n{head}\n---\nWater {body}.\n")

    def edit(self) -> None:
        self.edits += 1
        self.write("a.md", "sea", f"that was edited {self.edits} times")

    def command(self, *flags: str) -> list[str]:
        self.now += timedelta(minutes=1)
        build = ["build", str(self.content), "--out", str(self.root / "out"), "--format", "json"]
        return [sys.executable, str(COMMAND), *build, "--now", self.now.isoformat(), *flags]

    def run(self, *flags: str, prefix: Iterable[str] = ()) -> Outcome:
        return ended([*prefix, *self.command(*flags)])

    def disk(self) -> list[Path]:
        """What a build writes to."""
        names = ("catalog.db", "catalog.db-journal", "ledger.db", "ledger.db-journal")
        paths = [self.root / "out" / topic.removeprefix(URL) for topic in SEA]
        staged = [path.with_name(f".{path.name}.new") for path in paths]
        return [*(self.content / ".feeds" / name for name in names), *paths, *staged]

    def files_told(self) -> list[list[str]]:
        """What each run of the command was told; it is forgotten."""
        held = self.told.read_text() if self.told.exists() else ""
        self.told.unlink(missing_ok=True)
        return [part.split() for part in held.split(".\n")[:-1]]

    def assert_told(self, before: Iterable[str], injected: str) -> None:
        """After an undisturbed build: all that changed was told, and twice only what was told before the kill.

        Args:
            before: what the hub had taken when the build was killed.
        """
        outcome = self.run()
        assert outcome.code == 0, f"{injected}: {outcome}"
        assert json.loads(outcome.out.splitlines()[-1])["waiting"] == [], injected
        took, early = Counter(self.hub.took), Counter(before)
        assert sorted(took) == SEA, f"{injected}: {took}"
        twice = {topic for topic, count in took.items() if count > 1}
        assert twice <= early.keys() and max(took.values()) <= 2, f"{injected}: {took}, of which {early} before"


@contextmanager
def site(root: Path, *, tell: bool = False) -> Iterator[Site]:
    with serving(Hub()) as hub:
        yield Site(root, hub, tell=tell).found()


def kill_at_calls(here: Site, log: Path, call: str, moments: Iterable[int]) -> int:
    """Kill builds at the nth time of a call, until one is done before; how many were killed."""
    killed = 0
    for nth in moments:
        here.edit()
        here.hub.forget()
        outcome = here.run(prefix=strace.injecting(log, (call,), "signal=SIGKILL", nth, here.disk()))
        injected = f"killed at {call} number {nth}: {strace.last_call(log)}"
        assert outcome.code in (0, 137), f"{injected}: {outcome}"
        here.assert_told(list(here.hub.took), injected)
        killed += outcome.code != 0
        if outcome.code == 0:
            break
    return killed


@strace.needed()
def test_a_change_is_told_once_although_the_build_was_killed_between_the_swap_and_the_catalog(tmp_path: Path) -> None:
    with site(tmp_path / "site") as here:
        assert kill_at_calls(here, tmp_path / "log", "rename", [3]) == 1
        assert kill_at_calls(here, tmp_path / "log", "fdatasync", [5]) == 1


@pytest.mark.slow
@strace.needed()
@pytest.mark.parametrize("call", ["rename", "fsync", "fdatasync", "unlink", "pwrite64"])
def test_a_change_is_told_wherever_the_build_was_killed(tmp_path: Path, call: str) -> None:
    with site(tmp_path / "site") as here:
        killed = kill_at_calls(here, tmp_path / "log", call, range(1, 10_000, 5 if call == "pwrite64" else 1))
    print(f"{killed} builds were killed at {call}")
    assert killed


@strace.needed()
def test_a_change_that_was_taken_back_before_it_was_published_is_not_told(tmp_path: Path) -> None:
    with site(tmp_path / "site") as here:
        here.edit()
        assert here.run(prefix=strace.injecting(tmp_path / "log", ("rename",), "signal=SIGKILL", 1, here.disk())).code
        here.write("a.md", "sea", "0")
        assert here.run().code == 0
        assert here.hub.asked == []


@strace.needed()
def test_the_commands_hear_of_what_a_killed_build_had_published(tmp_path: Path) -> None:
    with site(tmp_path / "site", tell=True) as here:
        here.edit()
        prefix = strace.injecting(tmp_path / "log", ("rename",), "signal=SIGKILL", 3, here.disk())
        assert here.run(prefix=prefix).code == 137
        assert here.files_told() == []
        here.assert_told([], "killed at rename number 3")
        assert here.files_told() == [[topic.removeprefix(URL) for topic in SEA]]


def kill_at_moments(here: Site, seconds: Iterable[float]) -> int:
    """Kill builds so long after their start; how many were killed while they announced."""
    killed = 0
    for moment in seconds:
        here.edit()
        here.hub.forget()
        process = started(here.command("--ready"))
        time.sleep(moment)
        outcome = kill(process)
        assert outcome.code in (0, 137), outcome
        # A ping that was on its way arrives.
        time.sleep(0.2)
        before = list(here.hub.asked)
        killed += outcome.code == 137 and bool(before)
        here.assert_told(before, f"killed after {moment:.2f} s")
    return killed


@pytest.mark.slow
def test_a_change_is_told_at_whatever_moment_the_build_was_killed(tmp_path: Path) -> None:
    with site(tmp_path / "site") as here:
        here.hub.seconds = 0.05
        killed = kill_at_moments(here, [number / 50 for number in range(40)])
    print(f"{killed} builds were killed while they announced")
    assert killed


@pytest.mark.parametrize(("how", "code"), [(signal.SIGKILL, 137), (signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_change_is_told_although_the_build_was_ended_while_it_announced(
    tmp_path: Path, how: signal.Signals, code: int
) -> None:
    with site(tmp_path / "site") as here:
        here.edit()
        here.hub.seconds = 1
        process = started(here.command("--ready"))
        until = time.monotonic() + 20
        while not here.hub.asked and time.monotonic() < until:
            time.sleep(0.01)
        outcome = kill(process, how, group=False)
        outcome.in_words()
        assert outcome.code == code
        here.hub.seconds = 0
        time.sleep(1.2)
        here.assert_told(list(here.hub.asked), "ended while it announced")


def test_a_command_ends_with_the_build_that_is_told_to_end(tmp_path: Path) -> None:
    with site(tmp_path / "site", tell=True) as here:
        pid = tmp_path / "pid"
        config = here.content / "site.toml"
        config.write_text(config.read_text().replace("cat >>", f"echo $$ > '{pid}'; sleep 60; cat >>"))
        here.edit()
        process = started(here.command("--ready"))
        until = time.monotonic() + 20
        while not (pid.exists() and pid.read_text().strip()) and time.monotonic() < until:
            time.sleep(0.01)
        outcome = kill(process, signal.SIGTERM, group=False)
        outcome.in_words()
        assert outcome.code == 143
        stat = Path(f"/proc/{pid.read_text().strip()}/stat")
        assert not stat.exists() or " Z " in stat.read_text()


def test_a_slow_hub_holds_up_no_other_build(tmp_path: Path) -> None:
    with site(tmp_path / "site") as here:
        here.edit()
        here.hub.seconds = 1.5
        process = started(here.command("--ready"))
        until = time.monotonic() + 20
        while not here.hub.asked and time.monotonic() < until:
            time.sleep(0.01)
        here.hub.seconds = 0
        here.write("b.md", "land", "1")
        outcome = here.run()
        assert (outcome.code, process.poll() is None or process.returncode) in ((0, True), (0, 0)), outcome
        out, err = process.communicate(timeout=30)
        assert process.returncode == 0, out + err
        assert {*here.hub.took} == {*SEA, URL + "tag/land/atom.xml", URL + "tag/land/rss.xml"}
