"""Long feeds: all articles, and how large a feed may be."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright import check
from tests.conftest import SiteOnDisk, documents
from tests.test_archives import chain

TEXT = "Water comes and goes. " * 50


def long(site: SiteOnDisk, count: int, more: str = "", text: str = TEXT) -> SiteOnDisk:
    site.configure(more)
    for number in range(1, count + 1):
        site.article(
            f"{number:03}.md", f"Number {number}.\n\n{text}", date=f"20{10 + number // 1600}-01-01 00:{number % 60:02}"
        )
    return site


def codes(report: object) -> list[str]:
    return sorted(problem.code for problem in report.problems)  # type: ignore[attr-defined]


@pytest.mark.parametrize("count", [150, pytest.param(20_000, marks=pytest.mark.slow)])
def test_a_feed_may_have_all_articles(site: SiteOnDisk, count: int) -> None:
    long(site, count, "limit = 0\n", "Short.").build()
    for name, entry in (("atom.xml", b"<entry"), ("rss.xml", b"<item>"), ("feed.json", b'"date_published"')):
        assert site.tree()[name].count(entry) == count
    assert not site.build().written


def largest(site: SiteOnDisk, *folders: str) -> int:
    """The bytes of the largest document of some feeds."""
    return max(len(site.tree()[path]) for path in documents(*(folders or ("",))))


def texts(site: SiteOnDisk, path: str = "atom.xml") -> list[bool]:
    """Whether each entry has its whole text."""
    return [bool(entry.get("content")) for entry in site.feed(path).entries]


def test_the_oldest_entries_leave_a_feed_that_would_be_too_large_and_it_says_so(site: SiteOnDisk) -> None:
    report = long(site, 20, "max_bytes = 24000\n").build()
    assert codes(report) == ["feed-shortened"]
    assert report.problems[0].hint == "It shows fewer entries than `limit` says."
    shown = site.titles()
    assert 1 < len(shown) < 20
    assert shown == [f"{number:03}" for number in range(20, 20 - len(shown), -1)]
    assert [site.titles(path) for path in ("rss.xml", "feed.json")] == [shown, shown]
    assert all(texts(site))
    assert largest(site) <= 24000
    assert not [problem for held in site.tree().values() for problem in check(held)]
    again = site.build()
    assert (codes(again), again.new_problems, again.written) == (["feed-shortened"], (), ())


@pytest.mark.parametrize("more", ["", "hubs = ['https://hub.example/a', 'https://hub.example/b']\n", "limit = 0\n"])
def test_the_limit_is_the_documents_bytes_and_not_one_less(site: SiteOnDisk, more: str) -> None:
    long(site, 20, more).build()
    before, most = site.tree(), largest(site)
    site.configure(f"{more}max_bytes = {most}\n").build()
    assert site.tree() == before
    report = site.configure(f"{more}max_bytes = {most - 1}\n").build()
    assert codes(report) == ["feed-shortened"]
    assert len(site.titles()) == 19
    # It is the largest document that has no room: what fits now fits exactly, too.
    fewer, most = site.tree(), largest(site)
    site.configure(f"{more}max_bytes = {most}\n").build(full=True)
    assert site.tree() == fewer


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_one_entry_may_fill_a_document_to_the_last_byte(site: SiteOnDisk, zone: str) -> None:
    head = f'timezone = "{zone}"\n'
    site.configure(head).article("a.md", TEXT, date="2024-05-05 12:00").build()
    most = largest(site)
    report = site.configure(f"{head}max_bytes = {most}\n").build()
    assert (codes(report), texts(site)) == ([], [True])
    report = site.configure(f"{head}max_bytes = {most - 1}\n").build()
    assert (codes(report), texts(site)) == (["feed-shortened"], [False])
    assert report.problems[0].hint == "It shows a summary of an entry that alone is too large."


def test_what_was_published_in_full_stays_so_whatever_comes(site: SiteOnDisk) -> None:
    """Ten articles that fit, and a large one more."""
    long(site, 10, "max_bytes = 25000\n").build()
    assert texts(site) == [True] * 10
    before = {entry.id: entry.content[0].value for entry in site.feed().entries}
    site.article("big.md", TEXT * 8, date="2024-05-05").build()
    now = {entry.id: entry.content[0].value for entry in site.feed().entries}
    assert len(now) < 11
    assert site.titles()[:2] == ["big", "010"]
    assert now.items() - before.items() == {(id_, text) for id_, text in now.items() if id_ not in before}
    assert largest(site) <= 25000


def test_an_entry_that_alone_is_too_large_is_a_summary_and_the_others_are_whole(site: SiteOnDisk) -> None:
    long(site, 4, "max_bytes = 20000\n").article("big.md", TEXT * 30, date="2010-01-01 00:03:30")
    report = site.build()
    assert codes(report) == ["feed-shortened"]
    assert site.titles() == ["004", "big", "003", "002", "001"]
    assert texts(site) == texts(site, "rss.xml") == [True, False, True, True, True]
    assert largest(site) <= 20000
    before = site.tree()
    (site.content / ".feeds/catalog.db").unlink()
    site.build()
    assert site.tree() == before
    assert site.build(full=True).written == ()
    assert codes(site.configure("max_bytes = 500000\n").build()) == []
    assert texts(site) == [True] * 5


def test_a_feed_shows_one_entry_even_where_there_is_no_room_for_it(site: SiteOnDisk) -> None:
    report = long(site, 3, "max_bytes = 100\n").build()
    assert (site.titles(), texts(site)) == (["003"], [False])
    assert report.problems[0].hint == (
        "It shows fewer entries than `limit` says and a summary of an entry that alone is too large. "
        "It is as small as it can be, and still larger."
    )
    assert site.build(full=True).written == ()


def test_of_summaries_too_the_oldest_leave(site: SiteOnDisk) -> None:
    report = long(site, 20, "max_bytes = 6000\nbody = 'summary'\n").build()
    assert codes(report) == ["feed-shortened"]
    assert 1 < len(site.titles()) < 20
    assert site.titles() == sorted(site.titles(), reverse=True)
    assert largest(site) <= 6000


def test_a_feed_of_all_articles_shows_as_many_as_there_is_room_for(site: SiteOnDisk) -> None:
    report = long(site, 150, "limit = 0\nmax_bytes = 60000\n", "Short.").build()
    assert codes(report) == ["feed-shortened"]
    count = len(site.titles())
    assert 50 < count < 150
    assert site.build(full=True).written == ()
    site.article("new.md", "Short.", date="2024-05-05").build()
    assert abs(len(site.titles()) - count) <= 1
    assert largest(site) <= 60000


@given(sizes=st.lists(st.integers(1, 60), min_size=1, max_size=9), most=st.integers(2000, 24000))
@settings(max_examples=15, deadline=None)
def test_what_a_feed_shows_does_not_depend_on_how_it_came_to_be(sizes: list[int], most: int) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        slow, fast = SiteOnDisk(Path(one)), SiteOnDisk(Path(other))
        for site in (slow, fast):
            site.configure(f"max_bytes = {most}\n")
        for number, size in enumerate(sizes, 1):
            for site in (slow, fast):
                site.article(f"{number}.md", "Water comes and goes. " * size, date=f"2024-01-0{number}")
            slow.build()
        fast.build()
        assert slow.tree() == fast.tree()
        assert largest(slow) <= most or len(slow.titles()) == 1


def test_what_fits_is_as_it_was_without_a_bound(site: SiteOnDisk) -> None:
    long(site, 5).build()
    before = site.tree()
    report = site.configure("max_bytes = 50000\n").build()
    assert (site.tree(), codes(report)) == (before, [])


def test_a_feed_that_fits_again_has_all_entries_again(site: SiteOnDisk) -> None:
    long(site, 20, "max_bytes = 24000\n").build()
    for number in range(3, 21):
        (site.content / f"{number:03}.md").unlink()
    assert codes(site.build(allow_shrink=True)) == []
    assert site.titles() == ["002", "001"]


def test_only_the_feeds_that_ask_for_it_are_bounded(site: SiteOnDisk) -> None:
    site.configure("[kinds.tag]\nmax_bytes = 9000\n")
    for number in range(1, 9):
        site.article(f"{number}.md", TEXT, date=f"2024-01-0{number}", tags="[sea]")
    site.build()
    assert len(site.titles()) == 8
    assert 1 <= len(site.titles("tag/sea/atom.xml")) < 8
    assert largest(site, "tag/sea/") <= 9000 < largest(site)


def test_a_feed_at_a_former_address_is_bounded_as_well(site: SiteOnDisk) -> None:
    tagged = "[kinds.tag]\nmax_bytes = 9000\n"
    site.configure(tagged)
    for number in range(1, 9):
        site.article(f"{number}.md", TEXT, date=f"2024-01-0{number}", tags="[sea]")
    site.build()
    site.configure(f'feed_path = "a/much/longer/way/to/{{kind}}/{{term}}/{{format}}"\n{tagged}').build()
    moved = documents("tag/sea/", "a/much/longer/way/to/tag/sea/")
    assert max(len(site.tree()[path]) for path in moved) <= 9000


def test_tombstones_count(site: SiteOnDisk) -> None:
    long(site, 8).build()
    most = largest(site)
    reason = "It was wrong from beginning to end. " * 20
    site.configure(f"max_bytes = {most}\n").article("003.md", date="2010-01-01 00:03", retracted="2024-05-01")
    site.write(
        "003.md", (site.content / "003.md").read_text().replace("---\nWater", f"retracted_reason: {reason}\n---\n")
    )
    site.build()
    assert b"deleted-entry" in site.tree()["atom.xml"]
    assert largest(site) <= most


# --- archives ---


def test_what_leaves_early_is_in_archives_with_its_whole_text(site: SiteOnDisk) -> None:
    long(site, 20, "limit = 4\narchive = 5\nmax_bytes = 9000\n").build()
    parts = chain(site, "atom.xml")
    assert len({id_ for part in parts for id_ in part.ids}) == 20
    assert all(text for part in parts for _, _, text in part.entries)
    assert max(map(len, site.tree().values())) <= 9000
    assert site.build(full=True).written == ()


@pytest.mark.parametrize(("limit", "size", "most"), [(20, 100, 24000), (3, 10, 18000), (0, 4, 20000), (30, 1, 12000)])
def test_nothing_is_out_of_reach_while_an_archived_feed_grows(
    site: SiteOnDisk, limit: int, size: int, most: int
) -> None:
    site.configure(f"limit = {limit}\narchive = {size}\nmax_bytes = {most}\n")
    archived: dict[str, bytes] = {}
    for number in range(1, 25):
        site.article(f"{number:03}.md", TEXT, date=f"2024-01-{number:02}").build()
        tree = site.tree()
        parts = chain(site, "atom.xml")
        assert len({id_ for part in parts for id_ in part.ids}) == number
        assert all(text for part in parts for _, _, text in part.entries)
        assert max(map(len, tree.values())) <= most
        assert site.titles() == sorted(site.titles(), reverse=True)
        assert site.titles()[0] == f"{number:03}"
        closed = {path: held for path, held in tree.items() if path.startswith("archive/") and b"next-archive" in held}
        assert archived.items() <= tree.items()
        archived = closed
        if number % 6 == 0:
            assert site.build(full=True).written == ()


def test_an_old_article_that_comes_late_is_in_reach_of_those_who_read_archives(site: SiteOnDisk) -> None:
    long(site, 12, "limit = 6\narchive = 4\nmax_bytes = 16000\n").build()
    site.article("late.md", TEXT, date="2009-01-01").build()
    assert any(id_.endswith(":late") for part in chain(site, "atom.xml") for id_ in part.ids)
    assert largest(site) <= 16000
    assert site.build(full=True).written == ()


def test_few_archive_documents_are_made_though_each_new_article_pushes_one_out(site: SiteOnDisk) -> None:
    site.configure("limit = 20\narchive = 100\nmax_bytes = 24000\n")
    for number in range(1, 29):
        site.article(f"{number:03}.md", TEXT, date=f"2024-01-{number:02}").build()
    made = [path for path in site.tree() if path.startswith("archive/") and path.endswith("atom.xml")]
    assert len(made) <= 8
    assert len(site.titles()) >= 6


@pytest.mark.parametrize(("count", "called"), [(4, "512 KB"), (8, "1 MB")])
def test_a_feed_that_aggregators_would_not_read_is_said_once(site: SiteOnDisk, count: int, called: str) -> None:
    report = long(site, count, "formats = ['atom']\n", "Water comes and goes, as ever. " * 5000).build()
    assert codes(report) == ["feed-large"]
    assert called in report.problems[0].what
    again = site.article("more.md", date="2024-05-05").build()
    assert (codes(again), again.new_problems) == (["feed-large"], ())
