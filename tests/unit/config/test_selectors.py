"""`[pages]`: its keys, checked with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.config import Pages, load_config
from feedwright.config.selectors import relatives, selector
from feedwright.errors import ConfigError

TWO = 'title = "T"\nurl = "https://example.org/"\n'


def pages(place: Path, text: str) -> Pages | None:
    (place / "site.toml").write_text(f"{TWO}{text}\n")
    return load_config(place).pages


def test_without_the_table_there_are_no_pages(tmp_path: Path) -> None:
    assert pages(tmp_path, "") is None


def test_the_folder_is_all_that_is_needed(tmp_path: Path) -> None:
    found = pages(tmp_path, '[pages]\nfolder = "../public"')
    assert found == Pages(tmp_path / "../public")
    assert found is not None
    assert (found.take, found.missing, found.drop, found.languages) == (("address", "body"), "hold", (), {})
    assert found.body_of("posts", "en") == ""


def test_each_key_is_read(tmp_path: Path) -> None:
    text = """[pages]
folder = "public"
drop = ["header.title", "ul.post-metadata", "header.title"]
take = ["body", "address"]
languages = { es = "es/" }
missing = "formula"
[pages.body]
posts = "article > div"
es = "main"
"*" = ".post"
"""
    found = pages(tmp_path, text)
    assert found is not None
    assert found.drop == ("header.title", "ul.post-metadata")
    assert (found.take, found.missing, found.languages) == (("address", "body"), "formula", {"es": "es/"})
    assert found.body_of("posts", "es") == "article > div"
    assert found.body_of("notes", "es") == "main"
    assert found.body_of("notes", "en") == ".post"


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("[pages]", 3, "pages.folder", "required"),
        ("pages = 3", 3, "pages", "[pages]"),
        ('[pages]\nfolder = "/srv/public"', 4, "pages.folder", "from the folder of site.toml"),
        ('[pages]\nfolder = "."', 4, "pages.folder", "into which the engine builds"),
        ('[pages]\nfolder = "p"\nbody = ""', 5, "pages.body", "empty"),
        ('[pages]\nfolder = "p"\nbody = "<article>"', 5, "pages.body", "CSS selector"),
        ('[pages]\nfolder = "p"\nbody = "a[href"', 5, "pages.body", "CSS selector"),
        ('[pages]\nfolder = "p"\nbody = "article >"', 5, "pages.body", "CSS selector"),
        ('[pages]\nfolder = "p"\nbody = 3', 5, "pages.body", "table"),
        ('[pages]\nfolder = "p"\nbody = { posts = "p { color: red }" }', 5, "pages.body", "CSS selector"),
        ('[pages]\nfolder = "p"\ndrop = ["a,,b"]', 5, "pages.drop", "CSS selector"),
        ('[pages]\nfolder = "p"\ntake = []', 5, "pages.take", "address, body"),
        ('[pages]\nfolder = "p"\ntake = ["title"]', 5, "pages.take", "address, body"),
        ('[pages]\nfolder = "p"\nlanguages = ["es"]', 5, "pages.languages", "table"),
        ('[pages]\nfolder = "p"\nmissing = "drop"', 5, "pages.missing", "hold, formula"),
        ('[pages]\nfolder = "p"\nfolders = "q"', 5, "pages.folders", "Did you mean folder?"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, key: str, says: str) -> None:
    with pytest.raises(ConfigError) as refused:
        pages(tmp_path, text)
    (problem,) = refused.value.problems
    assert (problem.line, problem.key) == (line, key)
    assert says in problem.hint


def test_a_built_folder_that_a_link_leads_to_is_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (site / "public").symlink_to("../elsewhere")
    with pytest.raises(ConfigError) as refused:
        pages(site, '[pages]\nfolder = "public"')
    assert refused.value.problems[0].key == "pages.folder"
    found = pages(site, '[pages]\nfolder = "../elsewhere"')
    assert found is not None
    assert found.folder.resolve() == tmp_path / "elsewhere"


@pytest.mark.parametrize(
    "text",
    [
        *("article", "article > div", ".post-content", "#body", "[itemprop=articleBody]", "main, article", "*|p"),
        *('div[class^="post"]', "div:not(.a, .b)", ":is(main, article) > p", "a[title='{x}']", "h2 + p ~ p"),
        *(":not(:is(:has(:nth-child(2n + 1))))", ".sm\\:flex", "#__next > main", "time", "-x", ".é"),
    ],
)
def test_what_css_has_is_taken(text: str) -> None:
    assert selector(text) == text


@pytest.mark.parametrize(
    "text", [".a..b", "a >> b", "3", ".3", "a,,b", "& a", "a & b", "!", "a:not(", "p { }", "@x", "a >"]
)
def test_what_css_has_not_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="CSS selector"):
        selector(text)


def test_what_is_dropped_may_be_named_from_the_element() -> None:
    assert relatives([">footer", "> .a > b", "nav"]) == ("> footer", "> .a > b", "nav")
    with pytest.raises(ValueError, match="CSS selector"):
        relatives(["> > a"])


@pytest.mark.parametrize("text", ["a" * 100_000 + "!", "a " * 50_000 + "!", ":not(" * 20_000, "[a=b]" * 20_000 + "!"])
def test_a_long_text_is_judged_at_once(text: str) -> None:
    with pytest.raises(ValueError, match="CSS selector"):
        selector(text)


@given(st.text())
def test_any_text_is_taken_or_refused_in_words(text: str) -> None:
    try:
        assert selector(text)
    except ValueError as error:
        assert str(error)
