"""RSS 2.0, as the RSS Advisory Board's Best Practices Profile has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from html import escape

from feedgen.entry import FeedEntry
from feedgen.ext.dc import DcEntryExtension
from feedgen.feed import FeedGenerator

from feedwright.formats import elements, shown, splice
from feedwright.model import UNDATED, Article, EntryOptions, Feed, Site

name = "rss"
media_type = "application/rss+xml"
file_name = "rss.xml"

_NAMESPACES = elements.ChannelExtension().extend_ns()
_PLAIN_IN_ITEM = re.compile(rb"<(?:title|category|dc:creator)\b[^>]*>[^<]*&[^<]*<")
_PLAIN_IN_HEAD = re.compile(rb"<(?:title|description|copyright)>[^<]*&[^<]*<")
_TAIL = b"  </channel>\n</rss>\n"


def entry(article: Article, site: Site, options: EntryOptions) -> bytes:
    """Render one article as an `item`.

    Args:
        article: with a clean body, and its related stories looked up.
        site: that it belongs to.
        options: what feeds may differ in.

    Returns: UTF-8 from `<item>` to `</item>`, without namespace declarations, indented for its place in a channel.

    Raises:
        ValueError: it has nothing to show, or holds a character that XML forbids.

    Source: RSS 2.0, elements of item; RSS Best Practices Profile; RFC 4287 §4.2.7 for `atom:link`.
    """
    shown.require_substance(article)
    body = shown.body(article, options)
    item = FeedEntry()
    item.title(article.title)
    item.link(href=article.url)
    item.description(_description(article, options))
    if body:
        item.content(body, type="CDATA")
    guid = article.guid or article.id
    item.guid(guid, permalink=guid == article.url)
    # The term, not the label: Atom readers go by it.
    item.category([{"term": category.term, "scheme": category.scheme} for category in shown.categories(article)])
    if article.source:
        item.source(article.source.url, article.source.title or article.source.url)
    _extend(item, article, site)
    text = splice.cut(item.rss_entry(), ("rss", "channel"), _NAMESPACES)
    # All else is escaped: the first "<![CDATA[" and the last "]]>" are the body's own.
    before, start, rest = text.partition(b"<![CDATA[")
    content, end, after = rest.rpartition(b"]]>")
    return b"".join((_plain_text(before, _PLAIN_IN_ITEM), start, content, end, _plain_text(after, _PLAIN_IN_ITEM)))


def documents(feed: Feed, entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """Make the feed's one document.

    Args:
        feed: the feed; its `format` is "rss".
        entries: what `entry` made, in the feed's order; may be none.

    Returns: one pair of its path and its bytes.

    Raises:
        ValueError: its head holds a character that XML forbids, or lacks a title.

    Source: RSS 2.0, elements of channel; RSS Best Practices Profile.
    """
    site = feed.site
    channel = FeedGenerator()
    channel.title(feed.title)
    channel.description(feed.description or feed.title)
    # feedgen takes the last link for the channel's own.
    channel.link(href=feed.self_url, rel="self", type=media_type)
    channel.link(href=feed.url, rel="alternate")
    channel.docs("https://www.rssboard.org/rss-specification")
    channel.generator("Feedwright")
    channel.rights(site.rights)
    channel.language(feed.language)
    channel.ttl(site.ttl)
    if site.logo:
        channel.image(site.logo, title=feed.title, link=feed.url)
    channel.lastBuildDate(elements.UnwrittenDate(1970, 1, 1, tzinfo=UTC))
    channel.register_extension("channel", elements.ChannelExtension, atom=False)
    channel.channel.updated = feed.updated
    channel.register_extension("archive", elements.ArchiveExtension, atom=False)
    channel.archive.chain, channel.archive.media_type = feed.chain, media_type
    channel.channel.hubs = site.hubs
    head = _plain_text(channel.rss_str(pretty=True, xml_declaration=False), _PLAIN_IN_HEAD)
    yield feed.path, splice.splice(splice.style(feed) + head, _TAIL, entries, b"    ")


def related(href: str) -> bytes:
    """How an entry says that it has a related link."""
    return elements.related(href)


def _extend(item: FeedEntry, article: Article, site: Site) -> None:
    item.register_extension("dc", DcEntryExtension)
    item.dc.dc_creator([person.name for person in shown.authors(article, site)])
    item.dc.dc_contributor([person.name for person in article.contributors])
    if article.rights:
        item.dc.dc_rights([article.rights])
    if article.language and article.language != site.language:
        item.dc.dc_language([article.language])
    if links := (*shown.related_links(article), *shown.enclosure_links(article)[1:]):
        item.register_extension("links", elements.LinksExtension)
        item.links.links = links
    item.register_extension("dates", elements.ItemDatesExtension)
    item.dates.published = article.published if article.published != UNDATED else None
    item.dates.updated = article.updated if article.updated > article.published else None
    if article.image:
        item.register_extension("image", elements.ImageExtension)
        item.image.image = article.image
    if article.enclosures:
        first = article.enclosures[0]
        item.enclosure(first.href, first.length, first.type)


def _description(article: Article, options: EntryOptions) -> str:
    """Choose what a description says, as HTML, as readers take it; without a list of related stories."""
    if article.summary:
        return shown.summary_html(article)
    body = shown.body(article, replace(options, related_in_body=False))
    return body or ("" if article.title else escape(shown.title(article), quote=False))


def _plain_text(xml: bytes, plain_texts: re.Pattern[bytes]) -> bytes:
    """Write "&" and "<" in plain-text elements so that no reader takes them for markup.

    Args:
        xml: without a CDATA section, so that whatever looks like a tag is one.
        plain_texts: matches each that is plain text and holds an "&".

    Source: RSS Best Practices Profile, "Character Data".
    """
    if b"&" not in xml:
        return xml
    return plain_texts.sub(lambda found: found[0].replace(b"&lt;", b"&#x3C;").replace(b"&amp;", b"&#x26;"), xml)
