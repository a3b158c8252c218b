"""When a feed says that it changed last: RSS's `lastBuildDate`, Atom's and JSON's `updated`."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feedwright.state.catalog import last_changed
from tests.conftest import NOW, SiteOnDisk

LATER = NOW + timedelta(hours=3, minutes=7)


def changed(site: SiteOnDisk, folder: str = "") -> datetime:
    """When a feed changed last, which it says alike in each format."""
    tree = site.tree()
    rss = etree.fromstring(tree[f"{folder}rss.xml"]).findtext("channel/lastBuildDate")
    atom = etree.fromstring(tree[f"{folder}atom.xml"]).findtext("{http://www.w3.org/2005/Atom}updated")
    found = datetime.fromisoformat(json.loads(tree[f"{folder}feed.json"])["_feedwright"]["updated"])
    assert parsedate_to_datetime(str(rss)) == datetime.fromisoformat(str(atom)) == found
    return found


@pytest.fixture
def tides(site: SiteOnDisk) -> SiteOnDisk:
    site.configure('timezone = "Europe/Berlin"\n').write("ids.tsv", "")
    site.article("a.md", date="2024-05-01 10:00", tags="[sea]").article("b.md", date="2024-05-20 10:00").build()
    return site


def test_an_article_with_an_old_date_moves_the_feeds_that_it_comes_into(tides: SiteOnDisk) -> None:
    before = changed(tides)
    assert before.isoformat() == "2024-05-20T10:00:00+02:00"
    tides.article("old.md", date="2024-03-01").build(LATER)
    assert changed(tides) == LATER
    assert changed(tides, "tag/sea/").isoformat() == "2024-05-01T10:00:00+02:00"
    tides.article("older.md", date="2024-02-01", tags="[sea]").build(LATER + timedelta(days=1))
    assert changed(tides) == changed(tides, "tag/sea/") == LATER + timedelta(days=1)


def test_another_article_of_the_same_day_moves_the_feed(tides: SiteOnDisk) -> None:
    tides.article("one.md", date="2024-05-31").build()
    assert changed(tides).isoformat() == "2024-05-31T00:00:00+02:00"
    tides.article("two.md", date="2024-05-31").build(LATER)
    assert changed(tides) == LATER


def test_no_time_of_a_run_is_in_a_feed_whose_articles_come_in_the_order_of_their_dates(tides: SiteOnDisk) -> None:
    tides.article("new.md", date="2024-05-31 10:00").build(LATER)
    assert changed(tides).isoformat() == "2024-05-31T10:00:00+02:00"
    tides.article("due.md", date="2024-06-02 10:00").build(LATER)
    assert changed(tides).isoformat() == "2024-05-31T10:00:00+02:00"
    tides.build(LATER + timedelta(days=3))
    assert changed(tides).isoformat() == "2024-06-02T10:00:00+02:00"


def test_an_edit_moves_nothing_but_where_its_author_says_so(tides: SiteOnDisk) -> None:
    tides.article("a.md", "Edited.", date="2024-05-01 10:00").build(LATER)
    assert changed(tides).isoformat() == "2024-05-20T10:00:00+02:00"
    tides.article("a.md", "Again.", date="2024-05-01 10:00", updated="2024-06-01 11:00").build(LATER)
    assert changed(tides).isoformat() == "2024-06-01T11:00:00+02:00"


@pytest.mark.parametrize("lost", ["nothing", "catalog.db", "ledger.db", "all"])
def test_every_later_run_comes_to_the_same(tides: SiteOnDisk, lost: str) -> None:
    tides.article("old.md", date="2024-03-01").build(LATER)
    before = tides.tree()
    if lost == "all":
        shutil.rmtree(tides.content / ".feeds")
        shutil.rmtree(tides.out)
    elif lost != "nothing":
        (tides.content / ".feeds" / lost).unlink()
    for days in (1, 2):
        tides.build(LATER + timedelta(days=days), full=days == 2)
        assert tides.tree() == before


def test_an_article_that_leaves_again_leaves_the_feed_as_it_was(tides: SiteOnDisk) -> None:
    before = tides.tree()
    tides.article("old.md", date="2024-03-01").build(LATER)
    tides.article("old.md", date="2024-03-01", draft="true").build(LATER + timedelta(days=1))
    assert tides.tree() == before


def test_an_archived_feed_moves_as_well(site: SiteOnDisk) -> None:
    site.configure("archive = 3\nlimit = 2\n")
    for number in range(1, 8):
        site.article(f"{number}.md", date=f"2024-05-0{number}")
    site.build()
    site.article("old.md", date="2024-03-01").build(LATER)
    assert changed(site) == LATER
    before = site.tree()
    site.build(LATER + timedelta(days=1), full=True)
    assert site.tree() == before


MOMENTS = st.integers(0, 9).map(lambda hours: NOW + timedelta(hours=hours))
SEEN = st.integers(0, 9).map(lambda hours: int(NOW.timestamp()) + 3600 * hours) | st.just(0)


@given(entries=st.lists(st.tuples(MOMENTS, SEEN), max_size=6))
def test_a_feed_is_as_new_as_its_newest_entry_or_when_one_came(entries: list[tuple[datetime, int]]) -> None:
    found = last_changed(entries)
    assert found == last_changed(reversed(entries))
    newest = max((updated for updated, _ in entries), default=None)
    if found is None or newest is None:
        assert found is newest is None
        return
    assert found == newest or int(found.timestamp()) in {seen for _, seen in entries}
    assert found >= newest
    assert last_changed((updated, 7) for updated, _ in entries) == newest
