"""The feeds name the site's hubs."""

from __future__ import annotations

import json
import re

import pytest

import feedwright
from tests.conftest import SiteOnDisk

HUBS = ("https://hub.example/", "https://other.example/hub?a=1&b=2")
TOLD = f"hubs = {list(HUBS)}\n"
PATHS = ("rss.xml", "atom.xml", "tag/sea/rss.xml", "tag/sea/atom.xml")

each = pytest.mark.parametrize("path", PATHS)


@pytest.fixture
def tides(site: SiteOnDisk) -> SiteOnDisk:
    """A site with a feed of its own and one of a tag."""
    return site.article("a.md", tags="[sea]")


@each
def test_readers_find_the_hubs_beside_the_address_that_they_know_the_feed_by(tides: SiteOnDisk, path: str) -> None:
    tides.configure(TOLD).build()
    links = tides.feed(path).feed.links
    assert [link.href for link in links if link.rel == "hub"] == list(HUBS)
    assert [link.href for link in links if link.rel == "self"] == [f"https://tides.example/{path}"]


def test_a_json_feed_names_the_hubs(tides: SiteOnDisk) -> None:
    tides.configure(TOLD).build()
    for path in ("feed.json", "tag/sea/feed.json"):
        made = json.loads(tides.tree()[path])
        assert made["hubs"] == [{"type": "WebSub", "url": hub} for hub in HUBS]
        assert made["feed_url"] == f"https://tides.example/{path}"
        assert feedwright.check(tides.tree()[path]) == []


@each
def test_a_feed_with_hubs_is_valid(tides: SiteOnDisk, path: str) -> None:
    tides.configure(TOLD).build()
    assert feedwright.check((tides.out / path).read_bytes()) == []


@each
def test_hubs_that_change_change_the_heads_and_nothing_else(tides: SiteOnDisk, path: str) -> None:
    tides.build()
    before = tides.tree()[path]
    tides.configure(TOLD).build()
    after = tides.tree()[path]
    assert after != before
    assert re.sub(rb' *<(atom:)?link href="[^"]*" rel="hub"/>\n', b"", after) == before


def test_hubs_that_change_make_no_entry_anew(tides: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    from feedwright.formats import atom, json, rss

    tides.build()
    for module in (atom, json, rss):
        monkeypatch.delattr(module, "entry")
    report = tides.configure(TOLD).build()
    assert set(PATHS) <= set(report.written)
    assert (report.exit_code, report.changed) == (0, 0)


def test_a_feed_without_hubs_names_none(tides: SiteOnDisk) -> None:
    tides.build()
    assert not any(b"hub" in document for document in tides.tree().values())
