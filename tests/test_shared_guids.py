"""What no two articles of a feed may share: the id in Atom, the guid in RSS and JSON. One keeps it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from feedwright.cli import main
from feedwright.publish.report import Report
from tests.conftest import SiteOnDisk

GUID = "urn example 42"
"""No IRI: RSS and JSON show it, and Atom another."""
FEEDS = ("rss.xml", "feed.json", "atom.xml")


def shown(site: SiteOnDisk) -> list[str]:
    """The titles that every feed shows."""
    (titles,) = {tuple(sorted(site.titles(path))) for path in FEEDS}
    return list(titles)


def guids(site: SiteOnDisk) -> dict[str, str]:
    """Title -> guid in RSS, which is the id in JSON."""
    found = {entry.title: entry.id for entry in site.feed("rss.xml").entries}
    assert {item["title"]: item["id"] for item in json.loads((site.out / "feed.json").read_bytes())["items"]} == found
    return found


def taken(report: Report) -> list[tuple[str, str, int]]:
    """File, key and line of what was left out for want of an id or guid of its own."""
    found = [problem for problem in report.problems if problem.code == "id-taken"]
    assert report.exit_code == int(bool(found))
    return [(Path(problem.file).name, problem.key, problem.line) for problem in found]


def test_of_two_new_articles_with_one_guid_the_older_one_keeps_it_and_the_rest_is_published(site: SiteOnDisk) -> None:
    site.article("a.md", guid=GUID, date="2024-02-01").article("z.md", guid=GUID).article("other.md")
    report = site.build()
    assert shown(site) == ["other", "z"]
    assert guids(site)["z"] == GUID
    assert taken(report) == [("a.md", "guid", 4)]
    assert report.left_out == ("a.md",)
    assert "z.md" in report.problems[0].what and GUID in report.problems[0].what


def test_of_two_new_articles_of_one_date_the_first_by_path_keeps_the_guid(site: SiteOnDisk) -> None:
    site.article("b/a.md", guid=GUID).article("a.md", guid=GUID).article("a/c.md", guid=GUID)
    assert [file for file, _, _ in taken(site.build())] == ["c.md", "a.md"]
    assert shown(site) == ["a"]
    assert not (site.out / "section/b").exists()


def test_who_was_published_under_a_guid_keeps_it_against_an_older_article(site: SiteOnDisk) -> None:
    site.article("z.md", guid=GUID).build()
    report = site.article("a.md", guid=GUID, date="2020-01-01").build()
    assert taken(report) == [("a.md", "guid", 4)]
    assert shown(site) == ["z"]
    for options in ({"full": True}, {}):
        again = site.build(**options)
        assert (again.written, again.new_problems, taken(again)) == ((), (), taken(report))


@pytest.mark.parametrize("lost", ["catalog.db", "ledger.db"])
def test_who_keeps_a_guid_is_the_same_where_state_is_lost(site: SiteOnDisk, lost: str) -> None:
    site.article("z.md", guid=GUID).article("other.md").build()
    site.article("a.md", guid=GUID, date="2020-01-01").build()
    before = site.tree()
    (site.content / ".feeds" / lost).unlink()
    assert taken(site.build()) == [("a.md", "guid", 4)]
    assert site.tree() == before


def test_who_keeps_a_guid_is_the_same_on_a_fresh_clone_with_a_table_of_ids(site: SiteOnDisk) -> None:
    site.write("ids.tsv", "").article("z.md", guid=GUID).build()
    site.article("a.md", guid=GUID, date="2020-01-01").build()
    before = site.tree()
    shutil.rmtree(site.content / ".feeds")
    shutil.rmtree(site.out)
    assert taken(site.build()) == [("a.md", "guid", 4)]
    assert site.tree() == before


def test_the_other_comes_back_by_itself_once_it_has_a_guid_of_its_own(site: SiteOnDisk) -> None:
    site.article("z.md", guid=GUID).article("a.md", guid=GUID, date="2024-02-01").build()
    assert taken(site.article("a.md", guid="another one", date="2024-02-01").build()) == []
    assert shown(site) == ["a", "z"]
    assert guids(site) == {"a": "another one", "z": GUID}


def test_the_other_comes_back_by_itself_once_the_file_of_the_first_is_gone(site: SiteOnDisk) -> None:
    site.write("ids.tsv", "").article("z.md", guid=GUID).article("o.md").build()
    site.article("a.md", "Other text.", guid=GUID, date="2024-02-01").build()
    (site.content / "z.md").unlink()
    assert taken(site.build()) == []
    assert guids(site)["a"] == GUID
    # Who comes back then finds it taken.
    report = site.article("z.md", guid=GUID).build()
    assert [file for file, _, _ in taken(report)] == ["z.md"]
    assert shown(site) == ["a", "o"]
    assert site.build(full=True).written == ()
    shutil.rmtree(site.content / ".feeds")
    assert [file for file, _, _ in taken(site.build())] == ["z.md"]


def test_an_article_that_is_withdrawn_keeps_the_guid_that_it_was_published_under(site: SiteOnDisk) -> None:
    site.article("z.md", guid=GUID).article("o.md").build()
    site.article("a.md", guid=GUID, date="2024-02-01").build()
    report = site.article("z.md", guid=GUID, draft="true").build()
    assert [file for file, _, _ in taken(report)] == ["a.md"]
    assert shown(site) == ["o"]
    assert taken(site.article("z.md", guid=GUID).build()) == [("a.md", "guid", 4)]
    assert shown(site) == ["o", "z"]


def test_a_draft_that_was_never_published_holds_no_guid(site: SiteOnDisk) -> None:
    site.article("draft.md", guid=GUID, draft="true", date="2020-01-01").article("a.md", guid=GUID)
    assert taken(site.build()) == []
    assert shown(site) == ["a"]
    assert [file for file, _, _ in taken(site.article("draft.md", guid=GUID, date="2020-01-01").build())] == [
        "draft.md"
    ]
    assert shown(site) == ["a"]


def test_white_space_around_a_guid_makes_no_other_and_letter_case_does(site: SiteOnDisk) -> None:
    site.article("a.md", guid=f'" {GUID} "').article("b.md", guid=GUID).article("c.md", guid=GUID.upper())
    assert [file for file, _, _ in taken(site.build())] == ["b.md"]
    assert shown(site) == ["a", "c"]


def test_a_number_and_the_text_of_it_are_one_guid(site: SiteOnDisk) -> None:
    site.article("a.md", guid="042").article("b.md", guid="'042'")
    assert [file for file, _, _ in taken(site.build())] == ["b.md"]
    assert guids(site) == {"a": "042"}


def test_a_guid_that_is_the_id_of_another_article_is_taken(site: SiteOnDisk) -> None:
    site.article("a.md", date="2024-03-01").article("b.md", guid="tag:tides.example,2024-03-01:a")
    report = site.build()
    assert [(file, line) for file, _, line in taken(report)] == [("a.md", 0)]
    assert shown(site) == ["b"]


def test_archives_hold_the_guid_once(site: SiteOnDisk) -> None:
    site.configure("limit = 1\narchive = 1\n")
    for day in range(1, 5):
        site.article(f"{day}.md", guid=GUID if day < 3 else None, date=f"2024-01-0{day}")
    assert [file for file, _, _ in taken(site.build())] == ["2.md"]
    documents = b"".join(document for path, document in site.tree().items() if path.endswith(("rss.xml", "feed.json")))
    assert documents.count(GUID.encode()) == 2  # once in each format
    assert site.build(full=True).written == ()


def test_explain_says_of_both_what_is_so(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.root)
    site.article("z.md", guid=GUID).article("a.md", guid=GUID, date="2024-02-01").build()
    assert main(["explain", "z.md"]) == 0
    said = capsys.readouterr()
    assert "entry 1 of 1" in said.out and "id-taken" not in said.err
    assert main(["explain", "a.md"]) == 1
    said = capsys.readouterr()
    assert "is in no feed" in said.out and "entry" not in said.out
    assert "content/a.md:4: guid: has the guid of z.md" in said.err


def test_of_two_that_were_both_published_before_the_older_one_stays_and_the_other_keeps_its_id(
    site: SiteOnDisk,
) -> None:
    """As a ledger has them that knew no such rule."""
    site.article("a.md", guid=GUID).article("b.md", guid="other", date="2024-02-01").article("c.md").build()
    before = {entry.title: entry.id for entry in site.feed().entries}
    site.article("b.md", guid=GUID, date="2024-02-01")
    with sqlite3.connect(site.content / ".feeds/ledger.db") as ledger:
        ledger.execute("UPDATE article SET guid = ? WHERE key = 'b.md'", (GUID,))
    ledger.close()
    assert taken(site.build()) == [("b.md", "guid", 4)]
    assert taken(site.build(full=True)) == [("b.md", "guid", 4)]
    (site.content / "b.md").rename(site.content / "moved.md")
    (site.content / "a.md").unlink()
    assert taken(site.build()) == []
    assert {entry.title: entry.id for entry in site.feed().entries} == {k: v for k, v in before.items() if k != "a"}


def test_an_article_with_the_guid_of_one_that_is_gone_is_that_article(site: SiteOnDisk) -> None:
    site.write("ids.tsv", "").article("a.md", guid=GUID).article("o.md").build()
    before = {entry.title: entry.id for entry in site.feed().entries}
    (site.content / "a.md").unlink()
    report = site.article("b.md", "Written anew.", guid=GUID, title="b", date="2024-05-05").build()
    assert report.problems == ()
    assert {entry.title: entry.id for entry in site.feed().entries} == {"o": before["o"], "b": before["a"]}
    shutil.rmtree(site.content / ".feeds")
    assert site.build().problems == ()


def test_a_newcomer_gets_an_id_of_its_own_in_any_time_zone(site: SiteOnDisk) -> None:
    site.configure('timezone = "Asia/Tokyo"\n').article("a.md", "Text of a.").article("o.md").build()
    (site.content / "a.md").rename(site.content / "c.md")
    site.build()
    assert site.article("a.md", "Another.", title="new").build().problems == ()
    ids = {entry.title: entry.id for entry in site.feed().entries}
    assert (ids["a"], ids["new"]) == ("tag:tides.example,2024-01-01:a", "tag:tides.example,2024-01-01:a-2")


# --- feeds ids ---


@pytest.fixture
def here(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    monkeypatch.chdir(site.root)
    site.article("a.md", guid="17").article("b.md", date="2024-02-02")
    assert main(["build"]) == 0
    return site


def test_a_guid_is_not_adopted_that_another_article_has(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    item = "<item><title>x</title><link>https://tides.example/b/</link><guid isPermaLink='false'>17</guid></item>"
    (here.root / "old.xml").write_text(f"<rss version='2.0'><channel>{item}</channel></rss>")
    assert main(["ids", "--adopt", "old.xml"]) == 1
    assert "its id is that of a.md" in capsys.readouterr().out
    assert main(["build"]) == 0


@pytest.mark.parametrize("file", ["a.md", "new.md"])
def test_a_table_is_refused_in_which_two_articles_have_one_guid(
    here: SiteOnDisk, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ids", "--export", "all.tsv"]) == 0
    table = here.root / "all.tsv"
    lines = table.read_text().splitlines()
    line = lines[1].replace("\ta.md\t", f"\t{file}\t").replace("01-01:a\t", f"01-01:{file}\t")
    table.write_text("\n".join([lines[0], line, lines[2].removesuffix("\t") + "\t17"]) + "\n")
    capsys.readouterr()
    assert main(["ids", "--import", "all.tsv"]) == 2
    assert "the guid 17 of" in capsys.readouterr().err
    assert main(["build"]) == 0


def test_an_id_is_not_set_that_is_the_guid_of_another(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(here.content / ".feeds/ledger.db") as ledger:
        ledger.execute("UPDATE article SET guid = 'urn:example:17' WHERE key = 'a.md'")
    ledger.close()
    assert main(["ids", "--set", "b.md", "urn:example:17"]) == 2
    assert "is the id of a.md" in capsys.readouterr().err
