"""Small documents without a fault, into which a test puts one."""

from __future__ import annotations

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "at": "http://purl.org/atompub/tombstones/1.0",
        "atom": "http://www.w3.org/2005/Atom",
        "cc": "http://backend.userland.com/creativeCommonsRssModule",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "fh": "http://purl.org/syndication/history/1.0",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "http://search.yahoo.com/mrss/",
        "my": "https://example.org/ns",
        "slash": "http://purl.org/rss/1.0/modules/slash/",
        "sy": "http://purl.org/rss/1.0/modules/syndication/",
        "thr": "http://purl.org/syndication/thread/1.0",
        "wfw": "http://wellformedweb.org/CommentAPI/",
    }.items()
)
RSS_SELF = '<atom:link rel="self" type="application/rss+xml" href="https://example.org/rss.xml"/>'
RSS_HEAD = f"<title>Sea</title><link>https://example.org/</link><description>On tides</description>{RSS_SELF}"
GUID = '<guid isPermaLink="false">tag:example.org,2026:tides</guid>'
ITEM_HEAD = f"<title>Tides</title>{GUID}"

ATOM_ID = "<id>tag:example.org,2026:feed</id>"
ATOM_SELF = '<link rel="self" type="application/atom+xml" href="https://example.org/atom.xml"/>'
AUTHOR = "<author><name>Ann</name></author>"
UPDATED = "<updated>2026-03-01T09:30:00Z</updated>"
ATOM_HEAD = f"{ATOM_ID}<title>Sea</title>{UPDATED}{ATOM_SELF}{AUTHOR}"
ENTRY_ID = "<id>tag:example.org,2026:tides</id>"
ENTRY_LINK = '<link href="https://example.org/tides/"/>'
ENTRY_HEAD = f"{ENTRY_ID}<title>Tides</title>{UPDATED}{ENTRY_LINK}"


def rss(inside: str, attributes: str = 'version="2.0"', before: str = "") -> bytes:
    """An RSS document around the content of its root."""
    return f"{before}<rss {attributes} {NAMESPACES}>{inside}</rss>".encode()


def channel(more: str = "", head: str = RSS_HEAD) -> bytes:
    """An RSS document around what stands in its channel."""
    return rss(f"<channel>{head}{more}</channel>")


def item(more: str = "", head: str = ITEM_HEAD) -> bytes:
    """An RSS document around what stands in its only item."""
    return channel(f"<item>{head}{more}</item>")


def feed(more: str = "", head: str = ATOM_HEAD) -> bytes:
    """An Atom document around what stands in its feed."""
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}>{head}{more}</feed>'.encode()


def entry(more: str = "", head: str = ENTRY_HEAD) -> bytes:
    """An Atom document around what stands in its only entry."""
    return feed(f"<entry>{head}{more}</entry>")
