"""What engines have in common whose configuration is a program: texts that are read by their look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from feedwright.commands.engines.findings import Notes
from feedwright.sources.engines.files import Unreadable, first_there, text_of
from feedwright.sources.engines.literals import javascript


def notes_of(root: Path, files: Iterable[str], *keys: str) -> Notes | None:
    """The notes on the first of these files that is there; None where none is.

    Args:
        keys: names of properties whose texts count.
    """
    file = first_there(root, files)
    if file is None:
        return None
    notes = Notes(file, {})
    try:
        notes.values = javascript(root, file, *keys)
    except Unreadable as problem:
        notes.unread(problem)
    return notes


def url(notes: Notes, address: str, folder: str) -> None:
    """Note the site's address, of a property and of one for the folder that it stands in."""
    given, below = notes.values.get(address), str(notes.values.get(folder) or "").strip("/")
    if given:
        whole = str(given) if "://" in str(given) else f"https://{given}"
        inside = below and "://" not in below and not whole.rstrip("/").endswith(f"/{below}")
        notes.add("url", f"{whole.rstrip('/')}/{below}/" if inside else whole, address, "guess")


def folder(notes: Notes, key: str) -> str:
    """The built folder as a property names it; empty where none does."""
    return str(notes.values.get(key) or "")


def constants(root: Path, file: str, notes: Notes, **names: tuple[str, ...]) -> None:
    """Note texts that constants of a program stand for.

    Args:
        names: key of `site.toml` -> names of constants.
    """
    try:
        text = text_of(root, file)
    except Unreadable as problem:
        notes.unread(problem)
        return
    for key, of_key in names.items():
        for name in of_key:
            found = re.search(rf"""\b{name}\b[^=\n]{{0,40}}=\s*["'`]([^"'`\n]{{1,300}})["'`]""", text)
            if found and notes.add(key, found[1], f"{file}: {name}", "guess"):
                break
