"""feeds preview: a site's own pictures show before the site is on the web, and nothing else of its folders does."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from lxml import html

from feedwright.cli import main
from feedwright.commands.preview import pictures
from tests.conftest import SITE, SiteOnDisk

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20
SVG = b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'


def data(content: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@pytest.fixture
def here(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    monkeypatch.chdir(site.root)
    return site


def shown(site: SiteOnDisk, *arguments: str) -> list[str]:
    """The pictures of the articles, as the page of the preview has them."""
    return [str(found) for found in tree(site, *arguments).xpath("//div[@class='body']//img/@src")]


def tree(site: SiteOnDisk, *arguments: str) -> html.HtmlElement:
    assert main(["preview", *(arguments or ("out/atom.xml",)), "--to", "page"]) == 0
    return html.document_fromstring((site.root / "page/preview.html").read_text())


@pytest.mark.parametrize(
    ("article", "written", "file"),
    [
        ("posts/tides.md", "/img/sea.png", "img/sea.png"),
        ("posts/tides/index.md", "sea.png", "posts/tides/sea.png"),
        ("posts/tides.md", "sea.png", "posts/sea.png"),
        ("posts/tides.md", "img/sea.png", "posts/img/sea.png"),
        ("posts/tides.md", "../img/sea.png", "img/sea.png"),
        ("posts/tides.md", "s%C3%A9a%20b.png", "posts/séa b.png"),
        ("posts/tides.md", "sea.png?v=1#a", "posts/sea.png"),
        ("posts/tides.md", "https://tides.example/img/sea.png", "img/sea.png"),
        ("posts/tides.md", "https://www.tides.example/img/sea.png", "img/sea.png"),
    ],
)
@pytest.mark.parametrize("permalink", ["/{path}/", "/{year}/{slug}.html"])
def test_a_picture_of_the_content_folder_is_in_the_page(
    article: str, written: str, file: str, permalink: str, here: SiteOnDisk
) -> None:
    here.configure(f'permalink = "{permalink}"\n').write(file, PNG).article(article, f"![A]({written})")
    here.build()
    assert shown(here) == [data(PNG)]


def test_without_a_state_pictures_are_found_by_the_addresses_of_articles(here: SiteOnDisk) -> None:
    import shutil

    here.write("posts/sea.png", PNG).article("posts/tides.md", "![A](sea.png)").build()
    shutil.rmtree(here.content / ".feeds")
    assert shown(here) == [data(PNG)]


def test_the_built_pages_have_them_too_and_count_first(here: SiteOnDisk) -> None:
    here.configure('[pages]\nfolder = "../public"\nmissing = "formula"\n')
    (here.root / "public/posts").mkdir(parents=True)
    (here.root / "public/posts/small.png").write_bytes(PNG + b"built")
    here.write("posts/small.png", PNG).article("a.md", "![A](/posts/small.png)")
    page = "<html><title>a</title><body><article><h1>a</h1><img src='/posts/small.png'></article></body></html>"
    (here.root / "public/index.html").write_text(page)
    here.build()
    assert shown(here) == [data(PNG + b"built")]


def test_pictures_of_several_content_folders_are_found(here: SiteOnDisk) -> None:
    here.configure('content = ["../notes", "posts"]\n')
    (here.root / "notes").mkdir()
    (here.root / "notes/a.md").write_text("---\ntitle: a\ndate: 2024-01-01\n---\n![A](sea.png)\n")
    (here.root / "notes/sea.png").write_bytes(PNG)
    here.article("posts/b.md", "![B](/chart.jpg)", date="2024-01-02").write("posts/chart.jpg", JPEG)
    here.build()
    assert shown(here) == [data(JPEG, "image/jpeg"), data(PNG)]


def test_a_card_has_its_picture_and_what_browsers_would_take_first_is_no_other(here: SiteOnDisk) -> None:
    body = (
        '<picture><source srcset="/a.webp 2x" type="image/webp"><img src="/a.png" srcset="/a.png 1x, /b.png 2x"'
        ' sizes="10px"></picture><video poster="/a.png" src="/a.mp4"></video>'
    )
    here.article("a.md", body, image="/a.png").write("a.png", PNG).build()
    page = tree(here)
    assert page.xpath("//section[@id='cards']//img/@src") == [data(PNG)]
    assert page.xpath("//div[@class='body']//img/@src") == [data(PNG)]
    assert page.xpath("//div[@class='body']//video/@poster") == [data(PNG)]
    assert not page.xpath("//source[@srcset] | //img[@srcset] | //img[@sizes]")


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_every_format_shows_them(name: str, here: SiteOnDisk) -> None:
    here.article("a.md", "![A](/a.svg)").write("a.svg", SVG).build()
    assert shown(here, f"out/{name}") == [data(SVG, "image/svg+xml")]


# --- What is not shown ---


@pytest.mark.parametrize(
    ("url", "file", "content"),
    [
        ("/notes.md", "notes.md", PNG),
        ("/secret.png", "secret.png", b"password: 1234"),
        ("/secret.jpg", "secret.jpg", PNG),
        ("/.feeds/a.png", ".feeds/a.png", PNG),
        ("/.git/a.png", ".git/a.png", PNG),
        ("/page.svg", "page.svg", b"<html><svg></svg></html>"),
        ("/../outside.png", "../outside.png", PNG),
        ("/%2e%2e/outside.png", "../outside.png", PNG),
        ("/a/..%2f..%2foutside.png", "../outside.png", PNG),
        ("../../outside.png", "../outside.png", PNG),
        ("https://other.example/a.png", "a.png", PNG),
        ("https://tides.example.evil.example/a.png", "a.png", PNG),
        ("/gone.png", "a.png", PNG),
    ],
)
def test_nothing_but_pictures_of_the_sites_folders_is_shown(
    url: str, file: str, content: bytes, here: SiteOnDisk
) -> None:
    here.article("a.md", f"![A]({url})").write(file, content).build()
    assert not any(source.startswith("data:") for source in shown(here))


def test_no_link_leads_out_and_no_pipe_is_waited_for(here: SiteOnDisk) -> None:
    (here.root / "outside.png").write_bytes(PNG)
    here.article("a.md", "![A](/link.png) ![B](/folder/outside.png) ![C](/pipe.png) ![D](/inner.png)")
    (here.content / "link.png").symlink_to(here.root / "outside.png")
    (here.content / "folder").symlink_to(here.root)
    (here.content / "a.png").write_bytes(PNG)
    (here.content / "inner.png").symlink_to("a.png")
    os.mkfifo(here.content / "pipe.png")
    here.build()
    assert [source.startswith("data:") for source in shown(here)] == [False, False, False, True]


def test_pictures_are_bounded_each_and_together(here: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST", 100)
    monkeypatch.setattr(pictures, "MOST", 150)
    here.write("large.png", PNG + b"x" * 100)
    for name in "bcd":
        here.write(f"{name}.png", PNG + name.encode() * 60)
    here.article("a.md", "![A](/large.png) ![B](/b.png) ![C](/c.png) ![D](/d.png) ![B](/b.png)").build()
    assert [source.startswith("data:") for source in shown(here)] == [False, True, True, False, True]


def test_a_feed_of_others_shows_no_file_of_ours_but_by_our_address(here: SiteOnDisk) -> None:
    here.write("a.png", PNG)
    item = "<item><title>x</title><link>https://other.example/x/</link><description>{}</description></item>"
    body = "&lt;img src='a.png'&gt;&lt;img src='file:///a.png'&gt;"
    head = "<title>x</title><link>https://other.example/</link><description>x</description>"
    Path("other.xml").write_text(f'<rss version="2.0"><channel>{head}{item.format(body)}</channel></rss>')
    assert not any(source.startswith("data:") for source in shown(here, "other.xml"))


def test_outside_of_a_site_and_where_its_configuration_is_wrong_there_is_a_preview_all_the_same(
    here: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.write("a.png", PNG).article("a.md", "![A](/a.png)").build()
    here.write("site.toml", "titel = 1\n")
    assert shown(here) == ["https://tides.example/a.png"]
    here.write("site.toml", SITE)
    elsewhere = here.root / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert main(["preview", "../out/atom.xml", "--to", "page"]) == 0
    assert "data:image/png;base64" not in (elsewhere / "page/preview.html").read_text()
    assert main(["preview", "../out/atom.xml", "--to", "page", "--content", "../content"]) == 0
    assert data(PNG) in (elsewhere / "page/preview.html").read_text()
    assert main(["preview", "../out/atom.xml", "--content", "nosuch"]) == 2


def test_the_page_runs_nothing_as_before(here: SiteOnDisk) -> None:
    here.write("a.svg", SVG.replace(b"/>", b"><script>alert(1)</script></svg>")).article("a.md", "![A](/a.svg)").build()
    page = tree(here)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; img-src https: http: data:;")
    assert "script-src" not in policy and not page.xpath("//script")
