"""Confirm that an article whose file was deleted is taken back; erase an article from archive documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from feedwright.checks import refused
from feedwright.config import Config
from feedwright.errors import FeedsError, Problem, StateError
from feedwright.pipeline import clock
from feedwright.publish import tombstones
from feedwright.publish.archives import Archive, Past, Stored, records, store
from feedwright.publish.tombstones import Retraction
from feedwright.select.feeds import Name, feeds_of
from feedwright.sources.site import load_site
from feedwright.state import ledger
from feedwright.state.catalog import Catalog, Row, article_of, open_catalog
from feedwright.state.ledger import Ledger, Remembered
from feedwright.state.lock import locked
from feedwright.state.serialise import seconds
from feedwright.text.moments import fixed, offset


@dataclass(frozen=True, slots=True)
class Retracted:
    """What was taken back.

    Args:
        id: of the article.
        feeds: how many feeds tell it, in Atom.
        erased: paths below the output folder of the archive documents that have it no more.
    """

    id: str
    title: str
    feeds: int
    erased: tuple[str, ...]


def retract(
    content: Path,
    id_: str,
    reason: str = "",
    *,
    erase: bool = False,
    file: Path | None = None,
    state: Path | None = None,
    wait: float = 0,
) -> Retracted:
    """Note that a deleted article is taken back; the next build tells it.

    Args:
        id_: the article's id; or its RSS guid, address or file.
        reason: why, for all to read.
        erase: take it out of the archive documents that have it, too. They change then, which they never do else.
        content, file, state, wait: as `pipeline.build` takes them.

    Raises:
        FeedsError: nothing was done: there is no such article, or it stands.
    """
    config = load_site(content, file, state)
    with ExitStack() as held:
        held.enter_context(locked(config.state, None, wait))
        known = held.enter_context(ledger.opened(config.state))
        catalog = held.enter_context(open_catalog(config.state))
        article = _found(config, known, id_)
        row = _that_may_go(config, catalog, article)
        archived = _archived(known, article.id)
        count = _told(config, known, article, row, archived, " ".join(reason.split()))
        erased = _erased(config.state, known, article.id, archived) if erase else {}
        # With that, the next build has something to do, whatever else is as it was.
        catalog.note("decided", "")
        catalog.commit()
        known.commit()
        for path, hash_ in erased.items():
            store.keep_only(config.state, path, hash_)
        return Retracted(article.id, article.title, count, tuple(sorted(erased)))


def _found(config: Config, known: Ledger, id_: str) -> Remembered:
    """The published article that is meant."""
    below = id_
    if Path(id_).absolute().is_relative_to(config.content.absolute()):
        below = Path(id_).absolute().relative_to(config.content.absolute()).as_posix()
    for column, value in (("id", id_), ("guid", id_), ("url", id_), ("key", id_), ("key", below)):
        if found := list(known.articles(f"{column} = ?", value)):
            return max(found, key=lambda one: (not one.gone, one.published))
    what = "no article was published with this id"
    mend = "`feeds ids` lists those that are there; for one whose file is gone, its id is in the feed that had it."
    raise FeedsError(Problem("error", "article-unknown", id_, what, mend))


def _that_may_go(config: Config, catalog: Catalog, article: Remembered) -> Row | None:
    """What the catalog still knows of an article that is deleted, or says itself that it is retracted."""
    row = next(catalog.rows("id = ? AND state != 'unread'", article.id), None)
    key = row.key if row else article.key
    if (config.content / key).exists() and (row is None or row.retracted is None):
        mend = "Delete the file, or write `retracted: 2026-03-01` into it."
        raise FeedsError(Problem("error", "article-stands", str(config.content / key), "the article is there", mend))
    return row


def _archived(known: Ledger, id_: str) -> dict[Name, Past]:
    """The feeds whose archives have an article, with these."""
    pasts = {name: records.past(known, name) for name in sorted(records.names(known))}
    return {name: past for name, past in pasts.items() if any(id_ in archive.entries for archive in past.archives)}


def _told(
    config: Config, known: Ledger, article: Remembered, row: Row | None, archived: Iterable[Name], reason: str
) -> int:
    """Note a retraction; how many feeds are to tell it."""
    if row is not None and row.retracted is not None:
        # Its file says it, and why.
        return len(feeds_of(config, article_of(row)))
    updated, had = tombstones.feeds_that_had(known, article.id)
    if row is not None:
        deleted = article_of(row)
        updated, had = deleted.updated, list(feeds_of(config, deleted))
    feeds = list(dict.fromkeys((*had, *archived))) or [("site", "")]
    now = fixed(clock(), ZoneInfo(config.site.timezone))
    moment = max(now, updated)
    told = Retraction(article.id, seconds(now), seconds(moment), reason, json.dumps(feeds), offset(moment))
    tombstones.put(known, told)
    return len(feeds)


def _erased(state: Path, known: Ledger, id_: str, archived: dict[Name, Past]) -> dict[str, str]:
    """Take an article out of all archive documents; the paths of these, and the hashes of what they hold then."""
    changed: dict[str, str] = {}
    for name, past in archived.items():
        archives = []
        for archive in past.archives:
            if id_ in archive.entries:
                archive = _without(state, archive, id_)
                changed.update({one.path: one.hash for one in archive.documents.values()})
            archives.append(archive)
        records.keep(known, name, past, Past(tuple(archives), past.waiting))
    if changed:
        known.note("erased", str(int(known.fact("erased") or 0) + 1))
    return changed


def _without(state: Path, archive: Archive, id_: str) -> Archive:
    documents = {format_: _cut(state, one, id_) for format_, one in archive.documents.items() if one.hash}
    entries = {other: version for other, version in archive.entries.items() if other != id_}
    return replace(archive, entries=entries, documents={**archive.documents, **documents})


def _cut(state: Path, one: Stored, id_: str) -> Stored:
    """A document without an entry, kept beside what it was."""
    kept = store.read(state, one.path, one.hash)
    if kept is None:
        mend = "Run `feeds build`, which makes it anew, and try again. Nothing was done."
        raise StateError(Problem("error", "archive-lost", one.path, "its copy below the state folder is lost", mend))
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
        raise StateError(replace(problems[0], mend="It would be invalid without the article. Nothing was done."))
    hash_ = store.hash_of(document)
    entries = {other: version for other, version in kept.head["entries"].items() if other != id_}
    left = [entry for number, entry in enumerate(kept.entries()) if number != rank]
    store.write(state, {**kept.head, "hash": hash_, "entries": entries}, document, left)
    return Stored(one.path, hash_, one.next)
