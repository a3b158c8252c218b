"""The sitemap: every page that may be shown and no other, and few files that one article changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

import feedwright
from feedwright.publish.extras import sitemap
from feedwright.state.catalog import Catalog
from feedwright.state.sqlite import opened
from tests.conftest import NOW, SiteOnDisk

ASKED = 'extras = ["sitemap"]\n'
_LOC, _LASTMOD = f"{{{sitemap.NAMESPACE}}}loc", f"{{{sitemap.NAMESPACE}}}lastmod"


@pytest.fixture
def tides(site: SiteOnDisk) -> SiteOnDisk:
    return site.configure(ASKED)


def pages(site: SiteOnDisk, path: str = "sitemap.xml") -> dict[str, str | None]:
    """Address -> lastmod, in a sitemap and in those that an index lists."""
    root = etree.fromstring(site.tree()[path])
    found = {one.findtext(_LOC) or "": one.findtext(_LASTMOD) for one in root.iterchildren(tag=etree.Element)}
    if not root.tag.endswith("sitemapindex"):
        return found
    base = "https://tides.example/"
    return {url: at for one in found for url, at in pages(site, one.removeprefix(base)).items()}


def sitemaps(site: SiteOnDisk) -> list[str]:
    return [path for path in site.tree() if path.startswith("sitemap")]


def test_every_article_is_there_with_the_time_of_its_last_change(tides: SiteOnDisk) -> None:
    tides.article("a.md", date="2024-01-01T10:00:00+01:00").article("b.md", updated="2024-02-03T04:05:06Z").build()
    assert pages(tides) == {
        "https://tides.example/a/": "2024-01-01T10:00:00+01:00",
        "https://tides.example/b/": "2024-02-03T04:05:06Z",
    }


def test_articles_that_no_feed_shows_any_more_are_there_too(tides: SiteOnDisk) -> None:
    tides.configure(f"{ASKED}limit = 2\n")
    for number in range(5):
        tides.article(f"{number}.md", date=f"2024-01-0{number + 1}")
    tides.build()
    assert len(pages(tides)) == 5


def test_what_may_not_be_shown_is_not_there(tides: SiteOnDisk) -> None:
    tides.article("a.md").article("draft.md", draft="true").article("future.md", date="2099-01-01")
    tides.article("expired.md", expires="2024-02-01").article("no.md", feed="false").write(
        "broken.md", "---\na: [\n---\n"
    )
    tides.build()
    assert list(pages(tides)) == ["https://tides.example/a/"]


def test_an_article_appears_and_expires_by_time_alone(tides: SiteOnDisk) -> None:
    tides.article("a.md").article("later.md", date="2024-06-02").article("over.md", expires="2024-06-03").build()
    assert set(pages(tides)) == {"https://tides.example/a/", "https://tides.example/over/"}
    tides.build(NOW + timedelta(days=1))
    assert len(pages(tides)) == 3
    tides.build(NOW + timedelta(days=3))
    assert set(pages(tides)) == {"https://tides.example/a/", "https://tides.example/later/"}


def test_pages_of_other_sites_and_outside_the_site_are_not_there(tides: SiteOnDisk) -> None:
    tides.configure(ASKED, site='title = "Tides"\nurl = "https://tides.example/sea/"\n')
    tides.article("a.md").article("link.md", permalink="https://other.example/x/")
    tides.article("land.md", permalink="https://tides.example/land/").article("part.md", permalink="/b/#part")
    tides.article("long.md", permalink=f"/{'x' * 2047}/").build()
    assert list(pages(tides)) == ["https://tides.example/sea/a/"]


def test_an_undated_article_that_comes_last_has_no_lastmod(tides: SiteOnDisk) -> None:
    tides.configure(f'{ASKED}undated = "last"\n').article("a.md", date=None).build()
    assert pages(tides) == {"https://tides.example/a/": None}


def test_a_page_that_two_articles_have_is_there_once(tides: SiteOnDisk) -> None:
    tides.article("a.md", permalink="/x/", date="2024-01-01").article(
        "b.md", permalink="/x/", date="2024-01-02"
    ).build()
    assert pages(tides) == {"https://tides.example/x/": "2024-01-02T00:00:00Z"}


def test_an_address_is_escaped(tides: SiteOnDisk) -> None:
    tides.article("a.md", permalink="/é/?a=1&b='2'").build()
    assert list(pages(tides)) == ["https://tides.example/%C3%A9/?a=1&b='2'"]
    assert feedwright.check(tides.tree()["sitemap.xml"]) == []


def test_a_site_without_articles_has_no_sitemap_and_loses_the_one_it_had(tides: SiteOnDisk) -> None:
    tides.article("b.md", draft="true").build()
    assert sitemaps(tides) == []
    tides.article("a.md").build()
    assert sitemaps(tides) == ["sitemap.xml"]
    tides.article("a.md", draft="true").build(allow_shrink=True)
    assert sitemaps(tides) == []


def test_a_sitemap_is_clean(tides: SiteOnDisk) -> None:
    tides.article("a.md").article("b.md").build()
    assert feedwright.check(tides.tree()["sitemap.xml"], media_type="application/xml", now=NOW) == []


def test_nothing_is_written_where_no_page_changed(tides: SiteOnDisk) -> None:
    tides.article("a.md").build()
    file = tides.out / "sitemap.xml"
    before = file.stat()
    tides.article("a.md", "Another text.").build()
    tides.build(NOW + timedelta(days=9), full=True)
    after = file.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.fixture
def many(tides: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    """A site for which one sitemap is too little."""
    monkeypatch.setattr(sitemap, "TOGETHER", 3)
    for month in (1, 2, 3):
        tides.article(f"a{month}.md", date=f"2024-0{month}-01").article(f"b{month}.md", date=f"2024-0{month}-28")
    return tides


def test_many_articles_have_a_sitemap_a_month_and_an_index(many: SiteOnDisk) -> None:
    many.build()
    assert sitemaps(many) == ["sitemap-2024-01.xml", "sitemap-2024-02.xml", "sitemap-2024-03.xml", "sitemap.xml"]
    assert len(pages(many)) == 6
    assert len(pages(many, "sitemap-2024-02.xml")) == 2
    for path in sitemaps(many):
        assert feedwright.check(many.tree()[path], now=NOW) == []


def test_one_changed_article_changes_one_sitemap(many: SiteOnDisk) -> None:
    many.build()
    written = many.article("a2.md", date="2024-02-01", updated="2024-05-01").build().written
    assert [path for path in written if path.startswith("sitemap")] == ["sitemap-2024-02.xml"]
    written = many.article("c4.md", date="2024-04-01").build().written
    assert [path for path in written if path.startswith("sitemap")] == ["sitemap-2024-04.xml", "sitemap.xml"]


def test_an_article_that_moves_to_another_month_or_address_changes_what_it_leaves_and_where_it_comes(
    many: SiteOnDisk,
) -> None:
    many.build()
    for edit in (
        {"date": "2024-03-03"},
        {"date": "2024-03-03", "slug": "new"},
        {"date": "2024-01-01", "draft": "true"},
    ):
        many.article("a1.md", **edit).build(allow_relink=True)
        there = many.tree()
        (many.content / ".feeds" / "catalog.db").unlink()
        many.build()
        assert many.tree() == there
    assert len(pages(many)) == 5


def test_another_address_of_the_site_changes_all(many: SiteOnDisk) -> None:
    many.build()
    many.configure(ASKED, site='title = "Tides"\nurl = "https://sea.example/"\n').build(allow_relink=True)
    assert many.tree()["sitemap-2024-01.xml"].count(b"<loc>https://sea.example/") == 2
    assert many.tree()["sitemap.xml"].count(b"<loc>https://sea.example/sitemap-") == 3


def test_a_sitemap_of_a_month_without_articles_goes(many: SiteOnDisk) -> None:
    many.build()
    for name in ("a2.md", "b2.md"):
        (many.content / name).unlink()
    many.build(allow_shrink=True)
    assert sitemaps(many) == ["sitemap-2024-01.xml", "sitemap-2024-03.xml", "sitemap.xml"]
    for name in ("a3.md", "b3.md"):
        (many.content / name).unlink()
    many.build(allow_shrink=True)
    assert sitemaps(many) == ["sitemap.xml"]
    assert len(pages(many)) == 2


def test_a_month_of_too_much_is_cut(many: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 3)
    for day in range(10, 15):
        many.article(f"c{day}.md", date=f"2024-02-{day}")
    many.build()
    parts = [path for path in sitemaps(many) if "2024-02" in path]
    assert parts == ["sitemap-2024-02-2.xml", "sitemap-2024-02-3.xml", "sitemap-2024-02.xml"]
    assert sorted(len(pages(many, path)) for path in parts) == [1, 3, 3]
    assert len(pages(many)) == 11
    assert many.build(full=True).written == ()


def test_no_sitemap_is_larger_than_it_may_be(many: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LARGEST", 400)
    for day in range(10, 15):
        many.article(f"c{day}.md", permalink=f"/{'&' * 40}{day}/", date=f"2024-02-{day}")
    many.build()
    assert all(len(many.tree()[path]) < 400 + 200 for path in sitemaps(many) if path != "sitemap.xml")
    assert len(pages(many)) == 11


def test_the_last_month_that_there_is_can_be_asked_for(tmp_path: Path) -> None:
    from feedwright.model import Site
    from feedwright.state.catalog.pages import pages_of

    with opened(Catalog, tmp_path, copy=True) as catalog:
        site = Site("Tides", "https://tides.example/", "https://tides.example/", "tides.example")
        for month in ("0001-01", "1970-01", "9999-12"):
            assert pages_of(catalog, site, month) == []


@pytest.mark.slow
def test_ten_thousand_articles_are_listed_within_a_second(tides: SiteOnDisk) -> None:
    start = datetime(2000, 1, 1, tzinfo=UTC)
    for number in range(10_000):
        tides.article(f"{number}.md", date=(start + timedelta(hours=20 * number)).isoformat())
    tides.build()
    assert len(pages(tides)) == 10_000
    written = tides.article("77.md", updated="2024-05-01", date="2000-03-05").build().written
    assert len([path for path in written if path.startswith("sitemap")]) == 1
