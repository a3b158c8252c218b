"""Feeds that are too large, or would be: it is said as long as it is so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from feedwright.errors import Problem
from feedwright.model import FeedName
from feedwright.select import feeds
from feedwright.select.feeds import Selection
from feedwright.select.window import View, Views
from feedwright.state.catalog import Catalog, facts

KB = 1024
LARGE = ((1024 * KB, "1 MB"), (512 * KB, "512 KB"))
"""Bytes from which several aggregators do not read a feed, the largest first, and how they are called."""


def shortened(
    looked: Views, every: Sequence[Selection], views: Mapping[FeedName, View], paths: Mapping[FeedName, str]
) -> Iterator[Problem]:
    """The feeds that are not as they should be, because they would be larger than `max_bytes`.

    Args:
        every: all feeds.
        views: what those show that were looked at now; of the others, what was found before stands.
        paths: of these.
    """
    said = looked.catalog.fact(facts.SHORTENED)
    there = {json.dumps(one.name): one for one in every}
    now = {name: one for name, one in said.items() if name in there}
    for feed, path in paths.items():
        name, bound, brief = json.dumps(feed), looked.bounds.get(feed), len(views[feed].brief)
        now.pop(name, None)
        if bound and (brief or bound.fits or bound.is_over):
            now[name] = [path, brief, bound.fits, bound.is_over]
    looked.catalog.note(facts.SHORTENED, now)
    for name, (at, summaries, fewer, is_over) in sorted(now.items()):
        most, title = feeds.max_bytes_of(looked.config, there[name]), there[name].title
        yield _shortened(title, str(at), most, brief=int(str(summaries)), fewer=bool(fewer), is_over=bool(is_over))


def _shortened(title: str, path: str, most: int, *, brief: int, fewer: bool, is_over: bool) -> Problem:
    entries = "an entry that alone is" if brief == 1 else f"{brief} entries that alone are"
    summaries = f"a summary of {entries} too large" if brief else ""
    done = " and ".join(filter(None, ("fewer entries than `limit` says" if fewer else "", summaries)))
    what = f"the feed {title!r} would be larger than `max_bytes` = {most}"
    hints = (f"It shows {done}." if done else "", "It is as small as it can be, and still larger." if is_over else "")
    return Problem("warning", "feed-shortened", path, what, " ".join(filter(None, hints)))


def large(catalog: Catalog) -> Iterator[Problem]:
    """The feeds that several aggregators would not read."""
    for path, size in catalog.larger_than(LARGE[-1][0]):
        called = next(name for bytes_, name in LARGE if size > bytes_)
        what = f"is larger than {called}, and there are aggregators that read no larger feeds"
        hint = "Set `limit`, `body` or `max_bytes`; with `archive`, what is older stays in reach."
        yield Problem("warning", "feed-large", path, what, hint)
