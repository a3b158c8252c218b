"""A site, awkward articles and their documents, for the tests of formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from lxml import etree

from feedwright.formats import load
from feedwright.model import Article, Body, Category, Enclosure, EntryOptions, Feed, Image, Link, Person, Site, Source

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
}
FULL = EntryOptions()
SUMMARY = EntryOptions(body="summary")
WITH_RELATED = EntryOptions(related_in_body=True)

_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_MARKUP = st.sampled_from(["&", "<", ">", "]]>", "&amp;", "&lt;b&gt;", '"', "<![CDATA[", " ", "שלום", "🌊"])
TEXT = st.lists(st.text(_CHARACTERS, max_size=8) | _MARKUP, max_size=8).map("".join)
"""Whatever may be in a text, markup that is none above all."""
LINE = TEXT.map(lambda text: " ".join(text.split()))
FILLED = LINE.filter(bool)

SITE = Site(
    "Tides & Currents",
    "https://example.org/",
    "https://example.org/",
    "example.org",
    description="The sea < the sky & the land",
    language="en",
    authors=(Person("Ann Ebb", "ann@example.org", "https://example.org/ann/"),),
    rights="© 2026 Ebb & Flow",
    icon="https://example.org/icon.png",
    logo="https://example.org/logo.png",
    ttl=60,
)

PLAIN = Article(
    key="posts/tides.md",
    path="posts/tides",
    slug="tides",
    id="tag:example.org,2026-03-01:posts/tides",
    title="Tides",
    url="https://example.org/posts/tides/",
    published=datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
    updated=datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
    body=Body("<p>The sea comes and goes.</p>", "clean"),
    summary="The sea comes and goes.",
)

RICH = replace(
    PLAIN,
    key="posts/rich.md",
    path="posts/rich",
    slug="rich",
    id="tag:example.org,2026-03-02:posts/rich",
    title='Is a < b & "c" > d? 🌊 שלום',
    url="https://example.org/posts/rich/?a=1&b=2",
    published=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    updated=datetime(2026, 3, 4, 10, 15, 30, tzinfo=UTC),
    body=Body('<p dir="rtl">שלום &amp; 🌊 <code>a]]&gt;b</code> x]]>y</p>\n<p>"Quoted" &lt;b&gt;</p>', "clean"),
    summary='Here a < b & "c" > d, and 🌊 שלום.',
    authors=(Person("Ann & Co", "ann@example.org", "https://example.org/ann/"), Person("Bob <Flow>")),
    contributors=(Person("Cy"),),
    categories=(Category("sea", "https://example.org/category/", "The Sea"), Category("a & b")),
    tags=(Category("ebb", "https://example.org/tag/"),),
    language="he",
    related=(
        Link("https://example.org/posts/tides/", "related", "text/html", "en", "Tides & more"),
        Link("https://other.example/x?a=1&b=2", "related", title='A "far" <shore>'),
    ),
    headlines=("Only a headline & no <link>",),
    via=(Link("https://via.example/1"),),
    source=Source("The Spring < Summer & more", "https://source.example/feed.xml"),
    rights="CC BY 4.0 & more",
    enclosures=(
        Enclosure("https://example.org/a.mp3", "audio/mpeg", 1234, "Part one", 61),
        Enclosure("https://example.org/b.mp3", "audio/mpeg", 99),
    ),
    image=Image("https://example.org/i.jpg", 'A <wave> & "foam"', "image/jpeg", 800, 600),
)

UNTITLED = replace(
    PLAIN,
    key="notes/1.md",
    path="notes/1",
    slug="1",
    id="tag:example.org,2026-03-03:notes/1",
    title="",
    url="https://example.org/notes/1/",
    published=datetime(2026, 3, 3, tzinfo=UTC),
    updated=datetime(2026, 3, 3, tzinfo=UTC),
    body=Body("<p>" + "The water rises and the water falls, day after day, for ever." + "</p>", "clean"),
    summary="The water rises and the water falls, day after day, for ever.",
)

BODILESS = replace(
    PLAIN,
    key="links/2.md",
    path="links/2",
    slug="2",
    id="https://example.org/links/2/",
    url="https://example.org/links/2/",
    title="No more than a title",
    published=datetime(2026, 2, 3, tzinfo=UTC),
    updated=datetime(2026, 2, 3, tzinfo=UTC),
    body=Body("", "clean"),
    summary="",
)

ALL = (RICH, UNTITLED, PLAIN, BODILESS)


def feed_of(name: str, site: Site = SITE, **changes: object) -> Feed:
    chosen = load(name)
    feed = Feed(
        site=site,
        kind="site",
        term="",
        id="tag:example.org,2026-01-01:feeds/site",
        title=site.title,
        description=site.description,
        url="https://example.org/",
        self_url=f"https://example.org/{chosen.file_name}",
        path=chosen.file_name,
        format=name,
        updated=datetime(2026, 3, 4, 10, 15, 30, tzinfo=UTC),
        language=site.language,
        stylesheet="feeds.css",
    )
    return replace(feed, **changes)  # type: ignore[arg-type]


def entry(name: str, article: Article, options: EntryOptions = FULL, site: Site = SITE) -> bytes:
    return load(name).entry(article, site, options)


def document(name: str, articles: Sequence[Article], options: EntryOptions = FULL, **changes: object) -> bytes:
    feed = feed_of(name, **changes)
    entries = [entry(name, article, options, feed.site) for article in articles]
    ((_, made),) = load(name).documents(feed, entries)
    return made


def entry_of(name: str, article: Article, options: EntryOptions = FULL, **changes: Any) -> Any:
    """Read back the entry of a document with that article alone."""
    (found,) = etree.fromstring(document(name, [article], options, **changes)).iter("item", f"{{{NS['a']}}}entry")
    return found


def text_of(element: Any, path: str) -> str | None:
    return element.findtext(path, namespaces=NS)


def links_of(item: Any, rel: str) -> list[dict[str, str]]:
    return [dict(link.attrib) for link in item.findall("a:link", NS) if link.get("rel") == rel]
