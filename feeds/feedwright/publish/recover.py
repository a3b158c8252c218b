"""Ledger, catalog and output folder: made to agree before a run, whatever became of them since the last one."""

from __future__ import annotations

from collections.abc import Sequence

from feedwright.errors import Problem
from feedwright.model import FeedName
from feedwright.publish import swap
from feedwright.run import Run
from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog, Row, facts, stamp
from feedwright.state.ledger import Remembered


def disagreeing(run: Run) -> dict[int, list[str]]:
    """Number of a feed -> its documents that are not as we left them; what a run that died had staged is removed."""
    out, ledger, catalog = run.out, run.ledger, run.catalog
    where = str(out.resolve())
    if ledger.fact(ledger_facts.OUT) != where:
        # Other files that are called the same are not ours.
        ledger.release(ledger.files())
        ledger.note(ledger_facts.OUT, where)
    touched: dict[int, list[str]] = {}
    if catalog.fact(facts.OUT) != where:
        catalog.forget_all_documents()
        catalog.note(facts.OUT, where)
        touched = {f: ["the output folder is another one"] for f in catalog.numbers.values()}
    if ledger.fact(ledger_facts.RUN) != catalog.fact(facts.RUN):
        catalog.forget_checksums()
        if not run.options.dry_run:
            swap.sweep(out, ledger.files())
    for document in catalog.documents():
        there = stamp(out / document.path)
        if there != document.stamp:
            catalog.remake(document.path)
            became = "was altered" if there else "is missing"
            touched.setdefault(document.f, []).append(f"{document.path} {became}")
    for f, path, before in catalog.failed():
        if before is None or stamp(out / path) != before:
            touched.setdefault(f, []).append(f"{path} could not be published before")
    return touched


def restore(run: Run) -> tuple[dict[int, list[str]], list[Problem]]:
    """Where the ledger was lost, or an older one was put in its place, write down again what the catalog knows of it.

    Returns: number of a feed -> why it is to be looked at; and a warning.
    """
    state, ledger, catalog = run.config.state, run.ledger, run.catalog
    # A run that dies leaves the ledger ahead, never behind.
    behind = ledger.fact(ledger_facts.RUN) < catalog.fact(facts.RUN)
    found: set[FeedName] = set()
    if (state / "archive").is_dir():
        from feedwright.publish.archives.recover import recover  # most sites keep no archives

        found = recover(state, run.out, ledger, behind=behind)
    recovered = {catalog.number(name): ["the ledger was lost"] for name in found}
    if not behind:
        return recovered, []
    rows = {row.key: row for row in catalog.shown_rows()}
    documents = list(catalog.documents())
    if not rows and not documents:
        # Nothing that was never shown is in a ledger.
        return recovered, []
    if feeds := catalog.kept_feeds():
        ledger.put_feed_rows(feeds)
    ids = {row.id for row in rows.values()}
    there = {one.key: one for one in ledger.present()}
    for key in [one.key for one in there.values() if one.id in ids and one.key not in rows]:
        ledger.forget(key)
    ledger.remember(_remembered(catalog, [row for row in rows.values() if row.key not in there]))
    ledger.claim(document.path for document in documents)
    ledger.note(ledger_facts.OUT, catalog.fact(facts.OUT))
    ledger.note(ledger_facts.RUN, catalog.fact(facts.RUN))
    if ledger.fact(ledger_facts.NEWEST) is None:
        ledger.note(ledger_facts.NEWEST, catalog.newest())
    what = "was lost or is an older one, and was completed from the catalog"
    hint = "The feeds are as they were. Of articles that are hidden or gone now, ids and moves may be forgotten."
    problem = Problem("warning", "ledger-rebuilt", str(state / "ledger.db"), what, hint)
    return {document.f: ["the ledger was lost"] for document in documents}, [problem]


def _remembered(catalog: Catalog, rows: Sequence[Row]) -> list[Remembered]:
    """What a ledger has of articles, as the catalog knows it."""
    from feedwright.state.catalog import stories  # hardly any ledger is ever lost

    found = stories.kept_found(catalog)
    return [
        Remembered(
            *(row.key, row.id, row.first_known, found.get(row.n, ""), row.title, row.url, row.published),
            *(row.hash, row.guid),
            seen=row.seen,
        )
        for row in rows
    ]
