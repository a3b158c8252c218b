"""Hexo: `_config.yml`, which Jekyll's has the name of, too."""

from __future__ import annotations

from pathlib import Path

from feedwright.commands.engines import permalink_patterns
from feedwright.commands.engines.findings import PATHS, Notes, Recognised, number, scalar, words
from feedwright.commands.engines.folders import choose
from feedwright.sources.engines import configuration

_WORDS = {
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
    found = configuration.hexo(root)
    if found is None:
        return None
    notes, values, file = Notes.of(found), found.values, found.file
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
    # A date in a file's name is one only where new files are named so.
    dated = ":day" in (scalar(values.get("new_post_name")) or "")
    names = {**_WORDS, **dict.fromkeys(("title", "name"), "{slug}" if dated else "{path}")}
    read_ = permalink_patterns.colons(written or ":year/:month/:day/:title/", names)
    permalink_patterns.note(notes, read_, "permalink" if written else f"{file}: says no permalink, so Hexo's own holds")
    _feed(root, notes)
    notes.settle(timezone="Hexo takes the computer's; here it is UTC", language="none")
    built = scalar(values.get("public_dir")) or "public"
    return Recognised("Hexo", root, content, tuple(notes.found), built=built)


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
        if "hexo-generator-feed" in configuration.package_of(root):
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
