"""Articles that are taken back: what Atom feeds tell of them, for how long, and what never means it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from lxml import etree

from feedwright import check
from feedwright.cli import main
from feedwright.commands import retract
from feedwright.errors import FeedsError
from tests.conftest import NOW, SiteOnDisk
from tests.test_archives import archived, archives, chain

AT = "{http://purl.org/atompub/tombstones/1.0}"


def told(site: SiteOnDisk, path: str = "atom.xml") -> list[tuple[str, str, str]]:
    """Last part of the id, moment and comment of each entry that is told to be deleted."""
    root = etree.fromstring((site.out / path).read_bytes())
    return [
        (str(one.get("ref"))[-5:], str(one.get("when")), one.findtext(f"{AT}comment") or "")
        for one in root.findall(f"{AT}deleted-entry")
    ]


def two(site: SiteOnDisk) -> SiteOnDisk:
    site.article("tides.md", date="2024-03-01", tags="[sea]").article("shore.md", date="2024-03-02").build()
    return site


def test_a_retracted_article_leaves_all_feeds_and_atom_feeds_that_had_it_tell_so(site: SiteOnDisk) -> None:
    reason = "It was wrong & <b>bad</b>"
    two(site).article(
        "tides.md", date="2024-03-01", tags="[sea]", retracted="2024-05-01", retracted_reason=f'"{reason}"'
    ).build()
    assert site.titles() == site.titles("rss.xml") == ["shore"]
    expected = [("tides", "2024-05-01T00:00:00+00:00", "It was wrong & bad")]
    assert told(site) == told(site, "tag/sea/atom.xml") == expected
    assert b"example/tides/" not in site.tree()["rss.xml"]
    for path, held in site.tree().items():
        assert not check(held), path


def test_a_retraction_is_not_told_as_older_than_what_it_takes_back(site: SiteOnDisk) -> None:
    two(site).article("tides.md", date="2024-03-01", updated="2024-03-09 10:00", retracted="2024-03-05").build()
    assert told(site) == [("tides", "2024-03-09T10:00:00+00:00", "")]


def test_a_retraction_without_a_day_is_of_when_it_was_first_seen(site: SiteOnDisk) -> None:
    two(site).article("tides.md", date="2024-03-01", retracted="true").build()
    first = told(site)
    assert first == [("tides", NOW.isoformat(), "")]
    site.article("new.md", date="2024-05-05").build(NOW + timedelta(days=3))
    assert told(site) == first


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
@pytest.mark.parametrize("day", ["2024-05-30", "2024-06-01", "2024-06-02"])
def test_a_retraction_is_told_as_of_the_day_that_is_written(site: SiteOnDisk, zone: str, day: str) -> None:
    """Also where the author's day began before the site's, or the server's."""
    site.configure(f'timezone = "{zone}"\n').article("tides.md").article("b.md").build()
    report = site.article("tides.md", retracted=day).build()
    assert [when[:10] for _, when, _ in told(site)] == [day]
    assert report.hidden == {"tides.md": f"retracted {day}"}
    updated = datetime.fromisoformat(site.feed()["feed"]["updated"])
    assert updated <= NOW
    before = site.tree()
    site.build(NOW + timedelta(days=2), full=True)
    assert site.tree() == before


def test_a_retraction_of_a_day_far_away_is_of_when_it_was_first_seen(site: SiteOnDisk) -> None:
    site.article("tides.md").build()
    site.article("tides.md", retracted="2034-05-30").build()
    assert told(site) == [("tides", NOW.isoformat(), "")]


def test_a_retraction_is_told_for_the_time_that_is_set_and_the_clock_ends_it(site: SiteOnDisk) -> None:
    site.configure("retracted_for = 10\n")
    two(site).article("tides.md", date="2024-03-01", retracted="2024-03-05").build()
    assert not site.build(NOW + timedelta(days=10) - timedelta(seconds=1)).written
    assert told(site)
    site.build(NOW + timedelta(days=10))
    assert not told(site)
    assert site.titles() == ["shore"]


def test_an_article_that_was_never_published_is_not_told_of(site: SiteOnDisk) -> None:
    two(site).article("secret.md", date="2024-03-03", retracted="2024-03-04").build()
    assert b"deleted-entry" not in site.tree()["atom.xml"]
    assert b"secret" not in site.tree()["atom.xml"]


def test_a_file_that_vanishes_is_no_retraction(site: SiteOnDisk) -> None:
    two(site)
    (site.content / "tides.md").unlink()
    site.build()
    assert site.titles() == ["shore"]
    assert not told(site)


def test_an_article_that_stands_again_comes_back_under_its_id(site: SiteOnDisk) -> None:
    before = {entry.id for entry in two(site).feed().entries}
    site.article("tides.md", date="2024-03-01", retracted="2024-05-01").build()
    site.article("tides.md", date="2024-03-01").build()
    assert {entry.id for entry in site.feed().entries} == before
    assert not told(site)


def test_a_retraction_that_cannot_be_read_keeps_the_article_out(site: SiteOnDisk) -> None:
    report = site.article("tides.md", date="2024-03-01", retracted="soon").build
    site.article("shore.md", date="2024-03-02")
    assert {problem.code for problem in report().problems} == {"date-unreadable"}
    assert site.titles() == ["shore"]


def test_a_build_with_nothing_to_do_writes_nothing_beside_a_retraction(site: SiteOnDisk) -> None:
    two(site).article("tides.md", date="2024-03-01", retracted="2024-05-01").build()
    assert not site.build().written
    assert not site.build(full=True).written
    (site.content / ".feeds/catalog.db").unlink()
    assert not site.build().written


def test_a_deleted_article_is_told_of_once_that_is_confirmed(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retract, "clock", lambda: NOW)
    id_ = {entry.title: entry.id for entry in two(site).feed().entries}["tides"]
    (site.content / "tides.md").unlink()
    site.build()
    assert main(["retract", id_, str(site.content), "--reason", "Told twice"]) == 0
    site.build()
    assert told(site) == told(site, "tag/sea/atom.xml") == [("tides", NOW.isoformat(), "Told twice")]
    assert not site.build().written
    assert not [problem for held in site.tree().values() for problem in check(held)]


def test_a_deleted_article_may_be_confirmed_before_the_next_build(site: SiteOnDisk) -> None:
    two(site)
    (site.content / "tides.md").unlink()
    retract.retract(site.content, "https://tides.example/tides/")
    site.build()
    assert [name for name, _, _ in told(site)] == [name for name, _, _ in told(site, "tag/sea/atom.xml")] == ["tides"]


def test_an_article_that_stands_cannot_be_taken_back_by_its_id(site: SiteOnDisk) -> None:
    two(site)
    with pytest.raises(FeedsError) as caught:
        retract.retract(site.content, "tides.md")
    assert caught.value.problems[0].code == "article-stands"
    assert main(["retract", "tag:nobody", str(site.content)]) == 2


def test_a_retracted_article_stays_in_closed_archives_until_it_is_erased(site: SiteOnDisk) -> None:
    archived(site).build()
    before = archives(site)
    site.article("02.md", "Text 2.", date="2024-01-02", retracted="2024-02-01").build()
    assert archives(site) == before
    done = retract.retract(site.content, "02.md", erase=True)
    assert done.erased == ("archive/1/atom.xml", "archive/1/feed.json", "archive/1/rss.xml")
    site.build()
    after = archives(site)
    assert {path for path in before if before[path] != after[path]} == set(done.erased)
    assert [id_[-2:] for id_ in chain(site, "atom.xml")[-1].ids] == ["03", "01"]
    everything = b"".join(site.tree().values())
    assert b"Text 2." not in everything
    assert [name[-2:] for name, _, _ in told(site)] == ["02"]
    assert not [problem for held in site.tree().values() for problem in check(held)]
    assert not site.build().written


@pytest.mark.parametrize("gone", ["01", "02", "03"])
def test_the_first_the_middle_and_the_last_entry_can_be_erased_one_after_the_other(site: SiteOnDisk, gone: str) -> None:
    archived(site).build()
    for name in (gone, *{"01", "02", "03"} - {gone}):
        (site.content / f"{name}.md").unlink()
        retract.retract(site.content, f"{name}.md", erase=True)
    site.build()
    assert [len(one.entries) for one in chain(site, "atom.xml")] == [2, 3, 3, 0]
    assert [len(one.entries) for one in chain(site, "feed.json")] == [2, 3, 3, 0]
    assert [len(one.entries) for one in chain(site, "rss.xml")] == [2, 3, 3, 0]
    site.out.joinpath("archive/1/rss.xml").unlink()
    site.build()
    assert not [problem for held in site.tree().values() for problem in check(held)]
