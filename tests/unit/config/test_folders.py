"""Folders that `site.toml` names: how they are written, and where they may lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.config import Config, load_config
from feedwright.config.folders import content_folders, escape, folder, is_within, language_folders
from feedwright.errors import ConfigError

TWO = 'title = "T"\nurl = "https://example.org/"\n'


def written(place: Path, more: str, *folders: str) -> Path:
    for name in folders:
        (place / name).mkdir(parents=True, exist_ok=True)
    (place / "site.toml").write_text(TWO + more)
    return place


def said(place: Path, more: str, *folders: str) -> tuple[str, str]:
    """Key and words of the one problem of a configuration."""
    with pytest.raises(ConfigError) as refused:
        load_config(written(place, more, *folders))
    (problem,) = refused.value.problems
    assert problem.line
    return problem.key, f"{problem.what} {problem.hint}"


def test_without_content_the_folder_of_the_file_is_the_one_of_articles(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, ""))
    assert (config.root, config.content, config.state) == (tmp_path, ("",), tmp_path / ".feeds")
    assert load_config(written(tmp_path, 'content = ["."]\n')).content == ("",)


def test_folders_are_named_from_the_file_s_own(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, 'content = ["./content/posts/", "content//notes"]\n'))
    assert config.content == ("content/posts", "content/notes")
    assert config.state == tmp_path / ".feeds"
    assert config.folder_of("content/posts/tides.md") == "content/posts"
    assert config.below("content/posts/2026/tides.md") == "2026/tides.md"
    assert config.below("elsewhere/tides.md") == "elsewhere/tides.md"


def test_a_single_folder_needs_no_list(tmp_path: Path) -> None:
    assert load_config(written(tmp_path, 'content = "posts"\n')).content == ("posts",)


def test_one_name_may_begin_another(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, 'content = ["post", "posts"]\n', "post", "posts"))
    assert config.folder_of("posts/a.md") == "posts"


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("[]", "at least one folder"),
        ("3", "list of texts"),
        ('["/srv/posts"]', "from the folder of site.toml"),
        ('["~/posts"]', "from the folder of site.toml"),
        ('["C:/posts"]', "from the folder of site.toml"),
        ('["a\\\\b"]', "from the folder of site.toml"),
        ('["a\\u0007b"]', "from the folder of site.toml"),
        ('["posts/../../x"]', ".. in front alone"),
        (f'["{"x" * 201}"]', "shorter names"),
        (str([f"f{number}" for number in range(101)]), "at most 100"),
    ],
)
def test_a_folder_that_cannot_be_named_is_refused(tmp_path: Path, value: str, says: str) -> None:
    key, words = said(tmp_path, f"content = {value}\n")
    assert key == "content"
    assert says in words


@pytest.mark.parametrize(
    "value", ['["posts", "posts/2026"]', '["posts/2026", "posts"]', '[".", "posts"]', '["..", "posts"]']
)
def test_a_folder_in_another_is_refused(tmp_path: Path, value: str) -> None:
    key, words = said(tmp_path, f"content = {value}\n", "posts/2026")
    assert key == "content"
    assert "is in" in words


def test_two_ways_to_one_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "again").symlink_to("posts")
    assert "is in" in said(tmp_path, 'content = ["posts", "again"]\n')[1]


def test_a_folder_above_is_named_with_dots_and_never_reached_by_a_link(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (tmp_path / "vault").mkdir()
    config = load_config(written(site, 'content = ["../vault"]\n', ""))
    assert config.content == ("../vault",)
    assert config.below("../vault/a.md") == "a.md"
    (site / "posts").symlink_to(tmp_path / "vault")
    key, words = said(site, 'content = ["posts"]\n')
    assert key == "content"
    assert "a link leads to" in words


def test_a_link_that_stays_below_is_followed(tmp_path: Path) -> None:
    site = written(tmp_path, 'content = ["posts"]\n', "shared/posts")
    (site / "posts").symlink_to("shared/posts")
    assert load_config(site).content == ("posts",)


def test_another_file_that_names_folders_is_the_site_s_own(tmp_path: Path) -> None:
    place = written(tmp_path / "conf", 'content = ["posts"]\n', "posts")
    assert load_config(place, place / "site.toml").root == place
    with pytest.raises(ConfigError) as refused:
        load_config(tmp_path, place / "site.toml")
    assert "another folder is named as well" in refused.value.problems[0].what


@given(st.text())
def test_any_text_is_a_folder_below_or_refused(text: str) -> None:
    try:
        found = folder(text)
    except ValueError as error:
        assert str(error)
    else:
        assert not found.startswith("/")
        assert folder(found or ".") == found
        parts = found.split("/")
        assert ".." not in parts[len([part for part in parts if part == ".."]) :]


@given(st.lists(st.sampled_from(["a", "a/b", "../a", "..", ".", "b"]), min_size=1))
def test_folders_keep_their_order_and_stand_once(names: list[str]) -> None:
    found = content_folders(names)
    assert len(set(found)) == len(found) == len(set(names))


def test_a_language_s_pages_are_below_the_built_site() -> None:
    assert language_folders({"es": "es/", "en": ".", "pt-BR": "l/br"}) == {"es": "es/", "en": "", "pt-BR": "l/br/"}
    with pytest.raises(ValueError, match="below the built site"):
        language_folders({"es": "../es"})
    with pytest.raises(ValueError, match="language tag"):
        language_folders({"español": "es"})


@pytest.mark.parametrize(
    ("path", "above", "within"),
    [
        ("public", "", True),
        ("", "", False),
        ("../public", "", False),
        ("..", "", False),
        ("posts", "posts", False),
        ("posts/x", "posts", True),
        ("postsx", "posts", False),
        ("../a/b", "../a", True),
    ],
)
def test_a_folder_is_within_another_by_its_name(path: str, above: str, *, within: bool) -> None:
    assert is_within(path, above) is within


def test_what_does_not_exist_escapes_nowhere(tmp_path: Path) -> None:
    assert escape(tmp_path, "a/b") == ""
    assert escape(tmp_path, "../a") == ""
    assert escape(tmp_path, "") == ""


def test_the_built_site_among_the_articles_is_none_of_them(tmp_path: Path) -> None:
    config: Config = load_config(written(tmp_path, '[pages]\nfolder = "public"\n'))
    assert config.pages is not None
    assert config.pages.folder == tmp_path / "public"
    assert config.exclude == ("public/**",)
    beside = load_config(written(tmp_path, 'content = ["posts"]\n[pages]\nfolder = "public"\n'))
    assert beside.exclude == ()
