"""What an article's surroundings say: folders of languages and categories, and the site's data on authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedwright.articles.model import Around
from feedwright.config import Config
from feedwright.model import Person, Site
from feedwright.sources.folder.site_data import languages, look
from tests.conftest import folders_of

SITE = Site(title="Sea", url="https://example.org/", feeds_url="https://example.org/", authority="example.org")


def around(content: Path, *keys: str) -> Around:
    return look(Config(content, content / "site.toml", content / ".feeds", SITE), folders_of(keys))


def put(content: Path, key: str, text: str) -> None:
    path = content / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        (["es/posts", "posts"], {"es": "es"}),
        (["content/en/post", "content/de/post"], {"content/en": "en", "content/de": "de"}),
        (["en", "it", "pt-br"], {"en": "en", "it": "it", "pt-br": "pt-BR"}),
        (["zh-Hans/blog"], {"zh-Hans": "zh-Hans"}),
        (["i18n/it/blog"], {"i18n/it": "it"}),
        # Abbreviations, and the names of countries.
        (["it", "posts"], {}),
        (["cs", "ml", "io"], {}),
        (["eu", "world", "business"], {}),
        (["de", "us", "jp"], {}),
        (["posts/2020", "en-route", "english"], {}),
        ([""], {}),
    ],
)
def test_folders_stand_for_languages_where_that_is_certain(folders: list[str], expected: dict[str, str]) -> None:
    assert languages(folders) == expected
    assert languages(reversed(folders)) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["a.md"], None),
        (["_posts/a.md"], ""),
        (["docs/_posts/a.md", "docs/_posts/x/b.md"], "docs/"),
        (["docs/_posts/a.md", "docs/sport/_posts/b.md"], "docs/"),
        (["_posts/a.md", "sport/_posts/b.md"], ""),
        (["news/_posts/a.md", "sport/_posts/b.md"], ""),
    ],
)
def test_a_jekyll_site_begins_where_all_its_posts_do(tmp_path: Path, keys: list[str], expected: str | None) -> None:
    assert around(tmp_path, *keys).posts == expected


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("_data/authors.yml", "ann:\n  name: Ann Sea\n  web: /ann/\n  email: ann@example.org\n"),
        ("blog/authors.yml", "ann: {name: Ann Sea, url: 'https://example.org/ann/', email: ann@example.org}\n"),
        ("src/_data/authors.json", '[{"id": "ann", "name": "Ann Sea", "site": "/ann/", "email": "ann@example.org"}]'),
        ("data/authors.toml", '[ann]\nname = "Ann Sea"\nhomepage = "/ann/"\nemail = "ann@example.org"\n'),
        ("_data/authors/ann.yml", "name: Ann Sea\nurl: /ann/\nemail: ann@example.org\n"),
        ("content/authors/ann/_index.md", "---\nname: Ann Sea\nlink: /ann/\nmail: ann@example.org\n---\n"),
        ("authors/ann.md", "---\ntitle: Ann Sea\nwebsite: /ann/\nemail: ann@example.org\n---\n"),
        ("_authors/x.md", "---\nusername: ann\nname: Ann Sea\nurl: /ann/\nemail: ann@example.org\n---\n"),
        ("content/authors/ann/_index.md", "+++\ntitle='Ann Sea'\n[extra]\nurl='/ann/'\nemail='ann@example.org'\n+++\n"),
    ],
)
def test_authors_are_found_in_the_sites_own_data(tmp_path: Path, key: str, text: str) -> None:
    put(tmp_path, key, text)
    found = around(tmp_path, "blog/a.md", "blog/b.md").authors
    ann = Person("Ann Sea", "ann@example.org", "https://example.org/ann/")
    assert (found["ann"], found["ann-sea"]) == (ann, ann)


@pytest.mark.parametrize("text", ["- a\n- b\n", "ann: [", "ann: 5\n", "[]", "ann: {}\n" * 3, "\x00"])
def test_data_that_says_nothing_of_authors_is_passed_over(tmp_path: Path, text: str) -> None:
    put(tmp_path, "_data/authors.yml", text)
    assert {person.name for person in around(tmp_path, "a.md").authors.values()} <= {"ann"}


def test_data_that_a_link_leads_to_outside_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "secret.yml", "ann: {name: Ann}\n")
    put(tmp_path, "content/a.md", "")
    (tmp_path / "content" / "authors.yml").symlink_to(tmp_path / "secret.yml")
    assert around(tmp_path / "content", "a.md").authors == {}
