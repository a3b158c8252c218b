"""Zola: `config.toml` (or `zola.toml`) with `base_url`."""

from __future__ import annotations

from pathlib import Path

from feedwright.commands.engines.findings import PATHS, Notes, Recognised, number, scalar, words
from feedwright.commands.engines.folders import choose, prefix
from feedwright.sources.engines import configuration
from feedwright.sources.engines.files import Unreadable, is_there, text_of


def read(root: Path, within: Path) -> Recognised | None:
    """Read Zola's configuration; None where there is none, or it is Hugo's.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Zola's documentation, "Configuration", "Feeds" and "Page".
    """
    found = configuration.zola(root)
    if found is None:
        return None
    notes, file = Notes.of(found), found.file
    content = choose(root, within, ("content/blog", "content/posts", "content/post", "content/news", "content"))
    notes.first("title", "title")
    notes.first("url", "base_url")
    notes.first("description", "description")
    notes.language("default_language")
    notes.add("language", "en", f"{file}: default_language is not set, which is en")
    notes.add("timezone", "UTC", f"{file}: Zola's dates without an offset are in UTC")
    notes.author(notes.values.get("author"), "author")
    _permalink(content, root, notes)
    _feed(root, notes)
    notes.settle()
    built = scalar(notes.values.get("output_dir")) or "public"
    return Recognised("Zola", root, content, tuple(notes.found), built=built)


def _permalink(content: Path, root: Path, notes: Notes) -> None:
    """A page stands where its section does; the date in front of its file's name is not in its address."""
    where = f"{notes.file}: says no permalink, so Zola's own holds"
    notes.add("permalink", f"{prefix(content, root / 'content')}/{{slug}}/", where, "guess")


def _feed(root: Path, notes: Notes) -> None:
    made = notes.values.get("generate_feeds", notes.values.get("generate_feed"))
    if made is not True:
        notes.missing("kinds.site.path", f"{notes.file}: generate_feeds is not true")
        return
    names = words(notes.values.get("feed_filenames")) or words(notes.values.get("feed_filename")) or ["atom.xml"]
    paths: dict[str, str] = {}
    certain = True
    for name in names:
        kind = "rss" if "rss" in name else "atom" if "atom" in name else _shape(root, name)
        if kind is None and name.endswith((".xml", ".atom")):
            kind, certain = "atom", False
        if kind:
            paths.setdefault(kind, name.lstrip("/"))
    where = "feed_filenames" if "feed_filenames" in notes.values else "feed_filename"
    if where not in notes.values:
        where = f"{notes.file}: feed_filenames is not set, which is atom.xml"
    notes.add(PATHS, paths or None, where, "sure" if certain else "guess")
    limit = number(scalar(notes.values.get("feed_limit")))
    where = f"{notes.file}: feed_limit is not set, which is all" if limit is None else "feed_limit"
    notes.add("limit", 0 if limit is None else limit, where)


def _shape(root: Path, name: str) -> str | None:
    """The format of a feed that the site has its own template for."""
    if not is_there(root, f"templates/{name}"):
        return None
    try:
        text = text_of(root, f"templates/{name}")
    except Unreadable:
        return None
    return "rss" if "<rss" in text else "atom" if "<feed" in text else None
