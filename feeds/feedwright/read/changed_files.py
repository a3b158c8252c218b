"""What the content folder holds now, against what it held when it was last looked at."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.sources.folder.walk import STATS, listings
from feedwright.sources.model import Listing

TICK = 2 * 10**9
"""Nanoseconds within which a file may change twice and not show it: the coarsest clock of a file system."""

_SHUT = ("folder-unreadable", "folder-too-deep", "file-unreadable")


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs.

    Args:
        changed: files that are new or not what they were, in order; to be gone through once.
        count: how many these are.
        gone: files that were there and are not.
        hidden: files that were there, in folders that cannot be looked into now.
        closed: folders of these.
    """

    changed: Iterator[str]
    count: int
    gone: Sequence[str]
    hidden: Sequence[str]
    closed: frozenset[str]


def folders_now(config: Config, before: Mapping[str, Listing]) -> tuple[list[Listing], list[Problem]]:
    """The folders that hold articles now, and what could not be looked into.

    Args:
        before: as `walk.listings` takes it.
    """
    found, problems = [], []
    for one in listings(config, before):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            found.append(one)
    return found, problems


def gone_and_changed(
    config: Config,
    before: Mapping[str, Listing],
    found: Sequence[Listing],
    problems: Sequence[Problem],
    *,
    all_again: bool,
) -> Difference:
    """Compare two looks at the content folder.

    Args:
        problems: of the second.
        all_again: every file counts as changed.
    """
    start = (config.root / "x").as_posix().removesuffix("x")
    shut = [problem.file.removeprefix(start) for problem in problems if problem.code in _SHUT]
    now = {one.folder: one for one in found}
    gone: list[str] = []
    hidden: list[str] = []
    closed: set[str] = set()
    for folder, old in before.items():
        there = frozenset(now[folder].articles) if folder in now else frozenset()
        for name in old.articles:
            if name not in there:
                key = f"{folder}/{name}" if folder else name
                if any(key == one or key.startswith(f"{one}/") for one in shut):
                    hidden.append(key)
                    closed.add(folder)
                else:
                    gone.append(key)
    changed = [(one, _changed(before.get(one.folder), one, all_again)) for one in found]
    count = sum(len(names) for _, names in changed)
    keys = (f"{one.folder}/{name}" if one.folder else name for one, names in changed for name in names)
    return Difference(keys, count, sorted(gone), sorted(hidden), frozenset(closed))


def _changed(old: Listing | None, new: Listing, all_again: bool) -> Sequence[str]:
    if old is None or all_again:
        return new.articles
    if old.articles == new.articles and old.stats == new.stats:
        return ()
    known = {name: old.stats[STATS * place : STATS * place + STATS] for place, name in enumerate(old.articles)}
    return [
        name
        for place, name in enumerate(new.articles)
        if known.get(name) != new.stats[STATS * place : STATS * place + STATS]
    ]


def settled(found: Sequence[Listing], now: datetime) -> Iterator[Listing]:
    """Listings, in which a file that may yet change unseen counts as one that is to be read again.

    Args:
        now: when the folder was looked at, aware.
    """
    latest = int(now.timestamp()) * 10**9 - TICK
    for one in found:
        stats = one.stats
        fresh = [
            place for place in range(len(one.articles)) if max(stats[STATS * place + 1 : STATS * place + 3]) > latest
        ]
        if fresh:
            stats = array("q", stats)
            for place in fresh:
                stats[STATS * place] = -1
        yield Listing(one.folder, one.members, one.articles, stats)
