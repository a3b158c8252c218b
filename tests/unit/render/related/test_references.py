"""Articles by the names of their source files, as links and template tags have them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedwright.model import Article
from feedwright.render.related import named
from tests.named_articles import index
from tests.unit.render.test_body import article


def at(key: str, slug: str = "", language: str = "") -> Article:
    path = key.rpartition(".")[0].removesuffix("/index")
    name = slug or path.rpartition("/")[2]
    one = article("", url=f"https://example.org/{path}/")
    return replace(one, key=key, path=path, slug=name, id=f"tag:example.org,2026:{key}", title="", language=language)


HERE = at("content/blog/here.md")
THERE = [
    HERE,
    at("content/blog/beside.md"),
    at("content/blog/2024-05-01-dated.md", slug="dated"),
    at("content/news/bundle/index.md"),
    at("content/news/same.md"),
    at("content/docs/same.md"),
    at("_posts/2020-01-02-ebb.md", slug="ebb"),
    at("flow.md"),
]
DRAFT = at("content/blog/draft.md")
INDEX = index(THERE, [(DRAFT, "draft")])


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("beside.md", "content/blog/beside.md"),
        ("./beside.mdx", "content/blog/beside.md"),
        ("beside", "content/blog/beside.md"),
        ("../news/bundle/index.md", "content/news/bundle/index.md"),
        ("../news/bundle", "content/news/bundle/index.md"),
        ("@/news/bundle/index.md", "content/news/bundle/index.md"),
        ("/blog/2024-05-01-dated.md", "content/blog/2024-05-01-dated.md"),
        ("blog/2024-05-01-dated.md", "content/blog/2024-05-01-dated.md"),
        ("2020-01-02-ebb", "_posts/2020-01-02-ebb.md"),
        ("_posts/2020-01-02-ebb.md", "_posts/2020-01-02-ebb.md"),
        ("_posts/flow.md", "flow.md"),
        ("news/same.md", "content/news/same.md"),
        ("here.md", "content/blog/here.md"),
    ],
)
def test_an_article_is_found_by_its_source_file(written: str, key: str) -> None:
    found = named(written, HERE, INDEX)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "written", ["same.md", "draft.md", "gone.md", "other/beside.md/x", "", "/", "..", "@/", "a\\b"]
)
def test_what_is_ambiguous_hidden_or_not_there_is_not_found(written: str) -> None:
    assert named(written, HERE, INDEX) is None
