"""VitePress: `.vitepress/config`, a program, of which the texts are read by their look: all of it is a guess."""

from __future__ import annotations

import re
from pathlib import Path

from feedwright.commands.engines import programs
from feedwright.commands.engines.findings import Recognised
from feedwright.commands.engines.folders import choose, named_as_posts, prefix
from feedwright.sources.engines.files import Unreadable, text_of

_ENDS = ("ts", "mts", "js", "mjs")
FILES = tuple(
    f"{start}.vitepress/config{name}.{end}" for start in ("", "docs/") for name in ("", "/index") for end in _ENDS
)


def read(root: Path, within: Path) -> Recognised | None:
    """Read the texts of VitePress's configuration; None where there is none.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: VitePress's documentation, "Site config" and "Routing".
    """
    keys = ("title", "description", "lang", "base", "outDir", "srcDir", "hostname")
    notes = programs.notes_of(root, FILES, *keys)
    if notes is None:
        return None
    start = "docs/" if notes.file.startswith("docs/") else ""
    source = f"{start}{programs.folder(notes, 'srcDir').strip('./')}".strip("/")
    content = choose(root, within, (*named_as_posts((source,)), source or "."))
    notes.first("title", "title", certainty="guess")
    programs.url(notes, "hostname", "base")
    notes.first("description", "description", certainty="guess")
    notes.language("lang")
    try:
        clean = re.search(r"\bcleanUrls\s*:\s*true", text_of(root, notes.file)) is not None
    except Unreadable:
        clean = False
    end = "" if clean else ".html"
    notes.add("permalink", f"{prefix(content, root / source)}/{{path}}{end}", f"{notes.file}: cleanUrls", "guess")
    notes.settle()
    out = programs.folder(notes, "outDir")
    built = f"{start}{out}" if out else f"{start}.vitepress/dist"
    return Recognised("VitePress", root, content, tuple(notes.found), built=built)
