"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from feedwright.formats import elements, shown, splice
from feedwright.model import UNDATED, Article, EntryOptions, Feed, Link, Person, Site
from feedwright.text.moments import written

name = "atom"
media_type = "application/atom+xml"
file_name = "atom.xml"

_NAMESPACES = elements.FeedNamespacesExtension().extend_ns()
_TAIL = b"</feed>\n"


def entry(article: Article, site: Site, options: EntryOptions) -> bytes:
    """Render one article as an `entry`.

    Args:
        article: with a clean body, and its related stories looked up.
        site: that it belongs to.
        options: what feeds may differ in.

    Returns: UTF-8 from `<entry` to `</entry>`, without namespace declarations, indented for its place in a feed.

    Raises:
        ValueError: it has nothing to show, or holds a character that XML forbids.

    Source: RFC 4287 §4.1.2.
    """
    shown.require_substance(article)
    body = shown.body(article, options)
    atom = FeedEntry()
    atom.id(article.id)
    atom.title(shown.title(article))
    atom.updated(written(article.updated))
    if article.published != UNDATED:
        atom.published(written(article.published))
    atom.author([_person(person) for person in shown.authors(article, site)])
    atom.contributor([_person(person) for person in article.contributors])
    atom.category(
        [{"term": item.term, "scheme": item.scheme, "label": item.label} for item in shown.categories(article)]
    )
    atom.link(href=article.url)
    if article.summary:
        # As HTML: readers that look for HTML first would take this for the whole text if it were the plainer one.
        atom.summary(shown.summary_html(article), type="html")
    if body:
        atom.content(body, type="html")
    atom.rights(article.rights)
    if article.source:
        atom.source(article.source.url, article.source.title or article.source.url)
    _extend(atom, article)
    return splice.cut(atom.atom_entry(), ("feed",), _NAMESPACES)


def documents(feed: Feed, entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """Make the feed's one document.

    Args:
        feed: the feed; its `format` is "atom".
        entries: what `entry` made, in the feed's order; may be none.

    Returns: one pair of its path and its bytes.

    Raises:
        ValueError: its head holds a character that XML forbids, or lacks an id or a title.

    Source: RFC 4287 §4.1.1.
    """
    site = feed.site
    head = FeedGenerator()
    head.id(feed.id)
    head.title(feed.title)
    head.subtitle(feed.description)
    head.updated(written(feed.updated))
    head.author([_person(person) for person in shown.site_authors(site)])
    head.link(href=feed.self_url, rel="self", type=media_type)
    head.link(href=feed.url, rel="alternate", type="text/html")
    for hub in site.hubs:
        head.link(href=hub, rel="hub")
    head.generator("Feedwright")
    head.rights(site.rights)
    head.icon(site.icon)
    head.logo(site.logo)
    head.language(feed.language)
    head.register_extension("namespaces", elements.FeedNamespacesExtension, rss=False)
    head.register_extension("archive", elements.ArchiveExtension, rss=False)
    head.archive.chain, head.archive.media_type = feed.chain, media_type
    head.register_extension("tombstones", elements.TombstonesExtension, rss=False)
    head.tombstones.tombstones = feed.tombstones
    text = head.atom_str(pretty=True, xml_declaration=False)
    yield feed.path, splice.splice(splice.style(feed) + text, _TAIL, entries, b"  ")


def related(href: str) -> bytes:
    """How an entry says that it has a related link."""
    return elements.related(href)


def _extend(atom: FeedEntry, article: Article) -> None:
    page = Link(article.url, type="text/html", hreflang=article.language or None)
    atom.register_extension("links", elements.LinksExtension)
    atom.links.links = (page, *shown.related_links(article), *shown.enclosure_links(article))
    if article.language or article.source:
        atom.register_extension("origin", elements.OriginExtension)
        atom.origin.language = article.language
        atom.origin.taken = article.published if article.published != UNDATED else article.updated
    if article.image:
        atom.register_extension("image", elements.ImageExtension)
        atom.image.image = article.image


def _person(person: Person) -> dict[str, str | None]:
    return {"name": person.name, "email": person.email, "uri": person.url}
