"""Where each engine has its posts, by its configuration."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from feedwright.articles.engine_posts import Engine
from feedwright.sources.engines.configuration import (
    DATA_OF_ELEVENTY,
    FEEDS_OF_ELEVENTY,
    FEEDS_OF_JEKYLL,
    INPUTS_OF_ELEVENTY,
    Configuration,
)
from feedwright.sources.engines.files import SECTIONS, Unreadable, is_there, table_of, text_of
from feedwright.text.language_tags import is_code

_ALL = ("**",)
_POSTS = ("**/_posts/**", "**/_drafts/**")
_SITE_LIST = re.compile(r"\bsite\.(\w+)")
_COLLECTION = re.compile(r"""\bcollections(?:\.|\[["'])(\w+)""")
BLOG_PATH = re.compile(r"""(?:\bblog\s*:\s*\{|plugin-content-blog)[^}]{0,1000}?\bpath\s*:\s*["'](?:\./)?([^"']+)["']""")
_TAGS_IN_PROGRAM = re.compile(r"""\btags["']?\s*:\s*(\[[^\]]*\]|["'][^"']*["'])""")


def rule(found: Configuration, root: Path, above: str, folders: Collection[str]) -> Engine:
    """Where a site has its posts.

    Args:
        found: the site's configuration.
        root: the site's folder.
        above: the path from there down to the content folder, empty or ending in "/".
        folders: that hold files, below the content folder.
    """
    engine = _RULES[found.engine](found, root, above, [f"{above}{folder}".rstrip("/") for folder in folders])
    return engine._replace(languages=_languages(found.values))


def _languages(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The site's languages, as Hugo, Nikola, and plugins of Jekyll and Hexo name them."""
    given = [values.get(name) for name in ("languages", "TRANSLATIONS", "language")]
    named = [str(code).lower() for value in given if isinstance(value, (dict, list)) for code in value]
    return tuple(sorted({code for code in named if is_code(code)}))


def _jekyll(found: Configuration, root: Path, above: str, folders: Collection[str]) -> Engine:
    """`_posts` in any folder, and the collections that the site's feed has, or that the content folder is.

    Source: Jekyll's documentation, "Posts" and "Collections"; jekyll-feed, "Collections".
    """
    given = found.values.get("collections")
    collections = [str(name) for name in given] if isinstance(given, (dict, list)) else []
    if any(f"_{name}" in above.split("/") for name in collections):
        return Engine(found.engine, above, _ALL, needs_front_matter=True)
    feed = found.values.get("feed")
    listed = feed.get("collections") if isinstance(feed, dict) else None
    names = [str(name) for name in listed] if isinstance(listed, (dict, list)) else []
    source = str(found.values.get("source") or ".").strip("/")
    for file in FEEDS_OF_JEKYLL:
        names += [name for name in _SITE_LIST.findall(_text(root, f"{source}/{file}")) if name in collections]
    globs = tuple(f"**/_{_literal(name)}/**" for name in dict.fromkeys(names) if name != "posts")
    return Engine(found.engine, above, (*_POSTS, *globs), needs_front_matter=True)


def _hexo(found: Configuration, root: Path, above: str, folders: Collection[str]) -> Engine:
    """Source: Hexo's documentation, "Writing"."""
    return Engine(found.engine, above, _POSTS)


def _zola(found: Configuration, root: Path, above: str, folders: Collection[str]) -> Engine:
    """Its feeds leave out what has no date; where posts usually are, that is told.

    Source: Zola's documentation, "Feeds".
    """
    return Engine(found.engine, above, _below(SECTIONS), needs_date=True)


def _hugo(found: Configuration, root: Path, above: str, folders: Collection[str]) -> Engine:
    """The main sections: those that the site names; else those with addresses of their own, or named as such sections
    are; else all.

    Source: Hugo's documentation, "mainSections" and "Page bundles".
    """
    values = found.values
    base = _literal(str(values.get("contentdir") or "content"))
    languages = values.get("languages")
    codes = [_literal(str(code)).lower() for code in languages] if isinstance(languages, dict) else []
    inside = above.removeprefix(f"{base}/") if above.startswith(f"{base}/") else ""
    chosen = [part for part in inside.split("/") if part and part not in codes and not is_code(part)]
    named = _words(_said(values, "params", "mainsections")) or _words(values.get("mainsections"))
    if chosen:
        return Engine(found.engine, above, _ALL, bundles=True)
    if not named:
        permalinks = values.get("permalinks")
        page = _said(values, "permalinks", "page")
        tables = [table for table in (permalinks, page) if isinstance(table, dict)]
        ruled = [str(name).strip("/") for table in tables for name, to in table.items() if isinstance(to, str)]
        parts = {part for folder in folders for part in folder.lower().split("/")}
        named = [name for name in dict.fromkeys((*ruled, *SECTIONS)) if name in parts]
    if named:
        return Engine(found.engine, above, _below(named), bundles=True)
    starts = [base, *(f"{base}/{code}" for code in codes)]
    pages = tuple(glob for start in starts for glob in (f"{start}/*", f"{start}/*/index.*"))
    return Engine(found.engine, above, (f"{base}/**",), pages, bundles=True)


def _pelican(found: Configuration, root: Path, above: str, folders: Collection[str]) -> Engine:
    """Every file but pages; without a date it is none, unless the site has one for all.

    Source: Pelican's documentation, "Settings": PAGE_PATHS, ARTICLE_PATHS, DEFAULT_DATE.
    """
    base = _literal(str(found.values.get("PATH") or "content").lstrip("."))
    start = f"{base}/" if base else ""
    pages = _words(found.values.get("PAGE_PATHS")) or ["pages"]
    articles = [path.strip("/") for path in _words(found.values.get("ARTICLE_PATHS")) if path.strip("/")]
    posts = tuple(f"{start}{_literal(path)}/**" for path in articles) or _ALL
    without = tuple(f"{start}{_literal(path)}/**" for path in pages if path.strip("/"))
    return Engine(
        found.engine, above, posts, without, needs_date=not found.values.get("DEFAULT_DATE"), needs_front_matter=True
    )


def _nikola(found: Configuration, root: Path, above: str, folders: Collection[str]) -> Engine:
    """Source: the comments of the `conf.py` that Nikola writes: POSTS."""
    rules = found.values.get("POSTS")
    globs = [rule[0] for rule in rules if isinstance(rule, list) and rule] if isinstance(rules, list) else []
    starts = [glob.split("*", 1)[0].rpartition("/")[0].strip("/") for glob in globs if isinstance(glob, str)]
    return Engine(
        found.engine, above, tuple(f"{_literal(start)}/**" if start else "**" for start in starts or ["posts"])
    )


def _eleventy(found: Configuration, root: Path, above: str, folders: Collection[str]) -> Engine:
    """What has one of the tags that the feed lists, by itself or by its folder's data, or stands where posts do.

    Source: Eleventy's documentation, "Collections" and "Directory specific data files".
    """
    feeds = [f"{start}/{name}".lstrip("/") for start in INPUTS_OF_ELEVENTY for name in FEEDS_OF_ELEVENTY]
    listed = [name for file in feeds for name in _COLLECTION.findall(_text(root, file)) if name != "all"]
    tags = tuple(dict.fromkeys(listed)) or SECTIONS
    parted = [folder.split("/") for folder in folders]
    ways = sorted({"/".join(parts[:depth]) for parts in parted for depth in range(1, len(parts) + 1)})
    tagged = tuple(f"{_literal(way)}/**" for way in ways if not set(tags).isdisjoint(_tags_of(root, way)))
    return Engine(found.engine, above, (*_below((*SECTIONS, "_posts")), *tagged), tags=tags)


def _tags_of(root: Path, folder: str) -> list[str]:
    name = folder.rpartition("/")[2]
    for file in (f"{folder}/{name}.{end}" for end in DATA_OF_ELEVENTY if name):
        if not is_there(root, file):
            continue
        if file.endswith("js"):
            return [
                tag for given in _TAGS_IN_PROGRAM.findall(_text(root, file)) for tag in re.findall(r"[\w-]+", given)
            ]
        try:
            return _words(table_of(root, file).get("tags"))
        except Unreadable:
            return []
    return []


def _docusaurus(found: Configuration, root: Path, above: str, folders: Collection[str]) -> Engine:
    """Source: Docusaurus's documentation, plugin-content-blog: `path`; translations stand below the plugin's name."""
    paths = [path.strip("/") for path in BLOG_PATH.findall(_text(root, found.file)) if path.strip("/.")]
    globs = tuple(f"{_literal(path)}/**" for path in dict.fromkeys(("blog", *paths)))
    return Engine(found.engine, above, (*globs, "i18n/*/docusaurus-plugin-content-blog*/**"))


def _literal(path: str) -> str:
    """A path in a glob that covers it alone."""
    return re.sub(r"[*?\[]", r"[\g<0>]", path.strip("/"))


def _below(names: Collection[str]) -> tuple[str, ...]:
    return tuple(f"**/{_literal(name)}/**" for name in names)


def _text(root: Path, file: str) -> str:
    try:
        return text_of(root, file) if is_there(root, file) else ""
    except Unreadable:
        return ""


def _said(values: Mapping[str, Any], table: str, key: str) -> object:
    inside = values.get(table)
    return inside.get(key) if isinstance(inside, dict) else None


def _words(value: object) -> list[str]:
    given = value if isinstance(value, (list, tuple)) else [value]
    return [text for text in given if isinstance(text, str) and text.strip()]


_RULES: dict[str, Callable[[Configuration, Path, str, Collection[str]], Engine]] = {
    "Jekyll": _jekyll,
    "Octopress": _jekyll,
    "Hexo": _hexo,
    "Zola": _zola,
    "Hugo": _hugo,
    "Pelican": _pelican,
    "Nikola": _nikola,
    "Eleventy": _eleventy,
    "Docusaurus": _docusaurus,
}
