"""Long feeds: all articles, and how large a feed may be."""

from __future__ import annotations

import pytest

from feedwright import check
from tests.conftest import SiteOnDisk
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


def test_a_feed_that_would_be_too_large_shows_summaries_and_says_so(site: SiteOnDisk) -> None:
    report = long(site, 20, "max_bytes = 24000\n").build()
    assert codes(report) == ["feed-shortened"]
    assert len(site.titles()) == len(site.titles("rss.xml")) == 20
    assert all("content" not in entry for entry in site.feed().entries)
    assert max(len(held) for held in site.tree().values()) <= 24000
    assert not [problem for held in site.tree().values() for problem in check(held)]
    again = site.build()
    assert (codes(again), again.new_problems, again.written) == (["feed-shortened"], (), ())


def test_what_is_too_large_with_summaries_has_fewer_entries(site: SiteOnDisk) -> None:
    report = long(site, 20, "max_bytes = 12000\n").build()
    assert codes(report) == ["feed-shortened"]
    assert 1 <= len(site.titles()) < 20
    assert site.titles() == sorted(site.titles(), reverse=True)
    assert max(len(held) for held in site.tree().values()) <= 12000


def test_what_fits_is_as_it_was_without_a_bound(site: SiteOnDisk) -> None:
    long(site, 5).build()
    before = site.tree()
    report = site.configure("max_bytes = 50000\n").build()
    assert (site.tree(), codes(report)) == (before, [])


def test_a_feed_that_fits_again_has_whole_texts_again(site: SiteOnDisk) -> None:
    long(site, 20, "max_bytes = 24000\n").build()
    for number in range(3, 21):
        (site.content / f"{number:03}.md").unlink()
    assert codes(site.build(allow_shrink=True)) == []
    assert all(entry.content for entry in site.feed().entries)


def test_only_the_feeds_that_ask_for_it_are_bounded(site: SiteOnDisk) -> None:
    site.configure("[kinds.tag]\nmax_bytes = 9000\n")
    for number in range(1, 9):
        site.article(f"{number}.md", TEXT, date=f"2024-01-0{number}", tags="[sea]")
    site.build()
    assert all(entry.content for entry in site.feed().entries)
    assert all("content" not in entry for entry in site.feed("tag/sea/atom.xml").entries)


def test_archives_have_whole_texts_and_lose_none_whatever_the_feed_does_without(site: SiteOnDisk) -> None:
    long(site, 20, "limit = 4\narchive = 5\nmax_bytes = 9000\n").build()
    documents = chain(site, "atom.xml")
    assert len({id_ for document in documents for id_ in document.ids}) == 20
    assert all(not text for _, _, text in documents[0].entries)
    assert all(text for document in documents[1:] for _, _, text in document.entries)


@pytest.mark.parametrize(("count", "called"), [(4, "512 KB"), (8, "1 MB")])
def test_a_feed_that_aggregators_would_not_read_is_said_once(site: SiteOnDisk, count: int, called: str) -> None:
    report = long(site, count, "formats = ['atom']\n", "Water comes and goes, as ever. " * 5000).build()
    assert codes(report) == ["feed-large"]
    assert called in report.problems[0].what
    again = site.article("more.md", date="2024-05-05").build()
    assert (codes(again), again.new_problems) == (["feed-large"], ())
