"""Files of ours: opened whole or refused in words, and as they were unless it is said that a change is to last."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from feedwright.errors import StateError
from feedwright.state.sqlite import is_damage, transaction

STEPS = {1: "CREATE TABLE a (x TEXT)", 2: "ALTER TABLE a ADD COLUMN y TEXT DEFAULT 'new'; CREATE INDEX a_x ON a (x)"}


def fill(file: Path, steps: dict[int, str], value: str, *, commit: bool = True) -> None:
    with transaction(file, steps, "mend it") as db:
        db.execute("INSERT INTO a (x) VALUES (?)", (value,))
        if commit:
            db.execute("COMMIT")


def rows(file: Path) -> list[tuple[str, ...]]:
    with transaction(file, STEPS, "mend it", copy=True) as db:
        return db.execute("SELECT * FROM a ORDER BY x").fetchall()


def test_what_is_not_committed_does_not_last(tmp_path: Path) -> None:
    file = tmp_path / "below" / "a.db"
    fill(file, STEPS, "kept")
    fill(file, STEPS, "lost", commit=False)
    assert rows(file) == [("kept", "new")]


def test_a_file_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    fill(file, {1: STEPS[1]}, "old")
    assert rows(file) == [("old", "new")]
    fill(file, STEPS, "young")
    assert rows(file) == [("old", "new"), ("young", "new")]


def test_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    fill(file, STEPS, "x")
    before = file.read_bytes()
    with pytest.raises(StateError, match="newer version"):
        fill(file, {1: STEPS[1]}, "y")
    assert file.read_bytes() == before


def test_a_copy_makes_no_file_and_changes_none(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with transaction(file, STEPS, "", copy=True) as db:
        assert db.execute("SELECT count(*) FROM a").fetchone() == (0,)
    assert list(tmp_path.iterdir()) == []
    fill(file, STEPS, "x")
    before = file.read_bytes()
    with transaction(file, STEPS, "", copy=True) as db:
        db.execute("DELETE FROM a")
        db.execute("COMMIT")
    assert file.read_bytes() == before


@pytest.mark.parametrize("held", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_file_is_named_with_what_would_mend_it(tmp_path: Path, held: bytes) -> None:
    file = tmp_path / "ledger.db"
    file.write_bytes(held)
    with pytest.raises(StateError) as caught:
        fill(file, STEPS, "x")
    problem = caught.value.problems[0]
    assert (problem.code, problem.file, problem.hint) == ("ledger-unusable", str(file), "mend it")
    assert is_damage(caught.value.__cause__)
    assert file.read_bytes() == held


def test_the_file_at_fault_is_named_of_two_that_are_open(tmp_path: Path) -> None:
    with (
        pytest.raises(StateError, match=r"b\.db"),
        transaction(tmp_path / "a.db", STEPS, "") as _,
        transaction(tmp_path / "b.db", STEPS, "") as db,
    ):
        db.execute("SELECT nothing FROM nowhere")


def test_a_disk_at_fault_is_no_damage() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert not is_damage(full)
    assert not is_damage(OSError())
    assert is_damage(sqlite3.DatabaseError("no code"))
