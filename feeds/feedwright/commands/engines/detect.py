"""Which engine a site was made with: each is asked in turn, at the folder, below it and above it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from feedwright.commands.engines import (
    astro,
    docusaurus,
    eleventy,
    gatsby,
    hexo,
    hugo,
    jekyll,
    metalsmith,
    mkdocs,
    nikola,
    pelican,
    quartz,
    unknown,
    vitepress,
    zola,
)
from feedwright.commands.engines.findings import Recognised
from feedwright.sources.engines.files import is_folder
from feedwright.sources.engines.find import upward

_ENGINES: tuple[Callable[[Path, Path], Recognised | None], ...] = (
    hexo.read,
    jekyll.read,
    zola.read,
    hugo.read,
    pelican.read,
    nikola.read,
    eleventy.read,
    docusaurus.read,
    astro.read,
    vitepress.read,
    mkdocs.read,
    gatsby.read,
    metalsmith.read,
    quartz.read,
)
_BELOW = ("docs", "site", "website", "www", "blog", "src")


def recognise(folder: Path) -> Recognised | None:
    """Recognise the engine of a site and read its configuration.

    Args:
        folder: of the site, or its folder of posts: the configuration is looked for in it, in the folders below
            it that are named like a site's, and in the two folders above it.

    Returns: None where no engine's configuration is there. A file that cannot be read is a finding of certainty
        "missing".
    """
    try:
        start = Path(os.path.realpath(folder))
        if not start.is_dir():
            return None
        for root in _roots(start):
            for read in _ENGINES:
                if found := read(root, start):
                    return found
        return unknown.read(start, start)
    except (OSError, ValueError):
        return None


def _roots(start: Path) -> Iterator[Path]:
    yield start
    yield from (start / name for name in _BELOW if is_folder(start, name))
    yield from list(upward(start))[1:]
