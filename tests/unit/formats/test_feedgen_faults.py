"""feedgen's faults, each beside what we write: an upgrade that mends one fails here, and its detour can go."""

from __future__ import annotations

import locale
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import feedgen.version
import pytest
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from feedwright.formats import elements
from feedwright.model import Link, Person, Source
from tests.unit.formats.samples import NS, PLAIN, RICH, SITE, document, entry

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
ITUNES = f"{{{NS['itunes']}}}"


def plain_entry() -> FeedEntry:
    made = FeedEntry()
    made.id(PLAIN.id)
    made.title("Tides")
    made.updated(MOMENT)
    made.link(href=PLAIN.url)
    return made


def plain_feed() -> FeedGenerator:
    made = FeedGenerator()
    made.id("tag:example.org,2026:feed")
    made.title("Tides")
    made.description("The sea")
    made.updated(MOMENT)
    made.link(href="https://example.org/")
    return made


def channel_of(feed: FeedGenerator) -> Any:
    return etree.fromstring(feed.rss_str())[0]


def ours(name: str, **changes: Any) -> Any:
    (found,) = etree.fromstring(document(name, [replace(PLAIN, **changes)])).iter("item", f"{{{NS['a']}}}entry")
    return found


def test_feedgen_is_the_version_whose_faults_these_are() -> None:
    assert feedgen.version.version_str == "1.0.0"


def test_feedgen_loses_all_but_the_address_of_an_atom_entrys_links() -> None:
    theirs = plain_entry()
    theirs.link(href="https://a.example/", rel="related", type="text/html", hreflang="en", title="A", length="1")
    assert [dict(link.attrib) for link in theirs.atom_entry().findall("link")] == [
        {"href": PLAIN.url},
        {"href": "https://a.example/"},
    ]
    links = ours("atom", related=(Link("https://a.example/", "related", "text/html", "en", "A"),)).findall("a:link", NS)
    assert dict(links[0].attrib) == {"href": PLAIN.url, "rel": "alternate", "type": "text/html"}
    assert dict(links[1].attrib) == {
        "href": "https://a.example/", "rel": "related", "type": "text/html", "hreflang": "en", "title": "A",
    }  # fmt: skip


def test_feedgen_writes_an_invalid_type_for_cdata_in_atom() -> None:
    theirs = plain_entry()
    theirs.content("<p>x</p>", type="CDATA")
    assert theirs.atom_entry().find("content").get("type") == "CDATA"
    assert ours("atom").find("a:content", NS).get("type") == "html"


def test_feedgen_dates_everything_now() -> None:
    before = datetime.now(UTC) - timedelta(seconds=5)
    assert FeedEntry().updated() > before
    assert FeedGenerator().updated() > before
    assert FeedGenerator().lastBuildDate() > before
    year = str(MOMENT.year)
    for name in ("rss", "atom"):
        made = document(name, [PLAIN], updated=MOMENT).decode()
        assert f"{year}-03-01" in made or f"01 Mar {year}" in made
        assert made == document(name, [PLAIN], updated=MOMENT).decode()


def test_feedgen_takes_the_last_link_for_the_channels_own() -> None:
    theirs = plain_feed()
    theirs.link(href="https://example.org/rss.xml", rel="self")
    assert channel_of(theirs).findtext("link") == "https://example.org/rss.xml"
    assert etree.fromstring(document("rss", []))[0].findtext("link") == "https://example.org/"


def test_feedgen_gives_a_self_link_no_type_of_its_own() -> None:
    theirs = plain_feed()
    theirs.link(href="https://example.org/rss.xml", rel="self")
    assert channel_of(theirs).find("a:link", NS).get("type") is None
    assert etree.fromstring(document("rss", []))[0].find("a:link", NS).get("type") == "application/rss+xml"


def test_feedgen_drops_rss_authors_without_an_email() -> None:
    theirs = plain_entry()
    theirs.author([{"name": "Ann"}, {"name": "Bob", "email": "bob@example.org"}])
    assert [author.text for author in theirs.rss_entry().findall("author")] == ["bob@example.org (Bob)"]
    item = ours("rss", authors=(Person("Ann"), Person("Bob", "bob@example.org")))
    assert [creator.text for creator in item.findall("dc:creator", NS)] == ["Ann", "Bob"]
    assert item.find("author") is None


def test_feedgen_writes_a_categorys_label_where_atom_has_its_term() -> None:
    theirs = plain_entry()
    theirs.category(term="sea", label="The Sea")
    assert theirs.rss_entry().findtext("category") == "The Sea"
    assert [category.text for category in ours("rss", categories=RICH.categories).findall("category")] == [
        "sea",
        "a & b",
    ]


def test_feedgen_knows_only_invalid_words_for_explicit() -> None:
    theirs = plain_feed()
    theirs.load_extension("podcast")
    theirs.podcast.itunes_explicit("no")
    assert [element.text for element in channel_of(theirs).findall(f"{ITUNES}explicit")] == ["no"]
    with pytest.raises(ValueError):
        theirs.podcast.itunes_explicit("false")
    assert b"explicit>" not in document("rss", [RICH])


def test_feedgen_stops_a_whole_feed_for_one_forbidden_character() -> None:
    theirs = plain_feed()
    for title in ("Good", "Bad\x0b"):
        added = theirs.add_entry()
        added.id(title)
        added.link(href=PLAIN.url)
        added.title(title)
    with pytest.raises(ValueError):
        theirs.rss_str()
    good = entry("rss", PLAIN)
    with pytest.raises(ValueError):
        entry("rss", replace(PLAIN, title="Bad\x0b"))
    assert good in document("rss", [PLAIN])


def test_feedgen_loses_a_hub_in_rss() -> None:
    theirs = plain_feed()
    theirs.link(href="https://hub.example/", rel="hub")
    theirs.link(href="https://example.org/", rel="alternate")
    assert b"hub.example" not in theirs.rss_str()
    item = etree.Element("item")
    links = elements.LinksExtension()
    links.links = (Link("https://hub.example/", "hub"),)
    links.extend_rss(item)
    assert item.find("a:link", NS).get("rel") == "hub"  # type: ignore[union-attr]


def test_feedgen_changes_the_locale_of_the_process_to_write_a_date() -> None:
    theirs = plain_entry()
    theirs.published(MOMENT)
    with patch.object(locale, "setlocale", wraps=locale.setlocale) as spy:
        theirs.rss_entry()
        assert spy.call_count == 3
        spy.reset_mock()
        for name in ("rss", "atom"):
            document(name, [RICH])
        assert not spy.called


def test_feedgen_writes_a_date_that_is_true_and_leaves_out_ours_that_is_not() -> None:
    theirs = plain_feed()
    theirs.lastBuildDate(elements.UnwrittenDate(1970, 1, 1, tzinfo=UTC))
    assert channel_of(theirs).find("lastBuildDate") is None
    assert len(etree.fromstring(document("rss", []))[0].findall("lastBuildDate")) == 1


def test_feedgen_makes_atom_elements_in_no_namespace() -> None:
    assert plain_entry().atom_entry().tag == "entry"
    assert ours("atom").tag == f"{{{NS['a']}}}entry"
    assert b"xmlns" not in entry("atom", RICH)


def test_feedgen_puts_a_single_picture_into_a_group() -> None:
    theirs = plain_entry()
    theirs.load_extension("media")
    theirs.media.content(url="https://example.org/i.jpg", medium="image")
    assert theirs.rss_entry().find("media:group/media:content", NS) is not None
    assert ours("rss", image=RICH.image).find("media:content", NS) is not None


def test_feedgen_links_a_source_as_a_page() -> None:
    theirs = plain_entry()
    theirs.source("https://source.example/feed.xml", "Source")
    assert dict(theirs.atom_entry().find("source/link").attrib) == {"href": "https://source.example/feed.xml"}
    link = ours("atom", source=Source("Source", "https://source.example/feed.xml")).find("a:source/a:link", NS)
    assert link.get("rel") == "self"


def test_feedgen_names_itself_and_its_version() -> None:
    assert b'version="1.0.0"' in plain_feed().atom_str()
    for name in ("rss", "atom"):
        assert b"feedgen" not in document(name, [], site=SITE)
        assert b"<generator>Feedwright</generator>" in document(name, [])
