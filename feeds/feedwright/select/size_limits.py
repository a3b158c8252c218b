"""Feeds that are too large, or would be: it is said as long as it is so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from feedwright.errors import Problem
from feedwright.model import FeedName
from feedwright.select import feeds
from feedwright.select.feeds import Selection
from feedwright.select.window import Views
from feedwright.state.catalog import Catalog, facts

KB = 1024
LARGE = ((1024 * KB, "1 MB"), (512 * KB, "512 KB"))
"""Bytes from which several aggregators do not read a feed, the largest first, and how they are called."""


def shortened(looked: Views, every: Sequence[Selection], touched: Mapping[FeedName, str]) -> Iterator[Problem]:
    """The feeds that are not as they should be, because they would be larger than `max_bytes`.

    Args:
        every: all feeds.
        touched: those that were looked at now, with their paths; of the others, what was found before stands.
    """
    said = looked.catalog.fact(facts.SHORTENED)
    there = {json.dumps(one.name): one for one in every}
    now = {name: one for name, one in said.items() if name in there}
    for feed, at in touched.items():
        name, bound = json.dumps(feed), looked.bounds.get(feed)
        now.pop(name, None)
        if bound:
            now[name] = [at, bound.summary, bound.limit is not None]
    looked.catalog.note(facts.SHORTENED, now)
    for name, (path, summary, fewer) in sorted(now.items()):
        most = feeds.max_bytes_of(looked.config, there[name])
        yield _shortened(there[name].title, str(path), most, summary=bool(summary), fewer=bool(fewer))


def _shortened(title: str, path: str, most: int, *, summary: bool, fewer: bool) -> Problem:
    done = " and ".join(part for part, so in (("summaries", summary), ("fewer entries than `limit` says", fewer)) if so)
    what = f"the feed {title!r} would be larger than `max_bytes` = {most}"
    hint = f"It shows {done}." if done else "It is as small as it can be."
    return Problem("warning", "feed-shortened", path, what, hint)


def large(catalog: Catalog) -> Iterator[Problem]:
    """The feeds that several aggregators would not read."""
    for path, size in catalog.larger_than(LARGE[-1][0]):
        called = next(name for bytes_, name in LARGE if size > bytes_)
        what = f"is larger than {called}, and there are aggregators that read no larger feeds"
        hint = "Set `limit`, `body` or `max_bytes`; with `archive`, what is older stays in reach."
        yield Problem("warning", "feed-large", path, what, hint)
