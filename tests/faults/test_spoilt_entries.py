"""What the catalog holds and is not what was put there is made anew, though it is well-formed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from feedwright.publish.report import Report
from tests.conftest import SiteOnDisk

RIGHT, WRONG = "Water comes and goes.", "Water never goes."
SPOILT_ENTRIES = f"UPDATE entry SET entry = CAST(replace(CAST(entry AS TEXT), '{RIGHT}', '{WRONG}') AS BLOB)"
SPOILT_TEXTS = f"UPDATE whole SET article = replace(article, '{RIGHT}', '{WRONG}')"
NO_CHECKSUMS = "UPDATE entry SET checksum = x''"


def spoil(site: SiteOnDisk, *statements: str) -> int:
    """Alter the catalog, as a disk, a copy or a slip does; how many rows."""
    with closing(sqlite3.connect(site.content / ".feeds/catalog.db")) as db:
        changed = sum(db.execute(statement).rowcount for statement in statements)
        db.commit()
    return changed


def shows(site: SiteOnDisk, text: str) -> list[str]:
    return [path for path, document in site.tree().items() if text.encode() in document]


def codes(report: Report) -> list[tuple[str, str]]:
    return [(problem.severity, problem.code) for problem in report.problems]


@pytest.fixture
def two(site: SiteOnDisk) -> SiteOnDisk:
    site.article("a.md", RIGHT, tags="[sea]").article("b.md", RIGHT, tags="[sea]").build()
    return site


@pytest.mark.parametrize("spoilt", [[SPOILT_ENTRIES], [SPOILT_ENTRIES, SPOILT_TEXTS], [SPOILT_ENTRIES, NO_CHECKSUMS]])
def test_an_entry_that_is_not_what_was_put_there_is_made_anew_and_that_is_said(
    two: SiteOnDisk, spoilt: list[str]
) -> None:
    right = two.tree()
    assert spoil(two, *spoilt) >= 6
    (two.out / "rss.xml").unlink()
    report = two.article("c.md", "Another one.", tags="[sea]").build()
    assert shows(two, WRONG) == []
    assert set(shows(two, RIGHT)) == set(right)
    assert (codes(report), report.exit_code) == ([("warning", "catalog-damaged")], 0)
    assert report.problems[0].file.endswith("catalog.db")
    assert codes(two.build()) == []
    (two.content / "c.md").unlink()
    assert codes(two.build()) == []
    assert two.tree() == right


def test_an_entry_without_a_checksum_is_made_anew(two: SiteOnDisk) -> None:
    right = two.tree()
    spoil(two, NO_CHECKSUMS)
    (two.out / "atom.xml").unlink()
    assert codes(two.build()) == [("warning", "catalog-damaged")]
    assert two.tree() == right
    (two.out / "atom.xml").unlink()
    assert codes(two.build()) == []


def test_a_text_that_is_not_what_was_put_there_gives_no_entry(two: SiteOnDisk) -> None:
    spoil(two, SPOILT_TEXTS)
    report = two.configure("[kinds.tag]\nenabled = false\n", 'title = "Ebbs"\nurl = "https://tides.example/"\n').build()
    assert shows(two, WRONG) == []
    assert {"rss.xml", "atom.xml", "feed.json"} <= set(shows(two, RIGHT))
    assert two.feed().feed.title == "Ebbs"
    assert codes(report) == [("warning", "catalog-damaged")]


def test_what_is_spoilt_and_cannot_be_made_now_is_left_out(two: SiteOnDisk) -> None:
    two.write("a.md", "---\ntitle: [\n---\nx").build()
    assert len(shows(two, RIGHT)) == 6
    spoil(two, SPOILT_ENTRIES, SPOILT_TEXTS)
    (two.out / "rss.xml").unlink()
    report = two.build()
    assert shows(two, WRONG) == []
    assert two.titles("rss.xml") == two.titles("atom.xml") == ["b"]
    assert report.exit_code == 1
    assert ("warning", "catalog-damaged") in codes(report)
    assert "catalog-damaged" not in {code for _, code in codes(two.build())}


def test_an_entry_that_stays_as_it_was_last_good_is_not_kept_where_it_is_spoilt(
    two: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(two, SPOILT_ENTRIES)

    def refuse(*_: object) -> bytes:
        raise ValueError("not today")

    monkeypatch.setattr("feedwright.formats.atom.entry", refuse)
    two.article("a.md", "Changed.", tags="[sea]").article("b.md", "Changed, too.", tags="[sea]").build()
    assert shows(two, WRONG) == []


def test_an_archive_document_is_made_of_sound_entries(site: SiteOnDisk) -> None:
    site.configure("limit = 1\narchive = 3\n").article("a.md", RIGHT).article("b.md", RIGHT, date="2024-01-02").build()
    assert spoil(site, SPOILT_ENTRIES)
    site.article("c.md", date="2024-01-03").article("d.md", date="2024-01-04").build()
    assert "archive/1/rss.xml" in site.tree()
    assert shows(site, WRONG) == []


def test_a_try_finds_what_is_spoilt_and_leaves_it(two: SiteOnDisk) -> None:
    spoil(two, SPOILT_ENTRIES)
    two.article("c.md")
    assert codes(two.build(dry_run=True)) == [("warning", "catalog-damaged")]
    assert codes(two.build()) == [("warning", "catalog-damaged")]
    assert shows(two, WRONG) == []
