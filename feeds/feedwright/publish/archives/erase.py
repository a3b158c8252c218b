"""An article taken out of archive documents, which change for nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from feedwright.checks import refused
from feedwright.errors import Problem, StateError
from feedwright.model import FeedName
from feedwright.publish.archives import store
from feedwright.state import archive_records, ledger_facts
from feedwright.state.archive_records import Archive, Past, Stored
from feedwright.state.ledger import Ledger


def archived(ledger: Ledger, id_: str) -> dict[FeedName, Past]:
    """The feeds whose archives have an article, with these."""
    pasts = {name: archive_records.past(ledger, name) for name in sorted(archive_records.names(ledger))}
    return {name: past for name, past in pasts.items() if any(id_ in archive.entries for archive in past.archives)}


def erase(state: Path, ledger: Ledger, id_: str, pasts: Mapping[FeedName, Past]) -> dict[str, str]:
    """Take an article out of all archive documents; the paths of these, and the hashes of what they hold then.

    Raises:
        StateError: one is lost, or would be invalid without it.
    """
    changed: dict[str, str] = {}
    for name, past in pasts.items():
        archives = []
        for archive in past.archives:
            if id_ in archive.entries:
                archive = _without(state, archive, id_)
                changed.update({one.path: one.hash for one in archive.documents.values()})
            archives.append(archive)
        archive_records.keep(ledger, name, past, Past(tuple(archives), past.waiting))
    if changed:
        ledger.note(ledger_facts.ERASED, ledger.fact(ledger_facts.ERASED) + 1)
    return changed


def have_made_anew(ledger: Ledger, id_: str, pasts: Mapping[FeedName, Past]) -> list[str]:
    """The same for documents of which an article cannot be cut: they are made anew, of the articles that there are."""
    changed: list[str] = []
    for name, past in pasts.items():
        archives = []
        for archive in past.archives:
            if id_ in archive.entries:
                entries = {other: version for other, version in archive.entries.items() if other != id_}
                documents = {format_: Stored(one.path) for format_, one in archive.documents.items()}
                archive = archive._replace(entries=entries, documents=documents)
                changed += [one.path for one in documents.values()]
            archives.append(archive)
        archive_records.keep(ledger, name, past, Past(tuple(archives), past.waiting))
    ledger.note(ledger_facts.ERASED, ledger.fact(ledger_facts.ERASED) + 1)
    return changed


def _without(state: Path, archive: Archive, id_: str) -> Archive:
    documents = {format_: _cut(state, one, id_) for format_, one in archive.documents.items() if one.hash}
    entries = {other: version for other, version in archive.entries.items() if other != id_}
    return archive._replace(entries=entries, documents={**archive.documents, **documents})


def _cut(state: Path, one: Stored, id_: str) -> Stored:
    """A document without an entry, kept beside what it was."""
    kept = store.read(state, one.path, one.hash)
    if kept is None:
        hint = "Run `feeds build`, which rebuilds it, and try again. Nothing was done."
        raise StateError(Problem("error", "archive-lost", one.path, "its copy below the state folder is lost", hint))
    ids = list(kept.head["entries"])
    if id_ not in ids:
        return one
    rank = ids.index(id_)
    start, end = kept.slices[rank]
    if rank + 1 < len(ids):
        end = kept.slices[rank + 1][0]
    elif rank:
        start = kept.slices[rank - 1][1]
    document = kept.document[:start] + kept.document[end:]
    if problems := refused(document, file=one.path):
        raise StateError(replace(problems[0], hint="It would be invalid without the article. Nothing was done."))
    hash_ = store.hash_of(document)
    entries = {other: version for other, version in kept.head["entries"].items() if other != id_}
    left = [entry for number, entry in enumerate(kept.entries()) if number != rank]
    store.write(state, {**kept.head, "hash": hash_, "entries": entries}, document, left)
    return Stored(one.path, hash_, one.next)
