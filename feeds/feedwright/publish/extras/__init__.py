"""Documents that belong to the site rather than to one of its feeds, made beside them.

Each kind is a module of this package, none imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from hashlib import sha256
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from feedwright.config import Config
from feedwright.config.model import EXTRAS, STYLE
from feedwright.errors import Problem
from feedwright.model import Feed
from feedwright.read.change_set import Moment
from feedwright.state.catalog import Catalog


class Extra(NamedTuple):
    """A document that may have to be written.

    Args:
        path: below the output folder, "/"-separated.
        hash: of all that it is made from; it is made where that is another than before.
        make: makes its bytes, which have our mark in its place (see `marks`), as all documents of ours do.
    """

    path: str
    hash: bytes
    make: Callable[[], bytes]


class Scene(NamedTuple):
    """What extras are made from.

    Args:
        catalog: up to date, with what each feed shows.
        feeds: each feed that has a source, in each of its formats, with its number in the catalog, in the order in
            which feeds are listed. Without entries: these are asked of the catalog.
        at: the time of the run.
    """

    config: Config
    catalog: Catalog
    feeds: Sequence[tuple[int, Feed]]
    at: Moment


class Kind(Protocol):
    """What an extra's module holds at its top level.

    Args:
        paths: globs of the paths of all documents that it ever makes: what is no longer made is found by them.
    """

    paths: tuple[str, ...]

    def documents(self, scene: Scene) -> Iterator[Extra]:
        """The documents as they should be now."""
        ...

    def due(self, scene: Scene) -> int | None:
        """When time alone next changes one, in seconds since 1970; None for never."""
        ...


def wanted(scene: Scene) -> list[Extra]:
    """The documents that the configuration asks for; when time alone changes one is noted in the catalog."""
    kinds = [_load(name) for name in scene.config.beside]
    due = [when for kind in kinds if (when := kind.due(scene)) is not None]
    scene.catalog.note("extras_due", str(min(due)) if due else "")
    return [extra for kind in kinds for extra in kind.documents(scene)]


def hash_of(said: object) -> bytes:
    """What tells whether a document is as it would be made now, of what it says."""
    return sha256(repr(said).encode("utf-8", "backslashreplace")).digest()[:16]


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
    return replace(fault, severity="warning", mend=f"It stays as it is. Move it away, or {leave} in site.toml.")


def globs(names: Iterable[str]) -> Iterator[str]:
    """The globs of the paths of all documents that some kinds of extras ever make."""
    return (glob for name in names for glob in _load(name).paths)


def _load(name: str) -> Kind:
    return cast(Kind, import_module(f"feedwright.publish.extras.{name}"))
