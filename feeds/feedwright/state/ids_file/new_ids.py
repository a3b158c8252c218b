"""Ids that are changed on purpose: in the ledger, and so that the next build shows it."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace

from feedwright.sources.folder.walk import STATS
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger, Remembered


def take(ledger: Ledger, catalog: Catalog, articles: Sequence[Remembered]) -> None:
    """Note articles under the ids that they are to have; whatever refers to an old one refers to the new one.

    Args:
        articles: with their files, in the place of what is known of these.
    """
    before = ledger.among(one.key for one in articles)
    changed = {before[one.key].id: one.id for one in articles if one.key in before and before[one.key].id != one.id}
    ledger.remember(articles)
    if changed:
        ledger.rename_former_urls(changed)
        ledger.remember(_related(ledger, changed))
        feeds = ledger.feeds()
        entries = {name: tuple(changed.get(id_, id_) for id_ in one.entries) for name, one in feeds.items()}
        ledger.publish(
            (name, replace(one, entries=entries[name])) for name, one in feeds.items() if entries[name] != one.entries
        )
        catalog.keep_feeds(ledger.feed_rows(), all_=True)
    _read_again(catalog, articles)


def _related(ledger: Ledger, changed: Mapping[str, str]) -> list[Remembered]:
    """The articles whose found related links lead to others that have another id now."""
    found = []
    for one in ledger.with_related():
        rule, *ids = one.found
        now = [changed.get(id_, id_) for id_ in ids]
        if now != ids:
            found.append(one._replace(related=json.dumps([rule, *now], ensure_ascii=False, separators=(",", ":"))))
    return found


def _read_again(catalog: Catalog, articles: Sequence[Remembered]) -> None:
    """Have the next build decide anew about articles whose files did not change."""
    wanted = {one.key: (one.id, one.guid) for one in articles}
    stale = {key for key, row in catalog.among(wanted).items() if (row.id, row.guid) != wanted[key]}
    if not stale:
        return
    catalog.read_again(stale)
    listings = []
    for folder, one in catalog.listings().items():
        places = [place for place, name in enumerate(one.articles) if (f"{folder}/{name}" if folder else name) in stale]
        if places:
            stats = array("q", one.stats)
            for place in places:
                stats[STATS * place] = -1
            listings.append(one._replace(stats=stats))
    catalog.relist(listings)
