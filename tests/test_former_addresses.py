"""A feed that moves, or loses a format, stays where it was subscribed to, and says there no more than elsewhere."""

from __future__ import annotations

import pytest
from lxml import etree

from feedwright.checks import check
from feedwright.cli import main
from feedwright.commands.prune import prune
from tests.conftest import SITE, SiteOnDisk, documents

MOVED = 'feed_path = "feeds/{kind}/{term}.{format}"\n'


def self_link(site: SiteOnDisk, path: str) -> str:
    root = etree.fromstring((site.out / path).read_bytes())
    return str(root.xpath("string((//*[local-name()='link'][@rel='self'])[1]/@href)"))


def pruned(site: SiteOnDisk) -> tuple[str, ...]:
    return prune(site.content, site.out).removed


def test_a_format_that_is_given_up_is_kept_up_until_it_is_pruned(site: SiteOnDisk) -> None:
    site.article("a.md", date="2024-01-01").article("b.md", date="2024-01-02").build()
    report = site.configure('formats = ["atom"]\n').build()
    assert report.former == ("feed.json", "rss.xml")
    assert site.titles("rss.xml") == ["b", "a"]
    assert self_link(site, "rss.xml") == "https://tides.example/rss.xml"
    site.article("c.md", date="2024-01-03").build()
    assert site.titles("rss.xml") == site.titles("atom.xml") == ["c", "b", "a"]
    assert pruned(site) == ("feed.json", "rss.xml")
    assert site.article("d.md", date="2024-01-04").build().former == ()
    assert set(site.tree()) == {"atom.xml"}


def test_an_article_that_is_withdrawn_leaves_the_former_addresses_too(site: SiteOnDisk) -> None:
    site.article("a.md", "Never to be told.", tags="[sea]").article("b.md").build()
    site.configure('formats = ["atom"]\n' + MOVED).build()
    site.article("a.md", "Never to be told.", tags="[sea]", draft="true").build()
    assert {"rss.xml", "tag/sea/rss.xml", "tag/sea/atom.xml", "feeds/tag/sea.atom.xml"} <= set(site.tree())
    for path, document in site.tree().items():
        assert b"Never to be told" not in document, path
        assert not [problem for problem in check(document) if problem.severity == "error"]


def test_a_feed_that_moves_is_at_both_addresses_and_names_the_new_one(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[sea]").build()
    before = site.tree()
    report = site.configure(MOVED).build()
    assert report.former == documents("tag/sea/")
    assert self_link(site, "tag/sea/rss.xml") == "https://tides.example/feeds/tag/sea.rss.xml"
    assert site.feed("tag/sea/atom.xml").feed.id == site.feed("feeds/tag/sea.atom.xml").feed.id
    assert site.build().former == report.former
    assert site.configure("").build().former == documents("feeds/tag/sea.")
    assert {path: site.tree()[path] for path in before} == before


def test_what_comes_anew_where_a_feed_was_has_the_place(site: SiteOnDisk) -> None:
    path = '[kinds.tag]\npath = { atom = "t/{term}.xml", rss = "t/{term}.rss" }\n[[feed]]\nname = "own"\n'
    site.article("a.md", tags="[sea]").article("b.md").configure(path).build()
    own = 'path = { atom = "t/sea.xml" }\ninclude = { path = ["b.md"] }\n'
    site.configure(path.replace("t/", "tags/") + own)
    report = site.build()
    assert report.exit_code == 0
    assert site.titles("t/sea.xml") == ["b"]
    assert site.titles("t/sea.rss") == site.titles("tags/sea.xml") == ["a"]
    assert "t/sea.xml" not in report.former


def test_nothing_is_written_at_a_former_address_where_nothing_changed(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[sea]").build()
    site.configure(MOVED).build()
    assert site.build().written == ()
    assert site.build(full=True).written == ()
    (site.out / "tag/sea/rss.xml").unlink()
    assert site.build().written == ("tag/sea/rss.xml",)


def test_a_retired_feed_keeps_its_former_addresses(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[sea]").article("b.md").build()
    site.configure(MOVED).build()
    site.article("a.md").build()
    site.article("a.md", draft="true").build()
    for path in ("tag/sea/rss.xml", "feeds/tag/sea.rss.xml"):
        assert site.titles(path) == []
    assert pruned(site) == documents("feeds/tag/sea.", "tag/sea/")
    assert set(site.tree()) == set(documents(""))


def test_the_summary_says_what_is_kept_up(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.root)
    site.configure(site=SITE).article("a.md")
    assert main(["build"]) == 0
    site.configure('formats = ["rss"]\n')
    assert main(["build"]) == 0
    assert "2 kept up at former URLs (feeds prune)" in capsys.readouterr().out
    assert main(["build", "--format", "json"]) == 0
    assert '"former": ["atom.xml", "feed.json"]' in capsys.readouterr().out
    assert main(["status"]) == 0
    assert "kept up at former URLs, until `feeds prune`: atom.xml, feed.json" in capsys.readouterr().out
