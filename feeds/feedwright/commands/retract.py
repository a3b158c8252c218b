"""Confirm that an article whose file was deleted is taken back; erase an article from archive documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from feedwright.config import Config
from feedwright.config.folders import key_of
from feedwright.config.kinds import SITE
from feedwright.errors import FeedsError, Problem
from feedwright.model import FeedName
from feedwright.pipeline import clock
from feedwright.publish.archives import erase as erasing
from feedwright.publish.archives import store
from feedwright.select.feeds import feeds_of
from feedwright.sources.site import load_site
from feedwright.state.catalog import Catalog, Row, article_of, facts
from feedwright.state.ids_file.beside import keep_ids_as_left
from feedwright.state.ledger import Ledger, Remembered
from feedwright.state.lock import locked
from feedwright.state.retractions import Retraction, feeds_that_had, put
from feedwright.state.serialise import seconds
from feedwright.state.sqlite import opened
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
        ledger = held.enter_context(opened(Ledger, config.state))
        catalog = held.enter_context(opened(Catalog, config.state))
        article = _found(config, ledger, id_)
        row = _that_may_go(config, catalog, article)
        archived = erasing.archived(ledger, article.id)
        count = _told(config, ledger, article, row, archived, " ".join(reason.split()))
        erased = erasing.erase(config.state, ledger, article.id, archived) if erase else {}
        # With that, the next build has something to do, whatever else is as it was.
        catalog.note(facts.DECIDED, None)
        keep_ids_as_left(config, ledger, catalog)
        catalog.commit()
        ledger.commit()
        for path, hash_ in erased.items():
            store.keep_only(config.state, path, hash_)
        return Retracted(article.id, article.title, count, tuple(sorted(erased)))


def _found(config: Config, ledger: Ledger, id_: str) -> Remembered:
    """The published article that is meant."""
    below = key_of(config.root, id_)
    for found in (*(ledger.named(column, id_) for column in ("id", "guid", "url", "key")), ledger.named("key", below)):
        if found:
            return max(found, key=lambda one: (not one.gone, one.published))
    what = "no article was published with this id"
    hint = "`feeds ids` lists those that are there; for one whose file is gone, its id is in the feed that had it."
    raise FeedsError(Problem("error", "article-unknown", id_, what, hint))


def _that_may_go(config: Config, catalog: Catalog, article: Remembered) -> Row | None:
    """What the catalog still knows of an article that is deleted, or says itself that it is retracted."""
    row = catalog.with_id(article.id)
    key = row.key if row else article.key
    if (config.root / key).exists() and (row is None or row.retracted is None):
        hint = "Delete the file, or write `retracted: 2026-03-01` into it."
        raise FeedsError(Problem("error", "article-stands", str(config.root / key), "the article is there", hint))
    return row


def _told(
    config: Config, ledger: Ledger, article: Remembered, row: Row | None, archived: Iterable[FeedName], reason: str
) -> int:
    """Note a retraction; how many feeds are to tell it."""
    if row is not None and row.retracted is not None:
        # Its file says it, and why.
        return len(feeds_of(config, article_of(row)))
    updated, had = feeds_that_had(ledger, article.id)
    if row is not None:
        deleted = article_of(row)
        updated, had = deleted.updated, list(feeds_of(config, deleted))
    feeds = list(dict.fromkeys((*had, *archived))) or [(SITE, "")]
    now = fixed(clock(), ZoneInfo(config.site.timezone))
    moment = max(now, updated)
    told = Retraction(article.id, seconds(now), seconds(moment), reason, json.dumps(feeds), offset(moment))
    put(ledger, told)
    return len(feeds)
