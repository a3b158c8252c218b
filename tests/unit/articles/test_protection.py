"""What keeps an article from the public."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedwright.articles import protection as tables
from feedwright.articles.compose import compose
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.config import Config
from feedwright.model import Article, Site

SITE = Site("Tides", "https://tides.example/", "https://tides.example/", "tides.example")
SPELLINGS = (str, str.upper, lambda key: key.replace("_", "-"), lambda key: key.replace("_", ""))


def article(front: str, protected: str = "out", body: str = "Text.") -> Article:
    config = Config(Path("content"), Path("site.toml"), Path("state"), SITE, protected=protected)  # type: ignore[arg-type]
    read = compose(
        config, "a.md", split_front_matter(f"---\ntitle: A\ndate: 2024-01-01\n{front}\n---\n{body}\n"), "markdown"
    )
    assert read.article, read.problems
    return read.article


@pytest.mark.parametrize("key", tables.PASSWORDS)
@pytest.mark.parametrize("value", ["x", "1234", "0", "'no'", "[a, b]", "true"])
def test_a_password_protects(key: str, value: str) -> None:
    for spell in SPELLINGS:
        found = article(f"{spell(key)}: {value}")
        assert (found.exposure, found.protected, found.body.text) == ("none", spell(key), "")


@pytest.mark.parametrize("key", tables.FLAGS)
@pytest.mark.parametrize("value", ["true", "yes", "members", "[paid, members]"])
def test_a_flag_protects(key: str, value: str) -> None:
    for spell in SPELLINGS:
        assert article(f"{spell(key)}: {value}").exposure == "none"


@pytest.mark.parametrize("key", tables.LEVELS)
@pytest.mark.parametrize(
    "value", ["members", "paid", "'status:-free'", "gold", "true", "[paid]", *map(repr, tables.CLOSED)]
)
def test_a_level_protects_that_is_not_public(key: str, value: str) -> None:
    assert article(f"{key}: {value}").exposure == "none"


@pytest.mark.parametrize("key", tables.WORDS)
def test_a_key_that_says_much_besides_protects_with_a_level_alone(key: str) -> None:
    assert article(f"{key}: only_paid").exposure == "none"
    assert article(f"{key}: beginners").exposure == "all"


@pytest.mark.parametrize("key", [*tables.PASSWORDS, *tables.FLAGS, *tables.LEVELS, *tables.WORDS])
def test_nothing_protects_that_says_so(key: str) -> None:
    for value in ("false", "", '""', "'  '", "null", "[]"):
        assert article(f"{key}: {value}").exposure == "all", value
    if key not in tables.PASSWORDS:
        for value in ("public", "Public", "everyone", "[Ann Gardener, Bob]"):
            assert article(f"{key}: {value}").exposure == "all", value


@pytest.mark.parametrize("table", tables.NESTED)
def test_a_key_counts_one_level_down(table: str) -> None:
    assert article(f"{table}: {{password: x}}").protected == "password"
    assert article(f"{table}: {{password: ''}}").exposure == "all"


@pytest.mark.parametrize("layout", [*tables.LAYOUTS, "layouts/encrypted.njk", "secret-post"])
def test_a_layout_protects_whose_pages_are_encrypted(layout: str) -> None:
    assert article(f"layout: {layout}").protected == "layout"
    assert article("layout: post").exposure == "all"


def test_what_only_looks_like_it_protects_nothing() -> None:
    ordinary = ["level: 2", "key: C major", "keys: [a, b]", "status: published", "audience: developers", "hide: [toc]",
                "access: 2024-01-02", "password_hint: x", "abstract: x", "gallery_password: x", "publish: true",
                "encrypt: {enable: false, password: x}", "protected: {branches: [main]}", "public: true"]  # fmt: skip
    assert [front for front in ordinary if article(front).exposure != "all"] == []


def test_by_title_nothing_of_it_is_shown_but_title_and_link() -> None:
    front = "password: x\ndescription: hidden\nimage: /a.png\nenclosures: [/a.mp3]\nrelated: [b]"
    found = article(front, "title", "hidden text")
    assert (found.exposure, found.title, found.url) == ("title", "A", "https://tides.example/a/")
    assert (found.body.text, found.summary, found.image, found.enclosures, found.references) == ("", "", None, (), ())


@pytest.mark.parametrize("front", ["private: true", "visibility: private", "status: private", "public: false"])
def test_what_is_private_as_a_whole_shows_not_even_its_title(front: str) -> None:
    assert article(front, "title").exposure == "none"


def test_a_title_that_stands_in_the_protected_text_is_not_shown() -> None:
    assert article("title:\npassword: x", "title", "# A heading\n\nText").exposure == "none"


def test_a_protected_article_whose_date_cannot_be_read_is_held_back_all_the_same() -> None:
    found = article("password: x\nexpires: never at all")
    assert found.exposure == "none"


def test_what_is_left_of_a_text_is_the_article_and_nothing_is_no_article() -> None:
    found = article("x: 1", body="Water.\n\n{{% encrypt %}}hidden{{% /encrypt %}}\n")
    assert (found.exposure, found.body.text.strip()) == ("part", "Water.")
    assert article("x: 1", body="{{% encrypt %}}hidden{{% /encrypt %}}").exposure == "none"
    assert article("title:", body="Water.\n\n<encrypt>\n\n# hidden\n\n</encrypt>").title == ""


def test_a_page_of_logseq_says_it_at_its_head() -> None:
    assert article("x: 1", body="public:: false\n- text").exposure == "none"
