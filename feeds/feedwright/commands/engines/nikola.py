"""Nikola: `conf.py`, which is not run."""

from __future__ import annotations

from pathlib import Path

from feedwright.commands.engines.findings import PATHS, Notes, Recognised, number, scalar
from feedwright.commands.engines.folders import choose
from feedwright.sources.engines import configuration


def read(root: Path, within: Path) -> Recognised | None:
    """Read Nikola's configuration; None where there is none: Sphinx's has the same name.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Nikola's documentation and the comments of the `conf.py` that it writes.
    """
    found = configuration.nikola(root)
    if found is None:
        return None
    notes = Notes.of(found)
    folder, address = _posts(notes)
    content = choose(root, within, (folder, "posts"))
    for key, name in (("title", "BLOG_TITLE"), ("url", "SITE_URL"), ("description", "BLOG_DESCRIPTION")):
        notes.add(key, scalar(_translated(name, notes)), name)
    notes.language("DEFAULT_LANG")
    notes.add("language", "en", f"{configuration.NIKOLA}: DEFAULT_LANG is not set, which is en")
    notes.first("timezone", "TIMEZONE")
    notes.add("timezone", "UTC", f"{configuration.NIKOLA}: TIMEZONE is not set, which is UTC")
    notes.author(_translated("BLOG_AUTHOR", notes), "BLOG_AUTHOR")
    # INDEX_FILE is left out of addresses, so that a page is a folder.
    end = ".html" if notes.values.get("PRETTY_URLS") is False else "/"
    languages = notes.values.get("TRANSLATIONS")
    start = "/{other_lang_dir}" if isinstance(languages, dict) and len(languages) > 1 else ""
    notes.add("permalink", f"{start}/{address}/{{slug}}{end}", "POSTS and PRETTY_URLS", "guess")
    _feed(notes)
    notes.settle()
    built = scalar(notes.values.get("OUTPUT_FOLDER")) or "output"
    return Recognised("Nikola", root, content, tuple(notes.found), built=built, also=_others(notes))


def _posts(notes: Notes) -> tuple[str, str]:
    """The folder of the first rule for posts, and the folder that they are put into."""
    rules = notes.values.get("POSTS")
    rule = rules[0] if isinstance(rules, list) and rules else None
    if not isinstance(rule, list) or len(rule) < 2 or not isinstance(rule[0], str):
        return "posts", "posts"
    folder = rule[0].split("*", 1)[0].rpartition("/")[0].strip("/") or "posts"
    to = rule[1].get(scalar(notes.values.get("DEFAULT_LANG")) or "en") if isinstance(rule[1], dict) else rule[1]
    return folder, to.strip("/") if isinstance(to, str) else "posts"


def _others(notes: Notes) -> tuple[str, ...]:
    """The folders of all rules for posts."""
    rules = notes.values.get("POSTS")
    globs = [rule[0] for rule in rules if isinstance(rule, list) and rule] if isinstance(rules, list) else []
    found = [glob.split("*", 1)[0].rpartition("/")[0].strip("/") for glob in globs if isinstance(glob, str)]
    return tuple(dict.fromkeys(filter(None, found)))


def _translated(name: str, notes: Notes) -> object:
    """A setting that may be a map by language."""
    value = notes.values.get(name)
    if isinstance(value, dict):
        return value.get(scalar(notes.values.get("DEFAULT_LANG")) or "en") or value.get("DEFAULT")
    return value


def _feed(notes: Notes) -> None:
    values = notes.values
    paths: dict[str, str] = {}
    if values.get("GENERATE_RSS") is not False:
        below = (scalar(values.get("RSS_PATH")) or "").strip("/.")
        name = f"{scalar(values.get('RSS_FILENAME_BASE')) or 'rss'}{scalar(values.get('RSS_EXTENSION')) or '.xml'}"
        paths["rss"] = f"{below}/{name}" if below else name
    if values.get("GENERATE_ATOM") is True:
        base = scalar(values.get("ATOM_FILENAME_BASE")) or "index"
        paths["atom"] = f"{base}{scalar(values.get('ATOM_EXTENSION')) or '.atom'}"
    notes.add(PATHS, paths or None, "GENERATE_RSS, GENERATE_ATOM and their paths")
    limit = number(values.get("FEED_LENGTH"))
    where = "FEED_LENGTH" if limit is not None else f"{configuration.NIKOLA}: FEED_LENGTH is not set, which is 10"
    notes.add("limit", 10 if limit is None else max(limit, 0), where)
