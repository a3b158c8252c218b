"""Small documents without a fault, into which an example puts one."""

from __future__ import annotations

from feedwright.checks.node import ATOM, PREFIXES

_HERE = "@@"
_UNUSED = frozenset(("xml", "xhtml", "rss1", "xsi", "sm"))
_URIS = {prefix: uri for uri, prefix in PREFIXES.items() if prefix not in _UNUSED}
NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in sorted(_URIS.items()))
"""Every prefix that an example may use."""

UNKNOWN = 'xmlns:my="https://example.org/ns"'
"""And one that nobody knows, which is declared where it is used."""

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

_RSS = f'<rss version="2.0" {NAMESPACES}>{_HERE}</rss>'
_BARE_CHANNEL = _RSS.replace(_HERE, f"<channel>{_HERE}</channel>")
_CHANNEL = _BARE_CHANNEL.replace(_HERE, RSS_HEAD + _HERE)
_BARE_ITEM = _CHANNEL.replace(_HERE, f"<item>{_HERE}</item>")
_BARE_FEED = f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}>{_HERE}</feed>'
_FEED = _BARE_FEED.replace(_HERE, ATOM_HEAD + _HERE)
_BARE_ENTRY = _FEED.replace(_HERE, f"<entry>{_HERE}</entry>")
_OPML = f'<opml version="2.0" {NAMESPACES}>{_HERE}</opml>'
_HEAD = _OPML.replace(_HERE, f'<head><title>Sea</title>{_HERE}</head><body><outline text="Tides"/></body>')
_BODY = _OPML.replace(_HERE, f"<head><title>Sea</title></head><body>{_HERE}</body>")
_URLSET = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {NAMESPACES}>{_HERE}</urlset>'
_URL = _URLSET.replace(_HERE, f"<url><loc>https://example.org/tides/</loc>{_HERE}</url>")
_BARE_NEWS = _URL.replace(_HERE, f"<news:news>{_HERE}</news:news>")
_PUBLICATION = "<news:publication><news:name>Sea</news:name><news:language>en</news:language></news:publication>"
_DAY = "<news:publication_date>2026-03-01</news:publication_date>"
_BARE_JSON = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "Sea", "home_page_url": "https://example.org/",'
    f' "feed_url": "https://example.org/feed.json", {_HERE}}}'
)
_JSON_ITEM = _BARE_JSON.replace(_HERE, f'"items": [{{"id": "tag:example.org,2026:tides", {_HERE}}}]')

FRAMES: dict[str, str] = {
    "document": _HERE,
    "prolog": f"{_HERE}{_CHANNEL.replace(_HERE, '')}",
    "rss attributes": f"<rss {_HERE} {NAMESPACES}><channel>{RSS_HEAD}</channel></rss>",
    "namespace": f'<rss version="2.0" {_HERE} xmlns:atom="{ATOM}"><channel>{RSS_HEAD}</channel></rss>',
    "rss": _RSS,
    "channel": _CHANNEL,
    "bare channel": _BARE_CHANNEL,
    "item": _BARE_ITEM.replace(_HERE, ITEM_HEAD + _HERE),
    "bare item": _BARE_ITEM,
    "feed": _FEED,
    "bare feed": _BARE_FEED,
    "entry": _BARE_ENTRY.replace(_HERE, ENTRY_HEAD + _HERE),
    "bare entry": _BARE_ENTRY,
    "opml": _OPML,
    "head": _HEAD,
    "body": _BODY,
    "urlset": _URLSET,
    "url": _URL,
    "news": _BARE_NEWS.replace(_HERE, f"{_PUBLICATION}{_DAY}<news:title>Tides</news:title>{_HERE}"),
    "bare news": _BARE_NEWS,
    "json feed": _BARE_JSON.replace(_HERE, f'"items": [], {_HERE}'),
    "bare json feed": _BARE_JSON,
    "json item": _JSON_ITEM.replace(_HERE, f'"content_text": "a", {_HERE}'),
    "bare json item": _JSON_ITEM,
    "media type": _CHANNEL,
    "address": _CHANNEL,
}
"""What stands around an example, by name."""

_WHOLE = {
    "[ATOM]": _FEED.replace(_HERE, ""),
    "[HEAD]": RSS_HEAD,
    "[ITEMS]": "<item><title>a</title></item>" * 20,
    "[JSON]": _BARE_JSON.replace(_HERE, '"items": []'),
    "[LONG]": "Water comes and goes. " * 200,
    "[PUBLICATION]": _PUBLICATION,
    "[RSS]": _CHANNEL.replace(_HERE, ""),
}
"""What an example may name instead of writing it out."""


def document(frame: str, piece: str) -> bytes:
    """A whole document around a piece of one.

    Args:
        frame: a name of `FRAMES`. Around a media type or an address there is nothing: the document does not depend on
            it.
        piece: in "document", what begins with "UTF-16:" is encoded so.
    """
    if frame in ("media type", "address"):
        return FRAMES["channel"].replace(_HERE, "").encode()
    whole = FRAMES[frame].replace(_HERE, piece)
    for name, text in _WHOLE.items():
        whole = whole.replace(name, text)
    if "my:" in piece:
        whole = whole.replace(NAMESPACES, f"{NAMESPACES} {UNKNOWN}")
    if not piece.strip() and frame.endswith(("json feed", "json item")):
        whole = whole.replace(", }", "}")
    return whole.removeprefix("UTF-16:").encode("utf-16") if whole.startswith("UTF-16:") else whole.encode()
