"""A damaged catalog is made anew, a damaged ledger is refused in words and left as it is; ids never change."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.faults.newsroom import Newsroom, documents, ended, has

Damage = Callable[[Path], None]
PAGE = 4096


def truncated(part: float) -> Damage:
    return lambda file: os.truncate(file, int(file.stat().st_size * part))


def cut(length: int) -> Damage:
    return lambda file: os.truncate(file, length)


def noise(file: Path) -> None:
    file.write_bytes(Random(1).randbytes(file.stat().st_size))


def noise_in_page(part: float) -> Damage:
    def damage(file: Path) -> None:
        place = int(file.stat().st_size // PAGE * part) * PAGE
        with file.open("r+b") as held:
            held.seek(place)
            held.write(Random(place).randbytes(PAGE))

    return damage


def of_a_newer_version(file: Path) -> None:
    db = sqlite3.connect(file)
    db.execute("PRAGMA user_version = 99")
    db.close()


def a_folder_in_its_place(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_foreign_database(file: Path) -> None:
    file.unlink()
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE article (x)")
    db.close()


def a_journal_of_noise(file: Path) -> None:
    file.with_name(file.name + "-journal").write_bytes(Random(2).randbytes(3000))


DAMAGES: dict[str, Damage] = {
    "deleted": Path.unlink,
    **{f"cut to {length} bytes": cut(length) for length in (0, 1, 50, 100, PAGE - 1, PAGE, PAGE + 1)},
    **{f"cut to {part:.0%}": truncated(part) for part in (0.3, 0.6, 0.99)},
    "noise": noise,
    **{f"noise in the page at {part:.0%}": noise_in_page(part) for part in (0, 0.02, *(n / 20 for n in range(1, 20)))},
    "of a newer version": of_a_newer_version,
    "a folder": a_folder_in_its_place,
    "a foreign database": a_foreign_database,
    "a journal of noise": a_journal_of_noise,
}
SAMPLE = ("cut to 60%", "noise in the page at 50%", "a folder")
REBUILT_BY_HAND = ("a folder",)
UNSEEN = frozenset(how for how in DAMAGES if how.startswith("noise in") or how == "cut to 99%")
"""Damages that SQLite does not always see: those of what an entry holds."""
HARMLESS = ("a journal of noise",)


@contextmanager
def damaged(newsroom: Newsroom, name: str, how: str) -> Iterator[Path]:
    """A site with a damaged file in its state folder, which is put back afterwards."""
    file = newsroom.state / name
    kept = newsroom.root / "kept"
    shutil.copy2(file, kept)
    DAMAGES[how](file)
    try:
        yield file
    finally:
        if file.is_dir():
            file.rmdir()
        file.with_name(file.name + "-journal").unlink(missing_ok=True)
        kept.replace(file)


def damage_catalog(newsroom: Newsroom, how: str) -> None:
    change = newsroom.change()
    old, new = newsroom.old_and_new()
    injected = f"{change}, catalog.db: {how}"
    with damaged(newsroom, "catalog.db", how):
        outcome = newsroom.run()
        assert "Traceback" not in outcome.err, f"{injected}: {outcome.err}"
        newsroom.assert_whole(old, new, injected)
        if how in REBUILT_BY_HAND:
            assert outcome.code == 2, f"{injected}: {outcome}"
            assert "catalog.db: " in outcome.err, f"{injected}: {outcome}"
            assert documents(newsroom.out) == old, injected
        else:
            if outcome.code == 1 and how in UNSEEN:
                # A damaged entry makes a document that is refused: the feed stays as it was until all is derived anew.
                print(f"{injected}: needs --full")
                outcome = newsroom.run("--full")
            assert outcome.code == 0, f"{injected}: {outcome}"
            newsroom.assert_right(new, injected)
            newsroom.assert_heals(new, injected)
            shutil.copy2(newsroom.state / "catalog.db", newsroom.root / "kept")
    newsroom.assert_heals(new, f"{injected}, and put back")


def damage_ledger(newsroom: Newsroom, how: str) -> int:
    change = newsroom.change()
    old, new = newsroom.old_and_new()
    injected = f"{change}, ledger.db: {how}"
    with damaged(newsroom, "ledger.db", how) as file:
        before = file.read_bytes() if file.is_file() else None
        outcome = newsroom.run()
        assert "Traceback" not in outcome.err, f"{injected}: {outcome.err}"
        if outcome.code == 2:
            assert "ledger.db: " in outcome.err, f"{injected}: {outcome}"
            assert documents(newsroom.out) == old, f"{injected}: it was refused, and feeds were written"
            assert before == (file.read_bytes() if file.is_file() else None), f"{injected}: it was touched"
        else:
            # Not every run reads every page, and one that is gone is begun anew.
            assert outcome.code == 0, f"{injected}: {outcome}"
            assert documents(newsroom.out) == new, injected
            assert ids_of(newsroom.state) == ids_of(newsroom.twin / "content/.feeds"), injected
            if how not in HARMLESS:
                print(f"{injected}: not refused")
    # What was put back is an older ledger, if the run was not refused.
    again = newsroom.run()
    assert again.code == 0, f"{injected}, and put back: {again}"
    assert documents(newsroom.out) == new, f"{injected}, and put back"
    assert ids_of(newsroom.state) == ids_of(newsroom.twin / "content/.feeds"), f"{injected}, and put back"
    return outcome.code


def ids_of(state: Path) -> list[tuple[str, str]]:
    """The articles that are there, with their ids."""
    with closing(sqlite3.connect(state / "ledger.db")) as db:
        found = db.execute("SELECT key, id FROM article WHERE NOT gone ORDER BY key").fetchall()
    assert found
    return found


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path).found(12)


@pytest.mark.parametrize("how", SAMPLE)
def test_a_damaged_catalog_is_made_anew(newsroom: Newsroom, how: str) -> None:
    damage_catalog(newsroom, how)


@pytest.mark.slow
@pytest.mark.parametrize("how", sorted(DAMAGES.keys() - SAMPLE))
def test_a_catalog_damaged_otherwise_is_made_anew(newsroom: Newsroom, how: str) -> None:
    damage_catalog(newsroom, how)


@pytest.mark.parametrize("how", ["cut to 60%", "noise"])
def test_a_damaged_ledger_is_refused_and_left_as_it_is(newsroom: Newsroom, how: str) -> None:
    assert damage_ledger(newsroom, how) == 2


@pytest.mark.slow
@pytest.mark.parametrize("how", sorted(DAMAGES))
def test_a_ledger_damaged_otherwise_is_refused_or_does_not_matter(newsroom: Newsroom, how: str) -> None:
    damage_ledger(newsroom, how)


# --- permissions ---


def unprivileged() -> list[str]:
    """What goes before a command that permissions shall apply to."""
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner"] if os.geteuid() == 0 else []


apart = pytest.mark.skipif(
    os.geteuid() == 0 and (not has("setpriv") or ended([*unprivileged(), "true"]).code != 0),
    reason="needs setpriv, to do without root's rights",
)


@contextmanager
def mode(path: Path, bits: int) -> Iterator[None]:
    before = path.stat().st_mode
    path.chmod(bits)
    try:
        yield
    finally:
        path.chmod(before)


@apart
@pytest.mark.parametrize(
    ("what", "bits"),
    [
        (".feeds/catalog.db", 0o444),
        pytest.param(".feeds/catalog.db", 0, marks=pytest.mark.slow),
        pytest.param(".feeds/ledger.db", 0o444, marks=pytest.mark.slow),
        pytest.param(".feeds/ledger.db", 0, marks=pytest.mark.slow),
        (".feeds", 0o555),
        pytest.param(".feeds", 0, marks=pytest.mark.slow),
        ("../out", 0o555),
        pytest.param("../out/tag", 0, marks=pytest.mark.slow),
    ],
)
def test_what_may_not_be_written_is_an_error_in_words(newsroom: Newsroom, what: str, bits: int) -> None:
    change = newsroom.change()
    old, new = newsroom.old_and_new()
    path = (newsroom.content / what).resolve()
    injected = f"{change}, {what} has mode {bits:o}"
    with mode(path, bits):
        outcome = newsroom.run(prefix=unprivileged())
    assert "Traceback" not in outcome.err, f"{injected}: {outcome.err}"
    assert outcome.code == 2, f"{injected}: {outcome}"
    assert str(path) in outcome.err, f"{injected}: {outcome.err}"
    newsroom.assert_whole(old, new, injected)
    newsroom.assert_heals(new, injected)


def test_ids_survive_a_lost_ledger_where_the_catalog_is_there(newsroom: Newsroom) -> None:
    for _ in range(5):
        newsroom.change()
    newsroom.old_and_new()
    assert any("moved/" in name for name in newsroom.articles)
    newsroom.run()
    before = ids_of(newsroom.state)
    (newsroom.state / "ledger.db").unlink()
    newsroom.run()
    assert ids_of(newsroom.state) == before
