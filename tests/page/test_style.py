"""The style sheet, and how feeds name it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

import feedwright
from feedwright.checks import check
from feedwright.formats import load
from feedwright.model import Feed
from feedwright.publish.page.css import quoted, sheet
from tests.conftest import SiteOnDisk
from tests.unit.select.test_feeds import NOON, SITE, URL, article

WAY = re.compile(rb'\A<\?xml version="1.0" encoding="UTF-8"\?>\n<\?xml-stylesheet type="text/css" href="([^"]*)"\?>\n<')


def feed(format_: str, path: str, stylesheet: str = "feeds.css") -> Feed:
    return Feed(SITE, "site", "", URL, "Tides", "Tides", URL, URL + path, path, format_, NOON, stylesheet=stylesheet)


def made(format_: str, path: str, stylesheet: str = "feeds.css") -> tuple[bytes, list[bytes]]:
    shape = feed(format_, path, stylesheet)
    entries = [load(format_).entry(article(f"{name}.md"), SITE, shape.options) for name in "ab"]
    ((_, document),) = load(format_).documents(shape, entries)
    return document, entries


@pytest.mark.parametrize("format_", ["rss", "atom"])
@pytest.mark.parametrize(
    ("path", "way"), [("rss.xml", "feeds.css"), ("feed/index.xml", "../feeds.css"), ("tag/é/x.xml", "../../feeds.css")]
)
def test_a_feed_names_the_style_sheet_by_the_way_from_its_own_document(format_: str, path: str, way: str) -> None:
    document, _ = made(format_, path)
    found = WAY.match(document)
    assert found and found[1].decode() == way


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_a_style_sheet_changes_nothing_else_and_gives_no_finding(format_: str) -> None:
    styled, _ = made(format_, "a.xml")
    plain, _ = made(format_, "a.xml", "")
    assert re.sub(rb"<\?xml-stylesheet.*\?>\n", b"", styled) == plain
    assert [(one.code, one.key) for one in check(styled)] == [(one.code, one.key) for one in check(plain)]
    assert etree.fromstring(styled).tag == etree.fromstring(plain).tag


def test_every_feed_that_is_built_leads_to_the_one_style_sheet(site: SiteOnDisk) -> None:
    site.configure('extras = ["page"]\n[kinds.site]\npath = { rss = "feed/", atom = "a/b/c.xml" }\n', alone=())
    site.article("a.md", tags="[Zürich]", categories="[x]").build()
    feedwright = sorted(site.out.rglob("*.xml"))
    assert len(feedwright) == 6
    for file in feedwright:
        found = WAY.match(file.read_bytes())
        assert found and (file.parent / found[1].decode()).resolve() == (site.out / "feeds.css").resolve()


def test_the_style_is_left_out_where_it_is_not_wanted(site: SiteOnDisk) -> None:
    site.configure(alone=()).article("a.md").build()
    assert {"feeds.css", "index.html"} < set(site.tree())
    site.configure("stylesheet = false\n", alone=()).build()
    assert b"xml-stylesheet" not in site.tree()["rss.xml"]
    assert {"feeds.css", "index.html"} < set(site.tree())
    site.configure("extras = []\nstylesheet = false\n", alone=()).build()
    assert set(site.tree()) == {"atom.xml", "feed.json", "rss.xml"}


def test_the_style_sheet_speaks_the_sites_language_and_is_ours() -> None:
    english, arabic = sheet("en").decode(), sheet("ar").decode()
    assert 'content: "This is a feed." "\\A" "To subscribe' in english
    assert "direction: ltr" in english
    assert "direction: rtl" in arabic
    assert "خلاصة" in arabic
    for text in (english, arabic):
        assert "Feedwright" in text
        assert not re.search(r"\b(DIRECTION|BEGINNING|IS_FEED|COPY)\b", text)
        assert text.count("{") == text.count("}")
        assert text.index("@namespace") < text.index("{")


def test_what_the_style_sheet_says_cannot_end_its_strings() -> None:
    assert quoted('a "b" \\ c\nd') == '"a \\22 b\\22  \\5c  c\\a d"'


def test_selectors_for_the_page_match_nothing_in_a_feed() -> None:
    names = {"title", "link", "description", "summary", "item", "entry", "content", "image", "author", "category"}
    text = re.sub(
        r"/\*.*?\*/", "", (Path(feedwright.__file__).parent / "publish/page/page.css").read_text(), flags=re.S
    )
    heads = [part.split("}")[-1] for part in text.split("{")[:-1]]
    found = {name.strip() for head in heads for name in head.split(",")}
    assert not found & names
