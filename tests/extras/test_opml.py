"""The list of all feeds: whole, and taken by those that import it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import listparser
import pytest
from lxml import etree

import feedwright
from tests.conftest import SiteOnDisk

ASKED = 'extras = ["opml"]\n'
OPML = etree.RelaxNG(file=str(Path(__file__).parents[1] / "schema" / "opml20.rng"))


@pytest.fixture
def tides(site: SiteOnDisk) -> SiteOnDisk:
    """A site with feeds of every kind, one of which has no RSS and one no XML at all."""
    site.configure(
        f'{ASKED}language = "en"\ndescription = "Sea & land"\n[kinds.tag]\nformats = ["atom", "json"]\n'
        '[[feed]]\nname = "own"\ntitle = "My <own>"\nformats = ["json"]\n'
    )
    return site.article("posts/a.md", categories="[Sea]", tags='[ebb, "a & b"]', author="Ann", lang="de")


def outlines(site: SiteOnDisk) -> list[dict[str, Any]]:
    body = etree.fromstring(site.tree()["feeds.opml"]).find("body")
    assert body is not None
    return [{**outline.attrib, "inside": [dict(one.attrib) for one in outline]} for outline in body]


def test_feeds_are_nested_by_kind_and_the_sites_own_is_first(tides: SiteOnDisk) -> None:
    tides.build()
    first, *groups = outlines(tides)
    assert first == {
        "text": "Tides",
        "title": "Tides",
        "type": "rss",
        "version": "RSS",
        "xmlUrl": "https://tides.example/rss.xml",
        "htmlUrl": "https://tides.example/",
        "language": "en",
        "description": "Sea & land",
        "inside": [],
    }
    assert {group["text"]: [feed["text"] for feed in group["inside"]] for group in groups} == {
        "Feeds": ["My <own>"],
        "Categories": ["Tides: Sea"],
        "Sections": ["Tides: posts"],
        "Tags": ["Tides: a & b", "Tides: ebb"],
        "Authors": ["Tides: Ann"],
        "Languages": ["Tides: de"],
    }
    assert groups[-1]["inside"][0]["language"] == "de"


def groups(site: SiteOnDisk) -> dict[str, list[str]]:
    return {group["text"]: [feed["text"] for feed in group["inside"]] for group in outlines(site) if group["inside"]}


def test_sections_and_languages_that_repeat_the_sites_feed_are_not_listed(site: SiteOnDisk) -> None:
    site.configure(f'{ASKED}language = "en"\n')
    for number in range(12):
        site.article(f"posts/{number}.md", tags="[ebb]", author="Ann", date=f"2024-01-{number + 1:02}")
    site.build()
    assert groups(site) == {"Tags": ["Tides: ebb"], "Authors": ["Tides: Ann"]}
    assert {"section/posts/rss.xml", "language/en/rss.xml"} <= set(site.tree())


def test_a_section_or_language_that_is_not_all_of_the_sites_feed_is_listed(site: SiteOnDisk) -> None:
    site.configure(f'{ASKED}language = "en"\n').article("posts/a.md").build()
    assert groups(site) == {}
    site.article("notes/b.md").article("posts/c.md", lang="de").build()
    assert groups(site) == {
        "Sections": ["Tides: notes", "Tides: posts"],
        "Languages": ["Tides: de"],
    }
    (site.content / "notes/b.md").unlink()
    (site.content / "posts/c.md").unlink()
    site.build(allow_shrink=True)
    assert groups(site) == {}


def test_without_a_feed_of_the_site_every_section_is_listed(site: SiteOnDisk) -> None:
    site.configure(f"{ASKED}[kinds.site]\nenabled = false\n").article("posts/a.md").build()
    assert groups(site)["Sections"] == ["Tides: posts"]


def test_each_feed_is_there_once_in_the_format_that_most_readers_take(tides: SiteOnDisk) -> None:
    tides.build()
    listed = {feed["text"]: feed for group in outlines(tides) for feed in group["inside"]}
    assert listed["Tides: Sea"]["xmlUrl"] == "https://tides.example/category/sea/rss.xml"
    assert listed["Tides: ebb"]["xmlUrl"] == "https://tides.example/tag/ebb/atom.xml"
    assert listed["My <own>"]["xmlUrl"] == "https://tides.example/feed/own/feed.json"
    assert {feed["type"] for feed in listed.values()} == {"rss"}
    assert [name for name, feed in listed.items() if "version" not in feed] == [
        "My <own>",
        "Tides: a & b",
        "Tides: ebb",
    ]


def test_the_list_is_clean(tides: SiteOnDisk) -> None:
    tides.build()
    made = tides.tree()["feeds.opml"]
    assert feedwright.check(made, media_type="text/x-opml") == []
    assert OPML.validate(etree.fromstring(made).getroottree())


def test_the_list_changes_with_the_feeds_and_not_with_their_entries(tides: SiteOnDisk) -> None:
    assert "feeds.opml" in tides.build().written
    assert "feeds.opml" not in tides.article("posts/b.md", categories="[Sea]", lang="de").build().written
    assert "feeds.opml" in tides.article("posts/c.md", categories="[Land]").build().written
    assert "feeds.opml" not in tides.build(full=True).written


def test_a_feed_without_a_source_is_not_listed(tides: SiteOnDisk) -> None:
    tides.article("posts/b.md", tags="[gone]").build()
    assert b"Tides: gone" in tides.tree()["feeds.opml"]
    tides.article("posts/b.md").build()
    assert "tag/gone/atom.xml" in tides.tree()
    assert b"Tides: gone" not in tides.tree()["feeds.opml"]


def test_a_former_address_is_not_listed(tides: SiteOnDisk) -> None:
    tides.build()
    tides.configure(f'{ASKED}feed_path = "f/{{kind}}-{{term}}-{{format}}"\n').build()
    assert "category/sea/rss.xml" in tides.tree()
    assert b"category/sea/rss.xml" not in tides.tree()["feeds.opml"]


def test_a_draft_makes_no_feed_that_is_listed(tides: SiteOnDisk) -> None:
    tides.article("posts/secret.md", categories="[Secret]", draft="true").build()
    assert b"Secret" not in tides.tree()["feeds.opml"]


def test_listparser_finds_every_feed_in_its_group(tides: SiteOnDisk) -> None:
    tides.build()
    found = listparser.parse(tides.tree()["feeds.opml"])
    assert (found.bozo, found.meta.title, len(found.feeds)) == (False, "Tides", 8)
    (ebb,) = [feed for feed in found.feeds if feed.title == "Tides: ebb"]
    assert (ebb.url, ebb.categories) == ("https://tides.example/tag/ebb/atom.xml", [["Tags"]])


@pytest.mark.skipif(not shutil.which("newsboat"), reason="needs newsboat")
def test_newsboat_imports_every_feed_with_its_group_as_a_tag(tides: SiteOnDisk, tmp_path: Path) -> None:
    tides.build()
    home = {**os.environ, "HOME": str(tmp_path)}
    places = ["-u", str(tmp_path / "urls"), "-c", str(tmp_path / "cache"), "-C", os.devnull]
    subprocess.run(
        ["newsboat", *places, "-i", str(tides.out / "feeds.opml")], env=home, capture_output=True, check=True
    )
    lines = (tmp_path / "urls").read_text().splitlines()
    assert len(lines) == 8
    assert 'https://tides.example/category/sea/rss.xml "Categories"' in lines
