"""Small documents without a fault, into which a test puts one."""

from __future__ import annotations

from feedwright.checks.example_frames import FRAMES, NAMESPACES, UNKNOWN

FORMER = f"{NAMESPACES} {UNKNOWN}"
RSS_HEAD = FRAMES["channel"].partition("<channel>")[2].partition("@@")[0]


def within(frame: str, piece: str) -> bytes:
    """A document around a piece, which may use the prefix `my`."""
    return FRAMES[frame].replace("@@", piece).replace(NAMESPACES, FORMER).encode()


def rss(inside: str, attributes: str = 'version="2.0"') -> bytes:
    """An RSS document around the content of its root."""
    return f"<rss {attributes} {FORMER}>{inside}</rss>".encode()


def channel(more: str = "", head: str | None = None) -> bytes:
    """An RSS document around what stands in its channel."""
    return within("channel", more) if head is None else within("bare channel", head + more)


def item(more: str = "", head: str | None = None) -> bytes:
    """An RSS document around what stands in its only item."""
    return within("item", more) if head is None else within("bare item", head + more)


def feed(more: str = "", head: str | None = None) -> bytes:
    """An Atom document around what stands in its feed."""
    return within("feed", more) if head is None else within("bare feed", head + more)


def entry(more: str = "", head: str | None = None) -> bytes:
    """An Atom document around what stands in its only entry."""
    return within("entry", more) if head is None else within("bare entry", head + more)
