"""What `ids.tsv` keeps: all that the ledger knows and nobody could find out again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from feedwright.model import FeedName, PublishedFeed
from feedwright.state import archive_records, ledger_facts
from feedwright.state.archive_records import Past
from feedwright.state.ledger import Ledger, Left, Remembered
from feedwright.state.retractions import Retraction, departures, retractions

Departed = tuple[datetime, tuple[FeedName, ...]]
"""When an article whose file is gone last changed, and the feeds that had it."""


@dataclass(slots=True)
class Kept:
    """What is kept.

    Args:
        articles: by file.
        unsure: files of which it is not said whether they are there: tables of ids alone do not tell.
        departed: id -> what is known of an article whose file is gone.
        authors: id -> name.
        former_urls: where an article was before -> its id.
        page_body: as the ledger's fact has it.
    """

    articles: dict[str, Remembered] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    feeds: dict[FeedName, PublishedFeed] = field(default_factory=dict)
    left: dict[str, Left] = field(default_factory=dict)
    departed: dict[str, Departed] = field(default_factory=dict)
    retracted: dict[str, Retraction] = field(default_factory=dict)
    archives: dict[FeedName, Past] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    page_body: tuple[tuple[str, ...], ...] = ()
    former_urls: dict[str, str] = field(default_factory=dict)


def of_ledger(ledger: Ledger) -> Kept:
    """What a ledger knows."""
    return Kept(
        {one.key: one for one in ledger.articles()},
        set(),
        ledger.feeds(),
        {one.path: one for one in ledger.left()},
        departures(ledger),
        {one.id: one for one in retractions(ledger)},
        {name: archive_records.past(ledger, name) for name in sorted(archive_records.names(ledger))},
        ledger.fact(ledger_facts.AUTHORS),
        ledger.fact(ledger_facts.PAGE_BODY),
        dict(ledger.former_urls()),
    )
