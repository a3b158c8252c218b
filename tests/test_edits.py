"""What an edit touches: the feeds that show it, and no more; and no file is read that did not change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedwright.config import Config
from feedwright.read.at_hand import ArticlesAtHand
from feedwright.sources.folder import article_file
from tests.conftest import SiteOnDisk, documents

SOON = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)
"""After the files are written, as in life: what was changed within the clock's tick is read once more."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The files that are read, in order."""
    found: list[str] = []
    content_of = article_file.content_of

    def noted(config: Config, key: str) -> bytes:
        found.append(key)
        return content_of(config, key)

    monkeypatch.setattr(article_file, "content_of", noted)
    return found


@pytest.fixture
def site(tmp_path: Path, read: list[str]) -> SiteOnDisk:
    """Six articles, one of them old, in feeds that show the newest four; built."""
    site = SiteOnDisk(tmp_path, SOON).configure("limit = 4\n")
    site.article("old.md", date="2020-01-01", tags="[sea]")
    for day, (name, tag) in enumerate([("a", "sea"), ("b", "sea"), ("c", "land"), ("d", "land"), ("e", "sky")], 1):
        site.article(f"{name}.md", date=f"2024-01-0{day}", tags=f"[{tag}]", related="[b]" if name == "d" else None)
    site.build()
    read.clear()
    return site


def test_each_file_is_read_once_in_a_first_build(tmp_path: Path, read: list[str]) -> None:
    site = SiteOnDisk(tmp_path, SOON).configure("limit = 2\n")
    for day in range(1, 6):
        site.article(f"{day}.md", f"Text {day}.", date=f"2024-01-0{day}")
    site.build()
    assert sorted(read) == [f"{day}.md" for day in range(1, 6)]
    assert b"Text 5." in site.tree()["atom.xml"]


def test_what_has_no_room_until_it_is_shown_is_read_again_and_shown(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArticlesAtHand.__init__, "__defaults__", (0,))
    site = SiteOnDisk(tmp_path, SOON).configure("").article("a.md", "Text of a.", date="2024-01-01")
    site.build()
    assert read == ["a.md", "a.md"]
    assert b"Text of a." in site.tree()["atom.xml"]


def test_nothing_is_read_where_nothing_changed(site: SiteOnDisk, read: list[str]) -> None:
    assert site.build().written == ()
    assert read == []


def test_a_body_touches_the_feeds_that_show_it(site: SiteOnDisk, read: list[str]) -> None:
    site.article("b.md", "Another text.", date="2024-01-02", tags="[sea]")
    report = site.build()
    assert report.written == documents("", "tag/sea/")
    assert read == ["b.md"]
    assert all("b.md has changed" in causes for causes in report.why.values())


def test_a_body_that_no_feed_shows_touches_none(site: SiteOnDisk, read: list[str]) -> None:
    site.article("old.md", "Another text.", date="2020-01-01")
    site.build()
    read.clear()
    site.article("old.md", "A third text.", date="2020-01-01")
    assert site.build().written == ()
    assert set(read) <= {"old.md"}


def test_a_title_touches_the_feeds_that_show_what_names_it(site: SiteOnDisk, read: list[str]) -> None:
    site.article("b.md", date="2024-01-02", tags="[sea]", title="New title")
    report = site.build()
    assert report.written == documents("", "tag/sea/", "tag/land/")
    assert set(read) == {"b.md", "d.md"}
    assert b"New title" in site.tree()["tag/land/atom.xml"]


def test_the_title_of_one_feed_touches_that_feed(site: SiteOnDisk, read: list[str]) -> None:
    site.configure('limit = 4\n[[feed]]\nname = "mine"\n').build()
    read.clear()
    site.configure('limit = 4\n[[feed]]\nname = "mine"\ntitle = "Mine"\n')
    assert site.build().written == documents("feed/mine/")
    assert read == []


def test_a_limit_reads_only_what_is_shown_now_and_was_not(site: SiteOnDisk, read: list[str]) -> None:
    site.configure("limit = 5\n")
    assert site.build().written == documents("")
    assert set(read) <= {"a.md"}


def test_a_new_tag_makes_its_feed_and_touches_those_that_show_the_article(site: SiteOnDisk, read: list[str]) -> None:
    site.article("e.md", date="2024-01-05", tags="[sky, new]")
    assert site.build().written == documents("", "tag/new/", "tag/sky/")
    assert set(read) == {"e.md"}


def test_a_due_article_touches_its_feeds_and_nothing_is_read_but_it(site: SiteOnDisk, read: list[str]) -> None:
    site.article("due.md", date=(SOON + timedelta(days=1)).isoformat(), tags="[sky]").build()
    read.clear()
    assert site.build().written == ()
    report = site.build(now=SOON + timedelta(days=2))
    assert report.written == documents("", "tag/sky/")
    assert read == ["due.md"]


def test_an_article_that_expires_leaves_its_feeds_and_nothing_is_read_but_what_takes_its_place(
    site: SiteOnDisk, read: list[str]
) -> None:
    site.article("e.md", date="2024-01-05", tags="[sky]", expires=(SOON + timedelta(days=1)).isoformat()).build()
    read.clear()
    assert site.build(now=SOON + timedelta(days=2)).written == documents("", "tag/sky/")
    assert set(read) <= {"a.md"}


def test_a_touched_file_is_read_and_nothing_is_written(site: SiteOnDisk, read: list[str]) -> None:
    os.utime(site.content / "b.md")
    assert site.build().written == ()
    assert read == ["b.md"]
    read.clear()
    site.build()
    assert read == []


def test_a_file_of_the_same_size_and_time_is_seen_to_have_changed(site: SiteOnDisk) -> None:
    file = site.content / "b.md"
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"Water comes", b"Water leave"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert site.build().written == documents("", "tag/sea/")
    assert b"Water leave" in site.tree()["atom.xml"]


def test_a_file_that_was_written_a_moment_before_is_read_once_more(tmp_path: Path, read: list[str]) -> None:
    site = SiteOnDisk(tmp_path, datetime.now(UTC)).configure().article("a.md")
    for _ in range(2):
        read.clear()
        site.build()
        assert "a.md" in read
    site.now += timedelta(seconds=9)
    site.build()
    read.clear()
    site.build()
    assert read == []


def test_a_deleted_document_is_made_again_and_no_article_is_read_for_it(site: SiteOnDisk, read: list[str]) -> None:
    before = site.tree()
    (site.out / "atom.xml").unlink()
    (site.out / "tag/sea/rss.xml").write_bytes(before["tag/sea/rss.xml"] + b"<!-- altered -->")
    assert site.build().written == ("atom.xml", "tag/sea/rss.xml")
    assert site.tree() == before
    assert read == []


def test_without_a_catalog_every_article_is_read_and_no_document_is_written(site: SiteOnDisk, read: list[str]) -> None:
    (site.content / ".feeds" / "catalog.db").unlink()
    assert site.build().written == ()
    assert set(read) == {f"{name}.md" for name in ("old", *"abcde")}


def test_an_article_that_gets_its_date_after_a_catalog_was_lost_has_no_problem_any_more(tmp_path: Path) -> None:
    site = SiteOnDisk(tmp_path).configure().article("a.md", date="2024-01-02").article("b.md")
    site.build()
    site.article("a.md", date=None)
    site.build()
    (site.content / ".feeds/catalog.db").unlink()
    assert [problem.code for problem in site.build().problems] == ["date-missing"]
    report = site.article("a.md", date="2024-07-02").build()
    assert report.hidden == {"a.md": "not before 2024-07-02 00:00 UTC"}
    assert report.problems == site.build(full=True).problems == ()
