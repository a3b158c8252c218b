"""Documents that belong to the site rather than to one of its feeds, made beside them.

Each kind is a module of this package, none imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from importlib import import_module
from typing import cast

from feedwright.config.model import EXTRAS, STYLE
from feedwright.errors import Problem
from feedwright.model import Feed
from feedwright.publish.extras.model import Extra, Kind, Scene
from feedwright.run import Run
from feedwright.state.catalog import facts


def wanted(run: Run, feeds: Sequence[tuple[int, Feed]]) -> list[Extra]:
    """The documents that the configuration asks for; when time alone changes one is noted in the catalog.

    Args:
        feeds: as `Scene` has them.
    """
    scene = Scene(run.config, run.catalog, feeds, run.time)
    kinds = [_load(name) for name in scene.config.beside]
    due = [when for kind in kinds if (when := kind.due(scene)) is not None]
    scene.catalog.note(facts.EXTRAS_DUE, min(due, default=None))
    return [extra for kind in kinds for extra in kind.documents(scene)]


def is_one(path: str) -> bool:
    """Whether a document that we wrote is an extra, be it one that is no longer asked for."""
    return any(fnmatchcase(path, glob) for name in (*EXTRAS, STYLE) for glob in _load(name).paths)


def not_ours(path: str, fault: Problem) -> Problem:
    """A warning that something of somebody else's is in an extra's place, with the way out.

    Args:
        fault: the same, as it is of a feed.
    """
    name = next((name for name in EXTRAS if any(fnmatchcase(path, glob) for glob in _load(name).paths)), STYLE)
    leave = "set `stylesheet = false`" if name == STYLE else f'leave "{name}" out of `extras`'
    return replace(fault, severity="warning", hint=f"It stays as it is. Move it away, or {leave} in site.toml.")


def globs(names: Iterable[str]) -> Iterator[str]:
    """The globs of the paths of all documents that some kinds of extras ever make."""
    return (glob for name in names for glob in _load(name).paths)


def _load(name: str) -> Kind:
    return cast(Kind, import_module(f"feedwright.publish.extras.{name}"))
