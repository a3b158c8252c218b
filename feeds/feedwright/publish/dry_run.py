"""What a build would do to each feed, entry by entry: for a run that is only tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from feedwright.model import named
from feedwright.publish.plan import Plan, Shown
from feedwright.state.catalog import Catalog


class Entry(NamedTuple):
    """An entry, as a reader knows it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What would become of one feed.

    Args:
        title: of the feed.
        paths: its documents that would be written, below the output folder.
        coming, going, changed: entries that it would show and does not, the other way round, and those that stay and
            look different.
    """

    title: str
    paths: tuple[str, ...]
    coming: tuple[Entry, ...]
    going: tuple[Entry, ...]
    changed: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """How feeds are before a run.

    Args:
        shown: articles that are in feeds, by number.
        entries: number, format and options -> the hash of the entry.
    """

    shown: Mapping[int, Entry]
    entries: Mapping[tuple[int, str, str], bytes]


def documents_before(catalog: Catalog) -> Before:
    """How feeds are now."""
    shown = {n: Entry(id_, title) for n, id_, title in catalog.in_feeds()}
    return Before(shown, _hashes(catalog))


def differences(catalog: Catalog, old: Before, plan: Plan, written: Iterable[str]) -> tuple[Difference, ...]:
    """What would become of the feeds whose documents would be written.

    Args:
        written: the paths of these, below the output folder.
    """
    paths = set(written)
    now = documents_before(catalog)
    found = []
    for one in plan.feeds:
        mine = tuple(feed.path for feed in one.shapes if feed.path in paths)
        if mine:
            coming = tuple(now.shown[n] for n in one.articles if n in one.coming)
            going = tuple(sorted(old.shown[n] for n in one.going if n in old.shown))
            changed = tuple(now.shown[n] for n in one.articles if n not in one.coming and _differs(old, now, one, n))
            found.append(Difference(one.shapes[0].title, mine, coming, going, changed))
    return tuple(found)


def _hashes(catalog: Catalog) -> dict[tuple[int, str, str], bytes]:
    return {(n, format_, options): sha256(entry).digest() for n, format_, options, entry in catalog.every_entry()}


def _differs(old: Before, now: Before, shown: Shown, n: int) -> bool:
    keys = [(n, *named((feed.format, feed.options))) for feed in shown.shapes]
    return any(old.entries.get(key) != now.entries.get(key) for key in keys)
