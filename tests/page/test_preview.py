"""feeds preview: what readers take from a feed, and a page that shows it and does nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from feedwright.cli import main
from feedwright.commands.preview import preview
from feedwright.commands.preview.reader_view import read
from feedwright.errors import FeedsError
from tests.conftest import SiteOnDisk

ITEM = "<item><title>{}</title><link>https://tides.example/a/</link>{}</item>"
RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc='
    '"http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Tides</title>'
    "<link>https://tides.example/</link><description>The sea</description>{}</channel></rss>"
)
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<iframe src="https://evil.example/"></iframe>',
    "<form action=/x><button>x</button></form>",
    "<style>body{display:none}</style>",
    "</div></article></main><svg onload=alert(1)>",
)


def rss(title: str = "a", more: str = "") -> bytes:
    return RSS.format(ITEM.format(title, more)).encode()


@pytest.fixture
def built(site: SiteOnDisk) -> SiteOnDisk:
    body = "First of all, <b>water</b>.\n\n![A chart](/chart.png)\n\nThen more."
    site.article("a.md", body, title="Ebb & flow < tide", author="Jane", date="2024-03-01T09:30:00Z")
    site.article("b.md", "Second.", date="2024-02-01", image="/b.jpg", summary="In short")
    site.build()
    return site


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml", "feed.json"])
def test_readers_take_the_same_from_every_format(built: SiteOnDisk, file: str) -> None:
    feed = read(built.tree()[file], file)
    assert (feed.title, feed.link, len(feed.entries)) == ("Tides", "https://tides.example/", 2)
    first, second = feed.entries
    assert (first.title, first.link) == ("Ebb & flow < tide", "https://tides.example/a/")
    assert (first.author, first.when) == ("Jane", datetime(2024, 3, 1, 9, 30, tzinfo=UTC))
    assert "<b>water</b>" in first.body
    assert first.image == "https://tides.example/chart.png"
    assert first.summary.startswith("First of all, water.")
    assert (second.summary, second.image) == ("In short", "https://tides.example/b.jpg")


def test_the_page_shows_each_entry_as_line_card_and_article(built: SiteOnDisk) -> None:
    tree = html.document_fromstring(preview(built.tree()["rss.xml"], "rss.xml").decode())
    for path in ("//section[@id='list']//li//bdi", "//section[@id='cards']//h3", "//section[@id='articles']//h3"):
        assert [str(found.text_content()) for found in tree.xpath(path)] == ["Ebb & flow < tide", "b"]
    assert len(tree.xpath("//section[@id='cards']//img")) == 2
    assert len(tree.xpath("//details[@open]")) == 1
    assert tree.xpath("//div[@class='body']//b/text()") == ["water"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_feed_holds_runs_or_leaves_its_place(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    more = f"<description>{escaped}</description><dc:creator>{escaped}</dc:creator>"
    more += f"<content:encoded><![CDATA[{text}]]></content:encoded>"
    page = preview(rss(escaped, more), text)
    tree = html.document_fromstring(page.decode())
    assert not tree.xpath("//script | //iframe | //form | //button | //svg | //object")
    assert not [name for name in tree.xpath("//@*") if name.attrname.startswith("on")]
    assert not [href for href in tree.xpath("//@href | //@src") if href.lower().startswith(("javascript:", "data:"))]
    assert len(tree.xpath("//style")) == 1
    assert len(tree.xpath("/html/body/main/section")) == 3
    assert "script-src" not in page.decode() and "default-src 'none'" in tree.xpath("//meta/@content")[0]


def test_an_entry_of_which_nothing_is_known_is_shown_all_the_same() -> None:
    page = preview(
        RSS.format("<item><description>  </description><pubDate>soon</pubDate></item>").encode(), "x"
    ).decode()
    assert "(untitled)" in page
    assert "(no text)" in page
    assert "no date" in page


def test_a_text_that_no_parser_should_see_is_shown_as_text() -> None:
    deep = "<div>" * 3000 + "deep"
    (entry,) = read(rss("a", f"<description><![CDATA[{deep}]]></description>"), "x").entries
    assert "&lt;div&gt;" in entry.body
    assert len(entry.body) < 30_000


@pytest.mark.parametrize("content", [b"{}", b"[1]", b"<html/>", b"", b"<rss/>", b'{"items": 1}', b"{", b"<feed"])
def test_what_is_no_feed_is_an_error_in_words(content: bytes) -> None:
    with pytest.raises(FeedsError) as caught:
        preview(content, "x.xml")
    assert caught.value.problems[0].file == "x.xml"
    assert caught.value.problems[0].what


def test_the_command_prints_where_the_page_is(built: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    to = built.root / "shown"
    before = built.tree()
    assert main(["preview", "--out", str(built.out), "--to", str(to)]) == 0
    assert capsys.readouterr().out == f"{to / 'preview.html'}\n"
    assert b"Ebb &amp; flow" in (to / "preview.html").read_bytes()
    assert main(["preview", str(built.out / "rss.xml"), "--format", "json"]) == 0
    printed = capsys.readouterr().out
    assert '"type": "summary"' in printed
    page = Path(printed.partition('"page": "')[2].partition('"')[0])
    assert page.is_file()
    page.unlink()
    page.parent.rmdir()
    assert built.tree() == before


def test_a_page_that_is_not_ours_is_not_overwritten(built: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["preview", str(built.out / "rss.xml"), "--to", str(built.root)]
    assert main(command) == main(command) == 0
    (built.root / "preview.html").write_text("<p>Made by hand, of what Feedwright shows")
    assert main(command) == 2
    assert "is a file that Feedwright did not write [not-ours]" in capsys.readouterr().err
    assert (built.root / "preview.html").read_text() == "<p>Made by hand, of what Feedwright shows"


def test_the_command_says_what_it_cannot_show(built: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preview", "nowhere.xml"]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["preview", "--out", str(built.content)]) == 2
    assert "build first" in capsys.readouterr().err
    (built.root / "file").write_text("")
    assert main(["preview", str(built.out / "rss.xml"), "--to", str(built.root / "file")]) == 2
    assert "--to" in capsys.readouterr().err


def test_with_open_the_browser_is_asked(built: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", asked.append)
    assert main(["preview", str(built.out), "--to", str(built.root / "shown"), "--open"]) == 0
    assert asked == [(built.root / "shown" / "preview.html").as_uri()]
