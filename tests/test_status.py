"""How it goes, and what has it go by itself: `feeds status`, `feeds schedule`, `feeds prune`."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from feedwright.cli import main
from feedwright.commands.schedule import divides
from feedwright.state.lock import locked
from tests.conftest import SITE, SiteOnDisk, documents
from tests.test_build_command import everything


@pytest.fixture
def here(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    """The site, with its folder as the working directory."""
    monkeypatch.chdir(site.root)
    return site


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


# --- status ---


def test_the_last_runs_and_what_comes_are_shown_and_nothing_is_written(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md").article("due.md", date="2199-01-02").article("bad.md", date="31.02.2026")
    here.article("once.md", tags="[gone]")
    main(["build"])
    here.article("once.md")
    main(["build"])
    before = everything(here.root)
    capsys.readouterr()
    assert main(["status"]) == 0
    printed = capsys.readouterr()
    assert "next scheduled change: 2199-01-02 00:00:00 UTC" in printed.out
    assert "at work now: nobody" in printed.out
    assert "retired, until `feeds prune`: Tides: gone" in printed.out
    assert printed.out.endswith("the last run was done: 1 error\n")
    assert len(re.findall(r"^\d{4}-\d\d-\d\d [\d:]+ ", printed.out, re.M)) == 2
    assert "content/bad.md:3" in printed.err
    assert main(["status", "--format", "json"]) == 0
    lines = said(capsys)
    assert [line["type"] for line in lines] == ["run", "run", "problem", "summary"]
    assert (lines[0]["exit"], lines[-1]["retired"]) == (1, ["Tides: gone"])
    assert everything(here.root) == before


def test_a_failed_run_is_not_well_until_one_is_done(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 1
    assert "there was no run yet" in capsys.readouterr().out
    for name in "abc":
        here.article(f"{name}.md")
    main(["build"])
    for name in "abc":
        (here.content / f"{name}.md").rename(here.root / f"{name}.md")
    assert main(["build"]) == 2
    capsys.readouterr()
    assert main(["status"]) == 1
    printed = capsys.readouterr()
    assert "the last run failed, with exit code 2" in printed.out
    assert "--allow-shrink" in printed.err
    for name in "abc":
        (here.root / f"{name}.md").rename(here.content / f"{name}.md")
    main(["build"])
    capsys.readouterr()
    assert main(["status"]) == 0
    assert capsys.readouterr().err == ""


def test_all_is_well_only_where_nothing_is_wrong(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md")
    main(["build"])
    capsys.readouterr()
    assert main(["status", "--strict"]) == 0
    assert capsys.readouterr().out.endswith("all is well\n")
    here.article("a.md", related="[nowhere]")
    main(["build"])
    assert main(["status", "--strict"]) == 0
    assert capsys.readouterr().out.endswith("the last run was done: 1 warning\n")


def test_with_strict_what_is_left_out_is_not_well(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md").article("bad.md", date="31.02.2026")
    main(["build"])
    capsys.readouterr()
    assert main(["status"]) == 0
    assert "all is well" not in capsys.readouterr().out
    assert main(["status", "--strict"]) == 1
    assert capsys.readouterr().out.endswith("problems: 1 error\n")
    assert main(["status", "--strict", "--format", "json"]) == 1
    summary = said(capsys)[-1]
    assert (summary["findings"], summary["exit"]) == ("1 error", 1)


def test_an_article_that_stays_as_it_was_last_good_is_not_well_with_strict(here: SiteOnDisk) -> None:
    here.article("a.md").article("b.md")
    main(["build"])
    here.article("b.md", date="31.02.2026")
    main(["build"])
    assert main(["status"]) == 0
    assert main(["status", "--strict"]) == 1


def test_a_run_that_is_too_old_is_not_well(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md")
    main(["build"])
    assert main(["status", "--max-age", "1h"]) == 0
    time.sleep(2)
    assert main(["status", "--max-age", "0.5"]) == 1
    assert "more than" in capsys.readouterr().out


def test_who_is_at_work_is_named_and_asking_is_in_nobodys_way(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md")
    main(["build"])
    with locked(here.content / ".feeds", here.out, 0):
        capsys.readouterr()
        assert main(["status"]) == 0
        assert "at work now: process" in capsys.readouterr().out


# --- schedule ---


def parts(capsys: pytest.CaptureFixture[str]) -> tuple[str, dict[str, str]]:
    """The crontab's line, and the units by their suffix."""
    crontab, *units, _ = said(capsys)
    return crontab["text"], {Path(unit["file"]).suffix: unit["text"] for unit in units}


FIELD = r"(?:\*(?:/\d+)?|\d+)"


@pytest.mark.parametrize("folder", ["plain", "with space", "100% 'odd' $HOME \"x\"", "günther"])
def test_the_line_for_cron_runs_as_it_stands(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = SiteOnDisk(tmp_path / folder).configure().article("a.md")
    monkeypatch.chdir(site.root)
    assert main(["schedule", "--every", "15", "--format", "json"]) == 0
    line, _ = parts(capsys)
    match = re.fullmatch(rf"({FIELD}(?: {FIELD}){{4}}) (.+)", line)
    assert match
    assert match[1] == "*/15 * * * *"
    assert not re.search(r"(?<!\\)%", line)
    command = match[2].replace(r"\%", "%")  # as cron does, before it calls the shell
    assert all(Path(word).is_absolute() for word in shlex.split(command) if "/" in word)
    done = subprocess.run(["/bin/sh", "-c", command], cwd="/", env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert site.titles() == ["a"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
@pytest.mark.parametrize("folder", ["plain", "with space", "100% 'odd' $HOME \"x\""])
def test_systemd_finds_nothing_wrong_with_the_units(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = SiteOnDisk(tmp_path / folder).configure().article("a.md")
    monkeypatch.chdir(site.root)
    main(["build"])
    capsys.readouterr()
    main(["schedule", "--format", "json"])
    _, units = parts(capsys)
    files = []
    for suffix, text in units.items():
        file = tmp_path / f"feedwright-tides{suffix}"
        file.write_text(text)
        files.append(str(file))
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    wrong = [line for line in done.stderr.splitlines() if "feedwright" in line]
    assert wrong == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
@pytest.mark.parametrize("minutes", [minutes for minutes in range(1, 1441) if divides(minutes)])
def test_every_interval_is_one_for_cron_and_for_systemd(
    minutes: int, here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md")
    main(["schedule", "--every", str(minutes), "--format", "json"])
    line, units = parts(capsys)
    assert re.match(rf"{FIELD}(?: {FIELD}){{4}} /", line)
    (calendar,) = re.findall(r"^OnCalendar=(.*)$", units[".timer"], re.M)
    done = subprocess.run(["systemd-analyze", "calendar", calendar], capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("minutes", ["0", "7", "90", "1441", "x"])
def test_what_cron_cannot_say_evenly_is_wrong_usage(minutes: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["schedule", "--every", minutes])
    assert caught.value.code == 64


# --- prune ---


def retiring(site: SiteOnDisk) -> None:
    """A site with a feed that has no source any more."""
    site.article("a.md", tags="[x]").article("b.md")
    assert main(["build"]) == 0
    site.article("a.md")
    assert main(["build"]) == 0
    assert (site.out / "tag/x/atom.xml").exists()


def test_retired_feeds_go_when_it_is_said(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    retiring(here)
    (here.out / "tag/x/mine.txt").write_text("mine")
    (here.out / "page.html").write_text("mine")
    before = here.tree()
    capsys.readouterr()
    assert main(["prune", "--dry-run"]) == 0
    assert "tag/x/atom.xml" in capsys.readouterr().out
    assert main(["prune"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert here.tree() == before
    assert main(["prune", "--yes"]) == 0
    assert "1 retired feed, 3 documents removed" in capsys.readouterr().out
    gone = set(documents("tag/x/"))
    assert here.tree() == {path: held for path, held in before.items() if path not in gone}
    assert main(["build"]) == 0
    assert "retired" not in capsys.readouterr().out
    assert here.tree() == {path: held for path, held in before.items() if path not in gone}
    here.article("a.md", tags="[x]")
    assert main(["build"]) == 0
    assert here.titles("tag/x/atom.xml") == ["a"]


def test_addresses_that_no_feed_has_any_more_go(here: SiteOnDisk) -> None:
    here.article("a.md", tags="[x]")
    main(["build"])
    here.configure('feed_path = "feeds/{kind}/{term}.{format}.xml"\n')
    assert main(["build"]) == 0
    assert (here.out / "tag/x/atom.xml").exists()
    kept = {path for path in here.tree() if not path.startswith("tag/")}
    assert main(["prune", "--yes"]) == 0
    assert set(here.tree()) == kept
    assert not (here.out / "tag").exists()


def test_a_document_that_somebody_replaced_stays(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    retiring(here)
    (here.out / "tag/x/atom.xml").write_text("mine")
    assert main(["prune", "--yes"]) == 0
    assert "tag/x/atom.xml: not as Feedwright wrote it" in capsys.readouterr().out
    assert (here.out / "tag/x/atom.xml").read_text() == "mine"
    assert not (here.out / "tag/x/rss.xml").exists()


def test_nothing_is_pruned_without_a_catalog_nor_elsewhere_nor_meanwhile(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    retiring(here)
    before = here.tree()
    with locked(here.content / ".feeds", here.out, 0):
        assert main(["prune", "--yes"]) == 75
    assert main(["prune", "--yes", "--out", "elsewhere"]) == 2
    (here.content / ".feeds/catalog.db").unlink()
    assert main(["prune", "--yes"]) == 2
    assert "feeds build" in capsys.readouterr().err
    assert here.tree() == before


def test_there_is_nothing_to_prune(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.configure(site=SITE).article("a.md")
    main(["build"])
    capsys.readouterr()
    assert main(["prune"]) == 0
    assert "0 retired feeds, 0 documents" in capsys.readouterr().out
