"""Dates in the future: the only rule that needs to know the time, which its caller says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from feedwright.checks import values
from feedwright.checks.node import Node
from feedwright.checks.rule import ALL, SITEMAP, Rule, shown

SLACK = timedelta(hours=1)
"""How much clocks may differ."""

RULE = Rule(
    "date-in-future",
    "warning",
    "RFC 4287 §4.2.15, RSS 2.0 pubDate",
    ALL,
    (),
    "Readers hide the entry until then, or keep it on top; publish it when its time has come.",
)
NEWS_RULE = Rule(
    "news-too-old",
    "warning",
    "Google News sitemaps",
    SITEMAP,
    (),
    "Leave the article's news:news out, or the article.",
)
NEWS_AGE = timedelta(days=2)
_Reader = Callable[[str], "datetime | None"]
_READERS: dict[str, _Reader] = {
    "pubDate": values.rfc822_moment,
    "lastBuildDate": values.rfc822_moment,
    "dateCreated": values.rfc822_moment,
    "dateModified": values.rfc822_moment,
    "updated": values.moment,
    "published": values.moment,
    "atom:updated": values.moment,
    "atom:published": values.moment,
    "dc:date": values.w3cdtf_moment,
    "dcterms:modified": values.w3cdtf_moment,
    "lastmod": values.w3cdtf_moment,
    "news:publication_date": values.w3cdtf_moment,
}


def findings(root: Node, now: datetime) -> Iterator[tuple[Rule, Node, str]]:
    """The dates that are later than now.

    Args:
        now: aware.
    """
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        if (reader := _READERS.get(node.name)) and (what := late(reader(node.value), node.value, now)):
            yield RULE, node, what
        if node.name == "news:publication_date" and _is_stale(node.value, now):
            yield NEWS_RULE, node, f"{shown(node.value)} is more than two days ago"


def late(moment: datetime | None, text: str, now: datetime) -> str | None:
    """Judge whether a moment is later than now."""
    return f"{shown(text)} is in the future" if moment and moment - now > SLACK else None


def _is_stale(text: str, now: datetime) -> bool:
    first = values.w3cdtf_moment(text)
    # A day without a time lasts until its end, wherever it is.
    slack = timedelta(days=1) if len(text) == len("2026-03-01") else timedelta()
    return first is not None and now - first > NEWS_AGE + slack
