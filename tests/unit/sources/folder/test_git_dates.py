"""The first commit's date, for articles that nothing else dates."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedwright.articles.model import WAITS_FOR_COMMIT, WAITS_TO_BE_SEEN, Around
from feedwright.config import Config
from feedwright.model import Site
from feedwright.sources.folder.git_dates import first_commits, first_known
from tests.unit.sources.folder.reading import read

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
FIRST, SECOND, NOW = (datetime(year, 1, 2, tzinfo=UTC) for year in (2020, 2021, 2024))
LONG = "---\ntitle: Tides\n---\n" + "The sea rises and falls.\n" * 20


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder within a repository: `old.md` was renamed to `tides.md`, `sea é.md` came later."""
    folder = tmp_path / "site" / "content"
    folder.mkdir(parents=True)
    git(tmp_path / "site", "init", "--quiet")
    (folder / "old.md").write_text(LONG)
    commit(folder, FIRST)
    (folder / "old.md").rename(folder / "tides.md")
    (folder / "tides.md").write_text(LONG + "More.\n")
    (folder / "sea é.md").write_text("Another text.\n")
    commit(folder, SECOND)
    (folder / "sea é.md").write_text("Another text, edited.\n")
    commit(folder, NOW)
    (folder / "new.md").write_text("Not yet committed.\n")
    return folder


def git(folder: Path, *arguments: str, date: str = "") -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    author = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *author, *arguments], cwd=folder, env={**kept, **dates}, check=True, capture_output=True)


def commit(folder: Path, moment: datetime) -> None:
    git(folder, "add", "--all", ".")
    git(folder, "commit", "--quiet", "--message", "x", date=moment.isoformat())


def config(content: Path) -> Config:
    site = Site(title="Sea", url="https://example.org/", feeds_url="https://example.org/", authority="example.org")
    return Config(content, content / "site.toml", content / ".feeds", site)


def test_a_file_is_as_old_as_its_first_commit_under_any_name(content: Path) -> None:
    assert first_commits(content, ["tides.md", "sea é.md", "new.md", "gone.md"]) == {
        "tides.md": FIRST,
        "sea é.md": SECOND,
    }


def test_another_repository_in_the_environment_is_not_asked(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert first_commits(content, ["tides.md"]) == {"tides.md": FIRST}


def test_a_shallow_clone_dates_nothing(content: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{content.parent}", "shallow")
    git(tmp_path, "clone", "--quiet", f"file://{content.parent}", "whole")
    assert first_commits(tmp_path / "shallow" / "content", ["tides.md"]) == {}
    assert first_commits(tmp_path / "whole" / "content", ["tides.md"]) == {"tides.md": FIRST}


def test_a_folder_outside_of_any_repository_dates_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert first_commits(tmp_path, ["a.md"]) == {}
    monkeypatch.setenv("PATH", "")
    assert first_commits(tmp_path, ["a.md"]) == {}


def test_git_is_asked_once_and_not_at_all_where_every_article_is_known(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    run = subprocess.run

    def counting(command: list[str], **options: object) -> object:
        asked.extend(word for word in command if word in ("log", "rev-parse"))
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", counting)
    first_commits(content, ["tides.md", "sea é.md"])
    assert asked.count("log") == 1
    waiting = {"tides.md": WAITS_FOR_COMMIT}
    assert first_known(config(content), waiting, {"tides.md": NOW}, NOW).dates == {"tides.md": NOW}
    assert first_known(config(content), {}, {}, NOW).dates == {}
    assert asked.count("log") == 1


def test_what_is_remembered_counts_before_the_first_commit_and_that_before_now(content: Path) -> None:
    keys = dict.fromkeys(("tides.md", "sea é.md", "new.md"), WAITS_FOR_COMMIT)
    known = first_known(config(content), keys, {"tides.md": SECOND}, NOW)
    assert known.dates == {"tides.md": SECOND, "sea é.md": SECOND}
    assert known.by_commit == {"sea é.md"}
    seen = replace(config(content), undated="first-seen")
    known = first_known(seen, keys, {"tides.md": SECOND}, NOW)
    assert (known.dates["new.md"], known.by_commit) == (NOW, {"sea é.md"})


def test_what_is_no_article_for_its_commit_is_only_dated_when_it_was_first_seen(content: Path) -> None:
    keys = {"tides.md": WAITS_TO_BE_SEEN}
    assert first_known(config(content), keys, {}, NOW) == ({}, frozenset())
    seen = replace(config(content), undated="first-seen")
    assert first_known(seen, keys, {}, NOW) == ({"tides.md": NOW}, frozenset())


def test_where_a_remembered_date_came_from_is_found_out_where_that_is_not_known(content: Path) -> None:
    keys = dict.fromkeys(("tides.md", "sea é.md"), WAITS_FOR_COMMIT)
    remembered = {"tides.md": FIRST, "sea é.md": NOW}
    known = first_known(config(content), keys, remembered, NOW, ["tides.md", "sea é.md"])
    assert known == (remembered, {"tides.md"})


def test_an_article_is_published_when_it_was_first_committed(content: Path) -> None:
    before = read(config(content), "tides.md")
    dates = first_known(config(content), {"tides.md": before.undated}, {}, NOW).dates
    after = read(config(content), "tides.md", Around(dates=dates))
    assert (before.article, before.undated) == (None, WAITS_FOR_COMMIT)
    assert after.article and (after.article.published, after.problems) == (FIRST, ())


def test_each_content_folder_is_dated_by_its_own_repository(content: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(content.parent, other)
    keys = [f"{content.name}/tides.md", "other/content/tides.md", "nowhere/a.md"]
    found = first_commits(content.parent, [keys[0], f"../{keys[1]}"], [content.name, "../other/content"])
    assert found == {keys[0]: FIRST, f"../{keys[1]}": FIRST}
    assert first_commits(tmp_path, [keys[2]], ["nowhere"]) == {}


def test_a_file_that_moved_between_content_folders_is_as_old_as_under_its_first_name(content: Path) -> None:
    (content.parent / "notes").mkdir()
    git(content.parent, "mv", "content/tides.md", "notes/tides.md")
    commit(content.parent, NOW)
    assert first_commits(content.parent, ["notes/tides.md"], ["content", "notes"]) == {"notes/tides.md": FIRST}
