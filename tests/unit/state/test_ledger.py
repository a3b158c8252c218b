"""What must last."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedwright.errors import StateError
from feedwright.model import FeedName, PublishedFeed
from feedwright.state import ledger_facts
from feedwright.state.ledger import Ledger, Remembered
from feedwright.state.sqlite import opened

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
FEED = PublishedFeed("über", "urn:feed", NOON, NOON, {"atom": "tag/über/atom.xml"}, ("tag:a", "tag:b"))
ARTICLES = [Remembered("a.md", "tag:a", related='["1/3","tag:b"]'), Remembered("b.md", "tag:b", 7, guid="b", gone=1)]
FEEDS: dict[FeedName, PublishedFeed] = {("tag", "Über"): FEED}


def save(folder: Path, articles: list[Remembered], feeds: dict[FeedName, PublishedFeed]) -> None:
    with opened(Ledger, folder) as ledger:
        ledger.remember(articles)
        ledger.publish(feeds.items())
        ledger.commit()


def load(folder: Path) -> tuple[list[Remembered], dict[FeedName, PublishedFeed]]:
    with opened(Ledger, folder, copy=True) as ledger:
        return list(ledger.articles()), ledger.feeds()


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    save(tmp_path / "state", ARTICLES, FEEDS)
    assert load(tmp_path / "state") == (ARTICLES, FEEDS)
    assert ARTICLES[0].found == ("1/3", "tag:b")


def test_what_was_not_committed_is_not_there(tmp_path: Path) -> None:
    save(tmp_path, ARTICLES, FEEDS)
    with opened(Ledger, tmp_path) as ledger:
        ledger.forget("a.md")
        ledger.prune(("tag", "Über"))
        ledger.claim(["rss.xml"])
    assert load(tmp_path) == (ARTICLES, FEEDS)


def test_a_site_without_a_ledger_has_an_empty_one_and_reading_makes_no_file(tmp_path: Path) -> None:
    assert load(tmp_path / "state") == ([], {})
    assert not (tmp_path / "state").exists()


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    save(tmp_path, ARTICLES, FEEDS)
    with opened(Ledger, tmp_path) as ledger:
        ledger.note(ledger_facts.OUT, "/srv/out")
        ledger.commit()
    before = (tmp_path / "ledger.db").stat().st_mtime_ns
    with opened(Ledger, tmp_path) as ledger:
        ledger.note(ledger_facts.OUT, "/srv/out")
        ledger.remember([])
        ledger.publish([])
        ledger.commit()
    assert (tmp_path / "ledger.db").stat().st_mtime_ns == before


def test_a_row_outlives_its_source(tmp_path: Path) -> None:
    save(tmp_path, ARTICLES, FEEDS)
    save(tmp_path, [Remembered("c.md", "tag:c")], {})
    articles, feeds = load(tmp_path)
    assert [one.key for one in articles] == ["a.md", "b.md", "c.md"]
    assert feeds == FEEDS


def test_articles_whose_files_are_gone_are_not_counted(tmp_path: Path) -> None:
    save(tmp_path, ARTICLES, {})
    with opened(Ledger, tmp_path, copy=True) as ledger:
        assert ledger.count() == 1


@pytest.mark.parametrize("noise", [b"x" * 5000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_ledger_is_refused_in_words(tmp_path: Path, noise: bytes) -> None:
    (tmp_path / "ledger.db").write_bytes(noise)
    with pytest.raises(StateError, match="cannot be used"):
        load(tmp_path)
    with pytest.raises(StateError, match="cannot be used"):
        save(tmp_path, ARTICLES, FEEDS)
    assert (tmp_path / "ledger.db").read_bytes() == noise


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ledger.db") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = (tmp_path / "ledger.db").read_bytes()
    with pytest.raises(StateError, match="newer version"):
        load(tmp_path)
    with pytest.raises(StateError, match="newer version"):
        save(tmp_path, ARTICLES, FEEDS)
    assert (tmp_path / "ledger.db").read_bytes() == before


def test_a_ledger_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    from feedwright.state.ledger import STEPS

    with sqlite3.connect(tmp_path / "ledger.db") as db:
        db.executescript(STEPS[1])
        db.execute("INSERT INTO article VALUES ('a.md', 'tag:a', 7, '')")
        db.execute("PRAGMA user_version = 1")
    db.close()
    assert load(tmp_path) == ([Remembered("a.md", "tag:a", 7)], {})


def test_a_folder_that_cannot_be_made_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="cannot be used"):
        save(tmp_path / "file" / "state", ARTICLES, FEEDS)
