"""Parts of addresses as engines make them: each expected value is what the engine wrote when it was run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.articles import engine_slugs
from tests.conftest import SiteOnDisk


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Release 54.0.0", "release-5400"),
        ("C++ & It's “Fine” déjà vu", "c-its-fine-deja-vu"),
        ("foo_bar - baz--qux", "foo_bar-baz-qux"),
        ("Straße ﬁ №5 a/b", "strasse-fi-no5-ab"),
        ("3.5.x: What’s new?", "35x-whats-new"),
        ("日本 語", ""),
    ],
)
def test_a_slug_of_pelican_4_is_of_the_title_without_punctuation(title: str, slug: str) -> None:
    assert engine_slugs.pelican(title) == slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Release 54.0.0: C++ & It's “Fine” déjà vu", "release-54.0.0-c-its-fine-déjà-vu"),
        ("A  B – C — D’s ½ ² Ⅷ ﬁ", "a-b-c-ds-ﬁ"),
        ("a+b c#d e~f g@h i%j k'l q_r s--t u.v w,x - y . z", "a-b-c#d-e~f-g@h-ij-kl-q_r-s--t-u.v-wx-y-.-z"),
        ("My Own.Slug", "my-own.slug"),
    ],
)
def test_a_slug_of_hugo_keeps_dots_and_letters_of_any_script(title: str, slug: str) -> None:
    assert engine_slugs.hugo(title) == slug


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("2024-01-02-My_File.Name", "2024-01-02-my_file.name"),
        ("a+b c#d e~f g@h iqj q_r s--t u.v w,x - Y ½ ²", "a+b-c#d-e~f-g@h-iqj-q_r-s--t-u.v-wx---y--"),
        ("Some Folder", "some-folder"),
    ],
)
def test_a_file_of_hugo_keeps_its_name_but_for_spaces(name: str, part: str) -> None:
    assert engine_slugs.hugo_name(name) == part


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("textlint--fix", "textlint-fix"),
        ("Hello_World.v1.0", "Hello_World.v1.0"),
        ("a-b-c++", "a-b-c++"),
        ("trailing-", "trailing"),
        ("My--Own Slug", "My-Own-Slug"),
    ],
)
def test_a_slug_of_jekyll_has_no_two_hyphens_in_a_row(name: str, slug: str) -> None:
    assert engine_slugs.jekyll(name) == slug


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("2024-01-05-maths", "2024/01/05/maths"),
        ("2024-01-05/maths", "2024/01/05/maths"),
        ("2024/01/05/maths", "2024/01/05/maths"),
        ("news/2024-01-05-maths", "2024/01/05/news/maths"),
        ("maths", "maths"),
        ("news/maths", "news/maths"),
    ],
)
def test_the_day_in_a_name_is_in_front_of_an_address_of_docusaurus(path: str, address: str) -> None:
    assert engine_slugs.docusaurus(path) == address


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("2024-11-30-CocoaPods-Specs-Repo", "2024-11-30-cocoapods-specs-repo"),
        ("2021/CocoaPods-1.4.0", "2021/cocoapods-140"),
    ],
)
def test_an_entry_of_astro_has_no_capitals_and_no_dots(path: str, address: str) -> None:
    assert engine_slugs.astro(path) == address


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A day in the life - Ingeniero en 18F", "a-day-in-the-life---ingeniero-en-18f"),
        ("Ask 18F — A new advice column for federal employees", "ask-18f--a-new-advice-column-for-federal-employees"),
    ],
)
def test_a_slug_of_material_for_mkdocs_keeps_a_hyphen_for_each_space(title: str, slug: str) -> None:
    assert engine_slugs.mkdocs(title) == slug


def test_a_name_of_jekyll_keeps_all_but_its_date() -> None:
    assert engine_slugs.undated("2013-01-14-__attribute__") == "__attribute__"
    assert engine_slugs.undated("2013-01-14") == "2013-01-14"
    assert engine_slugs.undated("tides") == "tides"


@given(st.text(max_size=200))
def test_any_text_becomes_one_part_that_stays_as_it_is_when_it_is_made_again(text: str) -> None:
    for made in (engine_slugs.pelican, engine_slugs.jekyll):
        once = made(text)
        assert made(once) == once and "/" not in once


def test_folders_of_hugo_are_those_below_its_content_folder_and_its_language() -> None:
    def below(content: str, folders: str, language: str = "") -> list[str]:
        return engine_slugs.hugo_folders(Path(content).parts, folders.split("/") if folders else [], (language,))

    assert below("/site/content", "posts/2024") == ["posts", "2024"]
    assert below("/site/content/posts", "2024") == ["posts", "2024"]
    assert below("/site", "content/posts") == ["posts"]
    assert below("/site/content", "pt-br/posts", "pt-br") == ["posts"]
    assert below("/site/content/en/posts", "", "") == ["en", "posts"]
    assert below("/site/pages/posts", "deep") == ["deep"]


def addresses(site: SiteOnDisk) -> dict[str, str]:
    """Title -> path of the address, of all languages."""
    site.build()
    feeds = ["atom.xml", *(str(path.relative_to(site.out)) for path in site.out.glob("language/*/atom.xml"))]
    entries = [entry for path in feeds for entry in site.feed(path).entries]
    return {entry.title: entry.link.removeprefix("https://tides.example/") for entry in entries}


def test_addresses_of_a_hugo_site_are_those_that_hugo_lists(site: SiteOnDisk) -> None:
    site.configure('permalink = "/{lang_dir}/{hugo_path}/"\nlanguage = "en"\n')
    site.article("en/docs/deep/2024-01-02-My_File.Name.md", title="Doc", date="2024-02-03")
    site.article("en/docs/deep/bundle/index.md", title="B", date="2024-02-03")
    site.article("en/docs/sl.md", title="S", date="2024-02-03", slug="Foo Bar")
    site.article("pt-br/post/ola.md", title="O", date="2024-02-03")
    assert addresses(site) == {
        "Doc": "en/docs/deep/2024-01-02-my_file.name/",
        "B": "en/docs/deep/bundle/",
        "S": "en/docs/foo-bar/",
        "O": "pt-br/post/ola/",
    }


def test_only_the_other_languages_of_a_site_have_a_folder(site: SiteOnDisk) -> None:
    site.configure('permalink = "/{other_lang_dir}/{slug}/"\nlanguage = "en"\n')
    site.article("tides/index.md", title="T").article("tides/index.pl.md", title="P").article("a.de.md", title="D")
    assert addresses(site) == {"T": "tides/", "P": "pl/tides/", "D": "de/a/"}


def test_a_suffix_is_a_language_where_the_engine_names_it_or_the_file_is_an_index(site: SiteOnDisk) -> None:
    site.configure('permalink = "/{lang}/{slug}/"\nlanguage = "en"\n')
    site.article("a.pl.md", title="A").article("c/index.cs.md", title="C").article("d/index.ts.md", title="D")
    assert addresses(site) == {"A": "en/a.pl/", "C": "cs/c/", "D": "en/index.ts/"}
    site.write("hugo.toml", '[languages.en]\nweight = 1\n[languages.pl]\nweight = 2\n[permalinks]\nx = "/:slug/"\n')
    site.build(full=True, allow_relink=True)
    assert addresses(site) == {"A": "pl/a/", "C": "cs/c/", "D": "en/index.ts/"}


def test_categories_of_jekylls_defaults_stand_in_the_address_as_jekyll_has_them(site: SiteOnDisk) -> None:
    site.configure('permalink = "/{categories}/{jekyll_slug}/"\n')
    site.write(
        "_config.yml",
        "title: x\nplugins: []\ndefaults:\n  - scope: {path: '', type: posts}\n    values: {category: blog}\n",
    )
    site.article("_posts/2024-01-02-textlint--fix.md", title="A", date=None)
    site.article("_posts/2024-01-02-own.md", title="B", date=None, category="own")
    site.article("_posts/2024-01-02-both.md", title="C", date=None, categories="[x, y]")
    site.article("cat1/_posts/2024-01-02-w.md", title="D", date=None)
    assert addresses(site) == {
        "A": "blog/textlint-fix/",
        "B": "own/own/",
        "C": "x/y/blog/both/",
        "D": "cat1/blog/w/",
    }
