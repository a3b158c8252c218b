"""What the ledger said of archived feeds, read out of the documents that are kept."""

from __future__ import annotations

from pathlib import Path

from feedwright import bounded
from feedwright.model import FeedName
from feedwright.state.archive_records import Archive, Past, Stored, documents, keep, know, names, past
from feedwright.state.ledger import Ledger
from feedwright.state.serialise import moment


def recover(state: Path, out: Path, ledger: Ledger, *, behind: bool = False) -> set[FeedName]:
    """Where the ledger was lost, read what it said of archives out of the documents that are kept.

    Args:
        state: the folder of what must last.
        out: the output folder: a feed none of whose archive documents is there was never published with these.
        behind: there is a ledger, and it is an older one.

    Returns: the feeds whose archives were recovered.
    """
    if names(ledger) and not behind:
        return set()
    # Not needed where all is well.
    from feedwright.publish.archives import store

    found: dict[FeedName, dict[int, Archive]] = {}
    published: set[FeedName] = set()
    for kept in store.every(state):
        head = kept.head
        if _holds(out / head["path"], kept.document):
            published.add((head["kind"], head["term"]))
        mine = found.setdefault((head["kind"], head["term"]), {})
        updated = moment(head["updated"], head.get("offset", 0))
        archive = mine.setdefault(head["number"], Archive(head["number"], updated, {}, {}))
        formats = dict(archive.documents)
        if head["next"] or head["format"] not in formats:
            formats[head["format"]] = Stored(head["path"], head["hash"], head["next"])
        mine[head["number"]] = archive._replace(entries={**archive.entries, **head["entries"]}, documents=formats)
    for name, archives in ((name, archives) for name, archives in found.items() if name in published):
        waiting = past(ledger, name).waiting
        keep(ledger, name, Past(), Past(tuple(archives[number] for number in sorted(archives)), waiting))
        know(ledger, name)
    ledger.claim(documents(ledger))
    return published


def make_missing_again(state: Path, ledger: Ledger) -> None:
    """Where a ledger was made of what is kept beside the articles, have documents made again that are not kept here.

    They have the articles that they had, as these are now.
    """
    from feedwright.publish.archives import store

    def as_here(one: Stored) -> Stored:
        return one if one.hash and store.file_of(state, one.path, one.hash).is_file() else Stored(one.path)

    for name in sorted(names(ledger)):
        before = past(ledger, name)
        archives = tuple(
            one._replace(documents={format_: as_here(stored) for format_, stored in one.documents.items()})
            for one in before.archives
        )
        keep(ledger, name, before, Past(archives, before.waiting))


def _holds(file: Path, document: bytes) -> bool:
    try:
        return bounded.read_regular(file, links=False) == document
    except OSError:
        return False
