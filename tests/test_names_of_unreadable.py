"""What others' names come to where an article of that name turns out to be unreadable, in the run that finds it out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import SiteOnDisk


@pytest.fixture
def site(tmp_path: Path) -> SiteOnDisk:
    """Two articles have one title, one of them in no feed yet; a third names it."""
    site = SiteOnDisk(tmp_path).configure("limit = 2\n[related]\nin_body = false\n")
    site.article("names.md", title="Harbours", date="2024-03-01", related="[{title: Tides}]")
    site.article("tides.md", title="Tides", date="2024-02-01")
    site.article("copy.md", title="Tides", date="2024-01-01")
    site.build()
    return site


def related(site: SiteOnDisk) -> list[str]:
    entry = next(one for one in site.feed().entries if one.title == "Harbours")
    return [link.href for link in entry.links if link.rel == "related"]


def test_a_title_is_no_longer_shared_once_its_other_article_cannot_be_shown(site: SiteOnDisk) -> None:
    assert related(site) == []
    site.write("copy.md", b"\xff\xfe\x00")
    site.build()
    assert related(site) == []
    # Room for a third: the copy would be shown, and no feed ever had it.
    site.configure("limit = 3\n[related]\nin_body = false\n")
    report = site.build()
    assert "article-unreadable" in {problem.code for problem in report.problems}
    assert related(site) == ["https://tides.example/tides/"]


def test_it_is_the_same_in_a_build_of_everything(site: SiteOnDisk) -> None:
    site.write("copy.md", b"\xff\xfe\x00")
    site.configure("limit = 3\n[related]\nin_body = false\n")
    site.build()
    after = site.tree()
    shutil.rmtree(site.out)
    site.build(full=True)
    assert site.tree() == after
