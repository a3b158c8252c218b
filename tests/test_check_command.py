"""`feeds check`, as a user types it."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pytest
import yaml

from feedwright.cli import main, parser

ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>tag:example.org,2026:feed</id>
  <title>Sea</title>
  <updated>2026-03-01T09:30:00Z</updated>
  <author><name>Ann</name></author>
</feed>
"""
HOOKS = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a feed and what is none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.xml").write_text(ATOM)
    (tmp_path / "broken.xml").write_text("<rss version='2.0'>\n<channel>")
    return tmp_path


def feeds(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "feedwright", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def test_the_exit_code_says_whether_there_are_errors(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "good.xml"]) == 0
    assert main(["check", "good.xml", "broken.xml"]) == 1
    assert main(["check", "good.xml", "missing.xml"]) == 2
    printed = capsys.readouterr().out
    assert "error: broken.xml:2" in printed
    assert "error: missing.xml: it cannot be read" in printed
    assert "2 files checked" in printed


def test_a_folder_is_checked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", "--severity", "error", "--ignore", "not-well-formed"]) == 0
    assert capsys.readouterr().out.startswith("2 files checked: 0 errors")


def test_standard_input_is_checked(here: Path) -> None:
    assert feeds("check", "-", stdin=ATOM.encode()).returncode == 0
    done = feeds("check", "-", "--quiet", stdin=b"<rss>")
    assert done.returncode == 1
    assert done.stdout.startswith(b"error: stdin:1")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_reports_for_machines_are_json_alone(here: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert main(["check", ".", "--format", form]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    parts = printed.out.splitlines() if form == "json" else [printed.out]
    assert all(isinstance(json.loads(part), dict) for part in parts)


def test_github_gets_its_commands(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "broken.xml", "--format", "github"]) == 1
    assert re.match(r"::error file=broken\.xml,line=2[^:]*title=not-well-formed::", capsys.readouterr().out)


def test_a_code_is_explained_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "not-well-formed"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("not-well-formed (error)")
    assert "Wrong" in printed
    assert "Right" in printed


def test_codes_and_profiles_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--codes"]) == 0
    assert re.search(r"(?m)^not-well-formed +error +\S", capsys.readouterr().out)
    assert main(["check", "--profiles"]) == 0
    assert re.search(r"(?m)^apple +\S", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["good.xml", "--ignore", "not-wellformed"], "not-well-formed"),
        (["good.xml", "--profile", "aple"], "apple"),
        (["--explain", "not-wellformed"], "not-well-formed"),
        ([], "nothing to check"),
    ],
)
def test_wrong_usage_is_exit_code_64_and_names_what_was_meant(
    here: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], says: str
) -> None:
    assert main(["check", *wrong]) == 64
    assert says in capsys.readouterr().err


def test_no_colour_where_nobody_looks_on(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "broken.xml"]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_the_first_verdict_is_there_at_once(here: Path) -> None:
    times = []
    for _ in range(3):
        # The processor's time: what else the machine does is not ours.
        before = sum(getrusage(RUSAGE_CHILDREN)[:2])
        assert feeds("check", "good.xml").returncode == 0
        times.append(sum(getrusage(RUSAGE_CHILDREN)[:2]) - before)
    assert min(times) < 0.3


def test_a_check_of_files_loads_nothing_for_the_web_or_for_building(here: Path) -> None:
    code = (
        "import sys; from feedwright.cli import main; main(['check', '--quiet', 'good.xml']); "
        "print(sorted({'httpx', 'asyncio', 'feedgen', 'dateutil', 'sqlite3', 'yaml', 'pytest'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# The hook of pre-commit


def hook() -> dict[str, object]:
    (only,) = yaml.safe_load(HOOKS.read_text())
    assert isinstance(only, dict)
    return only


def test_the_hook_runs_a_command_that_there_is() -> None:
    program, *arguments = shlex.split(str(hook()["entry"]))
    assert program == "feeds"
    assert parser().parse_args([*arguments, "a.xml", "b.json"]).sources == ["a.xml", "b.json"]


def test_the_hook_has_what_pre_commit_demands() -> None:
    assert {"id", "name", "entry", "language"} <= set(hook())
    assert (hook()["id"], hook()["language"]) == ("feeds-check", "python")


@pytest.mark.parametrize(
    ("path", "is_taken"),
    [
        ("rss.xml", True),
        ("public/feed.json", True),
        ("public/tag/sea/atom.xml", True),
        ("my-podcast-feed.XML", True),
        ("news-sitemap.xml", True),
        ("a.rss", True),
        ("a.opml", True),
        ("pom.xml", False),
        ("package.json", False),
        ("feed/package.json", False),
        ("feed.xml.j2", False),
    ],
)
def test_the_hook_takes_feeds_by_their_names(path: str, is_taken: bool) -> None:
    assert bool(re.search(str(hook()["files"]), path)) is is_taken
