"""Dates that are no single text, and days that a file's or folder's name settles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedwright.articles.compose import compose
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.articles.model import Reading
from feedwright.config import Config
from feedwright.model import Article, Site

SITE = Site(title="Sea", url="https://sea.example/", feeds_url="https://sea.example/", authority="sea.example")
CONFIG = Config(root=Path("nowhere"), file=Path("nowhere/site.toml"), state=Path("nowhere/.feeds"), site=SITE)


def reading(front: str, key: str = "a.md") -> Reading:
    return compose(CONFIG, key, split_front_matter(f"---\n{front}\n---\nText\n"), "markdown")


def article(front: str, key: str = "a.md") -> Article:
    read = reading(front, key)
    assert read.article, read.problems
    assert read.problems == ()
    return read.article


@pytest.mark.parametrize(
    ("written", "key", "day"),
    [
        ("12/5/2023", "2023-05-12-tides.md", (2023, 5, 12)),
        ("12/5/2023", "2023-12-05-tides.md", (2023, 12, 5)),
        ("05/12/2023", "posts/2023/05/12/tides.md", (2023, 5, 12)),
        ("12/5/2023", "posts/2023-12-05/index.md", (2023, 12, 5)),
        ("12/5/2023", "2023-05-12-tides/index.md", (2023, 5, 12)),
        ("12/5/2023", "blog/2023/05/tides.md", (2023, 5, 12)),
        ("12/5/2023", "blog/2023/12/tides.md", (2023, 12, 5)),
        ("12/5/2023", "blog/2023-05/tides.md", (2023, 5, 12)),
        ("12/5/2023", "blog/2023-05-tides.md", (2023, 5, 12)),
        ("12.5.23", "2023-05-12-tides.md", (2023, 5, 12)),
        ("5/12/23", "2023-05-12-tides.md", (2023, 5, 12)),
        ("12-5-23", "2012-05-23-tides.md", (2012, 5, 23)),
        ("1.2.99", "1999-02-01-tides.md", (1999, 2, 1)),
        ("12/5/2023 10:30", "2023-05-12-tides.md", (2023, 5, 12)),
        ("12/5/2023", "2023-05-13-tides.md", (2023, 5, 12)),
    ],
)
def test_the_files_or_folders_name_settles_which_number_is_the_day(
    written: str, key: str, day: tuple[int, int, int]
) -> None:
    published = article(f"title: a\ndate: {written}", key).published
    assert (published.year, published.month, published.day) == day


@pytest.mark.parametrize("key", ["tides.md", "2023-07-01-tides.md", "blog/2023/tides.md", "blog/2022/05/tides.md"])
@pytest.mark.parametrize("written", ["12/5/2023", "12.5.23"])
def test_where_no_name_settles_it_a_day_is_not_guessed(written: str, key: str) -> None:
    read = reading(f"title: a\ndate: {written}", key)
    assert read.article is None
    assert [problem.code for problem in read.problems] == ["date-unreadable"]


def test_the_articles_other_dates_are_written_as_the_one_that_the_name_settles() -> None:
    read = article("date: 12/5/2023\nlastmod: 1/6/2023\nexpires: 2/7/2023", "2023-05-12-a.md")
    assert read.updated == datetime(2023, 6, 1, tzinfo=UTC)
    assert read.expires == datetime(2023, 7, 2, tzinfo=UTC)
    read = article("date: 12/5/2023\nlastmod: 12/6/2023", "2023-12-05-a.md")
    assert read.updated == datetime(2023, 12, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "front",
    [
        "date:\n  created: 2024-03-01\n  updated: 2024-03-09",
        "date: {created: 2024-03-01, updated: 2024-03-09}",
        "date: {published: 2024-03-01, modified: 2024-03-09, created: 2024-01-01}",
        "dates: {published: 2024-03-01, updated: 2024-03-09}",
        "timestamps: {created_at: 2024-03-01, updated_at: 2024-03-09}",
        "date: {created: 2024-03-01}\nlastmod: 2024-03-09",
        "date: {created: 1/3/2024, updated: 2024-03-09}\npublished: 2024-03-01",
        "params:\n  date: {created: 2024-03-01, updated: 2024-03-09}",
        "date: {year: 2024, month: 3, day: 1}\nupdated: {at: 2024-03-09}",
        "published: {date: 2024-03-01}\nupdated: {date: 2024-03-09}",
    ],
)
def test_a_map_of_dates_says_when_an_article_was_published_and_changed(front: str) -> None:
    read = article(f"title: a\n{front}")
    assert read.published == datetime(2024, 3, 1, tzinfo=UTC)
    assert read.updated == datetime(2024, 3, 9, tzinfo=UTC)


def test_a_date_in_a_map_that_cannot_be_read_is_named_with_its_line() -> None:
    (problem,) = reading("title: a\ndate: {created: 31.02.2024}").problems
    assert (problem.code, problem.line, problem.key) == ("date-unreadable", 3, "date")
