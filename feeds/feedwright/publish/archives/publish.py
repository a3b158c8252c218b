"""Archive documents on their way to the output folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from feedwright.errors import Problem
from feedwright.model import Feed, named
from feedwright.publish.archives import make, store
from feedwright.publish.plan import Plan, Shown
from feedwright.render import entries
from feedwright.state import archive_records
from feedwright.state.archive_records import Past, Stored
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger


class Archived(NamedTuple):
    """An archive document that is not in its place, or not known to be; `f` is the number of its feed."""

    f: int
    format: str
    stored: Stored

    @property
    def hash(self) -> bytes:
        return bytes.fromhex(self.stored.hash)


def settle(state: Path, ledger: Ledger, catalog: Catalog, plan: Plan) -> tuple[list[Archived], dict[int, Problem]]:
    """Make new archive documents, and note in the ledger what they hold.

    Returns: those that are not in their places; and, by the numbers of their feeds, why some cannot be made.
    """
    waiting: list[Archived] = []
    faults: dict[int, Problem] = {}
    reverted = bool(catalog.last_good_entries())
    for shown in plan.feeds:
        if shown.archiving is None:
            continue
        feeds = [replace(feed, options=shown.archiving.options) for feed in shown.shapes]
        entries_of = _ArchivedEntries(catalog, shown, plan.at_hand).of
        archives, fault = make.make(state, feeds, shown.archiving.now.archives, entries_of, whole=reverted)
        if fault:
            faults[shown.number] = fault
            continue
        now = Past(archives, shown.archiving.now.waiting)
        archive_records.keep(ledger, shown.selection.name, shown.archiving.before, now)
        waiting += _not_there(catalog, shown.number, now)
    return waiting, faults


def planned(plan: Plan) -> list[str]:
    """The paths of all documents that would be made, or be closed."""
    paths = []
    for shown in plan.feeds:
        archives = shown.archiving.now.archives if shown.archiving else ()
        for rank, archive in enumerate(archives):
            last = rank + 1 == len(archives)
            paths += [one.path for one in archive.documents.values() if not one.hash or not (one.next or last)]
    return paths


def _not_there(catalog: Catalog, f: int, past: Past) -> Iterator[Archived]:
    there = catalog.documents_of(f)
    # The newest first: whoever is led from one to the next then finds it.
    for archive in reversed(past.archives):
        for format_, one in archive.documents.items():
            if one.hash and there.get(one.path) != bytes.fromhex(one.hash):
                yield Archived(f, format_, one)


@dataclass(frozen=True, slots=True)
class _ArchivedEntries:
    """The entries of a feed's articles."""

    catalog: Catalog
    shown: Shown
    at_hand: entries.AtHand

    def of(self, feed: Feed, ids: Sequence[str]) -> list[tuple[str, bytes]]:
        archiving = self.shown.archiving
        numbers = {id_: archiving.numbers[id_] for id_ in ids if id_ in archiving.numbers} if archiving else {}
        way = feed.format, feed.options
        known = self.at_hand.get(way, {})
        missing = [n for n in numbers.values() if n not in known]
        found = {**known, **self.catalog.entries(*named(way), missing)}
        return [(id_, found[n]) for id_, n in numbers.items() if n in found]


def document(state: Path, one: Archived) -> bytes | None:
    """The bytes of an archive document; None where they are kept no longer."""
    kept = store.read(state, one.stored.path, one.stored.hash)
    return kept.document if kept else None


def lost(ledger: Ledger, path: str) -> Problem:
    """Have a document that is lost made anew by the next run, of the articles that there are then."""
    name, _ = archive_records.documents(ledger)[path]
    before = archive_records.past(ledger, name)
    archives = tuple(
        archive._replace(
            documents={
                format_: Stored(path) if one.path == path else one for format_, one in archive.documents.items()
            },
        )
        for archive in before.archives
    )
    archive_records.keep(ledger, name, before, Past(archives, before.waiting))
    ledger.commit()
    what = "is lost, and so is the copy of it below the state folder"
    return Problem("warning", "archive-lost", path, what, "The next run rebuilds it, of the articles that there are.")
