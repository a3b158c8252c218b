"""Of articles that were published at the same instant: weight, then what a later run saw first, then names."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from itertools import permutations

import pytest

from feedwright.state.ids_file import tsv
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened
from tests.conftest import NOW, SiteOnDisk, documents

DAY = "2024-05-01"
SHUFFLED = (9, 11, 8, 10)


@pytest.fixture
def posts(site: SiteOnDisk) -> SiteOnDisk:
    """Four posts of one day, built."""
    for number in SHUFFLED:
        site.article(f"post-{number}.md", date=DAY, tags="[x]")
    site.build()
    return site


def codes(site: SiteOnDisk) -> list[str]:
    return [problem.code for problem in site.build().problems]


# --- names ---


def test_names_are_in_natural_order_in_every_feed_and_format(posts: SiteOnDisk) -> None:
    for folder in ("", "tag/x/"):
        for name in ("atom.xml", "rss.xml", "feed.json"):
            assert posts.titles(f"{folder}{name}") == ["post-11", "post-10", "post-9", "post-8"]


@pytest.mark.parametrize(
    "older_first",
    [
        ("post.md", "post-2.md", "post-10.md"),
        ("9/a.md", "10/a.md"),
        ("post-9/index.md", "post-10/index.md"),
        ("2024/9.md", "2024/10.md"),
        ("v1.9.md", "v1.10.md"),
        ("Day 9.md", "day 10.md"),
        ("é-9.md", "é-10.md"),
        ("a-007.md", "a-8.md", "a-0009.md"),
        ("a9b1.md", "a9b2.md", "a10b1.md"),
        ("99999999999999999999.md", "100000000000000000000.md"),
        ("a.md", "b.html"),
        ("2024-05-01-part-2.md", "2024-05-01-part-10.md"),
        ("20240501-9.md", "20240501-10.md"),
    ],
)
def test_of_two_names_the_later_in_natural_order_is_newer(site: SiteOnDisk, older_first: tuple[str, ...]) -> None:
    for name in sorted(older_first):
        site.article(name, date=DAY, title=f"'{name}'")
    site.build()
    assert site.titles() == [*reversed(older_first)]


def test_names_that_differ_in_zeros_alone_have_one_order(site: SiteOnDisk) -> None:
    site.article("a-8.md", date=DAY).article("a-08.md", date=DAY).build()
    first = site.titles()
    assert site.build(full=True).written == ()
    assert site.titles() == first == ["a-8", "a-08"]


# --- what a later run saw ---


def test_what_a_later_run_saw_comes_first_whatever_the_clock_says(posts: SiteOnDisk) -> None:
    posts.article("post-7.md", date=DAY).build()
    assert posts.titles()[:2] == ["post-7", "post-11"]
    posts.article("post-12.md", date=DAY).build(now=NOW + timedelta(days=1))
    posts.article("post-6.md", date=DAY).build(now=NOW - timedelta(days=1))
    assert posts.titles()[:4] == ["post-6", "post-12", "post-7", "post-11"]


def test_a_third_article_of_a_day_appears(site: SiteOnDisk) -> None:
    site.configure("limit = 2\n").article("post-8.md", date=DAY).article("post-9.md", date=DAY).build()
    assert site.titles() == ["post-9", "post-8"]
    site.article("post-10.md", date=DAY).build()
    assert site.titles() == ["post-10", "post-9"]
    site.article("a.md", date=DAY).build(now=NOW + timedelta(hours=1))
    assert site.titles() == ["a", "post-10"]


def thrown_away(site: SiteOnDisk) -> None:
    """All that is not kept with the articles."""
    for folder in (site.content / ".feeds", site.out):
        shutil.rmtree(folder, ignore_errors=True)


LOSSES = {
    "nothing": lambda site: None,
    "the catalog": lambda site: (site.content / ".feeds/catalog.db").unlink(),
    "the ledger": lambda site: (site.content / ".feeds/ledger.db").unlink(),
    "all but the table": thrown_away,
}


@pytest.mark.parametrize("lost", LOSSES)
@pytest.mark.parametrize("names", list(permutations("abc")))
def test_each_of_three_articles_of_a_day_appears_when_it_comes(
    site: SiteOnDisk, names: tuple[str, ...], lost: str
) -> None:
    site.configure("limit = 2\n").write("ids.tsv", "")
    for number, name in enumerate(names):
        site.article(f"sea/{name}.md", date=DAY, tags="[ebb]").build(now=NOW + timedelta(minutes=number))
        newest = list(reversed(names[: number + 1]))[:2]
        for folder in ("", "tag/ebb/", "section/sea/"):
            assert [site.titles(path) for path in documents(folder)] == [newest] * 3
        LOSSES[lost](site)
    for options in ({}, {"full": True}):
        site.build(now=NOW + timedelta(days=1), **options)
        assert site.titles() == newest


@pytest.mark.parametrize("lost", LOSSES)
def test_the_twenty_first_article_of_a_day_appears(site: SiteOnDisk, lost: str) -> None:
    site.write("ids.tsv", "")
    for number in range(20):
        site.article(f"n{number}.md", date=DAY)
    site.build()
    LOSSES[lost](site)
    site.article("a.md", date=DAY).build()
    assert site.titles()[0] == "a"
    assert len(site.titles()) == 20


def test_a_draft_is_seen_when_it_is_published(posts: SiteOnDisk) -> None:
    posts.article("post-1.md", date=DAY, draft="true").build()
    posts.article("post-12.md", date=DAY).build()
    posts.article("post-1.md", date=DAY).build()
    assert posts.titles()[:2] == ["post-1", "post-12"]


def test_what_is_due_at_one_instant_is_in_the_order_of_names(site: SiteOnDisk) -> None:
    for number in SHUFFLED:
        site.article(f"post-{number}.md", date="2024-06-02")
    site.build()
    site.build(now=NOW + timedelta(days=2))
    assert site.titles() == ["post-11", "post-10", "post-9", "post-8"]


def test_an_edit_or_a_move_is_nothing_new(posts: SiteOnDisk) -> None:
    posts.article("post-7.md", "Sevens.", date=DAY).build()
    posts.article("post-8.md", "Another text.", date=DAY).build()
    (posts.content / "post-9.md").rename(posts.content / "other.md")
    posts.build()
    assert posts.titles() == ["post-7", "post-11", "post-10", "post-8", "post-9"]


@pytest.mark.parametrize("lost", ["catalog.db", "ledger.db"])
def test_what_was_seen_when_outlives_a_loss(posts: SiteOnDisk, lost: str) -> None:
    posts.article("post-7.md", date=DAY).build()
    (posts.content / ".feeds" / lost).unlink()
    posts.build(full=True)
    assert posts.titles() == ["post-7", "post-11", "post-10", "post-9", "post-8"]
    posts.article("post-6.md", date=DAY).article("post-8.md", "Edited.", date=DAY).build()
    assert posts.titles() == ["post-6", "post-7", "post-11", "post-10", "post-9", "post-8"]


def test_the_table_beside_the_articles_says_what_was_seen_when(posts: SiteOnDisk) -> None:
    posts.write("ids.tsv", "").article("post-7.md", date=DAY).build()
    posts.configure('undated = "first-seen"\n').article("dated.md", date=None).build()
    before, table = posts.tree(), (posts.content / "ids.tsv").read_text()
    for _ in range(2):
        shutil.rmtree(posts.content / ".feeds")
        shutil.rmtree(posts.out)
        posts.build(now=NOW + timedelta(days=3))
        assert posts.tree() == before
        assert (posts.content / "ids.tsv").read_text() == table
    posts.article("post-1.md", date=DAY).build(now=NOW + timedelta(days=3))
    assert posts.titles() == ["dated", "post-1", "post-7", "post-11", "post-10", "post-9", "post-8"]


def test_a_table_of_the_time_before_is_read_as_it_is(posts: SiteOnDisk) -> None:
    posts.build()
    table = posts.content / "ids.tsv"
    with opened(Ledger, posts.content / ".feeds") as ledger:
        tsv.exported(table, ledger)
    without = re.sub(r"/[-\d]+T[:\d]+Z", "", table.read_text())
    assert without != table.read_text()
    table.write_text(without)
    shutil.rmtree(posts.content / ".feeds")
    posts.article("post-7.md", date=DAY).build()
    assert posts.titles() == ["post-7", "post-11", "post-10", "post-9", "post-8"]


# --- weight ---


@pytest.mark.parametrize("key", ["weight", "order", "Weight"])
def test_a_lower_weight_comes_first_and_none_last(site: SiteOnDisk, key: str) -> None:
    for name, weight in (("a", 10), ("b", None), ("c", "'9'"), ("d", -1.5), ("e", 0), ("f", "1e2")):
        site.article(f"{name}.md", date=DAY, **{key: weight})
    assert codes(site) == []
    assert site.titles() == ["d", "e", "c", "a", "f", "b"]


def test_weight_counts_for_more_than_what_was_seen_when_and_less_than_the_date(site: SiteOnDisk) -> None:
    site.article("a.md", date=DAY, weight=1).article("b.md", date=DAY, weight=1).build()
    site.article("c.md", date=DAY).article("d.md", date="2024-05-02", weight=99).article("e.md", date=DAY, weight=1)
    site.build()
    assert site.titles() == ["d", "e", "b", "a", "c"]


def test_a_change_of_weight_moves_an_article(posts: SiteOnDisk) -> None:
    posts.article("post-8.md", date=DAY, weight=1).build()
    assert posts.titles() == ["post-8", "post-11", "post-10", "post-9"]
    posts.article("post-8.md", date=DAY).build()
    assert posts.titles() == ["post-11", "post-10", "post-9", "post-8"]


@pytest.mark.parametrize("weight", ["heavy", "true", "[1, 2]", ".nan", ".inf", "{a: 1}", "12 kg"])
def test_what_is_no_number_is_no_weight_and_said(posts: SiteOnDisk, weight: str) -> None:
    posts.article("post-8.md", date=DAY, weight=weight)
    (problem,) = posts.build().problems
    assert (problem.code, problem.severity, problem.key) == ("value-unusable", "warning", "weight")
    assert posts.titles() == ["post-11", "post-10", "post-9", "post-8"]


def test_weight_is_read_of_toml_and_json_and_of_zolas_and_hugos_tables(site: SiteOnDisk) -> None:
    site.write("a.md", f"+++\ntitle = 'a'\ndate = {DAY}\nweight = 2\n+++\nx")
    site.write("b.md", f"+++\ntitle = 'b'\ndate = {DAY}\n[extra]\norder = 1\n+++\nx")
    site.write("c.md", f'{{"title": "c", "date": "{DAY}", "weight": 3}}\n\nx').article("d.md", date=DAY).build()
    assert site.titles() == ["b", "a", "c", "d"]


# --- archives and what stands beside feeds ---


def test_archives_lose_nothing_and_keep_their_bytes(site: SiteOnDisk) -> None:
    site.configure("limit = 2\narchive = 2\n")
    for number in SHUFFLED:
        site.article(f"post-{number}.md", date=DAY)
    site.build()
    closed: dict[str, bytes] = {}
    for number in (7, 12, 3, 30, 1):
        site.article(f"post-{number}.md", date=DAY, weight=number if number > 10 else None).build()
        now = {path: held for path, held in site.tree().items() if path.startswith("archive/")}
        assert {path: now[path] for path in closed} == closed
        closed = {path: held for path, held in now.items() if b"next-archive" in held}
        documents = [path for path in site.tree() if path.endswith("atom.xml")]
        shown = {title for path in documents for title in site.titles(path)}
        assert shown == {path.stem for path in site.content.glob("post-*.md")}
    assert site.titles()[:2] == ["post-12", "post-30"]
    assert site.build(full=True).written == ()


def test_the_page_and_the_news_have_the_same_order(site: SiteOnDisk) -> None:
    site.configure('language = "en"\nextras = ["page", "news"]\n', alone=())
    for number in SHUFFLED:
        site.article(f"post-{number}.md", date="2024-06-01", weight=1 if number == 9 else None)
    site.build()
    assert site.titles() == ["post-9", "post-11", "post-10", "post-8"]
    page = re.findall(r"<li><a href=[^>]*><bdi>(post-\d+)", (site.out / "index.html").read_text())
    assert page == site.titles()
    news = re.findall(r"<news:title>(.*?)</news:title>", (site.out / "news-sitemap.xml").read_text())
    assert news == site.titles()[::-1]
