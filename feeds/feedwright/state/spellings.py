"""Terms that are one: those equal in NFC. What was published under several spellings of one is brought together.

Ledger and catalog may hold what was read before terms were compared so. Of the feeds of one term, the one that was
known first stays, under the term in NFC; where the others were are former addresses of it, kept up until `feeds prune`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from feedwright.model import FeedName, PublishedFeed
from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog, facts
from feedwright.state.ledger import Ledger
from feedwright.text.characters import composed
from feedwright.text.filenames import readable


def unite(ledger: Ledger, catalog: Catalog) -> dict[int, list[str]]:
    """Bring together what is known of several spellings of one term, once for each ledger and catalog.

    Returns: number of a feed that took over the addresses of others -> why it is touched.
    """
    touched: dict[int, list[str]] = {}
    if not ledger.fact(ledger_facts.SPELLINGS):
        ledger.note(ledger_facts.SPELLINGS, True)
        for name, spellings in _by_name(ledger).items():
            if spellings != [name]:
                _one_feed(ledger, name, spellings)
                touched[catalog.number(name)] = ["another spelling of its term had a feed of its own"]
        _rename_elsewhere(ledger)
        if touched:
            catalog.keep_feeds(ledger.feed_rows(), all_=True)
    if not catalog.fact(facts.SPELLINGS):
        catalog.note(facts.SPELLINGS, True)
        _respell(catalog)
    return touched


def _by_name(ledger: Ledger) -> dict[FeedName, list[FeedName]]:
    """A feed's name in NFC -> the names that it was published under, of which the first was known first."""
    found: dict[FeedName, list[FeedName]] = {}
    feeds = ledger.feeds()
    for name in sorted(feeds, key=lambda name: _age(name, feeds[name])):
        found.setdefault(_composed(name), []).append(name)
    return found


def _age(name: FeedName, feed: PublishedFeed) -> tuple[object, ...]:
    """What feeds of one term are sorted by: of two that were first known in one run, one got the plain file name."""
    return feed.since, feed.file != readable(name[1]), name


def _one_feed(ledger: Ledger, name: FeedName, spellings: Sequence[FeedName]) -> None:
    """Have one feed stand for all the spellings of its term.

    Args:
        name: in NFC.
        spellings: that there are feeds of, the one first that stays.
    """
    feeds = ledger.feeds()
    first, *others = (feeds[one] for one in spellings)
    former = {place for one in others for place in one.places} | set(first.former)
    updated = max(one.updated for one in (first, *others))
    for one in spellings:
        ledger.prune(one)
    ledger.publish([(name, replace(first, updated=updated, former=tuple(sorted(former))))])
    _one_archive(ledger, name, spellings)


def _one_archive(ledger: Ledger, name: FeedName, spellings: Sequence[FeedName]) -> None:
    """Keep the archive documents of all spellings under one name: those of the feed that stays are the newest.

    What the others hold counts as not archived: the feed that stays does not lead to their documents.
    """
    stays, *others = spellings
    columns = "updated, entries, documents"
    query = f"SELECT {columns} FROM archive WHERE kind = ? AND term = ? ORDER BY number"
    rows = [
        (updated, json.dumps(dict.fromkeys(json.loads(entries), "")), documents)
        for one in others
        for updated, entries, documents in ledger.db.execute(query, one).fetchall()
    ]
    rows += ledger.db.execute(query, stays).fetchall()
    waiting = ledger.db.execute("SELECT entries FROM waiting WHERE kind = ? AND term = ?", stays).fetchone()
    for one in spellings:
        for table in ("archive", "waiting"):
            ledger.db.execute(f"DELETE FROM {table} WHERE kind = ? AND term = ?", one)
    numbered = ((*name, number, *row) for number, row in enumerate(rows, 1))
    ledger.db.executemany(f"INSERT INTO archive (kind, term, number, {columns}) VALUES (?, ?, ?, ?, ?, ?)", numbered)
    if rows or waiting:
        ledger.db.execute("INSERT INTO waiting VALUES (?, ?, ?)", (*name, waiting[0] if waiting else "[]"))


def _rename_elsewhere(ledger: Ledger) -> None:
    """Names of feeds that the ledger has in other places."""
    for table in ("departed", "retraction"):
        rows = ledger.db.execute(f"SELECT id, feeds FROM {table} ORDER BY id").fetchall()
        changed = [(now, id_) for id_, feeds in rows if (now := _composed_list(feeds)) != feeds]
        ledger.db.executemany(f"UPDATE {table} SET feeds = ? WHERE id = ?", changed)
    ledger.note_left(one._replace(term=composed(one.term)) for one in ledger.left() if composed(one.term) != one.term)


def _composed_list(feeds: str) -> str:
    if feeds.isascii() and "\\u" not in feeds:
        return feeds
    return json.dumps(list(dict.fromkeys(_composed((kind, term)) for kind, term in json.loads(feeds))))


def _respell(catalog: Catalog) -> None:
    """Terms of articles as they would be read now: of one whose file is broken, they stay as they were last good."""
    query = "SELECT n, section, terms FROM article"
    now = [(composed(section), composed(terms), n) for n, section, terms in catalog.db.execute(query)]
    catalog.db.executemany("UPDATE article SET section = ?, terms = ? WHERE n = ?", now)
    for name in sorted(catalog.numbers):
        if _composed(name) != name:
            catalog.forget_feed(name)


def _composed(name: FeedName) -> FeedName:
    return name[0], composed(name[1])
