"""Metalsmith: `metalsmith.json`, or a program, of which the texts are read by their look."""

from __future__ import annotations

import re
from pathlib import Path

from feedwright.commands.engines.findings import Certainty, Notes, Recognised, scalar
from feedwright.commands.engines.folders import choose, named_as_posts, prefix
from feedwright.sources.engines.configuration import package_of
from feedwright.sources.engines.files import Unreadable, is_there, table_of, text_of
from feedwright.sources.engines.literals import javascript

_FILE = "metalsmith.json"
_PROGRAMS = tuple(f"{name}.{end}" for name in ("metalsmith", "index", "build") for end in ("js", "mjs", "cjs"))
_TITLES, _URLS = ("sitename", "siteName", "title"), ("siteurl", "siteUrl", "siteURL", "url")


def read(root: Path, within: Path) -> Recognised | None:
    """Read Metalsmith's configuration; None where there is none.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Metalsmith's documentation, "API" and "CLI".
    """
    notes = _notes(root)
    if notes is None:
        return None
    source = (scalar(notes.values.get("source")) or "src").removeprefix("./").strip("/") or "src"
    content = choose(root, within, (*named_as_posts((source, f"{source}/content")), source))
    certainty: Certainty = "sure" if notes.file == _FILE else "guess"
    notes.first("title", *(f"metadata.{name}" for name in _TITLES), *_TITLES, certainty=certainty)
    notes.first("url", *(f"metadata.{name}" for name in _URLS), *_URLS, certainty=certainty)
    notes.first("description", "metadata.description", "description", certainty=certainty)
    notes.add("permalink", f"{prefix(content, root / source)}/{{path}}/", f"{notes.file}: its folders", "guess")
    notes.settle()
    built = scalar(notes.values.get("destination")) or "build"
    return Recognised("Metalsmith", root, content, tuple(notes.found), built=built)


def _notes(root: Path) -> Notes | None:
    if is_there(root, _FILE):
        notes = Notes(_FILE, {})
        try:
            notes.values = table_of(root, _FILE)
        except Unreadable as problem:
            notes.unread(problem)
        return notes
    if '"metalsmith"' not in package_of(root):
        return None
    for file in _PROGRAMS:
        try:
            text = text_of(root, file) if is_there(root, file) else ""
        except Unreadable:
            continue
        if "etalsmith" in text:
            values = javascript(root, file, *_TITLES, *_URLS, "description")
            calls = dict(re.findall(r"""\.(source|destination)\(\s*["'`]([^"'`\n]{1,200})["'`]""", text))
            return Notes(file, {**values, **calls})
    return Notes("package.json", {})
