"""Archived feeds (RFC 5005 §4): a subscription document, and archive documents with all that is no longer in it.

How it goes:

- Whatever a feed shows is waiting until an archive document has it in its present version. What is waiting stays in
  the subscription document, however old it is: so nothing is ever out of reach. That is how an article with an old date
  reaches those who follow, and how a correction does.
- As soon as as many as an archive document takes are waiting that are not among the newest, which the subscription
  document shows anyway, those that were shown first go into the next one. Its entries never change from then on.
- The newest archive document is told its `next-archive` when there is one. With that it is closed: its bytes never
  change again, unless an article is erased from it.
- Articles that are withdrawn leave the subscription document, and stay in the archive documents that have them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from feedwright.state.catalog import Member


class Stored(NamedTuple):
    """An archive document in one format.

    Args:
        path: below the output folder.
        hash: of its bytes, in hexadecimal; empty where it is still to be made.
        next: path of the one that it links as the next; empty where it is not closed.
    """

    path: str
    hash: str = ""
    next: str = ""


class Archive(NamedTuple):
    """The archive documents with the same entries, one in each format.

    Args:
        number: from 1, the oldest.
        updated: the newest change of an entry in it or in an older one.
        entries: id -> what tells the article's version, in the documents' order.
        documents: by format.
    """

    number: int
    updated: datetime
    entries: Mapping[str, str]
    documents: Mapping[str, Stored]


class Past(NamedTuple):
    """What is remembered of an archived feed.

    Args:
        archives: the oldest first.
        waiting: ids of what is in none of them in its present version, in the order in which it was first shown.
    """

    archives: tuple[Archive, ...] = ()
    waiting: tuple[str, ...] = ()


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
    folder = "archive" if kind == "site" else f"archive/{kind}/{file}"
    return f"{folder}/{number}/{file_name}"


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
