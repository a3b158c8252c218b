"""Terms that are one: those equal in NFC. What was published under several spellings of one is brought together.

Ledger and catalog may hold what was read before terms were compared so. Of the feeds of one term, the one that was
known first stays, under the term in NFC; where the others were are former addresses of it, kept up until `feeds prune`.
"""

from __future__ import annotations

from feedwright.model import FeedName, PublishedFeed
from feedwright.state import feed_names, ledger_facts
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
        heirs = {name: spellings for name, spellings in _by_name(ledger).items() if spellings != [name]}
        feed_names.take_over(ledger, heirs)
        for name in heirs:
            touched[catalog.number(name)] = ["another spelling of its term had a feed of its own"]
        feed_names.rename_elsewhere(ledger, _composed)
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
