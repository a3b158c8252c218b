"""The links for a page's head: of the whole site, of one feed, of an article."""

from __future__ import annotations

import re

import pytest

from feedwright.cli import main
from feedwright.errors import FeedsError
from feedwright.serve.autodiscovery import links
from tests.conftest import SiteOnDisk

OWN = '[[feed]]\nname = "pod"\ntitle = "A & \\"B\\""\nformats = ["rss"]\ninclude = { tag = ["loud"] }\n'


def hrefs(site: SiteOnDisk, **asked: str) -> list[str]:
    found = [re.search(r'href="https://tides\.example/([^"]*)">$', line) for line in links(site.content, **asked)]
    assert all(found)
    return [one[1] for one in found if one]


@pytest.fixture
def full(site: SiteOnDisk) -> SiteOnDisk:
    site.configure(OWN)
    site.article("sea/a.md", tags="[Zürich, loud]", categories="[News]", author="Jane").article("b.md", draft="true")
    site.build()
    return site


def test_of_the_whole_site_are_its_own_feed_in_every_format_and_those_it_declares(full: SiteOnDisk) -> None:
    assert hrefs(full) == ["rss.xml", "atom.xml", "feed.json", "feed/pod/rss.xml"]
    assert links(full.content)[0] == (
        '<link rel="alternate" type="application/rss+xml" title="Tides (RSS)" href="https://tides.example/rss.xml">'
    )
    assert 'title="A &amp; &quot;B&quot; (RSS)"' in links(full.content)[3]


@pytest.mark.parametrize(
    ("feed", "folder"),
    [
        ("category/News", "category/news/"),
        ("category/news", "category/news/"),
        ("tag/Zürich", "tag/z%C3%BCrich"),
        ("site", ""),
    ],
)
def test_of_one_feed_is_each_of_its_formats(full: SiteOnDisk, feed: str, folder: str) -> None:
    found = hrefs(full, feed=feed)
    assert len(found) == 3
    assert all(href.startswith(folder) for href in found)


def test_a_feed_of_the_sites_own_goes_by_its_name(full: SiteOnDisk) -> None:
    assert hrefs(full, feed="pod") == hrefs(full, feed="feed/pod") == ["feed/pod/rss.xml"]


@pytest.mark.parametrize("named", ["sea/a.md", "a", "https://tides.example/sea/a/", "{content}/sea/a.md"])
def test_of_an_article_is_each_feed_that_it_is_in_the_widest_first(full: SiteOnDisk, named: str) -> None:
    found = hrefs(full, article=named.format(content=full.content))
    assert found[:5] == ["rss.xml", "atom.xml", "feed.json", "feed/pod/rss.xml", "category/news/rss.xml"]
    assert len(found) == len(set(found)) == 9


def test_the_links_are_those_of_the_documents_that_are_built(full: SiteOnDisk) -> None:
    built = {path for path in full.tree() if path.endswith((".xml", ".json"))}
    assert {href.replace("%C3%BC", "ü") for href in hrefs(full, article="a")} <= built


def test_what_is_not_there_is_an_error_that_names_what_is_near(full: SiteOnDisk) -> None:
    with pytest.raises(FeedsError, match="Did you mean category/News"):
        links(full.content, feed="category/Newt")
    with pytest.raises(FeedsError, match="there is no article 'nowhere'"):
        links(full.content, article="nowhere")
    with pytest.raises(FeedsError, match="is in no feed: draft"):
        links(full.content, article="b.md")


def test_a_feed_that_is_kept_for_its_subscribers_alone_has_no_link(full: SiteOnDisk) -> None:
    full.article("sea/a.md").build()
    with pytest.raises(FeedsError, match="there is no feed"):
        links(full.content, feed="category/News")


def test_the_command_prints_the_links(full: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    content = str(full.content)
    assert main(["snippets", "html", content]) == 0
    assert capsys.readouterr().out.splitlines() == [*links(full.content)]
    assert main(["snippets", "html", content, "--feed", "category/News"]) == 0
    assert capsys.readouterr().out.splitlines() == [*links(full.content, feed="category/News")]
    assert main(["snippets", "html", content, "--article", str(full.content / "sea/a.md")]) == 0
    assert capsys.readouterr().out.splitlines() == [*links(full.content, article="a")]
    assert main(["snippets", "html", content, "--feed", "category/Newt"]) == 2
    assert "category/News" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["nginx", "--feed", "site"], ["html", "--feed", "site", "--article", "a"]])
def test_the_command_refuses_what_does_not_go_together(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["snippets", *more])
    assert caught.value.code == 64
    assert "--feed" in capsys.readouterr().err
