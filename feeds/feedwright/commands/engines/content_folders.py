"""All folders of a site that hold articles, and why others are not taken."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from feedwright.commands.engines.findings import Recognised
from feedwright.sources.engines.files import SAMPLE, articles_below, is_folder
from feedwright.text.language_tags import is_code

MOST_LEFT = 10
_HEAD = 4096
_DATE = re.compile(
    r"""^[ \t.]*:?["']?(?:date|pubdate|publishdate|published|created|pubDatetime)["']?[ \t]*[:=]""", re.M | re.I
)
_DATED_NAME = re.compile(r"\d{4}[-_/]\d{1,2}[-_/]\d{1,2}(?:[-_/]|$)")


class Folders(NamedTuple):
    """The folders of a site.

    Args:
        taken: those of articles, from the site's; the first is that of the posts.
        left: others that hold texts -> why they are not taken.
    """

    taken: tuple[str, ...]
    left: dict[str, str]


def of_site(found: Recognised, without: Path | None) -> Folders:
    """All folders of articles: those beside the posts in which most files have a date.

    Args:
        without: the built site, which holds none.
    """
    own = found.content.relative_to(found.root).as_posix() if found.content != found.root else ""
    if not own:
        return Folders(("",), {})
    inside = [name for name in found.also if name.startswith(f"{own}/")]
    own = inside[0] if inside else own
    groups: dict[str, list[Path]] = {}
    for path in articles_below(found.root / own.split("/")[0] if "_posts" not in own else found.root):
        if without is None or not path.is_relative_to(without):
            groups.setdefault(_group(path.relative_to(found.root), own), []).append(path)
    for name in found.also:
        if is_folder(found.root, name):
            groups[name] = list(articles_below(found.root / name))
    taken = inside or [own]
    left: dict[str, str] = {}
    for name, paths in sorted(groups.items()):
        if not (name and paths) or any(_overlap(name, one) for one in taken):
            continue
        sample = paths[:SAMPLE]
        dated = sum(_is_dated(path, found.root) for path in sample)
        if dated * 2 > len(sample):
            taken.append(name)
        elif len(left) < MOST_LEFT:
            left[name] = f"{dated} of {len(sample)} files there have a date"
    return Folders(tuple(taken), left)


def _overlap(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def _group(path: Path, own: str) -> str:
    """The folder beside that of the posts which a file is in; empty for what is in none."""
    folders = path.parts[:-1]
    if "_posts" in own:
        # Jekyll has such a folder for each category.
        return "/".join(folders[: folders.index("_posts") + 1]) if "_posts" in folders else ""
    depth = len(own.split("/"))
    if len(folders) > depth and is_code(folders[depth - 1]) and not is_code(own.split("/")[-1]):
        depth += 1
    return "/".join(folders[:depth]) if len(folders) >= depth else ""


def _is_dated(path: Path, root: Path) -> bool:
    if _DATED_NAME.search(path.relative_to(root).as_posix()):
        return True
    try:
        with path.open("rb") as file:
            return _DATE.search(file.read(_HEAD).decode("utf-8", "replace")) is not None
    except OSError:
        return False
