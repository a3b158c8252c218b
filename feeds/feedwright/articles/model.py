"""What an article is read with, and what reading it gives."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from feedwright.articles.engine_posts import Engine, Standing
from feedwright.articles.engine_rules import NO_RULES, EngineRules
from feedwright.errors import Problem
from feedwright.model import Article, Person

DEEPEST = 4
"""Folders, from the content folder down, in which the folder of a language may stand."""

WAITS_FOR_COMMIT = 1
"""Of an article without a date: its first commit would do, or when it was first seen."""

WAITS_TO_BE_SEEN = 2
"""Of one that its first commit does not date: when it was first seen would do."""


class Around(NamedTuple):
    """What is known of the articles from beside them.

    Args:
        languages: folders below the content folder that hold one language's articles -> its tag; that of "" is of the
            whole folder.
        posts: the folder that a Jekyll site begins in, ending in "/" or empty: "docs/" for docs/_posts alone; None
            where there is no `_posts`.
        authors: id -> person, as the site's data has it.
        dates: key -> when an article that has no date was first known.
        engine: that makes the site, where it is known.
        rules: what the configuration of the site's engine keeps from the public.
        section: of the articles that stand in no folder of their own; empty for none.
        of_folders: content folder -> what is known of its articles; where there is none but the site's own folder, that
            is said here. Paths are below that content folder; those of `dates` from the site's folder.
    """

    languages: Mapping[str, str] = {}
    posts: str | None = None
    authors: Mapping[str, Person] = {}
    dates: Mapping[str, datetime] = {}
    engine: Engine | None = None
    rules: EngineRules = NO_RULES
    section: str = ""
    of_folders: Mapping[str, Around] = {}

    def of(self, folder: str) -> Around:
        """What is known of the articles of one content folder."""
        own = self.of_folders.get(folder)
        return own._replace(dates=self.dates) if own else self

    def standing(self, content: Path, key: str, *, front_matter: bool, tags: Collection[str]) -> Standing:
        """What a file is that has no date; where no engine is known, front matter makes an article.

        Args:
            content, key, front_matter, tags: as `Engine.standing` takes them.
        """
        if self.engine is None:
            return "post" if front_matter else "undated"
        return self.engine.standing(content, key, front_matter=front_matter, tags=tags)


NOTHING = Around()


class Reading(NamedTuple):
    """What reading one file gave.

    Args:
        article: None where it is left out; then one of `problems` is an error and says why.
        problems: in the order in which they were met; may hold warnings beside an article.
        undated: it is left out for want of a date alone, and one that is known from elsewhere would do: which, as
            WAITS_FOR_COMMIT or WAITS_TO_BE_SEEN; 0 where none would.
    """

    article: Article | None
    problems: tuple[Problem, ...] = ()
    undated: int = 0
