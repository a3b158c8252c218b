"""Articles whose files were not read: what new rules, the time, and folders that are shut make of them."""

from __future__ import annotations

from collections.abc import Sequence

from feedwright.model import NEVER
from feedwright.read.decide import by_time, tried_again
from feedwright.read.record import Record
from feedwright.select.eligibility import HIDDEN_ALWAYS, ineligibility_reason
from feedwright.select.feeds import feeds_of
from feedwright.state.catalog import article_of, facts
from feedwright.state.serialise import seconds


def try_again(record: Record) -> None:
    """Articles that could not be shown may be shown by new rules."""
    for row in record.catalog.excluded_rows():
        record.take(tried_again(record.rules, row))
    record.write()


def select_anew(record: Record) -> None:
    """Which feeds select which article, by new rules."""
    for row in record.catalog.shown_rows():
        record.join(row, feeds_of(record.rules.config, article_of(row)), "what feeds select has changed")
    record.write()


def keep_hidden(record: Record, hidden: Sequence[str]) -> list[str]:
    """Articles in folders that cannot be looked into now: all stays as it was.

    Returns: the files of those that were published.
    """
    rows = record.catalog.among(hidden) if hidden else {}
    published = record.rules.ledger.among(rows) if rows else {}
    for row in rows.values():
        record.stay(row)
    record.write()
    return [key for key in rows if key in published]


def keep_time(record: Record) -> None:
    """What time alone changes: articles that are due, or expire."""
    rules, catalog = record.rules, record.catalog
    now = seconds(rules.run_time.now)
    rows = [*catalog.hidden_by_time(now, HIDDEN_ALWAYS), *catalog.expired_rows(now)]
    if catalog.fact(facts.DECIDED) is None:
        # Under a clock that could not be right, what is not due yet may have been shown.
        rows = list(dict.fromkeys((*rows, *catalog.early_rows(now))))
    remembered = rules.ledger.among([row.key for row in rows]) if rows else {}
    for row in rows:
        if decision := by_time(rules, row, remembered.get(row.key)):
            record.take(decision)
    record.write()
    later = catalog.coming_rows(now, seconds(NEVER), HIDDEN_ALWAYS)
    coming = next((row.published for row in later if not ineligibility_reason(article_of(row), row.when())), None)
    moments = (coming, catalog.next_expiry(now))
    catalog.note(facts.UPCOMING, min((moment for moment in moments if moment is not None), default=None))
    catalog.note(facts.DECIDED, None if rules.run_time.doubtful else now)
