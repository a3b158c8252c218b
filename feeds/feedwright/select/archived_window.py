"""What an archived feed shows, and what becomes an archive document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote

from feedwright import formats
from feedwright.config.kinds import feed_folder
from feedwright.model import Chain, EntryOptions, Feed, Window
from feedwright.select.feeds import Selection
from feedwright.state.archive_records import Archive, Past, Stored
from feedwright.state.catalog import Catalog, Member, last_changed


class Room(NamedTuple):
    """What the documents of an archived feed have room for, so as not to be too large.

    Args:
        shown: how many entries the subscription document shows at most; 0 for any.
        archived: how many a new archive document holds at most; 0 for as many as it should.
    """

    shown: int = 0
    archived: int = 0


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
    room: Room,
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
    union = newest.union(waiting)
    seen = [one for one in members if one.id in union]
    if room.shown and room.shown < len(seen):
        seen = seen[: room.shown]
        waiting, early = _early(waiting, {one.id for one in seen}, newest, size)
        full += early
    if room.archived:
        full = [part for chunk in full for part in _parts(chunk, room.archived)]
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
    # All that it selects is in reach, and what comes late may go into an archive document at once.
    changes = [last_changed((one.updated, one.seen) for one in members), *(one.updated for one in archives[-1:])]
    window = Window(tuple(one.id for one in seen), max(filter(None, changes), default=None))
    archiving = Archiving(past, Past(archives, waiting), numbers, frozenset(needed), options)
    return window, [one.n for one in seen], archiving


def _early(
    waiting: Sequence[str], shown: Collection[str], newest: Collection[str], size: int
) -> tuple[tuple[str, ...], list[list[str]]]:
    """What goes into archive documents before its time, as there is no room for it in the subscription document.

    So that no document is made for each single article, half of what is waiting goes with it, of what stays shown.

    Args:
        waiting: ids, in the order in which they were first shown.
        shown: ids that there is room for.
        newest: ids of those that are shown however long they are archived.
        size: entries of an archive document.

    Returns: ids that are waiting then, and those of each new document.
    """
    out = {id_ for id_ in waiting if id_ not in shown}
    if not out:
        return tuple(waiting), []
    with_it = [id_ for id_ in waiting if id_ in shown and id_ in newest]
    out.update(with_it[: max(0, len(waiting) // 2 - len(out))])
    return tuple(id_ for id_ in waiting if id_ not in out), _parts([id_ for id_ in waiting if id_ in out], size)


def _parts(ids: Sequence[str], size: int) -> list[list[str]]:
    return [list(ids[start : start + size]) for start in range(0, len(ids), size)]


def closing(
    past: Past, members: Sequence[Member], newest: Collection[str], size: int
) -> tuple[tuple[str, ...], list[list[str]]]:
    """Which articles go into new archive documents.

    Args:
        members: all articles that the feed selects, the newest first.
        newest: ids of those that it shows because they are.
        size: entries of an archive document.

    Returns: ids that are waiting then, in the order in which they were first shown; and those of each new document.
    """
    archived: dict[str, str] = {}
    for archive in past.archives:
        archived.update(archive.entries)
    lacking = [one.id for one in reversed(members) if archived.get(one.id) != one.version]
    there = set(lacking)
    waiting = dict.fromkeys(id_ for id_ in past.waiting if id_ in there)
    waiting.update(dict.fromkeys(lacking))
    shown = set(newest)
    ready = [id_ for id_ in waiting if id_ not in shown]
    full = [ready[start : start + size] for start in range(0, len(ready) - size + 1, size)]
    gone = {id_ for chunk in full for id_ in chunk}
    return tuple(id_ for id_ in waiting if id_ not in gone), full


def path_of(kind: str, file: str, number: int, file_name: str) -> str:
    """Where an archive document is, below the output folder, and stays.

    Args:
        file: the part of the feed's paths that stands for its term.
        file_name: the usual name of a document in its format.
    """
    return f"archive/{feed_folder(kind, file)}{number}/{file_name}"


def extended(
    past: Past,
    full: Sequence[Sequence[str]],
    members: Sequence[Member],
    paths: Mapping[str, str],
    folder: tuple[str, str],
) -> tuple[Archive, ...]:
    """The archives of a feed with new ones, and with a document in each format.

    Args:
        full: ids of each new one.
        paths: format -> the usual name of a document.
        folder: the feed's kind, and the part of its paths that stands for its term.
    """
    place = {one.id: rank for rank, one in enumerate(members)}
    found: list[Archive] = list(past.archives)
    for chunk in full:
        inside = [members[rank] for rank in sorted(place[id_] for id_ in chunk)]
        number = found[-1].number + 1 if found else 1
        updated = max([one.updated for one in inside] + [one.updated for one in found[-1:]])
        found.append(Archive(number, updated, {one.id: one.version for one in inside}, {}))
    return tuple(_in_formats(archive, paths, folder) for archive in found)


def _in_formats(archive: Archive, paths: Mapping[str, str], folder: tuple[str, str]) -> Archive:
    kind, file = folder
    documents = {
        format_: Stored(path_of(kind, file, archive.number, name))
        for format_, name in paths.items()
        if format_ not in archive.documents
    }
    if not documents:
        return archive
    return Archive(archive.number, archive.updated, archive.entries, {**archive.documents, **documents})


def address(feed: Feed, path: str) -> str:
    """Where a document is served."""
    return feed.site.feeds_url + quote(path)


def linked(feed: Feed, past: Past) -> Feed:
    """A subscription document's feed, with the link to its newest archive document."""
    if not past.archives or feed.format not in past.archives[-1].documents:
        return feed
    newest = past.archives[-1].documents[feed.format]
    return replace(feed, chain=Chain(prev_archive=address(feed, newest.path)))


def feed_of_archive(feed: Feed, archive: Archive, before: str, after: str) -> Feed:
    """An archive document's feed.

    Args:
        feed: the subscription document's.
        before, after: paths of the documents with older and newer entries; empty where there is none.
    """
    path = archive.documents[feed.format].path
    prev, next_ = (address(feed, one) if one else "" for one in (before, after))
    return replace(
        feed,
        # Nobody is ever told of a change of it.
        site=replace(feed.site, hubs=()),
        path=path,
        self_url=address(feed, path),
        updated=archive.updated,
        entries=tuple(archive.entries),
        former=False,
        chain=Chain(prev, next_, current=feed.self_url),
    )
