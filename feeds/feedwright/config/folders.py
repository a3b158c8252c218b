"""Folders that `site.toml` names from its own: how they are written, and where they lie, links followed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feedwright.config import validators

UP = ".."

MOST_FOLDERS = 100
"""Of articles."""


def folder(value: Any) -> str:
    """A folder, from that of `site.toml`: empty for itself; what leads up stands in front."""
    path = validators.line(value)
    if validators.CONTROL.search(value) or path.startswith(("/", "~")) or "\\" in path or re.match(r"[A-Za-z]:", path):
        raise ValueError("Write it from the folder of site.toml, with / between names: content/posts")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    ups = next((place for place, part in enumerate(parts) if part != UP), len(parts))
    if UP in parts[ups:]:
        raise ValueError("Write .. in front alone: ../notes")
    if any(len(part.encode()) > validators.LONGEST_NAME for part in parts):
        raise ValueError(f"Write shorter names: of {validators.LONGEST_NAME} bytes at most.")
    return "/".join(parts)


def content_folders(value: Any) -> tuple[str, ...]:
    """The folders of articles, each once, in the order of the file."""
    validators.lines(value)  # of texts, as they stand in the file
    found = tuple(dict.fromkeys(map(folder, [value] if isinstance(value, str) else value)))
    if not found:
        raise ValueError('Write at least one folder: ["."] is that of site.toml itself.')
    if len(found) > MOST_FOLDERS:
        raise ValueError(f"Write at most {MOST_FOLDERS} folders: one that holds them all.")
    return found


def language_folders(value: Any) -> dict[str, str]:
    """Language tag -> the folder of its pages below the built site's: empty for that itself, or ending in "/"."""
    found = {}
    for key, part in validators.table(value).items():
        below = folder(part)
        if below.split("/")[0] == UP:
            raise ValueError('Write folders below the built site: { es = "es/" }.')
        found[validators.language(key)] = f"{below}/" if below else ""
    return found


def key_of(root: Path, file: str | Path) -> str:
    """What a file is called from the site's folder, whatever way to it somebody types."""
    return os.path.relpath(os.path.abspath(file), os.path.abspath(root)).replace(os.sep, "/")  # noqa: PTH100


def is_within(path: str, above: str) -> bool:
    """Whether a folder, as it is written here, is below another one."""
    if not above:
        return path not in ("", UP) and not path.startswith(f"{UP}/")
    return path.startswith(f"{above}/")


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or below it; both without links."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def escape(root: Path, named: str) -> str:
    """Where a link in the way of a named folder leads out to; empty where none does.

    Args:
        root: the folder of `site.toml`.
        named: below it, or, after one ".." or more, below one above it.
    """
    above = [part for part in named.split("/") if part == UP]
    real = os.path.realpath(root.joinpath(named))
    return "" if is_below(real, os.path.realpath(root.joinpath(*above))) else real


def overlaps(root: Path, named: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each folder that lies in another one, or is it, with that one; a file in it would be two articles."""
    real = {one: os.path.realpath(root / one) for one in named}
    for number, (one, path) in enumerate(real.items()):
        for other, there in list(real.items())[:number]:
            if is_below(path, there):
                yield one, other
            elif is_below(there, path):
                yield other, one
