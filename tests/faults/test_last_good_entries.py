"""An entry that stays as it was last good is checked again with every document that shows it."""

from __future__ import annotations

import pytest

from feedwright import formats
from feedwright.cli import main
from feedwright.model import Article, EntryOptions, Site
from tests.conftest import SiteOnDisk

A, B, C = (f"tag:tides.example,2024-01-01:{name}" for name in "abc")
FEEDS = {"atom.xml": "atom-id-repeated", "feed.json": "jsonfeed-id-repeated", "rss.xml": "rss-guid-repeated"}


def test_a_feed_does_not_show_an_id_that_an_article_had_beside_the_one_that_has_it_now(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.root)
    site.article("a.md", id=A).article("b.md", id=B).build()
    before = site.tree()
    for name in formats.NAMES:
        made = formats.load(name).entry

        def refuse(article: Article, of: Site, options: EntryOptions, made=made) -> bytes:  # type: ignore[no-untyped-def]
            if article.key == "a.md":
                raise ValueError("not today")
            return bytes(made(article, of, options))

        monkeypatch.setattr(formats.load(name), "entry", refuse)
    assert main(["ids", "--set", "a.md", C]) == main(["ids", "--set", "b.md", A]) == 0
    report = site.article("a.md").article("b.md").build()
    codes = {problem.file: problem.code for problem in report.problems}
    assert {path: codes[path] for path in FEEDS} == FEEDS
    assert {path: site.tree()[path] for path in FEEDS} == {path: before[path] for path in FEEDS}
