"""The news sitemap: two days of articles, and no article a second longer."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Any

import pytest
from lxml import etree

import feedwright
from feedwright.publish.extras import news
from tests.conftest import NOW, SiteOnDisk

ASKED = 'extras = ["news"]\nlanguage = "en-GB"\n'
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


@pytest.fixture
def tides(site: SiteOnDisk) -> SiteOnDisk:
    return site.configure(ASKED)


def ago(**past: float) -> str:
    return (NOW - timedelta(**past)).isoformat()


def listed(site: SiteOnDisk, path: str = "news-sitemap.xml") -> list[dict[str, Any]]:
    root = etree.fromstring(site.tree()[path])
    if root.tag.endswith("sitemapindex"):
        names = [str(loc.text).removeprefix("https://tides.example/") for loc in root.iterfind("s:sitemap/s:loc", NS)]
        return [one for name in names for one in listed(site, name)]
    paths = {"url": "s:loc", "title": "*/n:title", "date": "*/n:publication_date"}
    paths |= {"name": "*/*/n:name", "language": "*/*/n:language"}
    return [{key: url.findtext(at, namespaces=NS) for key, at in paths.items()} for url in root.iterfind("s:url", NS)]


def titles(site: SiteOnDisk) -> list[str]:
    return [one["title"] for one in listed(site)] if "news-sitemap.xml" in site.tree() else []


def test_an_article_of_the_last_two_days_is_there_with_all_that_is_asked_for(tides: SiteOnDisk) -> None:
    tides.article("a.md", title="'Sea & land'", date=ago(days=1)).article("old.md", date=ago(days=2)).build()
    assert listed(tides) == [
        {
            "url": "https://tides.example/a/",
            "title": "Sea & land",
            "date": "2024-05-31T12:00:00Z",
            "name": "Tides",
            "language": "en",
        }
    ]


def test_a_news_sitemap_is_clean(tides: SiteOnDisk) -> None:
    tides.article("a.md", title="'<b> & \"c\"'", date=ago(days=1)).article("b.md", date=ago(hours=1)).build()
    assert feedwright.check(tides.tree()["news-sitemap.xml"], media_type="application/xml", now=NOW) == []


def test_the_publications_language_is_the_articles(tides: SiteOnDisk) -> None:
    for name, tag in (("a", "de-AT"), ("b", "zh-Hant-HK"), ("c", "zh"), ("d", "gsw"), ("e", "")):
        tides.article(f"{name}.md", date=ago(days=1), lang=tag or None)
    tides.build()
    assert [one["language"] for one in listed(tides)] == ["de", "zh-tw", "zh-cn", "gsw", "en"]
    assert feedwright.check(tides.tree()["news-sitemap.xml"]) == []


def test_an_article_in_no_known_language_is_not_there(tides: SiteOnDisk) -> None:
    tides.configure('extras = ["news"]\n').article("a.md", date=ago(days=1)).build()
    assert titles(tides) == []
    tides.article("b.md", date=ago(days=1), lang="fr").build()
    assert titles(tides) == ["b"]


def test_an_article_leaves_by_time_alone(tides: SiteOnDisk) -> None:
    tides.article("a.md", date=ago(days=1)).article("b.md", date=ago(hours=1)).build()
    leaves = NOW + timedelta(days=1)
    before = tides.tree()
    assert tides.build(leaves - timedelta(seconds=1)).written == ()
    assert tides.tree() == before
    assert tides.build(leaves).written == ("news-sitemap.xml",)
    assert titles(tides) == ["b"]
    assert tides.build(leaves).written == ()


def test_where_nothing_is_news_there_is_no_news_sitemap(tides: SiteOnDisk) -> None:
    tides.article("a.md", date=ago(days=1)).build()
    tides.build(NOW + timedelta(days=1))
    assert "news-sitemap.xml" not in tides.tree()
    tides.build(NOW + timedelta(days=9))
    tides.article("b.md", date=(NOW + timedelta(days=9)).isoformat()).build(NOW + timedelta(days=9))
    assert titles(tides) == ["b"]


def test_an_article_comes_when_it_is_due_and_goes_two_days_later(tides: SiteOnDisk) -> None:
    due = NOW + timedelta(days=3)
    tides.article("a.md").article("later.md", date=due.isoformat()).build()
    for at, shown in ((due - timedelta(seconds=1), []), (due, ["later"]), (due + timedelta(days=2), [])):
        tides.build(at)
        assert titles(tides) == shown, at


def test_a_clock_that_cannot_be_right_decides_nothing(tides: SiteOnDisk) -> None:
    tides.article("a.md", date=ago(days=1)).article("b.md", date=ago(hours=1)).article(
        "old.md", date=ago(days=2)
    ).build()
    before = tides.tree()
    for wrong in (datetime(1970, 1, 1, tzinfo=NOW.tzinfo), NOW - timedelta(days=1)):
        tides.build(wrong)
        assert tides.tree() == before
    (tides.content / ".feeds" / "catalog.db").unlink()
    tides.build(datetime(1970, 1, 1, tzinfo=NOW.tzinfo))
    assert tides.tree() == before
    tides.build(NOW + timedelta(days=1))
    assert titles(tides) == ["b"]
    tides.build(NOW + timedelta(days=3))
    tides.build(datetime(1970, 1, 1, tzinfo=NOW.tzinfo), full=True)
    assert titles(tides) == []


def test_by_a_wrong_clock_without_a_memory_of_a_right_one_the_newest_articles_are_news(tides: SiteOnDisk) -> None:
    tides.article("a.md", date=ago(days=1)).article("b.md", date=ago(hours=1)).article(
        "old.md", date=ago(days=3)
    ).build()
    before = tides.tree()
    with sqlite3.connect(tides.content / ".feeds" / "ledger.db") as ledger:
        ledger.execute("DELETE FROM fact WHERE name = 'last'")
    ledger.close()
    tides.build(datetime(1970, 1, 1, tzinfo=NOW.tzinfo))
    assert tides.tree() == before


def test_what_is_no_news_of_this_site_is_not_there(tides: SiteOnDisk) -> None:
    tides.article("a.md", date=ago(days=1)).article("draft.md", date=ago(days=1), draft="true")
    tides.article("future.md", date=ago(days=-1)).article("no.md", date=ago(days=1), feed="false")
    tides.article("link.md", date=ago(days=1), permalink="https://other.example/x/").article("undated.md", date=None)
    tides.article("untitled.md", date=ago(days=1), title='""').build()
    assert titles(tides) == ["a"]


def test_more_than_a_file_may_hold_is_split_and_has_an_index(
    tides: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST", 2)
    for name in "abcde":
        tides.article(f"{name}.md", date=ago(hours=40 - ord(name) % 32))
    tides.build()
    parts = [path for path in tides.tree() if path.startswith("news")]
    assert parts == ["news-sitemap-1.xml", "news-sitemap-2.xml", "news-sitemap-3.xml", "news-sitemap.xml"]
    assert titles(tides) == list("abcde")
    for path in parts:
        assert feedwright.check(tides.tree()[path]) == []
    written = tides.article("f.md", date=ago(hours=1)).build().written
    assert [path for path in written if path.startswith("news")] == ["news-sitemap-3.xml"]
    tides.build(NOW + timedelta(hours=13))
    assert [path for path in tides.tree() if path.startswith("news")] == ["news-sitemap.xml"]
    assert titles(tides) == ["f"]


def test_an_edit_of_the_text_changes_nothing_and_one_of_the_headline_does(tides: SiteOnDisk) -> None:
    tides.article("a.md", date=ago(days=1)).build()
    assert "news-sitemap.xml" not in tides.article("a.md", "Another text.", date=ago(days=1)).build().written
    assert "news-sitemap.xml" in tides.article("a.md", title="New", date=ago(days=1)).build().written
