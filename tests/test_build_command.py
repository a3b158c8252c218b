"""`feeds build`, as cron, a program or a careful person runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from feedwright.cli import main
from feedwright.state.lock import locked
from tests.conftest import SiteOnDisk, documents


@pytest.fixture
def here(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    """The site, with its folder as the working directory."""
    monkeypatch.chdir(site.root)
    return site


def everything(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder: when it changed, and what it holds."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_dry_run_writes_nothing_and_says_what_comes_goes_and_changes(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("stays.md").article("edited.md").article("leaves.md")
    main(["build"])
    here.article("comes.md").article("edited.md", body="It came and went.")
    (here.content / "leaves.md").unlink()
    before = everything(here.root)
    capsys.readouterr()
    assert main(["build", "--dry-run"]) == 0
    printed = capsys.readouterr().out
    assert everything(here.root) == before
    lines = printed.splitlines()
    assert "Tides (rss.xml, atom.xml, feed.json)" in lines
    assert "  + comes <tag:tides.example,2024-01-01:comes>" in lines
    assert "  - leaves <tag:tides.example,2024-01-01:leaves>" in lines
    assert "  ~ edited <tag:tides.example,2024-01-01:edited>" in lines
    assert "stays" not in printed
    assert main(["build", "--dry-run", "--format", "json"]) == 0
    difference, summary = said(capsys)
    assert (difference["type"], difference["feed"]) == ("difference", "Tides")
    assert [entry["title"] for entry in difference["coming"]] == ["comes"]
    assert [entry["title"] for entry in difference["going"]] == ["leaves"]
    assert [entry["title"] for entry in difference["changed"]] == ["edited"]
    assert summary["written"] == list(documents(""))
    assert everything(here.root) == before


def test_a_dry_run_of_a_new_site_makes_no_folder(here: SiteOnDisk) -> None:
    here.article("a.md")
    assert main(["build", "--dry-run"]) == 0
    assert not here.out.exists()
    assert not (here.content / ".feeds").exists()


def test_why_names_what_caused_each_document(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md", tags="[x]").article("b.md")
    main(["build"])
    capsys.readouterr()
    for name in "abcdef":
        here.article(f"new-{name}.md")
    here.article("a.md", body="Changed.", tags="[x]")
    assert main(["build", "--why"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (tag,) = [line for line in lines if line.startswith("tag/x/atom.xml: ")]
    assert "a.md has changed" in tag
    (site,) = [line for line in lines if line.startswith("atom.xml: ")]
    assert site.endswith("; 5 more")
    here.article("b.md", body="Changed.")
    assert main(["build", "--why", "--format", "json"]) == 0
    written = [line for line in said(capsys) if line["type"] == "written"]
    assert [line["document"] for line in written] == list(documents(""))
    assert any("b.md has changed" in cause for cause in written[0]["why"])


def test_with_quiet_a_problem_is_printed_once(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md").article("b.md", date="31.02.2026")
    assert main(["build", "--quiet"]) == 1
    assert "content/b.md:3: date:" in capsys.readouterr().err
    assert main(["build", "--quiet"]) == 1
    assert capsys.readouterr() == ("", "")
    assert main(["build"]) == 1
    assert "content/b.md:3: date:" in capsys.readouterr().err
    here.article("b.md", date="32.02.2026")
    assert main(["build", "--quiet"]) == 1
    assert "32.02.2026" in capsys.readouterr().err


def test_with_quiet_a_failure_is_printed_once_until_it_was_mended(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md")
    main(["build", "--quiet"])
    here.configure("limit = x\n", alone=())
    assert main(["build", "--quiet"]) == 2
    assert "site.toml:3" in capsys.readouterr().err
    assert main(["build", "--quiet"]) == 2
    assert capsys.readouterr().err == ""
    here.configure()
    assert main(["build", "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    here.configure("limit = x\n", alone=())
    assert main(["build", "--quiet"]) == 2
    assert "site.toml:3" in capsys.readouterr().err


def test_a_failure_that_is_over_is_in_no_later_report(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "abc":
        here.article(f"{name}.md")
    main(["build"])
    aside = here.root / "aside"
    here.content.rename(aside)
    here.configure()
    (aside / ".feeds").rename(here.content / ".feeds")
    assert main(["build"]) == 2
    (here.content / ".feeds").rename(aside / ".feeds")
    (here.content / "site.toml").unlink()
    here.content.rmdir()
    aside.rename(here.content)
    capsys.readouterr()
    assert main(["build"]) == 0
    assert capsys.readouterr().err == ""


def test_what_can_hardly_be_meant_is_published_when_it_is_said_twice(here: SiteOnDisk) -> None:
    for name in "abc":
        here.article(f"{name}.md")
    assert main(["build"]) == 0
    for name in "abc":
        (here.content / f"{name}.md").unlink()
    here.article("d.md")
    assert main(["build"]) == 2
    assert main(["build", "--allow-shrink"]) == 0
    here.configure(site='title = "Tides"\nurl = "https://other.example/"\nauthority = "tides.example"\n')
    assert main(["build"]) == 2
    assert main(["build", "--allow-relink"]) == 0
    assert here.titles() == ["d"]


def test_full_gives_the_same_bytes(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md").article("b.md", date="2024-02-01")
    main(["build"])
    before = here.tree()
    capsys.readouterr()
    assert main(["build", "--full"]) == 0
    assert here.tree() == before
    assert ", 0 feeds written, 3 unchanged" in capsys.readouterr().out


def test_a_second_run_waits_or_leaves_with_a_word_of_who_is_at_work(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md")
    with locked(here.content / ".feeds", here.out, 0):
        assert main(["build"]) == 75
        assert f"process {os.getpid()}" in capsys.readouterr().err
        began = time.monotonic()
        assert main(["build", "--wait", "0.3"]) == 75
        assert time.monotonic() - began >= 0.3
    assert main(["build", "--wait", "5"]) == 0


def test_with_quiet_the_same_run_at_work_is_told_of_once(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md")
    for _ in range(2):
        with locked(here.content / ".feeds", here.out, 0):
            assert main(["build", "--quiet"]) == 75
            assert f"process {os.getpid()}" in capsys.readouterr().err
            for _ in range(3):
                assert main(["build", "--quiet"]) == 75
            printed = capsys.readouterr()
            assert (printed.out, printed.err) == ("", "")
            assert main(["build"]) == 75
            assert f"process {os.getpid()}" in capsys.readouterr().err
        assert main(["build"]) == 0
        capsys.readouterr()


@pytest.mark.parametrize("wrong", [["--wait", "soon"], ["--wait", "-1"]])
def test_numbers_that_are_none_are_wrong_usage(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["build", *wrong])
    assert caught.value.code == 64
    assert wrong[0] in capsys.readouterr().err


@pytest.mark.parametrize(("kind", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_run_at_once_and_leaves_nothing_behind(site: SiteOnDisk, kind: int, code: int) -> None:
    site.article("a.md", tags="[x]").build()
    before = site.tree()
    site.article("b.md", tags="[x]")
    script = (
        "import sys, time; from feedwright.publish import swap; from feedwright.cli import main; stage = swap.stage\n"
        "swap.stage = lambda *given: (stage(*given), print('staged', flush=True), time.sleep(30))[0]\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, "build", str(site.content), "--out", str(site.out)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "staged\n"
    assert list(site.out.rglob(".*.new"))
    process.send_signal(kind)
    _, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (code, "")
    assert site.tree() == before
    site.build()
    assert site.titles() == ["b", "a"]
