"""How a folder is to be served, as configuration and ledger say; read anew when one of these changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from feedwright.errors import ConfigError, FeedsError
from feedwright.model import Site
from feedwright.serve.delivery import Delivery, delivery
from feedwright.serve.files import Stamp, stamp
from feedwright.sources.site import load_site, nearest
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened, read_in_place

LEDGER = "ledger.db"
_NOWHERE = "http://localhost/"
_PATIENCE = 1
"""Seconds to wait for a build that is just writing the ledger."""


CONTENT = Path("content")
"""The content folder where none is named."""


@dataclass(frozen=True, slots=True)
class Where:
    """What is served, and where it is described.

    Args:
        out: the folder.
        content, file, state: as `pipeline.build` takes them.
    """

    out: Path
    content: Path
    file: Path | None = None
    state: Path | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """How it is to be served.

    Args:
        state: the folder of the ledger, where it is known.
        stamps: of the files that say so, before they were read.
    """

    delivery: Delivery
    state: Path | None
    stamps: tuple[Stamp | None, ...]


def described(where: Where) -> Described:
    """How a folder is to be served; one without a configuration, as its files' names tell.

    Raises:
        FeedsError: the configuration is wrong, or the ledger cannot be read.
    """
    try:
        config = load_site(where.content, where.file, where.state)
    except ConfigError as error:
        if where.file or not _is_bare(where.content, error.problems[0].code):
            raise
        return bare(where)
    file = config.state / LEDGER
    stamps = _stamps(where, config.state)
    if not file.exists():
        with opened(Ledger, config.state, copy=True) as ledger:
            return Described(delivery(config, ledger), config.state, stamps)
    # A copy, as `opened` would make it, may be large.
    with read_in_place(Ledger, config.state, "It is tried again. A build brings an older one up to date.") as ledger:
        return Described(delivery(config, ledger), config.state, stamps)


def _is_bare(content: Path, code: str) -> bool:
    """Whether what is served may have no articles here: none that is named, nor one that is called nearly the same."""
    if code == "content-missing":
        return content == CONTENT or not nearest(content)
    return code == "config-missing"


def bare(where: Where) -> Described:
    """A folder of which nothing is known."""
    return Described(Delivery(Site("", _NOWHERE, _NOWHERE, "localhost"), {}), None, _stamps(where, None))


def started(where: Where) -> Described:
    """The description to begin with; where it cannot be read yet, it is tried again."""
    try:
        return described(where)
    except FeedsError:
        return replace(bare(where), stamps=())


def is_outdated(where: Where, last: Described) -> bool:
    """Whether what describes the folder has changed since it was read."""
    return _stamps(where, last.state) != last.stamps


def brought_up_to_date(where: Where, last: Described) -> Described:
    """The description as it is now; the last one where nothing has changed, or what has changed is wrong."""
    if not is_outdated(where, last):
        return last
    stamps = _stamps(where, last.state)
    try:
        return described(where)
    except ConfigError as error:
        # What cannot be read now is tried again; what is wrong, when it has changed.
        return last if error.problems[0].code == "config-unreadable" else replace(last, stamps=stamps)
    except FeedsError:
        return last


def _stamps(where: Where, state: Path | None) -> tuple[Stamp | None, ...]:
    files = (where.file or where.content / "site.toml", state / LEDGER if state else None)
    return tuple(_stamp_now(file) if file else None for file in files)


def _stamp_now(file: Path) -> Stamp | None:
    """A file's stamp; None also where that cannot be told now: it is asked for again."""
    try:
        return stamp(str(file))
    except OSError:
        return None
