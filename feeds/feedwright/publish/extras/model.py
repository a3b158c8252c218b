"""What extras are made from, and what each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple, Protocol

from feedwright.config import Config
from feedwright.model import Feed
from feedwright.run import Moment
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
        run_time: the time of the run.
    """

    config: Config
    catalog: Catalog
    feeds: Sequence[tuple[int, Feed]]
    run_time: Moment


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


def hash_of(said: object) -> bytes:
    """What tells whether a document is as it would be made now, of what it says."""
    return sha256(repr(said).encode("utf-8", "backslashreplace")).digest()[:16]
