"""What is kept -> the ledger: only what that does not know, so that neither forgets what it has seen itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from feedwright.model import PublishedFeed
from feedwright.state import archive_records, ledger_facts, retractions
from feedwright.state.archive_records import Past
from feedwright.state.catalog import Catalog, facts
from feedwright.state.ids_file.model import Kept
from feedwright.state.ledger import Ledger, Remembered


def take_over(ledger: Ledger, catalog: Catalog, kept: Kept, new: Sequence[Remembered]) -> None:
    """Note all but articles.

    Args:
        new: the articles that were just noted.
    """
    before = ledger.changes
    _feeds(ledger, kept)
    _archives(ledger, kept)
    _departed(ledger, kept)
    known = {url for url, _ in ledger.former_urls()}
    for url, id_ in kept.former_urls.items():
        if url not in known:
            ledger.note_former_url(url, id_)
    newest = max((one.published for one in new if one.shown or one.seen), default=None)
    if newest is not None and ledger.fact(ledger_facts.NEWEST) is None:
        ledger.note(ledger_facts.NEWEST, newest)
    if kept.authors and not ledger.fact(ledger_facts.AUTHORS):
        ledger.note(ledger_facts.AUTHORS, kept.authors)
    if kept.page_body and not ledger.fact(ledger_facts.PAGE_BODY):
        ledger.note(ledger_facts.PAGE_BODY, kept.page_body)
    if ledger.changes != before:
        # All feeds are looked at again, though nothing else may have changed.
        catalog.keep_feeds(ledger.feed_rows(), all_=True)
        catalog.note(facts.CONFIG, "")
        catalog.note(facts.FEEDS, "")


def _feeds(ledger: Ledger, kept: Kept) -> None:
    """Feeds, and addresses that feeds had before, but for those that were given up."""
    known, given_up = ledger.feeds(), {one.path for one in ledger.left()}
    own = {path: name for name, one in known.items() for path in one.paths.values()}
    for name, said in kept.feeds.items():
        said = _without(said, given_up | {path for path, of in own.items() if of != name})
        if name not in known:
            if said.places:
                ledger.publish([(name, said)])
        elif more := {*said.places} - {*known[name].places}:
            former = tuple(sorted({*known[name].former, *more}))
            ledger.publish([(name, replace(known[name], former=former))])
    there = {path for one in ledger.feeds().values() for _, path in one.places}
    ledger.note_left(one for one in kept.left.values() if one.path not in there | given_up)


def _without(one: PublishedFeed, paths: set[str]) -> PublishedFeed:
    now = {format_: path for format_, path in one.paths.items() if path not in paths}
    return replace(one, paths=now, former=tuple(place for place in one.former if place[1] not in paths))


def _archives(ledger: Ledger, kept: Kept) -> None:
    known, feeds = archive_records.names(ledger), ledger.feeds()
    for name, past in kept.archives.items():
        if name in known or name not in feeds:
            continue
        # What has no document in any format, as a line of it was lost, is archived again.
        whole = tuple(one for one in past.archives if one.entries and one.documents)
        archive_records.keep(ledger, name, Past(), Past(whole, past.waiting))
        archive_records.know(ledger, name)


def _departed(ledger: Ledger, kept: Kept) -> None:
    gone = retractions.departures(ledger)
    for id_, (updated, feeds) in kept.departed.items():
        if id_ not in gone:
            ledger.record_removed(id_, updated, feeds)
    told = {one.id for one in retractions.retractions(ledger)}
    for one in kept.retracted.values():
        if one.id not in told and one.since and json.loads(one.feeds):
            retractions.put(ledger, one)
