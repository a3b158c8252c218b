"""Which folder of a site holds its posts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from feedwright.sources.engines.files import SECTIONS, articles_below, has_articles, is_folder, is_inside


def choose(root: Path, within: Path, names: Iterable[str]) -> Path:
    """The folder of posts.

    Args:
        root: the folder of the engine's configuration.
        within: the folder that the user named: `root`, or one above or below it.
        names: where the engine's posts may be, below `root`, the likeliest first.

    Returns: the first of `names` that holds articles, below `within`; else the folder that the user named.
    """
    top = within if is_inside(root, within) else root
    for name in names:
        if is_folder(root, name) and is_inside(top, root / name) and has_articles(root / name):
            return root / name if name != "." else root
    return top


def named_as_posts(starts: Iterable[str]) -> list[str]:
    """Where folders of posts may be by their usual names.

    Args:
        starts: the folders that they may be in; empty for the site's.
    """
    return [f"{start}/{name}".lstrip("/") for start in starts for name in SECTIONS]


def sections(folder: Path) -> list[str]:
    """The folders right below one that hold articles and are named as such folders are; else the fullest one."""
    there = [name for name in SECTIONS if is_folder(folder, name) and has_articles(folder / name)]
    if there or any(path.parent == folder for path in articles_below(folder)):
        return there
    counts: dict[str, int] = {}
    for path in articles_below(folder):
        top = path.relative_to(folder).parts[0]
        counts[top] = counts.get(top, 0) + 1
    return [min(counts, key=lambda name: (-counts[name], name))] if counts else []


def prefix(content: Path, base: Path) -> str:
    """The path of the folder of posts below another, with a slash in front; empty where it is that folder."""
    try:
        path = content.relative_to(base).as_posix()
    except ValueError:
        return ""
    return "" if path == "." else f"/{path}"
