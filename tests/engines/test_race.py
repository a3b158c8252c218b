"""Whatever a run meets while the engine is at work, the feeds stay whole."""

from __future__ import annotations

import shutil
import time

import pytest

from tests.engines.engine import EngineSite
from tests.engines.feeds import Entry, build_feeds, entries, tree

PATIENCE = 300
"""Seconds that an engine may take."""


def whole(site: EngineSite, before: dict[str, Entry]) -> None:
    """Not an entry fewer, none empty, none elsewhere."""
    now = entries(site)
    assert now.keys() == before.keys()
    assert {key: entry.address for key, entry in now.items()} == {key: entry.address for key, entry in before.items()}
    assert [key for key, entry in now.items() if before[key].body and not entry.body] == []


def test_feeds_are_whole_however_often_they_are_built_while_the_engine_builds(site: EngineSite) -> None:
    site = site.at_home()
    build_feeds(site)
    before, documents = entries(site), tree(site)
    engine, started = site.building(), time.monotonic()
    try:
        while time.monotonic() < started + PATIENCE:
            ended = engine.poll() is not None
            build_feeds(site)
            whole(site, before)
            if ended:
                break
    finally:
        engine.kill()
        engine.wait()
    assert engine.returncode == 0
    assert tree(site) == documents


def emptied(site: EngineSite) -> None:
    shutil.rmtree(site.built)
    site.built.mkdir()


def without_it(site: EngineSite) -> None:
    shutil.rmtree(site.built)


def with_empty_files(site: EngineSite) -> None:
    for page in sorted(site.built.rglob("*.html")):
        page.write_bytes(b"")


def half_written(site: EngineSite) -> None:
    for page in sorted(site.built.rglob("*.html")):
        html = page.read_bytes()
        page.write_bytes(html[: len(html) // 2])


def some_written(site: EngineSite) -> None:
    for number, page in enumerate(sorted(site.built.rglob("*.html"))):
        if number % 3:
            page.unlink()


@pytest.mark.parametrize("caught", [emptied, without_it, with_empty_files, half_written, some_written])
def test_feeds_stay_as_they_were_where_the_engine_is_caught_at_work(site: EngineSite, caught: object) -> None:
    build_feeds(site)
    documents = tree(site)
    assert callable(caught)
    caught(site)
    build_feeds(site)
    assert tree(site) == documents


@pytest.mark.parametrize("name", ["the-petrel", "tide-one", "week-18"])
def test_an_article_whose_page_is_gone_for_a_moment_is_not_sent_elsewhere(site: EngineSite, name: str) -> None:
    build_feeds(site)
    documents = tree(site)
    page = next(site.page_of(truth.address) for key, truth in site.shown.items() if key.endswith(f"{name}.md"))
    assert page is not None
    html = page.read_bytes()
    page.unlink()
    build_feeds(site)
    assert tree(site) == documents
    page.write_bytes(html)
    build_feeds(site)
    assert tree(site) == documents
