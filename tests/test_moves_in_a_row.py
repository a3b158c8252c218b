"""Files that take each other's names, one after the other or at once: each article keeps its id."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import SiteOnDisk

TAG = "tag:tides.example,2024-01-01:"


def ids(site: SiteOnDisk) -> dict[str, str]:
    """Title -> id."""
    return {entry.title: entry.id for entry in site.feed().entries}


def rename(site: SiteOnDisk, old: str, new: str) -> None:
    (site.content / old).rename(site.content / new)


def written(site: SiteOnDisk, *names: str) -> SiteOnDisk:
    """Articles called as their files were, each with a text of its own, built; one more so that none is the last."""
    for name in names:
        site.article(f"{name}.md", f"Text of {name}.")
    site.article("other.md", "Another text.").build()
    return site


def test_a_new_article_under_the_name_of_one_that_moved_away_has_an_id_of_its_own(site: SiteOnDisk) -> None:
    written(site, "a")
    rename(site, "a.md", "c.md")
    site.build()
    site.article("a.md", "Text of a newcomer.", title="new")
    report = site.build()
    assert report.problems == ()
    assert ids(site) == {"a": f"{TAG}a", "new": f"{TAG}a-2", "other": f"{TAG}other"}
    rename(site, "a.md", "d.md")
    site.build()
    site.article("a.md", "Text of a third.", title="third").build()
    assert ids(site)["third"] == f"{TAG}a-3"
    assert site.build(full=True).written == ()


@pytest.mark.parametrize("names", ["abcd", "dcba", "cbda"])
def test_files_that_move_on_in_a_row_at_once_keep_their_ids(site: SiteOnDisk, names: str) -> None:
    before = ids(written(site, *names[:3]))
    for old, new in reversed(list(pairwise(names))):
        rename(site, f"{old}.md", f"{new}.md")
    report = site.build()
    assert report.problems == ()
    assert ids(site) == before
    links = {entry.title: entry.link for entry in site.feed().entries}
    assert links == {old: f"https://tides.example/{new}/" for old, new in (*pairwise(names), ("other", "other"))}
    for entry in site.feed().entries:
        if entry.title != "other":
            assert f"Text of {entry.title}." in entry.content[0].value
    assert site.build(full=True).written == ()


@pytest.mark.parametrize("at_once", [True, False])
def test_an_article_whose_file_another_took_gets_its_id_back_where_it_returns(site: SiteOnDisk, at_once: bool) -> None:
    before = ids(written(site, "a", "b"))
    if not at_once:
        (site.content / "a.md").unlink()
        site.build()
    rename(site, "b.md", "a.md")
    site.build()
    assert ids(site) == {name: id_ for name, id_ in before.items() if name != "a"}
    site.article("elsewhere/z.md", "Text of a.", title="a").build()
    assert ids(site) == before


def test_what_is_known_of_it_stays_in_the_table_beside_the_articles(site: SiteOnDisk, tmp_path: Path) -> None:
    site.write("ids.tsv", "")
    before = ids(written(site, "a", "b"))
    rename(site, "b.md", "a.md")
    site.build()
    clone = SiteOnDisk(tmp_path / "clone").configure()
    for name in ("ids.tsv", "a.md", "other.md"):
        clone.write(name, (site.content / name).read_bytes())
    clone.article("z.md", "Text of a.", title="a").build()
    assert ids(clone) == before


def test_two_files_of_one_address_are_no_two_articles_whenever_they_come(site: SiteOnDisk) -> None:
    written(site, "a")
    site.write("a.html", "---\ntitle: b\ndate: 2024-01-01\n---\n<p>Text of b.")
    report = site.build()
    assert [problem.code for problem in report.problems if problem.severity == "error"] == ["id-taken"]
    assert "b" not in ids(site)


def test_that_a_move_cannot_be_told_is_said_as_long_as_it_holds(site: SiteOnDisk) -> None:
    written(site, "a")
    site.article("b.md", "Text of a.", title="a").build()
    for name in ("a.md", "b.md"):
        (site.content / name).unlink()
    site.article("c.md", "Text of a.", title="a")
    report = site.build()
    assert [problem.code for problem in report.problems] == ["move-ambiguous"]
    site.article("other.md", "Another text, changed.")
    again = site.build()
    assert (again.problems, again.new_problems) == (report.problems, ())
    assert site.build(full=True).problems == report.problems
    site.article("c.md", "Text of its own.", title="a")
    assert site.build().problems == ()


@pytest.mark.parametrize("full", [True, False])
def test_a_copy_of_what_moves_is_another_article_however_it_is_built(site: SiteOnDisk, full: bool) -> None:
    before = ids(written(site, "a"))
    site.article("copy.md", "Text of a.", title="a").build()
    rename(site, "a.md", "b.md")
    assert site.build(full=full).problems == ()
    found = [(entry.link, entry.id) for entry in site.feed().entries]
    assert found == [
        ("https://tides.example/copy/", f"{TAG}copy"),
        ("https://tides.example/other/", before["other"]),
        ("https://tides.example/b/", before["a"]),
    ]


def test_an_article_that_moves_while_no_feed_shows_it_keeps_its_id(site: SiteOnDisk) -> None:
    before = ids(written(site, "a"))
    site.article("a.md", "Text of a.", draft="true").build()
    rename(site, "a.md", "b.md")
    report = site.build()
    assert report.hidden.keys() == {"b.md"} and report.written == ()
    (site.content / ".feeds" / "catalog.db").unlink()
    site.article("b.md", "Another text.", title="b", date="2024-01-02").build()
    assert ids(site) == {"b": before["a"], "other": before["other"]}


def test_an_article_under_the_name_of_one_that_is_gone_does_not_come_before_its_time(site: SiteOnDisk) -> None:
    written(site, "a")
    (site.content / "a.md").unlink()
    site.build()
    site.article("a.md", "Text of a newcomer.", title="new", date=site.now.date() + timedelta(days=3)).build()
    assert site.titles() == ["other"]
    for full in (False, True):
        report = site.build(datetime(2023, 12, 1, tzinfo=UTC), full=full)
        assert "clock-behind" in [problem.code for problem in report.problems]
        assert site.titles() == ["other"]
