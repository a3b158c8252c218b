"""The content folder as a build walks and reads it, at once."""

from __future__ import annotations

from feedwright.articles.model import NOTHING, Around, Reading
from feedwright.config import Config
from feedwright.errors import FeedsError, Problem
from feedwright.sources.folder.article_file import content_of
from feedwright.sources.folder.parse import parse
from feedwright.sources.folder.walk import listings


def walked(config: Config) -> tuple[list[str], list[Problem]]:
    """The files of articles, sorted, and what is wrong with the folder."""
    found = list(listings(config))
    folders = [one for one in found if not isinstance(one, Problem)]
    keys = [f"{one.folder}/{name}" if one.folder else name for one in folders for name in one.articles]
    return sorted(keys), [one for one in found if isinstance(one, Problem)]


def read(config: Config, key: str, around: Around = NOTHING) -> Reading:
    """One article, or why there is none."""
    try:
        content = content_of(config, key)
    except FeedsError as error:
        return Reading(None, error.problems)
    return parse(config, key, content, around)
