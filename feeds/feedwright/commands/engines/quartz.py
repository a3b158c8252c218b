"""Quartz, and vaults of Obsidian: notes, with the configuration of what makes pages of them where there is one."""

from __future__ import annotations

from pathlib import Path

from feedwright.commands.engines import programs
from feedwright.commands.engines.findings import PATHS, Notes, Recognised
from feedwright.commands.engines.folders import choose
from feedwright.sources.engines.files import is_folder

FILES = ("quartz.config.ts", "quartz.config.js")


def read(root: Path, within: Path) -> Recognised | None:
    """Read the texts of Quartz's configuration, or see that a folder is a vault of Obsidian; None where it is neither.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Quartz's documentation, "Configuration".
    """
    notes = programs.notes_of(root, FILES, "pageTitle", "baseUrl", "locale")
    if notes is not None:
        content = choose(root, within, ("content",))
        notes.first("title", "pageTitle", certainty="guess")
        programs.url(notes, "baseUrl", "")
        notes.language("locale")
        notes.add("permalink", "/{path}", f"{notes.file}: Quartz's own URLs", "guess")
        notes.add(PATHS, {"rss": "index.xml"}, f"{notes.file}: Quartz's own feed is index.xml", "guess")
        notes.settle()
        return Recognised("Quartz", root, content, tuple(notes.found), built="public")
    if not is_folder(root, ".obsidian"):
        return None
    notes = Notes(".obsidian", {})
    notes.settle()
    return Recognised("Obsidian", root, choose(root, within, (".",)), tuple(notes.found))
