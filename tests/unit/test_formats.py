"""What RSS and Atom documents say, read as XML."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from formats_samples import (
    ALL,
    BODILESS,
    FILLED,
    FULL,
    LINE,
    NS,
    PLAIN,
    RICH,
    SITE,
    SUMMARY,
    TEXT,
    UNTITLED,
    WITH_RELATED,
    document,
    entry,
    feed_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds import formats
from feeds.checks import check
from feeds.model import Article, Body, Category, Enclosure, EntryOptions, Image, Link, Person, Source

NAMES = ("rss", "atom")
both = pytest.mark.parametrize("name", NAMES)
NOT_XML = st.sampled_from("\x00\x08\x0b\x1f\ud800\ufffe\uffff")


def entry_of(name: str, article: Article, options: EntryOptions = FULL, **changes: Any) -> Any:
    (found,) = etree.fromstring(document(name, [article], options, **changes)).iter("item", f"{{{NS['a']}}}entry")
    return found


def text_of(element: Any, path: str) -> str | None:
    return element.findtext(path, namespaces=NS)


def links_of(item: Any, rel: str) -> list[dict[str, str]]:
    return [dict(link.attrib) for link in item.findall("a:link", NS) if link.get("rel") == rel]


# --- the door ---


def test_a_format_is_loaded_by_its_name() -> None:
    assert [formats.load(name).name for name in formats.NAMES] == list(formats.NAMES)
    assert formats.load("rss").media_type == "application/rss+xml"
    assert formats.load("atom").file_name == "atom.xml"


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'rdf' is no format; there are rss, atom"):
        formats.load("rdf")


def test_importing_the_formats_imports_neither_feedgen_nor_lxml() -> None:
    code = "import sys, feeds.formats; sys.exit(any(name in sys.modules for name in ('lxml', 'feedgen', 'html')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@both
def test_bytes_do_not_depend_on_hash_seed_or_time_zone(name: str) -> None:
    code = (
        f"import sys; sys.path.insert(0, {os.path.dirname(__file__)!r})\n"  # noqa: PTH120
        "from formats_samples import ALL, document\n"
        f"sys.stdout.buffer.write(document({name!r}, ALL))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Kolkata", "LC_ALL": "C"}
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment).stdout
    assert other == document(name, ALL)


@both
def test_entries_made_in_threads_are_the_same(name: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda article: entry(name, article), ALL * 25))
    assert made == [entry(name, article) for article in ALL] * 25


# --- the bytes ---


@both
def test_a_document_is_clean_xml(name: str) -> None:
    made = document(name, ALL)
    assert made.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<')
    assert made.endswith(b">\n")
    assert not made.endswith(b"\n\n")
    assert b"<!DOCTYPE" not in made
    root = etree.fromstring(made)
    known = {None, *NS.values()} if name == "rss" else {NS["a"], NS["media"]}
    assert {etree.QName(element).namespace for element in root.iter()} <= known


@both
def test_an_entry_declares_no_namespace(name: str) -> None:
    for article in ALL:
        made = entry(name, article, WITH_RELATED)
        assert b"xmlns" not in made
        assert re.match(rb"<(item|entry)[ >]", made)
        assert re.search(rb"</(item|entry)>\Z", made)


@both
def test_every_child_of_an_entry_has_its_own_line(name: str) -> None:
    lines = document(name, [replace(RICH, body=Body("<p>x</p>", "clean"))]).decode().splitlines()
    assert all(re.match(r" *(</?[\w:]+|<\?xml)", line) for line in lines)
    start = next(number for number, line in enumerate(lines) if "<entry" in line or "<item" in line)
    indent = len(lines[start]) - len(lines[start].lstrip())
    inner = lines[
        start + 1 : next(number for number, line in enumerate(lines) if "</entry" in line or "</item" in line)
    ]
    assert min(len(line) - len(line.lstrip()) for line in inner) == indent + 2


@both
def test_a_feed_without_entries_is_a_feed(name: str) -> None:
    root = etree.fromstring(document(name, []))
    assert not list(root.iter("item", f"{{{NS['a']}}}entry"))
    assert root.tag in ("rss", f"{{{NS['a']}}}feed")


@both
def test_the_entries_stand_in_the_given_order_after_the_head(name: str) -> None:
    root = etree.fromstring(document(name, ALL))
    feed = root[0] if name == "rss" else root
    tags = [etree.QName(child).localname for child in feed]
    first = min(index for index, tag in enumerate(tags) if tag in ("item", "entry"))
    assert len(set(tags[first:])) == 1
    titles = [text_of(child, "title" if name == "rss" else "a:title") for child in feed[first:]]
    assert titles == [RICH.title, None if name == "rss" else "The water rises and the water falls, day after day, for…",
                      PLAIN.title, BODILESS.title]  # fmt: skip


@both
def test_the_documents_path_is_the_feeds(name: str) -> None:
    ((path, _),) = formats.load(name).documents(feed_of(name, path="tag/sea/rss.xml"), [])
    assert path == "tag/sea/rss.xml"


@both
@pytest.mark.parametrize("field", ["title", "summary", "body"])
@given(wrong=NOT_XML)
@settings(max_examples=10, deadline=None)
def test_a_character_that_xml_forbids_is_a_value_error(name: str, field: str, wrong: str) -> None:
    value: Any = Body(f"<p>{wrong}</p>", "clean") if field == "body" else f"a{wrong}"
    with pytest.raises(ValueError):
        entry(name, replace(PLAIN, **{field: value}))


@both
def test_a_category_that_is_named_twice_is_written_once(name: str) -> None:
    sea = Category("sea", "https://example.org/category/", "The Sea")
    article = replace(PLAIN, categories=(sea, Category("ebb"), replace(sea, label="Sea")), tags=(Category("sea"),))
    found = entry_of(name, article).findall("category" if name == "rss" else "a:category", NS)
    scheme = "domain" if name == "rss" else "scheme"
    assert [(one.get("term", one.text), one.get(scheme)) for one in found] == [
        ("sea", sea.scheme),
        ("ebb", None),
        ("sea", None),
    ]


@both
@pytest.mark.parametrize("options", [FULL, SUMMARY])
def test_an_article_with_nothing_to_show_is_a_value_error(name: str, options: EntryOptions) -> None:
    with pytest.raises(ValueError, match="neither a title, a summary nor a body"):
        entry(name, replace(UNTITLED, summary="", body=Body(" \n", "clean")), options)


@both
@given(article=st.builds(
    replace, st.just(RICH), title=LINE, summary=TEXT, rights=LINE, headlines=st.tuples(LINE),
    body=st.builds(Body, TEXT.map(lambda text: f"<p>{text}</p>"), st.just("clean")),
    authors=st.lists(st.builds(Person, FILLED), max_size=2).map(tuple),
    categories=st.lists(st.builds(Category, FILLED, label=LINE), max_size=2).map(tuple),
    related=st.lists(st.builds(Link, st.just("https://example.org/?a&b"), title=LINE), max_size=2).map(tuple),
    source=st.none() | st.builds(Source, LINE, st.just("https://source.example/")),
))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was(name: str, article: Article) -> None:
    item = entry_of(name, article, WITH_RELATED)
    p, rss = ("", True) if name == "rss" else ("a:", False)
    if article.title:
        assert text_of(item, f"{p}title") == article.title
    authors = item.findall("dc:creator", NS) if rss else item.findall("a:author/a:name", NS)
    assert [author.text for author in authors] == [one.name for one in article.authors or SITE.authors]
    terms = [one.text if rss else one.get("term") for one in item.findall(f"{p}category", NS)]
    named = dict.fromkeys((one.term, one.scheme) for one in article.categories + article.tags)
    assert terms == [term for term, _ in named]
    assert [link.get("title", "") for link in links_of(item, "related")] == [one.title for one in article.related]
    body = text_of(item, "content:encoded" if rss else "a:content")
    assert body is not None
    assert body.startswith(article.body.text)


@given(summary=FILLED)
@settings(max_examples=60, deadline=None)
def test_an_rss_description_is_the_summary_as_html(summary: str) -> None:
    description = text_of(entry_of("rss", replace(PLAIN, summary=summary)), "description")
    assert description is not None
    assert "<" not in description
    assert unescape(description) == summary
    assert text_of(entry_of("atom", replace(PLAIN, summary=summary)), "a:summary") == summary


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
    expected = {"href": "https://example.org/b.mp3", "rel": "enclosure", "type": "audio/mpeg"}
    assert links_of(item, "enclosure") == [expected]


def test_an_enclosure_of_unknown_length_has_length_zero_in_rss_and_none_in_atom() -> None:
    article = replace(PLAIN, enclosures=(Enclosure("https://example.org/x.pdf", "application/pdf", 0, duration=9),))
    item = entry_of("rss", article)
    assert item.find("enclosure").get("length") == "0"
    assert item.find("itunes:duration", NS) is None
    assert "length" not in links_of(entry_of("atom", article), "enclosure")[0]


def test_a_duration_is_in_seconds_and_nothing_is_said_of_explicitness() -> None:
    item = entry_of("rss", RICH)
    assert text_of(item, "itunes:duration") == "61"
    assert item.find("itunes:explicit", NS) is None


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
    assert text_of(source, "a:title") == "The <Source>"
    assert dict(source.find("a:link", NS).attrib) == {"href": "https://source.example/feed.xml", "rel": "self"}


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


# --- bodies ---


def test_a_summary_entry_carries_no_body() -> None:
    assert entry_of("rss", RICH, SUMMARY).find("content:encoded", NS) is None
    assert entry_of("atom", RICH, SUMMARY).find("a:content", NS) is None
    assert text_of(entry_of("atom", RICH, SUMMARY), "a:summary") == RICH.summary


def test_an_article_without_a_body_has_no_content_element() -> None:
    assert entry_of("rss", BODILESS, WITH_RELATED).find("content:encoded", NS) is None
    assert entry_of("atom", BODILESS, WITH_RELATED).find("a:content", NS) is None


@both
def test_carriage_returns_read_the_same_in_both_formats(name: str) -> None:
    article = replace(PLAIN, body=Body("<pre>a\r\nb\rc</pre>", "clean"))
    path = "content:encoded" if name == "rss" else "a:content"
    assert text_of(entry_of(name, article), path) == "<pre>a\nb\nc</pre>"


@both
def test_related_stories_stand_at_the_end_of_a_body_where_that_is_wanted(name: str) -> None:
    path = "content:encoded" if name == "rss" else "a:content"
    body = text_of(entry_of(name, replace(RICH, language="de-AT"), WITH_RELATED), path)
    assert body is not None
    assert body.removeprefix(RICH.body.text) == (
        "\n<p>Zum Thema:</p>\n<ul>\n"
        '<li><a href="https://example.org/posts/tides/">Tides &amp; more</a></li>\n'
        '<li><a href="https://other.example/x?a=1&amp;b=2">A "far" &lt;shore&gt;</a></li>\n'
        "<li>Only a headline &amp; no &lt;link&gt;</li>\n</ul>"
    )


@both
@pytest.mark.parametrize("options", [FULL, SUMMARY, EntryOptions("summary", related_in_body=True)])
def test_headlines_appear_nowhere_else(name: str, options: EntryOptions) -> None:
    assert b"Only a headline" not in entry(name, RICH, options)


@pytest.mark.parametrize(
    ("language", "heading"),
    [("", "Related:"), ("en-GB", "Related:"), ("tlh", "Related:"), ("FR", "À lire aussi\u00a0:"), ("zh", "相关阅读："),
     ("zh-Hant-HK", "相關閱讀："), ("zh-TW", "相關閱讀："), ("pt-BR", "Leia também:")],
)  # fmt: skip
def test_the_heading_of_related_stories_is_in_the_articles_language(language: str, heading: str) -> None:
    made = entry("rss", replace(RICH, language=language), WITH_RELATED).decode()
    assert f"<p>{heading}</p>" in made


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


# --- checked by our own rules ---


@both
@pytest.mark.parametrize("options", [FULL, SUMMARY, WITH_RELATED])
@pytest.mark.parametrize("language", ["", "en"])
def test_our_own_check_finds_nothing(name: str, options: EntryOptions, language: str) -> None:
    for articles in ([], [PLAIN], ALL):
        found = check(document(name, articles, options, language=language))
        assert [problem for problem in found if problem.severity != "info"] == []


def test_dates_of_early_years_keep_four_digits() -> None:
    early = datetime(1970, 1, 2, 3, 4, 5, tzinfo=UTC)
    item = entry_of("rss", replace(PLAIN, published=early, updated=early))
    assert text_of(item, "pubDate") == "Fri, 02 Jan 1970 03:04:05 +0000"
