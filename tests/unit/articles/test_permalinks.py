"""Permanent ids, and where an article stands: its slug, section and address."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.articles.compose import compose
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.articles.model import Reading
from feedwright.articles.permalinks import from_pattern, safe_slug, section_of, slug_of
from feedwright.config import Config
from feedwright.config.validators import PLACEHOLDERS
from feedwright.errors import IdentityError
from feedwright.model import Article, Site
from feedwright.text.ids import is_absolute_iri, tag_uri

SITE = Site("Sea", "https://example.org/", "https://example.org/", "example.org", timezone="Europe/Berlin")
CONFIG = Config(Path("nowhere"), Path("nowhere/site.toml"), Path("nowhere/.feeds"), SITE)
DAY = date(2026, 3, 1)
RFC_4151 = re.compile(r"tag:[a-z0-9.@-]+,\d{4}-\d{2}-\d{2}:(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*")


def test_an_id_is_made_of_the_sites_name_the_day_and_the_path() -> None:
    assert tag_uri("example.org", DAY, "posts/tides") == "tag:example.org,2026-03-01:posts/tides"


def test_an_id_is_percent_encoded() -> None:
    assert tag_uri("example.org", DAY, "50% größer") == "tag:example.org,2026-03-01:50%25%20gr%C3%B6%C3%9Fer"


def test_a_name_that_another_file_system_decomposes_has_the_same_id() -> None:
    assert tag_uri("example.org", DAY, "o\u0308") == tag_uri("example.org", DAY, "\u00f6")


def test_an_e_mail_address_may_be_the_authority() -> None:
    assert tag_uri("ann@example.org", DAY, "a").startswith("tag:ann@example.org,")


@pytest.mark.parametrize(
    "authority", ["", "Example.org", "exa mple.org", "example.org/", "-a.org", "a..b", "ann@", "ö.org"]
)
def test_what_is_no_authority_is_refused(authority: str) -> None:
    with pytest.raises(IdentityError) as refused:
        tag_uri(authority, DAY, "a")
    assert refused.value.problems[0].code == "authority-invalid"


@given(st.text(), st.dates())
def test_every_path_makes_a_valid_tag_uri(path: str, day: date) -> None:
    assert RFC_4151.fullmatch(tag_uri("example.org", day, path))


@given(st.lists(st.text(st.characters(codec="ascii")), unique=True, min_size=2, max_size=2))
def test_two_paths_never_share_an_id(paths: list[str]) -> None:
    assert tag_uri("example.org", DAY, paths[0]) != tag_uri("example.org", DAY, paths[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a", True),
        ("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", True),
        ("tag:example.org,2020:ä", True),
        ("rustacean-station//episode/003", False),
        ("my post: the first", False),
        ("42", False),
        ("https:", False),
        ("a:b\n", False),
        ("", False),
    ],
)
def test_an_id_that_can_stand_in_atom_is_known(text: str, expected: bool) -> None:
    assert is_absolute_iri(text) is expected


def reading(front: str, key: str = "posts/tides.md", **changes: Any) -> Reading:
    whole = front if "date:" in front else f"date: 2026-03-01\n{front}"
    return compose(dataclasses.replace(CONFIG, **changes), key, split_front_matter(f"---\n{whole}\n---\n"), "markdown")


def article(front: str, key: str = "posts/tides.md", **changes: Any) -> Article:
    """The article, where nothing was wrong with it."""
    read = reading(front, key, **changes)
    assert [str(problem) for problem in read.problems] == []
    assert read.article is not None
    return read.article


def warned(front: str, code: str) -> Article:
    """The article, where one warning was given."""
    read = reading(front)
    assert [(problem.code, problem.severity) for problem in read.problems] == [(code, "warning")]
    assert read.article is not None
    return read.article


@pytest.mark.parametrize(
    ("front", "key", "slug"),
    [
        ("slug: high-tide", "a.md", "high-tide"),
        ("title: a", "2020-01-02-tides.md", "tides"),
        ("title: a", "2020-01-02.md", "2020-01-02"),
        ("title: a", "2020-01-02_tides/index.es.md", "tides"),
        ("title: a", "tides.es.md", "tides"),
        ("title: a", "index.md", "index"),
        ("slug: 0123", "a.md", "0123"),
    ],
)
def test_the_slug_is_that_of_the_front_matter_or_the_file(front: str, key: str, slug: str) -> None:
    assert article(front, key).slug == slug


@pytest.mark.parametrize(
    ("written", "slug"), [("a/b", "a-b"), ("..", "tides"), ("/tide/", "tide"), ("../../x", "..-..-x")]
)
def test_an_unsafe_slug_is_made_safe_with_a_warning(written: str, slug: str) -> None:
    assert warned(f"slug: {written}", "slug-unsafe").slug == slug


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("/sea/tides/", "https://example.org/sea/tides/"),
        ("sea/tides.html", "https://example.org/sea/tides.html"),
        ("/größe/", "https://example.org/gr%C3%B6%C3%9Fe/"),
        ("https://example.com/x", "https://example.com/x"),
        ("//sea", None),
        ("/../x", None),
        ("/%2e%2e/x", "https://example.org/x"),
        ("javascript:alert(1)", None),
        ("'/{{ page.slug }}/'", None),
        ("'/a\\b'", None),
    ],
)
def test_an_address_is_the_authors_where_it_is_safe(written: str, url: str | None) -> None:
    if url:
        assert article(f"permalink: {written}").url == url
    else:
        assert warned(f"url: {written}", "permalink-unusable").url == "https://example.org/posts/tides/"


def test_an_address_does_not_leave_a_site_that_stands_in_a_folder() -> None:
    site = dataclasses.replace(SITE, url="https://example.org/blog/")
    for written in ("/../x", "/%2e%2e/x", "/%2E%2E/%2e./x"):
        url = compose(
            dataclasses.replace(CONFIG, site=site),
            "a.md",
            split_front_matter(f"---\ndate: 2020-01-01\nurl: {written}\n---\n"),
            "markdown",
        )
        assert url.article and url.article.url == "https://example.org/blog/a/"


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("/{path}/", "https://example.org/posts/2026-03-01-die%20Flut/"),
        ("/{year}/{month}/{day}/{slug}.html", "https://example.org/2026/02/28/die%20Flut.html"),
        ("/{i_month}/{i_day}/{hour}{minute}/{stem}", "https://example.org/2/28/2330/2026-03-01-die%20Flut"),
        ("/{section}/{category}/{lang}/{title}/", "https://example.org/posts/gro%C3%9Fe-see/de/f%C3%BCr-alle/"),
        ("/{unknown}/{slug}", "https://example.org/%7Bunknown%7D/die%20Flut"),
        ("//{slug}//", "https://example.org/die%20Flut/"),
    ],
)
def test_the_pattern_makes_the_address_of_the_date_as_it_is_written(pattern: str, url: str) -> None:
    front = "title: Für alle!\ncategory: Große See\nlang: de\ndate: 2026-02-28T23:30:00Z"
    assert article(front, "posts/2026-03-01-die Flut.md", permalink=pattern).url == url


def test_every_placeholder_is_filled() -> None:
    pattern = "".join("/{" + name + "}" for name in sorted(PLACEHOLDERS))
    assert "%7B" not in article("title: a", permalink=pattern).url


@pytest.mark.parametrize(
    ("key", "section"),
    [
        ("a.md", ""),
        ("posts/a.md", "posts"),
        ("tides/index.md", ""),
        ("tides/index.es.md", ""),
        ("posts/tides/index.md", "posts"),
        ("_posts/a.md", ""),
        ("news/_posts/a.md", "news"),
        ("2020/news/a.md", "news"),
        ("2020/01/a.md", ""),
    ],
)
def test_the_section_is_the_first_folder_that_names_a_part_of_the_site(key: str, section: str) -> None:
    assert section_of(key) == section


def test_an_absolute_guid_is_the_id() -> None:
    old = article("guid: https://old.example/?p=1")
    assert (old.id, old.guid) == ("https://old.example/?p=1", None)
    assert article("id: urn:x:1").id == "urn:x:1"


def test_another_guid_is_kept_beside_a_minted_id_but_another_engines_id_is_not() -> None:
    old = article("guid: station//episode/1")
    assert (old.id, old.guid) == ("tag:example.org,2026-03-01:posts/tides", "station//episode/1")
    assert article("id: my-page").guid is None


def test_the_id_has_the_day_of_the_sites_zone() -> None:
    assert article("date: 2026-02-28T23:30:00Z").id == "tag:example.org,2026-03-01:posts/tides"


@pytest.mark.parametrize(
    ("key", "slug"), [("a b.md", "a b"), ("2020-01-02-.md", "2020-01-02-"), ("..md", "index"), ("…/…", "…")]
)
def test_a_slug_of_a_file_is_never_empty(key: str, slug: str) -> None:
    assert slug_of(key) == slug


@given(st.text())
def test_a_safe_slug_is_one_part_of_a_path(text: str) -> None:
    slug = safe_slug(text)
    assert "/" not in slug and "\\" not in slug and not any(char < " " for char in slug)
    assert slug not in (".", "..")


@given(st.text(), st.text())
def test_an_address_from_a_pattern_is_ascii_below_the_site(pattern: str, slug: str) -> None:
    url = from_pattern(pattern + "/{slug}", SITE.url, {"slug": slug}, datetime(2026, 3, 1, tzinfo=UTC), UTC)
    assert url.startswith(SITE.url) and url.isascii()
    assert ".." not in url.split("/")
