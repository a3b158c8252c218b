"""Links and devices in the state folder and in `out/`: nothing is written through them, nothing waits for them."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from feedwright.errors import FeedsError
from tests.conftest import SiteOnDisk


@pytest.mark.parametrize("name", ["lock", "ledger.db", "catalog.db", "ledger.db-journal", "catalog.db-journal"])
def test_a_link_in_the_state_folder_is_refused_by_name(site: SiteOnDisk, tmp_path: Path, name: str) -> None:
    keys = tmp_path / "authorized_keys"
    keys.write_text("ssh-ed25519 AAAA me\n")
    state = site.content / ".feeds"
    state.mkdir(parents=True)
    (state / name).symlink_to(keys)
    site.article("a.md")
    with pytest.raises(FeedsError, match="is a link") as caught:
        site.build()
    assert Path(caught.value.problems[0].file).name == name
    assert keys.read_text() == "ssh-ed25519 AAAA me\n"


def test_a_link_to_a_file_that_is_not_there_makes_none(site: SiteOnDisk, tmp_path: Path) -> None:
    state = site.content / ".feeds"
    state.mkdir(parents=True)
    (state / "lock").symlink_to(tmp_path / "new")
    site.article("a.md")
    with pytest.raises(FeedsError, match="is a link"):
        site.build()
    assert not (tmp_path / "new").exists()


def test_the_state_folder_itself_may_be_a_link(site: SiteOnDisk, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    site.article("a.md")
    (site.content / ".feeds").symlink_to(tmp_path / "kept")
    assert site.build().exit_code == 0
    assert (tmp_path / "kept/ledger.db").is_file()


def test_the_folder_of_archives_may_be_none(site: SiteOnDisk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    site.configure("archive = 1\nlimit = 1\n")
    for number in range(1, 6):
        site.article(f"{number}.md", date=f"2024-01-0{number}")
    state = site.content / ".feeds"
    state.mkdir(parents=True)
    (state / "archive").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FeedsError, match="is a link"):
        site.build()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_at_the_name_of_a_staged_file_is_not_written_through(site: SiteOnDisk, tmp_path: Path) -> None:
    keys = tmp_path / "authorized_keys"
    keys.write_text("mine\n")
    site.article("a.md")
    site.out.mkdir(parents=True)
    (site.out / ".rss.xml.new").symlink_to(keys)
    assert site.build().exit_code == 0
    assert keys.read_text() == "mine\n"
    assert b"<rss" in (site.out / "rss.xml").read_bytes()
    assert not (site.out / "rss.xml").is_symlink()


def test_the_output_folder_may_be_a_link_and_no_folder_below_it(site: SiteOnDisk, tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    (tmp_path / "elsewhere").mkdir()
    site.out.symlink_to(tmp_path / "served")
    (tmp_path / "served/tag").symlink_to(tmp_path / "elsewhere")
    site.article("a.md", tags="[sea]")
    report = site.build()
    assert report.exit_code == 1
    assert {Path(one.file).name for one in report.problems if one.code == "not-ours"} == {"tag"}
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert (tmp_path / "served/rss.xml").is_file()


@pytest.mark.parametrize("kind", ["pipe", "device", "link", "folder"])
def test_what_is_no_regular_file_stays_and_ends_nothing(site: SiteOnDisk, tmp_path: Path, kind: str) -> None:
    site.article("a.md").build()
    target = site.out / "rss.xml"
    target.unlink()
    if kind == "pipe":
        os.mkfifo(target)
    elif kind == "folder":
        target.mkdir()
    else:
        (tmp_path / "theirs").write_text("theirs")
        target.symlink_to("/dev/zero" if kind == "device" else tmp_path / "theirs")
    report = site.article("b.md").build()
    assert report.exit_code == 1
    assert [Path(one.file).name for one in report.problems if one.code == "not-ours"] == ["rss.xml"]
    assert target.is_symlink() or not target.is_file()
    assert b"b</title>" in (site.out / "atom.xml").read_bytes()


@pytest.mark.parametrize("path", ["../outside.xml", "/tmp/outside-of-feedwright.xml"])
def test_a_path_that_a_tampered_ledger_holds_is_not_followed(site: SiteOnDisk, path: str) -> None:
    site.article("a.md").build()
    outside = site.out / path
    outside.write_bytes((site.out / "rss.xml").read_bytes())
    try:
        with sqlite3.connect(site.content / ".feeds/ledger.db") as db:
            db.execute("INSERT INTO file VALUES (?)", (path,))
        with sqlite3.connect(site.content / ".feeds/catalog.db") as db:
            columns = [row[1] for row in db.execute("PRAGMA table_info(document)")]
            mine = ", ".join("?" if name == "path" else name for name in columns)
            db.execute(f"INSERT INTO document SELECT {mine} FROM document WHERE path = 'rss.xml'", (path,))
        site.article("b.md").build()
        site.build(full=True)
        assert outside.is_file()
        assert b"b</title>" not in outside.read_bytes()
    finally:
        outside.unlink(missing_ok=True)
