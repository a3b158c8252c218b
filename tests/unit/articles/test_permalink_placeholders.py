"""Addresses in other engines' words: what Jekyll and Hugo make of the same front matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from feedwright.articles.compose import compose
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.articles.model import Reading
from feedwright.config import Config
from feedwright.model import Article, Site

SITE = Site(
    title="Sea", url="https://example.org/", feeds_url="https://example.org/", authority="example.org", language="en"
)


def reading(front: str, key: str, content: str = "/site", **changes: Any) -> Reading:
    folder = Path(content)
    config = Config(folder, folder / "site.toml", folder / ".feeds", SITE, **changes)
    return compose(config, key, split_front_matter(f"---\n{front}\n---\nText\n"), "markdown")


def address(front: str, key: str, content: str = "/site", **changes: Any) -> str:
    found = reading(front, key, content, **changes)
    assert found.problems == ()
    assert isinstance(found.article, Article)
    return found.article.url.removeprefix("https://example.org")


POST = "title: High Tide\ncategories: [Sea Life, Tides]\ndate: 2026-03-01 09:05:07"


@pytest.mark.parametrize(
    ("permalink", "url"),
    [
        ("date", "/sea%20life/tides/2026/03/01/The_High-tide!.html"),
        ("pretty", "/sea%20life/tides/2026/03/01/The_High-tide!/"),
        ("ordinal", "/sea%20life/tides/2026/060/The_High-tide!.html"),
        ("weekdate", "/sea%20life/tides/2026/W09/SUN/The_High-tide!.html"),
        ("none", "/sea%20life/tides/The_High-tide!.html"),
        ("/:categories/:year/:title/", "/sea%20life/tides/2026/The_High-tide!/"),
        ("/:slugified_categories/:slug", "/sea-life/tides/the-high-tide"),
        ("/:short_year/:i_month/:i_day/:slug", "/26/3/1/the-high-tide"),
        ("/:short_month/:long_month/:slug", "/MAR/March/the-high-tide"),
        ("/:w_year/:week/:w_day/:short_day/:long_day/", "/2026/09/7/SUN/Sunday/"),
        ("/:hour:minute:second/:y_day", "/090507/060"),
        ("/:collection/:name:output_ext", "/posts/2026-03-01-the-high-tide.html"),
        ("/:path/", "/sub/2026-03-01-The_High%20tide!/"),
        ("/:year_:month/", "/2026_03/"),
        ("':title.html'", "/The_High-tide!.html"),
        ("/blog/index.html", "/blog/"),
        ("/sea:side/", "/sea:side/"),
    ],
)
def test_a_permalink_in_jekylls_words_is_expanded_as_jekyll_does(permalink: str, url: str) -> None:
    assert address(f"{POST}\npermalink: {permalink}", "_posts/sub/2026-03-01-The_High tide!.md") == url


def test_a_slug_of_the_front_matter_is_jekylls_title() -> None:
    assert address(f"{POST}\nslug: Ebb\npermalink: /:title/:slug", "_posts/2026-03-01-tide.md") == "/Ebb/ebb"


def test_categories_that_a_post_has_not_leave_no_empty_part() -> None:
    assert address("date: 2026-03-01\npermalink: pretty", "_posts/2026-03-01-tide.md") == "/2026/03/01/tide/"


def test_a_collection_is_the_last_folder_with_an_underscore_or_the_content_folder() -> None:
    front = "date: 2026-03-01\npermalink: /:collection/:path/"
    assert address(front, "docs/_films/sea/tide.md") == "/films/sea/tide/"
    assert address(front, "sea/tide.md", "/site/_films") == "/films/sea/tide/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/:year/:month/:day/:slug/:title/:section/:filename", "/2026/03/01/whats-new/whats-new/posts/the-tide"),
        ("/:monthname/:weekday/:weekdayname/:yearday", "/March/0/Sunday/60"),
        ("/:sections/:contentbasename/", "/posts/sea/the-tide/"),
        ("/:sections[1:]/:slugorcontentbasename/", "/sea/the-tide/"),
        ("/:sections[last]/:sections[:last]/:sections[0]/:slugorfilename", "/sea/posts/posts/the-tide"),
        ("/:sections[7]/x:year", "/x2026"),
        (r"/a\:year/:year", "/a:year/2026"),
        ("/a:b/", "/a:b/"),
    ],
)
@pytest.mark.parametrize("key", ["posts/sea/The Tide.md", "posts/sea/The Tide/index.md", "posts/sea/The Tide.en.md"])
def test_a_url_in_hugos_words_is_expanded_as_hugo_does(url: str, expected: str, key: str) -> None:
    front = f'title: "What\'s - New?"\ndate: 2026-03-01\nurl: {url}'
    assert address(front, key, "/site/content") == expected


def test_the_sections_of_hugo_begin_below_its_content_folder() -> None:
    front = "title: Tide\ndate: 2026-03-01\nslug: Ebb Tide\nurl: /:section/:sections/:slug/:slugorfilename/"
    assert address(front, "sea/a.md", "/site/content/posts") == "/posts/posts/sea/ebb-tide/ebb-tide/"


@pytest.mark.parametrize("front", ["permalink: /:year/:tilte/", "url: /:year/:tilte/"])
def test_a_word_that_the_engine_does_not_know_is_no_address(front: str) -> None:
    found = reading(f"date: 2026-03-01\n{front}", "posts/tide.md")
    (problem,) = found.problems
    assert (problem.code, problem.line) == ("permalink-unusable", 3)
    assert "Nothing stands for :tilte" in problem.hint
    assert found.article and found.article.url == "https://example.org/posts/tide/"


def test_a_category_leads_nowhere_else() -> None:
    front = "date: 2026-03-01\ncategories: ['..', 'https://elsewhere.example/']\npermalink: /:categories/:title/"
    found = reading(front, "_posts/2026-03-01-tide.md")
    assert found.article and found.article.url.startswith("https://example.org/")


@pytest.mark.parametrize(
    ("pattern", "front", "url"),
    [
        ("/{categories}/{slug}/", "categories: [Sea Life, Tides]", "/sea%20life/tides/tide/"),
        ("/{categories}/{slug}/", "title: Ebb", "/tide/"),
        ("/{slug_or_title}/", "title: Ebb and flow", "/ebb-and-flow/"),
        ("/{slug_or_title}/", "title: Ebb and flow\nslug: ebb", "/ebb/"),
        ("/{slug_or_name}/", "title: Ebb", "/2026-03-01-tide/"),
        ("/{slug_or_name}/", "slug: ebb", "/ebb/"),
        ("/{name}/{stem}", "title: Ebb", "/2026-03-01-tide/index"),
    ],
)
def test_a_pattern_may_fall_back_as_engines_do(pattern: str, front: str, url: str) -> None:
    assert address(f"date: 2026-03-01\n{front}", "a/2026-03-01-tide/index.md", permalink=pattern) == url
