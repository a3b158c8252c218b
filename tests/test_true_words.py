"""What is said is so: counts, reasons and cures, of the build and its sister commands."""

from __future__ import annotations

import pytest

from feedwright.cli import main
from tests.conftest import SiteOnDisk


@pytest.fixture
def here(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    """The site, with its folder as the working directory."""
    monkeypatch.chdir(site.root)
    return site


# --- how many changed ---


def test_an_article_counts_once_as_changed_however_often_it_is_decided_about(site: SiteOnDisk) -> None:
    site.article("a.md", guid="https://tides.example/id/1").article("b.md", guid="urn:x:1", date="2024-02-01")
    report = site.build()
    assert (report.articles, report.shown, report.left_out, report.changed) == (2, 1, ("b.md",), 1)


def test_an_article_that_loses_its_id_to_another_counts_once(site: SiteOnDisk) -> None:
    site.article("a.md", guid="https://tides.example/id/1").article("b.md", guid="urn:x:2").build()
    site.article("b.md", guid="https://tides.example/id/1", date="2024-02-01").article("c.md", guid="urn:x:1")
    assert site.build().changed <= 2


def test_an_article_that_cannot_be_shown_is_none_that_changed(site: SiteOnDisk) -> None:
    site.article("a.md").article("deep.md", "<div>" * 5000 + "x")
    report = site.build()
    assert report.left_out == ("deep.md",)
    assert report.changed == 1


def test_a_moved_article_counts_once(site: SiteOnDisk) -> None:
    site.article("a.md").article("b.md").build()
    (site.content / "b.md").rename(site.content / "c.md")
    assert site.build().changed == 1
