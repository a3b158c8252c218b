"""A ledger that was lost is written again of what the catalog has: the feeds stay as they were."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feedwright.publish.report import Report
from tests.conftest import SiteOnDisk

MOVED = 'title = "Tides"\nurl = "https://moved.example/"\n'


def lost(site: SiteOnDisk) -> Report:
    """A build after the loss, and one of everything after that, which changes nothing."""
    (site.content / ".feeds/ledger.db").unlink()
    report = site.build()
    assert [problem.code for problem in report.problems] == ["ledger-rebuilt"]
    assert site.build().problems == ()
    assert site.build(full=True).written == ()
    return report


def test_nothing_changes(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[sea, '!']").article("b.md", guid="17").build()
    before = site.tree()
    assert lost(site).written == ()
    assert site.tree() == before


def test_feeds_keep_their_ids_and_addresses(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[sea]").build()
    id_ = site.feed("tag/sea/atom.xml").feed.id
    site.configure('feed_path = "f/{kind}/{term}/{format}"\n', site=MOVED).build(allow_relink=True)
    before = site.tree()
    report = lost(site)
    assert site.tree() == before
    assert site.feed("f/tag/sea/atom.xml").feed.id == id_
    assert "tag/sea/atom.xml" in report.former


def test_a_retired_feed_is_kept_for_its_subscribers(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[sea]").article("b.md").build()
    site.article("a.md").build()
    before = site.tree()
    assert lost(site).retired == ("Tides: sea",)
    assert site.tree() == before


def test_an_empty_feed_stays_as_it_was(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    site.article("a.md", draft="true").build()
    before = site.tree()
    site.now += timedelta(days=3)
    lost(site)
    assert site.tree() == before


def test_files_that_swapped_their_names_meanwhile_keep_their_ids(site: SiteOnDisk) -> None:
    site.article("a.md", "Text of a.").article("b.md", "Text of b.", date="2024-01-02").article("c.md").build()
    before = {entry.title: entry.id for entry in site.feed().entries}
    swapped = [(site.content / f"{one}.md").read_bytes() for one in "ba"]
    for one, content in zip("ab", swapped, strict=True):
        site.write(f"{one}.md", content)
    lost(site)
    assert {entry.title: entry.id for entry in site.feed().entries} == before


def test_an_article_that_was_kept_though_its_date_is_gone_stays_so(site: SiteOnDisk) -> None:
    site.article("a.md").write("b.md", b"---\ntitle: B\ndate: 2024-01-02\n---\nText [see](/a.md)\n").build()
    site.write("b.md", b"---\ntitle: B\n---\nText\n")
    assert [problem.code for problem in site.build().problems] == ["date-missing"]
    before = site.tree()
    (site.content / ".feeds/ledger.db").unlink()
    assert [problem.code for problem in site.build().problems] == ["ledger-rebuilt", "date-missing"]
    assert [problem.code for problem in site.build(full=True).problems] == ["date-missing"]
    assert site.tree() == before


@pytest.mark.parametrize("catalog_too", [False, True])
def test_an_article_that_loses_its_own_date_later_is_not_dated_by_what_was_restored(
    site: SiteOnDisk, catalog_too: bool
) -> None:
    site.article("a.md").article("b.md").build()
    lost(site)
    site.article("a.md", date="2024-09-01")
    assert list(site.build().hidden) == ["a.md"]
    if catalog_too:
        (site.content / ".feeds/catalog.db").unlink()
    site.article("a.md", date=None)
    assert [problem.code for problem in site.build().problems] == ["date-missing"]
    assert site.titles() == ["b"]


def test_the_date_when_an_article_was_first_seen_is_not_lost(site: SiteOnDisk) -> None:
    site.configure('undated = "first-seen"\n').article("a.md", date=None).article("b.md", date=None, tags="[x]").build()
    before = {entry.id: entry.published for entry in site.feed().entries}
    lost(site)
    site.article("b.md", "Edited.", date=None).build(site.now + timedelta(days=1))
    assert {entry.id: entry.published for entry in site.feed().entries} == before


def test_a_clock_that_is_behind_is_noticed_all_the_same(site: SiteOnDisk) -> None:
    site.article("a.md", date="2024-05-20").build()
    before = site.tree()
    (site.content / ".feeds/ledger.db").unlink()
    site.now -= timedelta(days=60)
    assert {problem.code for problem in site.build().problems} == {"ledger-rebuilt", "clock-behind"}
    assert [problem.code for problem in site.build().problems] == ["clock-behind"]
    (site.content / ".feeds/catalog.db").unlink()
    assert [problem.code for problem in site.build().problems] == ["clock-behind"]
    assert site.tree() == before
