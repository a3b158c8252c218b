"""An article's address is the one at which its engine published it, or none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.engines.articles import POSTS
from tests.engines.conftest import Built
from tests.engines.engine import EngineSite, build_site
from tests.engines.engines import ENGINES, HUGO
from tests.engines.feeds import Entry, build_feeds, configure, entries, name_of


def published(site: EngineSite) -> dict[str, str]:
    """The engine's word: an article -> its address, where a page answers that."""
    return {name_of(key): truth.address for key, truth in site.shown.items() if site.page_of(truth.address)}


def addresses(found: dict[str, Entry]) -> dict[str, str]:
    return {key: entry.address for key, entry in found.items()}


def has_namesake(key: str) -> bool:
    """Whether another article has its title: it may wait until the other's page is there, too."""
    return "tide-" in key or "week-" in key


def removed(site: EngineSite, keys: list[str]) -> dict[Path, bytes]:
    """The pages of some articles, which are taken away."""
    pages = [page for key in keys if (page := site.page_of(site.truth[key].address))]
    kept = {page: page.read_bytes() for page in pages}
    for page in kept:
        page.unlink()
    return kept


def test_the_engine_published_every_article(site: EngineSite) -> None:
    assert len(published(site)) == sum(not post.draft for post in site.engine.posts)


def test_each_article_has_the_address_at_which_its_engine_published_it(site: EngineSite) -> None:
    build_feeds(site)
    assert addresses(entries(site)) == published(site)


@pytest.mark.parametrize("step, first", [(8, 0), (8, 3), (2, 0), (2, 1), (3, 2)])
def test_an_article_without_a_page_is_held_back_until_it_has_one(site: EngineSite, step: int, first: int) -> None:
    gone = sorted(site.shown)[first::step]
    pages = removed(site, gone)
    build_feeds(site)
    rest = addresses(entries(site))
    assert rest.items() <= published(site).items()
    assert {key for key in published(site).keys() - rest.keys() if not has_namesake(key)} == set()

    for page, html in pages.items():
        page.write_bytes(html)
    build_feeds(site)
    assert addresses(entries(site)) == published(site)


@pytest.mark.parametrize("gone", ["tide-one", "tide-two"])
def test_of_two_articles_with_one_text_neither_gets_the_others_page(site: EngineSite, gone: str) -> None:
    removed(site, [key for key in site.shown if gone in key])
    build_feeds(site)
    found = addresses(entries(site))
    assert found.items() <= published(site).items()
    assert len(found) >= len(site.shown) - 2


@pytest.mark.xdist_group("hugo")
def test_of_an_article_and_its_copy_in_another_language_neither_gets_the_others_page(
    built: Built, tmp_path: Path
) -> None:
    for name, gone in (("original", "content/blog/the-petrel.md"), ("copy", "content/blog/the-petrel.de.md")):
        site = configure(built(HUGO).copied(tmp_path / name))
        removed(site, [gone])
        build_feeds(site)
        assert addresses(entries(site)) == published(site)


def test_no_feed_links_a_page_that_is_not_there(site: EngineSite) -> None:
    removed(site, sorted(site.shown)[::4])
    build_feeds(site)
    assert [entry.address for entry in entries(site).values() if site.page_of(entry.address) is None] == []


@pytest.mark.xdist_group("hugo")
def test_a_draft_that_the_engine_published_stays_out(tmp_path: Path) -> None:
    if missing := HUGO.needs():
        pytest.skip(missing)
    site = configure(build_site(HUGO, tmp_path / "site"))
    subprocess.run([*HUGO.command(site.folder), "--buildDrafts"], cwd=site.folder, check=True)
    assert (site.built / "2023/04/secret/index.html").is_file()
    build_feeds(site)
    assert addresses(entries(site)) == published(site)


def test_a_file_that_no_page_was_built_from_gets_none(site: EngineSite) -> None:
    """Another folder's copy of an article, which the engine has not seen."""
    folder = site.folder / site.engine.content[0]
    original = next(path for path in sorted(folder.rglob("*.md")) if "fulmar" in path.name)
    (folder / "unbuilt").mkdir()
    (folder / "unbuilt" / original.name).write_bytes(original.read_bytes())
    build_feeds(site)
    found = addresses(entries(site))
    assert found.items() <= published(site).items()
    assert len(found) >= len(site.shown) - 1


def test_an_article_that_went_from_the_sources_leaves_though_its_page_stays(site: EngineSite) -> None:
    build_feeds(site)
    gone = next(key for key in site.shown if "fulmar" in key)
    (site.folder / gone).unlink()
    build_feeds(site)
    assert entries(site).keys() == published(site).keys() - {name_of(gone)}


def test_every_engine_builds_the_same_articles() -> None:
    assert all(set(POSTS) <= set(engine.posts) for engine in ENGINES)
