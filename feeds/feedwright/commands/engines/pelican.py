"""Pelican: `pelicanconf.py`, and what `publishconf.py` says over it. Neither is run."""

from __future__ import annotations

from pathlib import Path

from feedwright.commands.engines import permalink_patterns
from feedwright.commands.engines.findings import PATHS, Notes, Recognised, number, scalar, words
from feedwright.commands.engines.folders import choose
from feedwright.sources.engines import configuration
from feedwright.sources.engines.files import SECTIONS, articles_below, is_folder, mostly

_WORDS = {"slug": "{slug}", "category": "~{category}", "lang": "{lang}"}


def read(root: Path, within: Path) -> Recognised | None:
    """Read Pelican's configuration; None where there is none.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Pelican's documentation, "Settings".
    """
    found = configuration.pelican(root)
    if found is None:
        return None
    notes, values, file = Notes.of(found), found.values, found.file
    content = _content(root, within, notes)
    notes.first("title", "SITENAME")
    notes.first("url", "SITEURL")
    notes.first("feeds_url", "FEED_DOMAIN")
    notes.first("description", "SITESUBTITLE")
    notes.language("DEFAULT_LANG")
    notes.add("language", "en", f"{file}: DEFAULT_LANG is not set, which is en")
    notes.first("timezone", "TIMEZONE")
    notes.add("timezone", "UTC", f"{file}: TIMEZONE is not set, which is UTC")
    notes.author(values.get("AUTHOR"), "AUTHOR")
    _permalink(content, notes)
    _feed(notes)
    notes.add("exclude", [f"{name}/**" for name in words(values.get("ARTICLE_EXCLUDES"))], "ARTICLE_EXCLUDES")
    notes.settle()
    built = scalar(values.get("OUTPUT_PATH")) or "output"
    return Recognised("Pelican", root, content, tuple(notes.found), built=built)


def _content(root: Path, within: Path, notes: Notes) -> Path:
    named = (scalar(notes.values.get("PATH")) or "content").strip("/")
    base = named if is_folder(root, named) else "content" if is_folder(root, "content") else "."
    below = [path.strip("/") for path in words(notes.values.get("ARTICLE_PATHS")) if path.strip("/")]
    flat = any(path.parent == root / base for path in articles_below(root / base))
    likely = below[:1] if len(below) == 1 else [name for name in SECTIONS if not below and not flat]
    return choose(root, within, (*(f"{base}/{name}" for name in likely), base))


def _permalink(content: Path, notes: Notes) -> None:
    """Pelican's slug is of the article's title, unless the article or its file's name says it."""
    written = scalar(notes.values.get("ARTICLE_URL"))
    named = scalar(notes.values.get("FILENAME_METADATA")) or ""
    source = scalar(notes.values.get("SLUGIFY_SOURCE")) or "title"
    slug = "{slug}"
    if not mostly(content, "slug") and "(?P<slug>" not in named:
        slug = "{pelican_name}" if source == "basename" else "{pelican_slug}"
    where = "ARTICLE_URL" if written else f"{notes.file}: ARTICLE_URL is not set, which is {{slug}}.html"
    permalink_patterns.note(notes, permalink_patterns.braces(written or "{slug}.html", {**_WORDS, "slug": slug}), where)


def _feed(notes: Notes) -> None:
    paths: dict[str, str] = {}
    where: list[str] = []
    for kind, names in {"atom": ("FEED_ALL_ATOM", "FEED_ATOM"), "rss": ("FEED_ALL_RSS", "FEED_RSS")}.items():
        for name in names:
            path = scalar(notes.values.get(name))
            if path and kind not in paths:
                paths[kind] = path.lstrip("/")
                where.append(name)
    if not paths and "FEED_ALL_ATOM" not in notes.values:
        paths, where = {"atom": "feeds/all.atom.xml"}, ["FEED_ALL_ATOM is not set, which is feeds/all.atom.xml"]
    notes.add(PATHS, paths or None, f"{notes.file}: {', '.join(where)}")
    limit = number(notes.values.get("FEED_MAX_ITEMS"))
    said = "FEED_MAX_ITEMS" if limit is not None else f"{notes.file}: FEED_MAX_ITEMS is not set, which is 100"
    notes.add("limit", 100 if limit is None else limit, said)
