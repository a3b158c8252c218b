"""What must last."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.errors import StateError
from feeds.ledger import Ledger, Remembered, load, save
from feeds.select import Known

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
FEED = Known("über", "urn:feed", NOON, NOON, {"atom": "tag/über/atom.xml"}, ("tag:a", "tag:b"))
FULL = Ledger({"a.md": Remembered("tag:a", ("1/3", "tag:b")), "b.md": Remembered("tag:b")}, {("tag", "Über"): FEED})


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    assert save(tmp_path / "state", Ledger(), FULL)
    assert load(tmp_path / "state") == FULL


def test_a_site_without_a_ledger_has_an_empty_one_and_reading_makes_no_file(tmp_path: Path) -> None:
    assert load(tmp_path / "state") == Ledger()
    assert not (tmp_path / "state").exists()


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    save(tmp_path, Ledger(), FULL)
    before = (tmp_path / "ledger.db").stat().st_mtime_ns
    assert not save(tmp_path, FULL, FULL)
    assert (tmp_path / "ledger.db").stat().st_mtime_ns == before


def test_a_row_outlives_its_source(tmp_path: Path) -> None:
    save(tmp_path, Ledger(), FULL)
    save(tmp_path, FULL, Ledger({"c.md": Remembered("tag:c")}, {}))
    assert set(load(tmp_path).articles) == {"a.md", "b.md", "c.md"}
    assert load(tmp_path).feeds == FULL.feeds


@pytest.mark.parametrize("noise", [b"x" * 5000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_ledger_is_refused_in_words(tmp_path: Path, noise: bytes) -> None:
    (tmp_path / "ledger.db").write_bytes(noise)
    with pytest.raises(StateError, match="cannot be used"):
        load(tmp_path)
    assert (tmp_path / "ledger.db").read_bytes() == noise


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ledger.db") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StateError, match="newer version"):
        load(tmp_path)


def test_a_folder_that_cannot_be_made_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="cannot be used"):
        save(tmp_path / "file" / "state", Ledger(), FULL)
