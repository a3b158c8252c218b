"""Engines that the gate does not fetch: they run where they are, with `pytest -m engines`."""

from __future__ import annotations

import re
import sys

from tests.engines.articles import POSTS, TRANSLATED, Post, body_of, dialect, front_matter
from tests.engines.engine import Engine, needs_distribution, needs_modules, needs_program, program
from tests.engines.engines import dated, node, python

IN_DOLLARS = "$$\nE = \\sum_{i=0}^{n} \\frac{x_i^2}{2}\n$$\n\nIn the line $a^2 + b^2 = c^2$ is said, too."
KRAMDOWN = IN_DOLLARS.replace("$a^2 + b^2 = c^2$", "$$a^2 + b^2 = c^2$$")


def _jekyll_place(post: Post) -> tuple[str, str]:
    folder = "_drafts" if post.draft else "_posts"
    return f"{folder}/{dated(post)}.md", front_matter(post) + body_of(post, dialect("html", KRAMDOWN))


JEKYLL = Engine(
    "jekyll",
    ("_posts",),
    _jekyll_place,
    lambda folder: [program("jekyll"), "build", "--quiet"],
    needs_program("jekyll"),
    body="div.post-content",
    drop=("div.post-head", "div.tags", "div.pagination"),
    deletes=False,
)


def _nikola_place(post: Post) -> tuple[str, str]:
    suffix = f".{post.language}.md" if post.language else ".md"
    more = {"slug": post.slug.rpartition("/")[2].replace(".", "-")}
    text = front_matter(post._replace(draft=False), **more, **({"status": "draft"} if post.draft else {}))
    text = text.replace(f"date: {post.day}", f"date: {post.day} 12:00:00 UTC")
    return f"posts/{post.slug}{suffix}", text + body_of(post, dialect("admonition"))


NIKOLA = Engine(
    "nikola",
    ("posts",),
    _nikola_place,
    lambda folder: [program("nikola"), "build", "--quiet"],
    lambda: needs_program("nikola")() or needs_distribution("ruamel.yaml"),
    body="div.e-content",
    drop=("a.headerlink",),
    posts=(*POSTS, TRANSLATED),
    deletes=False,
    asked=lambda folder: [[sys.executable, "truth.py"]],
)


def _hexo_place(post: Post) -> tuple[str, str]:
    folder = "_drafts" if post.draft else "_posts"
    text = body_of(post, dialect("html", notes="", terms=""))
    return f"source/{folder}/{post.slug}.md", front_matter(post._replace(draft=False)) + text


_HEXO = ("archive", "index", "tag")
HEXO = Engine(
    "hexo",
    ("source/_posts",),
    _hexo_place,
    lambda folder: node("hexo/bin/hexo", "generate", "--silent"),
    needs_modules("hexo", "hexo-theme-landscape", *(f"hexo-generator-{name}" for name in _HEXO)),
    body="div.article-entry",
    drop=("a.headerlink",),
    base="/news/",
    modules=True,
    deletes=False,
)


def _docusaurus_place(post: Post) -> tuple[str, str]:
    text = re.sub("(<img[^>]*)>", r"\1 />", body_of(post, dialect("colons", IN_DOLLARS, terms="")))
    return f"blog/{dated(post)}.md", front_matter(post) + text


DOCUSAURUS = Engine(
    "docusaurus",
    ("blog",),
    _docusaurus_place,
    lambda folder: node("@docusaurus/core/bin/docusaurus.mjs", "build", "--out-dir", "public"),
    needs_modules("@docusaurus/core", "@docusaurus/preset-classic", "remark-math", "rehype-katex"),
    body="div.markdown",
    drop=("a.hash-link",),
    base="/news/",
    modules=True,
    bound=True,
    asked=lambda folder: [python("docusaurus_truth.py", folder)],
)


def _vitepress_place(post: Post) -> tuple[str, str]:
    text = body_of(post, dialect("colons", IN_DOLLARS)).replace(":::note", "::: info")
    return f"posts/{post.slug}.md", front_matter(post) + text


VITEPRESS = Engine(
    "vitepress",
    ("posts",),
    _vitepress_place,
    lambda folder: node("vitepress/bin/vitepress.js", "build"),
    needs_modules("vitepress", "markdown-it-mathjax3"),
    body="div.vp-doc > div",
    drop=("a.header-anchor",),
    base="/news/",
    modules=True,
)


def _astro_place(post: Post) -> tuple[str, str]:
    return f"src/content/blog/{post.slug}.md", front_matter(post) + body_of(post, dialect("html", terms=""))


ASTRO = Engine(
    "astro",
    ("src/content/blog",),
    _astro_place,
    lambda folder: node("astro/astro.js", "build", "--silent"),
    needs_modules("astro"),
    body="div.prose",
    drop=("div.title", "details.toc"),
    modules=True,
)
MORE_ENGINES = (JEKYLL, NIKOLA, HEXO, DOCUSAURUS, VITEPRESS, ASTRO)
