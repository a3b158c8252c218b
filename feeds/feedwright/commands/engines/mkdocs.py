"""MkDocs: `mkdocs.yml`; posts are those of Material's blog, or else all that stands in its folder of documents."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from feedwright.commands.engines.findings import PATHS, Notes, Recognised, scalar
from feedwright.commands.engines.folders import choose, prefix
from feedwright.sources.engines.files import Unreadable, first_there, text_of

FILES = ("mkdocs.yml", "mkdocs.yaml")
# What only Python could make: !ENV, !!python/name:...
_TAG = re.compile(r"(?m)((?:[:\-,\[]|^)[ \t]+)!{1,2}[^\s,\]}]+")


def read(root: Path, within: Path) -> Recognised | None:
    """Read MkDocs's configuration; None where there is none.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: MkDocs's documentation, "Configuration"; Material for MkDocs, "Built-in blog plugin".
    """
    file = first_there(root, FILES)
    if file is None:
        return None
    notes = Notes(file, {})
    try:
        notes.values = _table(root, file)
    except Unreadable as problem:
        notes.unread(problem)
    docs = (scalar(notes.values.get("docs_dir")) or "docs").strip("/")
    blog = _plugin(notes.values.get("plugins"), "blog")
    below = (scalar((blog or {}).get("blog_dir")) or "blog").strip("./")
    posts = f"{docs}/{below}/posts".replace("//", "/")
    content = choose(root, within, (posts, docs) if blog is not None else (f"{docs}/posts", f"{docs}/blog", docs))
    notes.first("title", "site_name")
    notes.first("url", "site_url")
    notes.first("description", "site_description")
    notes.language("theme.language")
    notes.author(notes.values.get("site_author"), "site_author")
    _permalink(content, root / docs, below, blog, notes)
    if _plugin(notes.values.get("plugins"), "rss") is not None:
        notes.add(PATHS, {"rss": "feed_rss_created.xml"}, "plugins, rss", "guess")
    notes.settle()
    built = scalar(notes.values.get("site_dir")) or "site"
    return Recognised("MkDocs", root, content, tuple(notes.found), built=built)


def _table(root: Path, file: str) -> dict[str, Any]:
    from feedwright.articles.frontmatter import yaml

    try:
        read_ = yaml.load(_TAG.sub(r"\1", text_of(root, file)).replace("\0", "")).value
    except (ValueError, RecursionError) as error:
        raise Unreadable(file, f"cannot be understood: {(str(error) or 'it').splitlines()[0]}") from None
    return read_ if isinstance(read_, dict) else {}


def _plugin(plugins: object, name: str) -> dict[str, Any] | None:
    """What a plugin is configured with; None where the site does not use it."""
    given = plugins if isinstance(plugins, list) else [plugins]
    for one in given:
        names = one if isinstance(one, dict) else {one: None} if isinstance(one, str) else {}
        for key, settings in names.items():
            if str(key).rpartition("/")[2] == name:
                return settings if isinstance(settings, dict) else {}
    return None


def _permalink(content: Path, docs: Path, below: str, blog: dict[str, Any] | None, notes: Notes) -> None:
    end = ".html" if notes.values.get("use_directory_urls") is False else "/"
    if blog is None or content.name != "posts":
        notes.add("permalink", f"{prefix(content, docs)}/{{path}}{end}", "use_directory_urls", "guess")
        return
    written = scalar(blog.get("post_url_format")) or "{date}/{slug}"
    date = scalar(blog.get("post_url_date_format")) or "yyyy/MM/dd"
    words = {"yyyy": "{year}", "MM": "{month}", "dd": "{day}", "M": "{i_month}", "d": "{i_day}"}
    day = re.sub("yyyy|MM|dd|M|d", lambda word: words[word[0]], date)
    pattern = written.replace("{date}", day).replace("{slug}", "{mkdocs_slug}").replace("{file}", "{stem}")
    pattern = pattern.replace("{categories}", "{category}")
    start = f"/{below}" if below else ""
    where = f"{notes.file}: plugins, blog"
    notes.add("permalink", f"{start}/{pattern}{end}", where, "guess")
