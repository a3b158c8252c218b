"""Gatsby: `gatsby-config`, a program, of which the texts are read by their look: all of it is a guess."""

from __future__ import annotations

from pathlib import Path

from feedwright.commands.engines import programs
from feedwright.commands.engines.findings import PATHS, Recognised
from feedwright.commands.engines.folders import choose, named_as_posts
from feedwright.sources.engines.configuration import package_of

FILES = tuple(f"gatsby-config.{end}" for end in ("js", "ts", "mjs"))
_SOURCES = ("content", "src/content", "src/pages", "src", "")


def read(root: Path, within: Path) -> Recognised | None:
    """Read the texts of Gatsby's configuration; None where there is none.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Gatsby's documentation, "Gatsby config API"; its blog starter.
    """
    notes = programs.notes_of(root, FILES, "title", "siteUrl", "description", "pathPrefix", "lang", "language")
    if notes is None:
        return None
    content = choose(root, within, (*named_as_posts(_SOURCES), "content", "src/content"))
    notes.first("title", "title", certainty="guess")
    programs.url(notes, "siteUrl", "pathPrefix")
    notes.first("description", "description", certainty="guess")
    notes.language("lang", "language")
    notes.add("permalink", "/{path}/", f"{notes.file}: the URLs of Gatsby's blog starter", "guess")
    if "gatsby-plugin-feed" in package_of(root):
        notes.add(PATHS, {"rss": "rss.xml"}, "package.json: gatsby-plugin-feed", "guess")
    notes.settle()
    return Recognised("Gatsby", root, content, tuple(notes.found), built="public")
