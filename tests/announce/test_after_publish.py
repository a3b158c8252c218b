"""Commands of after_publish get the files that changed, before the hubs hear of them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feedwright.cli import main
from feedwright.cli.exit_signals import heeded
from tests.announce.conftest import KINDS
from tests.announce.hub import Hub
from tests.conftest import SiteOnDisk

SITE = ["atom.xml", "rss.xml"]
SEA = ["tag/sea/atom.xml", "tag/sea/rss.xml"]
LAND = ["tag/land/atom.xml", "tag/land/rss.xml"]
HOUR = timedelta(hours=1)
TELL = f"""#!{sys.executable}
import os, sys
from pathlib import Path
here = Path({{folder!r}})
with (here / "told").open("a") as file:
    file.write(" ".join([sys.argv[1], *sys.stdin.read().splitlines()]) + "\\n")
(here / "environment").write_text("\\n".join([os.getcwd(), *(os.environ.get(name, "") for name in
    ("FEEDS_OUT", "FEEDS_CONTENT", "FEEDS_URL"))]))
if (here / f"fail-{{{{sys.argv[1]}}}}").exists():
    sys.exit("no route to host.")
"""


@pytest.fixture
def tides(tides: SiteOnDisk, hub: Hub) -> SiteOnDisk:
    """The site with two commands that write down what they are told, and fail where there is a file `fail-NAME`."""
    command = tides.write("tell", TELL.format(folder=str(tides.root)).replace("{{", "{").replace("}}", "}"))
    (command.content / "tell").chmod(0o755)
    return configured(tides, hub, ["./tell", "one"], ["./tell", "two"])


def configured(site: SiteOnDisk, hub: Hub, *commands: list[str], more: str = "") -> SiteOnDisk:
    tables = "".join(f"[[after_publish]]\ncommand = {json.dumps(one)}\n{more}" for one in commands)
    return site.configure(f'hubs = ["{hub.url}"]\n{KINDS}{tables}')


def told(site: SiteOnDisk) -> list[list[str]]:
    """What each run of a command was told, after its name; it is forgotten."""
    file = site.root / "told"
    lines = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return [line.split() for line in lines]


def test_each_command_gets_the_files_that_changed(tides: SiteOnDisk) -> None:
    tides.build()
    assert told(tides) == [[name, *sorted(SITE + SEA + LAND)] for name in ("one", "two")]
    tides.article("a.md", "Other water.", tags="[sea]").build()
    assert told(tides) == [[name, *SITE, *SEA] for name in ("one", "two")]
    tides.build()
    assert told(tides) == []


def test_a_command_knows_where_it_is(tides: SiteOnDisk) -> None:
    tides.build()
    out = str(tides.out)
    assert (tides.root / "environment").read_text().split("\n") == [
        out, out, str(tides.content), "https://tides.example/",
    ]  # fmt: skip


def test_a_command_that_fails_holds_back_those_after_it_and_the_hubs(tides: SiteOnDisk, hub: Hub) -> None:
    (tides.root / "fail-one").touch()
    report = tides.build()
    assert [name for name, *_ in told(tides)] == ["one"]
    assert (hub.asked, len(report.written), report.exit_code) == ([], 6, 1)
    (problem,) = report.problems
    assert (problem.code, problem.severity, problem.key) == ("after-publish-failed", "error", "after_publish.0.command")
    assert "exit code 1" in problem.what and "no route to host" in problem.hint
    assert problem.line == (tides.content / "site.toml").read_text().splitlines().index("[[after_publish]]") + 2


def test_hubs_hear_of_files_only_when_the_commands_have_ended(tides: SiteOnDisk, hub: Hub) -> None:
    done = tides.root / "done"
    hub.answer = lambda _: 204 if done.exists() else 500
    report = configured(tides, hub, ["sh", "-c", f"sleep 0.3; touch '{done}'"]).build()
    assert (len(report.told), report.waiting) == (6, ())


def test_a_command_that_failed_is_tried_again_with_all_that_changed_since(tides: SiteOnDisk, hub: Hub) -> None:
    tides.build()
    told(tides)
    hub.forget()
    (tides.root / "fail-two").touch()
    tides.article("a.md", "1", tags="[sea]").build()
    tides.article("b.md", "2", tags="[land]").build()
    assert told(tides) == [["one", *SITE, *SEA], ["two", *SITE, *SEA], ["one", *SITE, *LAND],
        ["two", *SITE, *sorted(LAND + SEA)]]  # fmt: skip
    assert hub.asked == []
    (tides.root / "fail-two").unlink()
    report = tides.build()
    assert told(tides) == [["two", *SITE, *sorted(LAND + SEA)]]
    assert (report.problems, report.exit_code) == ((), 0)
    assert len(hub.took) == 6


def test_a_command_that_goes_on_failing_is_said_once(tides: SiteOnDisk) -> None:
    (tides.root / "fail-one").touch()
    reports = [tides.build() for _ in range(3)]
    assert [len(report.new_problems) for report in reports] == [1, 0, 0]
    assert all(len(report.problems) == 1 and report.exit_code == 1 for report in reports)


def test_a_command_that_is_mended_in_the_settings_gets_what_waited(tides: SiteOnDisk, hub: Hub) -> None:
    report = configured(tides, hub, ["./telll", "one"]).build()
    assert "./telll cannot be started: No such file" in report.problems[0].what
    assert configured(tides, hub, ["./tell", "one"]).build().problems == ()
    assert told(tides) == [["one", *sorted(SITE + SEA + LAND)]]


def test_a_command_that_is_taken_out_holds_back_nothing(tides: SiteOnDisk, hub: Hub) -> None:
    (tides.root / "fail-two").touch()
    tides.build()
    report = configured(tides, hub, ["./tell", "one"]).build()
    assert (report.problems, len(hub.took)) == ((), 6)


def test_a_command_that_hangs_is_ended_with_all_that_it_started(tides: SiteOnDisk, hub: Hub) -> None:
    pid = tides.root / "pid"
    shell = ["sh", "-c", f"sleep 60 & echo $! > '{pid}'; wait"]
    began = time.monotonic()
    report = configured(tides, hub, shell, more="timeout = 1\n").build()
    assert time.monotonic() - began < 10
    assert "took more than 1 s" in report.problems[0].what
    deadline = time.monotonic() + 5  # it is told to end, and the kernel takes its time on a busy machine
    while is_running(int(pid.read_text())) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_running(int(pid.read_text()))


def is_running(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_that_comes_while_a_command_is_started_ends_it(
    tides: SiteOnDisk, hub: Hub, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Popen(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **rest: Any) -> None:
            super().__init__(*args, **rest)
            started.append(self)
            signal.raise_signal(number)

    monkeypatch.setattr(subprocess, "Popen", Popen)
    with heeded([]), pytest.raises(KeyboardInterrupt):
        configured(tides, hub, ["sleep", "60"]).build()
    (process,) = started
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("command", [["true"], ["sh", "-c", "exec <&-; exit 0"]])
def test_a_command_need_not_listen(tides: SiteOnDisk, hub: Hub, command: list[str]) -> None:
    assert configured(tides, hub, command).build().exit_code == 0


def test_a_command_that_says_a_lot_is_heard_to_its_end(tides: SiteOnDisk, hub: Hub) -> None:
    shell = ["sh", "-c", "head -c 3000000 /dev/zero | tr '\\\\0' 'x'; echo; echo the end; exit 3"]
    (problem,) = configured(tides, hub, shell).build().problems
    assert "exit code 3" in problem.what and problem.hint.startswith("It said: the end.")


def test_no_shell_reads_a_command(tides: SiteOnDisk, hub: Hub) -> None:
    configured(tides, hub, ["./tell", "$HOME;one"]).build()
    assert [name for name, *_ in told(tides)] == ["$HOME;one"]


def test_a_run_that_is_only_tried_runs_no_command(tides: SiteOnDisk) -> None:
    tides.build(dry_run=True)
    assert told(tides) == []


def test_by_hand_a_command_is_tried_again(tides: SiteOnDisk, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    (tides.root / "fail-one").touch()
    tides.build()
    assert main(["announce", str(tides.content)]) == 1
    (tides.root / "fail-one").unlink()
    told(tides)
    assert main(["announce", str(tides.content)]) == 0
    assert [name for name, *_ in told(tides)] == ["one", "two"]
    assert len(hub.took) == 6
    assert "6 announced" in capsys.readouterr().out


def test_a_command_alone_needs_no_hub(tides: SiteOnDisk) -> None:
    tides.configure(f'{KINDS}[[after_publish]]\ncommand = ["./tell", "one"]\n').build()
    assert told(tides) == [["one", *sorted(SITE + SEA + LAND)]]


def test_files_that_are_gone_are_not_handed_on(tides: SiteOnDisk) -> None:
    (tides.root / "fail-one").touch()
    tides.build()
    told(tides)
    (tides.root / "fail-one").unlink()
    for path in LAND:
        (tides.out / path).unlink()
    main(["announce", str(tides.content)])
    assert told(tides) == [[name, *SITE, *SEA] for name in ("one", "two")]


@pytest.mark.parametrize(
    ("command", "says"),
    [('"rsync -a"', "list of texts"), ("[]", "list of texts"), ('[""]', "program first"), ("[1]", "list of texts")],
)
def test_a_command_that_is_none_is_refused(site: SiteOnDisk, command: str, says: str) -> None:
    from feedwright.errors import ConfigError

    with pytest.raises(ConfigError) as refused:
        site.configure(f"[[after_publish]]\ncommand = {command}\n").build()
    (problem,) = refused.value.problems
    assert (problem.key, problem.line) == ("after_publish.0.command", 6)
    assert says in problem.hint
