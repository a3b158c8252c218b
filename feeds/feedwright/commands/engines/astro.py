"""Astro: its configuration is a program, of which the texts are read by their look: all of it is a guess."""

from __future__ import annotations

from pathlib import Path

from feedwright.commands.engines import programs
from feedwright.commands.engines.findings import PATHS, Notes, Recognised
from feedwright.commands.engines.folders import choose, named_as_posts, prefix
from feedwright.sources.engines.files import Unreadable, first_there
from feedwright.sources.engines.literals import javascript

FILES = tuple(f"astro.config.{end}" for end in ("mjs", "js", "ts", "mts", "cjs"))
_SOURCES = ("src/content", "src/data", "src/pages", "src", "content", "")


def read(root: Path, within: Path) -> Recognised | None:
    """Read the texts of Astro's configuration; None where there is none.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Astro's documentation, "Configuration reference" and "Content collections"; its blog template.
    """
    notes = programs.notes_of(root, FILES, "site", "base", "outDir")
    if notes is None:
        return None
    content = choose(root, within, (*named_as_posts(_SOURCES), "src/content"))
    _constants(root, notes)
    programs.url(notes, "site", "base")
    path = prefix(content, root)
    for start in ("/src/content", "/src/data", "/src/pages", "/src", "/content"):
        if path == start or path.startswith(f"{start}/"):
            path = path.removeprefix(start)
            break
    notes.add("permalink", f"{path}/{{astro_path}}/", f"{notes.file}: says no URL of posts", "guess")
    if first_there(root, [f"src/pages/rss.xml.{end}" for end in ("js", "ts")]):
        notes.add(PATHS, {"rss": "rss.xml"}, "src/pages: rss.xml", "guess")
    notes.settle()
    return Recognised("Astro", root, content, tuple(notes.found), built=programs.folder(notes, "outDir"))


def _constants(root: Path, notes: Notes) -> None:
    """What the blog template has for the site's own name."""
    file = first_there(
        root, [f"src/{name}.{end}" for name in ("consts", "config", "site.config") for end in ("ts", "js")]
    )
    if file is None:
        return
    programs.constants(
        root, file, notes, title=("SITE_TITLE", "TITLE"), description=("SITE_DESCRIPTION", "DESCRIPTION")
    )
    try:
        found = javascript(root, file, "title", "description", "website", "lang")
    except Unreadable:
        return
    for key, name in (("title", "title"), ("description", "description"), ("url", "website"), ("language", "lang")):
        notes.add(key, found.get(name), f"{file}: {name}", "guess")
