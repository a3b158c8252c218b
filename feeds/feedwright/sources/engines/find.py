"""The engine of a content folder: looked for in it and above it, and known again as long as its files are the same."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from feedwright.articles.engine_posts import Engine
from feedwright.sources.engines.configuration import (
    DATA_OF_ELEVENTY,
    DOCUSAURUS,
    ELEVENTY,
    FEEDS_OF_ELEVENTY,
    FEEDS_OF_JEKYLL,
    HUGO,
    HUGO_FOLDER,
    HUGO_TABLES,
    INPUTS_OF_ELEVENTY,
    NIKOLA,
    OVER_PELICAN,
    PELICAN,
    SUFFIXES,
    YAML_OF_JEKYLL,
    ZOLA,
    Configuration,
    of_folder,
)

ABOVE = 2
"""Folders above the content folder that are looked into; in a repository, all up to its own."""
_DEEPEST = 8
_MOST_FOLDERS = 64
_FILES = (
    *(*YAML_OF_JEKYLL, *ZOLA, *PELICAN, OVER_PELICAN, NIKOLA, *HUGO, *ELEVENTY, *DOCUSAURUS),
    *(f"{folder}/{name}" for folder in ("config", HUGO_FOLDER) for name in HUGO),
    *(f"{HUGO_FOLDER}/{name}{suffix}" for name in HUGO_TABLES for suffix in SUFFIXES),
)
"""What makes a site an engine's, or says where its posts are."""
_BESIDE = (
    *("Gemfile", "package.json", "scaffolds", "_layouts", "templates", "layouts", "plugins", "content"),
    *FEEDS_OF_JEKYLL,
    *(f"{start}/{name}" for start in INPUTS_OF_ELEVENTY for name in FEEDS_OF_ELEVENTY),
)
"""What tells two engines apart whose files have the same name, and templates that say what a feed has."""


def upward(folder: Path, site: Path | None = None) -> Iterator[Path]:
    """A folder and those above it that may be the site's: up to the repository's, or two where there is none.

    Args:
        folder: without links.
        site: the site's own folder, where it is known, without links: it is one of them in any case.
    """
    ways = [folder, *folder.parents[:_DEEPEST]]
    own = ways.index(site) if site in ways else 0
    top = next((place for place, way in enumerate(ways) if place >= own and (way / ".git").exists()), max(ABOVE, own))
    yield from ways[: top + 1]


def engine_of(
    content: Path, folders: Collection[str], noted: str, site: Path | None = None
) -> tuple[Engine | None, str]:
    """The engine that makes the site of a content folder.

    Args:
        folders: that hold files, below the content folder.
        site: the site's folder; None for the content folder.
        noted: what an earlier run gave to be noted; empty where there was none.

    Returns: None where no engine is known; and what is to be noted for the next run, so that it reads no
        configuration anew that is as it was.
    """
    start = Path(os.path.realpath(content))
    places = list(upward(start, Path(os.path.realpath(site)) if site else None))
    stamps = list(_stamps(places, _FILES))
    if not stamps:
        return None, ""
    stamps += _stamps(places, _BESIDE)
    parts = sorted({part for folder in folders for part in folder.split("/")})
    # Eleventy's data of a folder stands in it.
    if any("eleventy" in path for path, _, _ in stamps):
        stamps += _stamps([start / folder for folder in sorted(folders)[:_MOST_FOLDERS]], ("",), data=True)
    now = sha256(repr((str(start), stamps, parts, Engine._fields)).encode("utf-8", "backslashreplace")).hexdigest()[:32]
    if noted.startswith(now):
        return _read(noted[len(now) :]), noted
    found = _found(places, start, folders)
    return found, now + (json.dumps(found) if found else "")


def _read(noted: str) -> Engine | None:
    if not noted:
        return None
    return Engine._make(tuple(value) if isinstance(value, list) else value for value in json.loads(noted))


def _found(places: Iterable[Path], start: Path, folders: Collection[str]) -> Engine | None:
    # Most runs find the configuration as it was.
    from feedwright.sources.engines.post_rules import rule

    above = _first(places)
    if above is None:
        return None
    root, configuration = above
    below = start.relative_to(root).as_posix()
    return rule(configuration, root, "" if below == "." else f"{below}/", folders)


def configuration_above(folder: Path) -> tuple[Path, Configuration] | None:
    """The nearest engine's site that a folder is, or stands in, without links, and its configuration; None for none."""
    return _first(upward(Path(os.path.realpath(folder))))


def _first(places: Iterable[Path]) -> tuple[Path, Configuration] | None:
    for root in places:
        try:
            if configuration := of_folder(root):
                return root, configuration
        except (OSError, ValueError):
            continue
    return None


def _stamps(places: Collection[Path], names: Collection[str], *, data: bool = False) -> Iterator[tuple[str, int, int]]:
    """The files that are there, with what tells whether they changed."""
    for place in places:
        files = [f"{place.name}.{end}" for end in DATA_OF_ELEVENTY] if data else names
        for name in files:
            path = f"{place}/{name}"
            try:
                status = os.stat(path)  # noqa: PTH116
            except (OSError, ValueError):
                continue
            # What is in a folder does not count, only whether it is there.
            is_file = (status.st_mode & 0o170000) == 0o100000
            yield path, status.st_size if is_file else 0, status.st_mtime_ns if is_file else 0
