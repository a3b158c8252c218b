"""What an archived feed shows, and what becomes an archive document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from feedwright import formats
from feedwright.model import Chain, EntryOptions, Feed, Window
from feedwright.publish.archives import Past, closing, extended
from feedwright.publish.archives.make import address
from feedwright.select.feeds import Selection
from feedwright.state.catalog import Catalog


class Archiving(NamedTuple):
    """What becomes of a feed's archives.

    Args:
        numbers: id -> number of each article that the feed selects.
        needed: numbers of those whose entries are needed for documents that are to be made.
        options: how these entries are made: whatever the subscription document has to do without, archives have all.
    """

    before: Past
    now: Past
    numbers: Mapping[str, int]
    needed: frozenset[int]
    options: EntryOptions


def unchanged(past: Past, options: EntryOptions) -> Archiving:
    """Archives that stay as they are."""
    return Archiving(past, past, {}, frozenset(), options)


def view(
    catalog: Catalog,
    selection: Selection,
    past: Past,
    limit: int,
    size: int,
    names: Collection[str],
    options: EntryOptions,
) -> tuple[Window, list[int], Archiving]:
    """What a feed shows that gets archives: the newest articles, and what is waiting; their numbers; and its archives.

    Args:
        limit: how many are the newest; 0 for all.
        size: entries of an archive document, at least 1.
        names: of the formats that it is made in.
        options: how entries of archive documents are made.
    """
    members = catalog.members(selection.name)
    newest = {one.id for one in (members[:limit] if limit else members)}
    waiting, full = closing(past, members, newest, size)
    shown = newest.union(waiting)
    seen = [one for one in members if one.id in shown]
    paths = {name: formats.load(name).file_name for name in sorted(names)}
    archives = extended(past, full, members, paths, (selection.kind, selection.file))
    numbers = {one.id: one.n for one in members}
    needed = {
        numbers[id_]
        for archive in archives
        if not all(one.hash for one in archive.documents.values())
        for id_ in archive.entries
        if id_ in numbers
    }
    changes = [one.updated for one in seen] + [archive.updated for archive in archives[-1:]]
    window = Window(tuple(one.id for one in seen), max(changes, default=None))
    archiving = Archiving(past, Past(archives, waiting), numbers, frozenset(needed), options)
    return window, [one.n for one in seen], archiving


def linked(feed: Feed, past: Past) -> Feed:
    """A subscription document's feed, with the link to its newest archive document."""
    if not past.archives or feed.format not in past.archives[-1].documents:
        return feed
    newest = past.archives[-1].documents[feed.format]
    return replace(feed, chain=Chain(prev_archive=address(feed, newest.path)))
