"""What the elements of entries and heads say, read as XML."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree

from feedwright.model import UNDATED, Body, Enclosure, Image, Person
from tests.unit.formats.samples import (
    ALL,
    BODILESS,
    NS,
    PLAIN,
    RICH,
    SITE,
    SUMMARY,
    UNTITLED,
    document,
    entry,
    entry_of,
    links_of,
    text_of,
)

both = pytest.mark.parametrize("name", ["rss", "atom"])


# --- an RSS item ---


def test_an_rss_item_without_a_title_has_no_title_element() -> None:
    assert entry_of("rss", UNTITLED).find("title") is None


def test_plain_text_elements_in_rss_use_hexadecimal_references() -> None:
    made = document("rss", [RICH]).decode()
    assert "<title>Is a &#x3C; b &#x26; \"c\" &gt; d? 🌊 שלום</title>" in made  # fmt: skip
    assert "<category>a &#x26; b</category>" in made
    assert "<title>Tides &#x26; Currents</title>" in made
    assert "<copyright>© 2026 Ebb &#x26; Flow</copyright>" in made


def test_markup_in_a_body_is_never_taken_for_a_plain_text_element() -> None:
    body = "<title>a &amp; b</title><content:encoded></content:encoded></item></channel></rss>"
    made = entry("rss", replace(RICH, body=Body(body, "clean")))
    assert f"<![CDATA[{body}]]>".encode() in made


def test_a_cdata_end_in_a_body_is_split() -> None:
    made = entry("rss", RICH)
    assert b"x]]]]><![CDATA[>y" in made
    assert text_of(entry_of("rss", RICH), "content:encoded") == RICH.body.text


def test_an_adopted_guid_is_the_rss_guid_and_not_the_atom_id() -> None:
    article = replace(PLAIN, guid="post-17")
    guid = entry_of("rss", article).find("guid")
    assert (guid.text, guid.get("isPermaLink")) == ("post-17", "false")
    assert text_of(entry_of("atom", article), "a:id") == PLAIN.id


def test_only_a_guid_that_is_the_articles_address_is_a_permalink() -> None:
    assert entry_of("rss", BODILESS).find("guid").get("isPermaLink") == "true"
    assert entry_of("rss", PLAIN).find("guid").get("isPermaLink") == "false"


def test_every_author_is_a_dc_creator_and_none_an_author_element() -> None:
    item = entry_of("rss", RICH)
    assert [creator.text for creator in item.findall("dc:creator", NS)] == ["Ann & Co", "Bob <Flow>"]
    assert item.find("author") is None


@pytest.mark.parametrize("authors", [(), (Person("Ann"),)])
def test_an_unsigned_article_is_the_sites(authors: tuple[Person, ...]) -> None:
    site = replace(SITE, authors=authors)
    expected = "Ann" if authors else SITE.title
    assert text_of(entry_of("rss", PLAIN, site=site), "dc:creator") == expected
    assert text_of(entry_of("atom", PLAIN, site=site), "a:author/a:name") == expected
    feed = etree.fromstring(document("atom", [], site=site))
    assert text_of(feed, "a:author/a:name") == expected


def test_an_rss_category_is_the_term_and_its_scheme_the_domain() -> None:
    item = entry_of("rss", RICH)
    found = [(category.text, category.get("domain")) for category in item.findall("category")]
    assert found == [
        ("sea", "https://example.org/category/"),
        ("a & b", None),
        ("ebb", "https://example.org/tag/"),
    ]


def test_an_rss_item_has_one_enclosure_and_links_to_the_others() -> None:
    item = entry_of("rss", RICH)
    (enclosure,) = item.findall("enclosure")
    assert dict(enclosure.attrib) == {"url": "https://example.org/a.mp3", "length": "1234", "type": "audio/mpeg"}
    expected = {"href": "https://example.org/b.mp3", "rel": "enclosure", "type": "audio/mpeg", "length": "99"}
    assert links_of(item, "enclosure") == [expected]


def test_an_enclosure_of_unknown_length_has_length_zero_in_rss_and_none_in_atom() -> None:
    article = replace(PLAIN, enclosures=(Enclosure("https://example.org/x.pdf", "application/pdf", 0, duration=9),))
    item = entry_of("rss", article)
    assert item.find("enclosure").get("length") == "0"
    assert "length" not in links_of(entry_of("atom", article), "enclosure")[0]


def test_nothing_of_itunes_is_said_which_would_make_the_feed_a_podcast_that_lacks_the_rest() -> None:
    assert "itunes" not in document("rss", ALL).decode()


def test_rss_dates_are_rfc_822_in_english_with_a_numeric_zone() -> None:
    item = entry_of("rss", RICH)
    assert text_of(item, "pubDate") == "Mon, 02 Mar 2026 09:00:00 +0000"
    assert text_of(item, "a:updated") == "2026-03-04T10:15:30+00:00"


def test_an_article_that_never_changed_has_no_updated_in_rss() -> None:
    assert entry_of("rss", PLAIN).find("a:updated", NS) is None


@pytest.mark.parametrize(("language", "expected"), [("he", "he"), ("en", None), ("", None)])
def test_an_rss_item_says_its_language_where_it_is_not_the_sites(language: str, expected: str | None) -> None:
    assert text_of(entry_of("rss", replace(PLAIN, language=language)), "dc:language") == expected


def test_further_links_of_an_rss_item_follow_its_own() -> None:
    tags = [child.tag for child in entry_of("rss", RICH)]
    assert tags.index("link") < tags.index(f"{{{NS['a']}}}link")
    assert tags.index("description") < tags.index(f"{{{NS['content']}}}encoded")


# --- an Atom entry ---


def test_the_alternate_is_the_first_link_of_an_atom_entry_and_the_only_alternate() -> None:
    links = entry_of("atom", RICH).findall("a:link", NS)
    expected = {"href": RICH.url, "rel": "alternate", "type": "text/html", "hreflang": "he"}
    assert dict(links[0].attrib) == expected
    assert [link.get("rel") for link in links] == ["alternate", "related", "related", "via", "enclosure", "enclosure"]


@both
def test_related_links_say_all_that_is_known_of_them(name: str) -> None:
    assert links_of(entry_of(name, RICH), "related") == [
        {"href": "https://example.org/posts/tides/", "rel": "related", "type": "text/html", "hreflang": "en",
         "title": "Tides & more"},
        {"href": "https://other.example/x?a=1&b=2", "rel": "related", "title": 'A "far" <shore>'},
    ]  # fmt: skip
    assert links_of(entry_of(name, RICH), "via") == [{"href": "https://via.example/1", "rel": "via"}]


def test_an_atom_enclosure_has_its_length_type_and_title() -> None:
    assert links_of(entry_of("atom", RICH), "enclosure")[0] == {
        "href": "https://example.org/a.mp3", "rel": "enclosure", "type": "audio/mpeg", "title": "Part one",
        "length": "1234",
    }  # fmt: skip


def test_an_atom_person_has_name_email_and_uri() -> None:
    person = entry_of("atom", RICH).find("a:author", NS)
    assert [(etree.QName(part).localname, part.text) for part in person] == [
        ("name", "Ann & Co"),
        ("email", "ann@example.org"),
        ("uri", "https://example.org/ann/"),
    ]


def test_an_atom_category_has_term_scheme_and_label() -> None:
    category = entry_of("atom", RICH).find("a:category", NS)
    assert dict(category.attrib) == {"term": "sea", "scheme": "https://example.org/category/", "label": "The Sea"}


def test_the_language_of_an_atom_entry_is_said_where_it_is_known() -> None:
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert entry_of("atom", RICH).get(lang) == "he"
    assert entry_of("atom", PLAIN).get(lang) is None


def test_an_atom_entry_names_the_feed_that_it_was_taken_from() -> None:
    source = entry_of("atom", RICH).find("a:source", NS)
    assert text_of(source, "a:title") == "The Spring < Summer & more"
    assert dict(source.find("a:link", NS).attrib) == {"href": "https://source.example/feed.xml", "rel": "self"}


def test_the_feed_that_an_atom_entry_was_taken_from_has_an_id_and_the_time_that_it_was_taken_at() -> None:
    entry = entry_of("atom", RICH)
    source = entry.find("a:source", NS)
    assert text_of(source, "a:id") == "https://source.example/feed.xml"
    assert text_of(source, "a:updated") == text_of(entry, "a:published") != text_of(entry, "a:updated")
    undated = entry_of("atom", replace(RICH, published=UNDATED))
    assert text_of(undated.find("a:source", NS), "a:updated") == text_of(undated, "a:updated")


@pytest.mark.parametrize(
    ("summary", "body", "title"),
    [
        ("Short and sweet.", "", "Short and sweet."),
        ("", "<p>From <b>the</b> body</p>", "From the body"),
        ("word " * 40, "", "word word word word word word word word word word word word…"),
        ("x" * 90, "", "x" * 60 + "…"),
        ("海" * 90, "", "海" * 60 + "…"),
        ("", '<p><img src="https://example.org/i.jpg"></p>', "A wave"),
    ],
)
def test_an_atom_entry_without_a_title_is_named_by_its_first_words(summary: str, body: str, title: str) -> None:
    image = Image("https://example.org/i.jpg", "A wave")
    article = replace(UNTITLED, summary=summary, body=Body(body, "clean"), image=image)
    assert text_of(entry_of("atom", article), "a:title") == title


def test_a_picture_alone_is_named_by_its_slug_in_atom_and_is_the_description_in_rss() -> None:
    body = '<p><img src="https://example.org/i.jpg" alt=""></p>'
    article = replace(UNTITLED, summary="", body=Body(body, "clean"))
    assert text_of(entry_of("atom", article), "a:title") == "1"
    assert text_of(entry_of("rss", article), "description") == body
    assert text_of(entry_of("rss", article, SUMMARY), "description") == "1"


# --- media ---


@both
def test_the_picture_of_an_article_is_media_content(name: str) -> None:
    content = entry_of(name, RICH).find("media:content", NS)
    assert dict(content.attrib) == {
        "url": "https://example.org/i.jpg", "medium": "image", "type": "image/jpeg", "width": "800", "height": "600",
    }  # fmt: skip
    assert len(content) == 0


# --- heads ---


def test_an_rss_channel_says_what_it_must() -> None:
    channel = etree.fromstring(document("rss", []))[0]
    assert text_of(channel, "link") == "https://example.org/"
    assert text_of(channel, "description") == SITE.description
    assert text_of(channel, "lastBuildDate") == "Wed, 04 Mar 2026 10:15:30 +0000"
    assert len(channel.findall("lastBuildDate")) == 1
    assert text_of(channel, "generator") == "Feedwright"
    assert text_of(channel, "language") == "en"
    assert text_of(channel, "ttl") == "60"
    assert links_of(channel, "self") == [
        {"href": "https://example.org/rss.xml", "rel": "self", "type": "application/rss+xml"}
    ]
    image = {part.tag: part.text for part in channel.find("image")}
    assert image == {"url": SITE.logo, "title": SITE.title, "link": "https://example.org/"}


def test_an_rss_channel_says_nothing_that_is_not_known() -> None:
    site = replace(SITE, description="", language="", rights="", logo=None, icon=None, ttl=None)
    channel = etree.fromstring(document("rss", [], site=site))[0]
    assert text_of(channel, "description") == SITE.title
    assert not {"language", "copyright", "image", "ttl"} & {str(child.tag) for child in channel}


def test_an_atom_head_says_what_it_must() -> None:
    feed = etree.fromstring(document("atom", []))
    expected = {
        "id": "tag:example.org,2026-01-01:feeds/site", "title": SITE.title, "subtitle": SITE.description,
        "updated": "2026-03-04T10:15:30+00:00", "generator": "Feedwright", "rights": SITE.rights, "icon": SITE.icon,
        "logo": SITE.logo,
    }  # fmt: skip
    assert {key: text_of(feed, f"a:{key}") for key in expected} == expected
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    self_link = {"href": "https://example.org/atom.xml", "rel": "self", "type": "application/atom+xml"}
    assert links_of(feed, "self") == [self_link]
    assert links_of(feed, "alternate") == [{"href": "https://example.org/", "rel": "alternate", "type": "text/html"}]


def test_an_atom_head_says_nothing_that_is_not_known() -> None:
    site = replace(SITE, description="", language="", rights="", logo=None, icon=None)
    feed = etree.fromstring(document("atom", [], site=site))
    assert not {"subtitle", "rights", "icon", "logo"} & {etree.QName(child).localname for child in feed}
    assert not any("lang" in str(attribute) for attribute in feed.attrib)


@both
def test_a_feed_without_a_title_is_a_value_error(name: str) -> None:
    with pytest.raises(ValueError, match="title"):
        document(name, [], title="", description="x")


def test_dates_of_early_years_keep_four_digits() -> None:
    early = datetime(1970, 1, 2, 3, 4, 5, tzinfo=UTC)
    item = entry_of("rss", replace(PLAIN, published=early, updated=early))
    assert text_of(item, "pubDate") == "Fri, 02 Jan 1970 03:04:05 +0000"
