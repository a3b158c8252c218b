"""Feeds of ours in the output folder, where the state is lost: the ids that they have, and where they were before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from lxml import etree

from feedwright.checks.parse_feed import ATOM, said
from feedwright.model import FeedName, PublishedFeed, Window
from feedwright.read.adoption.published_feed import date_of
from feedwright.run import Run
from feedwright.select.feeds import Selection
from feedwright.select.shapes import shapes


class Head(NamedTuple):
    """What a document says of its feed.

    Args:
        id: of Atom; empty in the other formats, which have none.
        self_url: the URL of its document; of one that is kept up at a former URL, that which the feed has now.
        updated: of Atom, aware.
    """

    id: str = ""
    self_url: str = ""
    updated: datetime | None = None


def head_of(root: etree._Element | dict[str, Any]) -> Head:
    """What a document of ours, as `opened` gives it, says of its feed."""
    if isinstance(root, dict):
        return Head(self_url=str(root.get("feed_url", "")))
    feed = root if root.tag == f"{ATOM}feed" else root.find("channel")
    if feed is None:
        return Head()
    links = (link.get("href", "") for link in feed.iterfind(f"{ATOM}link") if link.get("rel") == "self")
    return Head(said(feed, f"{ATOM}id"), next(links, ""), date_of(said(feed, f"{ATOM}updated")))


def moved_feeds(
    run: Run, selected: Iterable[Selection], heads: Mapping[str, Head]
) -> Iterator[tuple[FeedName, PublishedFeed]]:
    """The feeds that have another id than they would get now, or documents elsewhere, as the ledger remembers them.

    Args:
        selected: the feeds that there are to be.
        heads: path of each document of ours, below the output folder -> what it says.
    """
    # Those of another site are told by it, unless it is known to be this one, which has moved.
    base = "" if run.options.allow_relink else run.config.site.feeds_url
    heads = {path: head for path, head in heads.items() if head.self_url.startswith(base)}
    elsewhere: dict[str, list[str]] = {}
    for path, head in heads.items():
        elsewhere.setdefault(head.self_url, []).append(path)
    for one in selected:
        now = list(shapes(run.config, None, one, Window(), run.time.now))
        there = {feed.format: heads[feed.path] for feed in now if feed.path in heads}
        id_ = next((head.id for head in there.values() if head.id), now[0].id)
        former = tuple(
            sorted(
                (feed.format, path) for feed in now for path in elsewhere.get(feed.self_url, ()) if path != feed.path
            )
        )
        if id_ != now[0].id or former:
            updated = next((head.updated for head in there.values() if head.updated), run.time.now)
            paths = {feed.format: feed.path for feed in now}
            yield one.name, PublishedFeed(one.file, id_, updated, updated, paths, (), former)
