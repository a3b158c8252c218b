"""feedgen extensions for what feedgen 1.0.0 lacks or says wrongly.

feedgen's Atom elements are in no namespace: its root carries `xmlns` as if it were an attribute. What these
extensions add to an Atom entry is therefore in none, too, and is Atom's once it is serialised.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml.etree import SubElement

from feedwright.text.moments import written

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feedwright.model import Chain, Image, Link, Tombstone

ATOM_NS = "http://www.w3.org/2005/Atom"
CONTENT_NS = "http://purl.org/rss/1.0/modules/content/"
DC_NS = "http://purl.org/dc/elements/1.1/"
TOMBSTONES_NS = "http://purl.org/atompub/tombstones/1.0"
HISTORY_NS = "http://purl.org/syndication/history/1.0"
MEDIA_NS = "http://search.yahoo.com/mrss/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class LinksExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """An entry's links, with all that feedgen loses of them.

    Args:
        links: in Atom the first is the alternate, of which feedgen has written the `href`; in RSS, which has
            an element of its own for that, all are further ones.

    Source: RFC 4287 §4.2.7; RSS Best Practices Profile (`atom:link`).
    """

    links: Sequence[Link] = ()

    def extend_atom(self, entry: _Element) -> _Element:
        alternate, *further = self.links
        written = entry.find("link")
        if written is None:
            raise ValueError("feedgen has written no alternate link")
        _set_link(written, alternate)
        for link in further:
            _set_link(SubElement(entry, "link"), link)
        return entry

    def extend_rss(self, item: _Element) -> _Element:
        for link in self.links:
            _set_link(SubElement(item, f"{{{ATOM_NS}}}link"), link)
        return item


class OriginExtension(BaseEntryExtension):  # type: ignore[misc]
    """An Atom entry's language, and what feedgen does not say of its source.

    The source's own id and date are not known. Its address tells it from all others, and it was last known to stand
    when the entry was taken from it.

    Args:
        language: a BCP 47 tag; empty to say nothing.
        taken: when the entry was taken from its source; None where it has none.

    Source: RFC 4287 §2 (`xml:lang`), §4.2.11: a link without `rel` is the source's page, ours is its feed.
    """

    language: str = ""
    taken: datetime | None = None

    def extend_atom(self, entry: _Element) -> _Element:
        if self.language:
            entry.set(XML_LANG, self.language)
        source, link = entry.find("source"), entry.find("source/link")
        if source is not None and link is not None and self.taken:
            link.set("rel", "self")
            SubElement(source, "id").text = link.get("href")
            SubElement(source, "updated").text = written(self.taken).isoformat()
        return entry


class ImageExtension(BaseEntryExtension):  # type: ignore[misc]
    """The picture that stands for an entry. feedgen puts it into a group of one.

    Its `alt` stays unsaid: feedparser takes any `media:description` in an entry for the entry's own summary.

    Args:
        image: None to say nothing.

    Source: Media RSS 1.5.1, `media:content`.
    """

    image: Image | None = None

    def extend_atom(self, entry: _Element) -> _Element:
        if self.image is None:
            return entry
        content = SubElement(entry, f"{{{MEDIA_NS}}}content", url=self.image.href, medium="image")
        optional = {"type": self.image.type, "width": self.image.width, "height": self.image.height}
        for attribute, value in optional.items():
            if value:
                content.set(attribute, str(value))
        return entry

    def extend_rss(self, item: _Element) -> _Element:
        return self.extend_atom(item)


class ItemDatesExtension(BaseEntryExtension):  # type: ignore[misc]
    """An RSS item's dates: feedgen changes the locale of the whole process to write one, which no thread bears.

    Args:
        published: None to say nothing.
        updated: None to say nothing.

    Source: RSS 2.0, `pubDate`; RFC 5322 §3.3; RFC 4287 §4.2.15.
    """

    published: datetime | None = None
    updated: datetime | None = None

    def extend_rss(self, item: _Element) -> _Element:
        if self.published:
            SubElement(item, "pubDate").text = format_datetime(written(self.published))
        if self.updated:
            SubElement(item, f"{{{ATOM_NS}}}updated").text = written(self.updated).isoformat()
        return item


class ChannelExtension(BaseExtension):  # type: ignore[misc]
    """An RSS channel's namespaces, which its items rely on, its date, for the same reason as an item's, and its hubs.

    Args:
        updated: the newest change of an entry.
        hubs: feedgen drops them without a word.

    Source: RSS 2.0, `lastBuildDate`; WebSub §4.
    """

    updated: datetime | None = None
    hubs: Sequence[str] = ()

    def extend_ns(self) -> dict[str, str]:
        return {"atom": ATOM_NS, "content": CONTENT_NS, "dc": DC_NS, "media": MEDIA_NS}

    def extend_rss(self, feed: _Element) -> _Element:
        if self.updated:
            SubElement(feed[0], "lastBuildDate").text = format_datetime(written(self.updated))
        for hub in self.hubs:
            SubElement(feed[0], f"{{{ATOM_NS}}}link", href=hub, rel="hub")
        return feed


class FeedNamespacesExtension(BaseExtension):  # type: ignore[misc]
    """An Atom feed's namespaces beside its own, which its entries rely on."""

    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA_NS}


class ArchiveExtension(BaseExtension):  # type: ignore[misc]
    """An archived feed's links from document to document, and the mark of an archive document.

    Args:
        chain: the addresses.
        media_type: of all of these documents.

    Source: RFC 5005 §4; Appendix B for RSS.
    """

    chain: Chain
    media_type: str

    def extend_ns(self) -> dict[str, str]:
        return {"fh": HISTORY_NS} if self.chain.current else {}

    def extend_atom(self, feed: _Element) -> _Element:
        self._link(feed, "link")
        return feed

    def extend_rss(self, feed: _Element) -> _Element:
        self._link(feed[0], f"{{{ATOM_NS}}}link")
        return feed

    def _link(self, head: _Element, name: str) -> None:
        addresses = {
            "prev-archive": self.chain.prev_archive,
            "next-archive": self.chain.next_archive,
            "current": self.chain.current,
        }
        for rel, href in addresses.items():
            if href:
                SubElement(head, name, href=href, rel=rel, type=self.media_type)
        if self.chain.current:
            SubElement(head, f"{{{HISTORY_NS}}}archive")


class TombstonesExtension(BaseExtension):  # type: ignore[misc]
    """What an Atom feed tells of entries that are no more.

    Source: RFC 6721 §3.
    """

    tombstones: Sequence[Tombstone] = ()

    def extend_ns(self) -> dict[str, str]:
        return {"at": TOMBSTONES_NS} if self.tombstones else {}

    def extend_atom(self, feed: _Element) -> _Element:
        for one in self.tombstones:
            element = SubElement(
                feed, f"{{{TOMBSTONES_NS}}}deleted-entry", ref=one.ref, when=written(one.when).isoformat()
            )
            if one.comment:
                SubElement(element, f"{{{TOMBSTONES_NS}}}comment").text = one.comment
        return feed


class UnwrittenDate(datetime):
    """A date that feedgen takes and does not write: it writes those that are true, and defaults to now."""

    def __bool__(self) -> bool:
        return False


def related(href: str) -> bytes:
    """How an entry with `LinksExtension` says that it has a related link."""
    return f'link href="{href.replace("&", "&amp;")}" rel="related"'.encode()


def _set_link(element: _Element, link: Link) -> None:
    element.set("href", link.href)
    element.set("rel", link.rel)
    optional = {"type": link.type, "hreflang": link.hreflang, "title": link.title}
    for attribute, value in optional.items():
        if value:
            element.set(attribute, value)
    if link.length is not None:
        element.set("length", str(link.length))
