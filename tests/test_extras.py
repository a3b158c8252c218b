"""Documents beside the feeds: made when what they say changes, checked, and gone when nobody asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from types import SimpleNamespace

import pytest

from feedwright.commands.prune import prune
from feedwright.publish import extras
from feedwright.publish.extras.model import Extra, Scene
from feedwright.state.serialise import seconds
from tests.conftest import NOW, SiteOnDisk, documents

SITEMAP = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!-- Feedwright -->\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>\n'
)


class Fake:
    """An extra that lists the addresses of the articles that may be shown."""

    def __init__(self) -> None:
        self.paths = ("list.xml",)
        self.made = 0
        self.text = SITEMAP
        self.until: int | None = None

    def documents(self, scene: Scene) -> Iterator[Extra]:
        rows = scene.catalog.shown_rows()
        urls = "".join(f"<url><loc>{url}</loc></url>" for url in sorted(row.url for row in rows))

        def make() -> bytes:
            self.made += 1
            return self.text.format(urls).encode()

        yield Extra("list.xml", sha256(urls.encode()).digest()[:16], make)

    def due(self, scene: Scene) -> int | None:
        return self.until


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, site: SiteOnDisk) -> Fake:
    """An extra called "list", which the site asks for."""
    kind = Fake()
    load = extras._load
    monkeypatch.setattr(extras, "_load", lambda name: kind if name == "list" else load(name))
    monkeypatch.setattr(extras, "EXTRAS", ("list",))
    monkeypatch.setattr("feedwright.config.keys.SITE", {**keys(), "extras": SimpleNamespace(read=tuple, name="")})
    monkeypatch.setattr("feedwright.config.loader.SITE", {**keys(), "extras": SimpleNamespace(read=tuple, name="")})
    site.configure('extras = ["list"]\n')
    return kind


def keys() -> dict[str, object]:
    from feedwright.config.keys import SITE

    return dict(SITE)


def test_an_extra_is_written_when_what_it_says_changes_and_not_else(site: SiteOnDisk, fake: Fake) -> None:
    site.article("a.md")
    assert "list.xml" in site.build().written
    assert site.build().written == ()
    site.article("a.md", "Another text.")
    assert "list.xml" not in site.build().written
    assert fake.made == 1
    site.article("b.md")
    report = site.build()
    assert report.why["list.xml"] == ("what it says has changed",)
    assert fake.made == 2
    assert site.build(full=True).written == ()


def test_a_missing_extra_is_made_again(site: SiteOnDisk, fake: Fake) -> None:
    site.article("a.md").build()
    (site.out / "list.xml").unlink()
    assert site.build().written == ("list.xml",)


def test_an_extra_that_is_not_asked_for_any_more_goes(site: SiteOnDisk, fake: Fake) -> None:
    site.article("a.md").build()
    site.configure("extras = []\n").build()
    assert set(site.tree()) == set(documents(""))
    (site.out / "list.xml").write_text("mine")
    site.configure("extras = [] # or not\n").build()
    assert (site.out / "list.xml").read_text() == "mine"


def test_an_extra_takes_no_place_of_somebody_elses(site: SiteOnDisk, fake: Fake) -> None:
    site.out.mkdir()
    (site.out / "list.xml").write_text("mine")
    report = site.article("a.md").build()
    assert [(problem.code, problem.severity) for problem in report.problems] == [("not-ours", "warning")]
    assert (site.out / "list.xml").read_text() == "mine"
    assert site.build().problems == report.problems
    site.configure("extras = []\n").build()
    assert (site.out / "list.xml").read_text() == "mine"


def test_an_extra_takes_no_feeds_place(site: SiteOnDisk, fake: Fake) -> None:
    site.configure('extras = ["list"]\n[kinds.site]\npath = { rss = "list.xml" }\n')
    report = site.article("a.md").build()
    assert [problem.code for problem in report.problems] == ["path-taken"]
    assert site.titles("list.xml") == ["a"]


def test_an_invalid_extra_is_not_published(site: SiteOnDisk, fake: Fake) -> None:
    site.article("a.md").build()
    good = site.tree()["list.xml"]
    fake.text = "<urlset>Feedwright{}</urlset>"
    report = site.article("b.md").build()
    assert (report.exit_code, site.tree()["list.xml"]) == (1, good)
    assert site.titles() == ["b", "a"]
    fake.text = SITEMAP
    assert site.article("c.md").build().exit_code == 0
    assert site.tree()["list.xml"].count(b"<url>") == 3


def test_time_alone_changes_an_extra(site: SiteOnDisk, fake: Fake) -> None:
    fake.until = seconds(NOW + timedelta(days=2))
    site.article("a.md").build()
    fake.made = 0
    (site.content / "a.md").touch()
    site.build(NOW + timedelta(days=1))
    fake.paths = ()
    later = NOW + timedelta(days=2)
    report = site.build(later)
    assert (report.written, report.problems) == ((), ())
    fake.until = None
    assert site.build(later).written == ()


def test_pruning_leaves_extras_alone(site: SiteOnDisk, fake: Fake) -> None:
    site.article("a.md", tags="[x]").build()
    site.article("a.md").build()
    assert prune(site.content, site.out).removed == documents("tag/x/")
    assert set(site.tree()) == {*documents(""), "list.xml"}


def test_a_dry_run_says_that_an_extra_would_be_written(site: SiteOnDisk, fake: Fake) -> None:
    assert "list.xml" in site.article("a.md").build(dry_run=True).written
    assert not site.out.exists()
    assert fake.made == 0
