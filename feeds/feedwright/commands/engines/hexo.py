"""Hexo: `_config.yml`, which Jekyll's has the name of, too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from feedwright.commands.engines import permalink_patterns
from feedwright.commands.engines.files import Unreadable, first_there, is_folder, is_there, table_of, text_of
from feedwright.commands.engines.findings import PATHS, Notes, Recognised, number, scalar, words
from feedwright.commands.engines.folders import choose

_ITS_KEYS = frozenset(
    (
        *("new_post_name", "post_asset_folder", "public_dir", "source_dir", "skip_render", "default_layout"),
        *("filename_case", "render_drafts", "per_page", "pretty_urls", "meta_generator", "updated_option"),
        *("index_generator", "archive_generator", "archive_dir", "external_link", "default_category", "i18n_dir"),
    )
)
_JEKYLLS_KEYS = frozenset(
    (
        *("plugins", "gems", "markdown", "kramdown", "redcarpet", "rdiscount", "collections", "defaults", "baseurl"),
        *("highlighter", "pygments", "sass", "destination", "whitelist", "paginate", "paginate_path", "liquid"),
        *("show_drafts", "future", "lsi", "safe", "repository", "exclude"),
    )
)
_WORDS = {
    "title": "{slug}",
    "name": "{slug}",
    "post_title": "{title}",
    "category": "~{category}",
    "lang": "{lang}",
}


def read(root: Path, within: Path) -> Recognised | None:
    """Read Hexo's configuration; None where it is Jekyll's, or not there.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Hexo's documentation, "Configuration" and "Permalinks"; hexo-generator-feed.
    """
    file = first_there(root, ("_config.yml", "_config.yaml"))
    if file is None:
        return None
    problem: Unreadable | None = None
    values: dict[str, Any] = {}
    try:
        values = table_of(root, file)
    except Unreadable as error:
        problem = error
    if not _is_hexos(root, values):
        return None
    notes = Notes(file, values)
    if problem:
        notes.unread(problem)
    source = scalar(values.get("source_dir")) or "source"
    content = choose(root, within, (f"{source}/_posts", source))
    notes.first("title", "title")
    _url(notes)
    notes.first("description", "description", "subtitle")
    languages = words(values.get("language"))
    if languages:
        notes.add("language", languages[0].replace("_", "-"), "language", "sure" if len(languages) == 1 else "guess")
    notes.first("timezone", "timezone")
    notes.author(values.get("author"), "author")
    written = scalar(values.get("permalink"))
    read_ = permalink_patterns.colons(written or ":year/:month/:day/:title/", _WORDS)
    permalink_patterns.note(notes, read_, "permalink" if written else f"{file}: says no permalink, so Hexo's own holds")
    _feed(root, notes)
    notes.settle(timezone="Hexo takes the computer's; here it is UTC", language="none")
    return Recognised("Hexo", root, content, tuple(notes.found))


def _is_hexos(root: Path, values: Mapping[str, Any]) -> bool:
    """Whether there is more of Hexo than of Jekyll."""
    hexos = len(_ITS_KEYS & set(values)) + 2 * is_folder(root, "scaffolds") + 3 * ('"hexo"' in _package(root))
    jekylls = len(_JEKYLLS_KEYS & set(values)) + 3 * is_there(root, "Gemfile") + 2 * is_folder(root, "_layouts")
    return hexos > jekylls


def _package(root: Path) -> str:
    try:
        return text_of(root, "package.json") if is_there(root, "package.json") else ""
    except Unreadable:
        return ""


def _url(notes: Notes) -> None:
    """`url` may hold the folder that `root` names, or not."""
    url, folder = scalar(notes.values.get("url")), (scalar(notes.values.get("root")) or "").strip("/")
    if url is None:
        return
    ends_in_it = not folder or url.rstrip("/").endswith(f"/{folder}")
    notes.add("url", url if ends_in_it else f"{url.rstrip('/')}/{folder}/", "url" if ends_in_it else "url and root")


def _feed(root: Path, notes: Notes) -> None:
    given = notes.values.get("feed")
    if not isinstance(given, dict):
        if "hexo-generator-feed" in _package(root):
            where = "package.json: hexo-generator-feed, which is not configured"
            notes.add(PATHS, {"atom": "atom.xml"}, where)
            notes.add("limit", 20, where)
        return
    names = {"atom": "atom", "rss2": "rss", "rss": "rss"}
    kinds = [names[kind] for kind in words(given.get("type")) if kind in names] or ["atom"]
    paths = words(given.get("path")) or [{"atom": "atom.xml", "rss": "rss2.xml"}[kind] for kind in kinds]
    notes.add(PATHS, {kind: path.lstrip("/") for kind, path in zip(kinds, paths, strict=False)}, "feed.path")
    limit = number(given.get("limit"))
    notes.add("limit", 20 if limit is None else max(limit, 0), "feed.limit")
