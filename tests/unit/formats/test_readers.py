"""What readers see: the same from RSS as from Atom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from typing import Any

import atoma
import fastfeedparser
import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.model import Article, Body, Category, EntryOptions, Person
from tests.unit.formats.samples import (
    ALL,
    BODILESS,
    FILLED,
    LINE,
    PLAIN,
    RICH,
    SITE,
    SUMMARY,
    TEXT,
    UNTITLED,
    WITH_RELATED,
    document,
)

RSS, ATOM = "rss", "atom"
FULL = EntryOptions()
# feedparser guesses at markup, and at UTF-8 read as Latin-1, in what is plain text: these give it no cause to.
SIMPLE = (
    st.text(
        st.characters(codec="ascii", exclude_categories=("Cc",), exclude_characters="&<>") | st.sampled_from("é海ש🌊")
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


def seen(name: str, articles: tuple[Article, ...] = ALL, options: EntryOptions = FULL) -> Any:
    found = feedparser.parse(document(name, articles, options))
    assert not found.bozo
    return found


def view(entry: Any) -> dict[str, Any]:
    """What feedparser makes of an entry, in terms that a reader shows."""
    return {
        "id": entry.id,
        "link": entry.link,
        "published": entry.published_parsed,
        "authors": [author["name"] for author in entry.authors],
        "contributors": [person["name"] for person in entry.get("contributors", [])],
        "terms": [(tag["term"], tag["scheme"]) for tag in entry.get("tags", [])],
        "body": [content["value"] for content in entry.get("content", [])],
        "summary": as_text(entry),
        "enclosures": [(item["href"], item["type"]) for item in entry.enclosures],
        "related": [(link["href"], link.get("title")) for link in entry.links if link["rel"] == "related"],
        "via": [link["href"] for link in entry.links if link["rel"] == "via"],
        "rights": entry.get("rights", ""),
        "pictures": [(item["url"], item.get("width")) for item in entry.get("media_content", [])],
        "source": (entry.get("source") or {}).get("title"),
    }


def as_text(entry: Any) -> str:
    detail = entry.get("summary_detail")
    if detail is None:
        return str(entry.get("summary", ""))
    return str(unescape(detail["value"]) if detail["type"] == "text/html" else detail["value"])


@pytest.mark.parametrize("options", [FULL, SUMMARY, WITH_RELATED])
def test_feedparser_sees_the_same_in_both_formats(options: EntryOptions) -> None:
    rss, atom = seen(RSS, options=options), seen(ATOM, options=options)
    assert [view(entry) for entry in rss.entries] == [view(entry) for entry in atom.entries]
    assert len(rss.entries) == len(ALL)
    for key in ("title", "link", "language", "generator", "updated_parsed", "rights"):
        assert rss.feed[key] == atom.feed[key]
    assert unescape(rss.feed.subtitle) == unescape(atom.feed.subtitle) == SITE.description
    assert rss.feed.image.href == atom.feed.logo


@pytest.mark.parametrize("name", [RSS, ATOM])
def test_feedparser_sees_all_of_an_article(name: str) -> None:
    entry = seen(name, (RICH,), WITH_RELATED).entries[0]
    assert entry.title == RICH.title
    found = view(entry)
    body = found.pop("body")[0]
    assert found == {
        "id": RICH.id,
        "link": RICH.url,
        "published": (*RICH.published.timetuple()[:8], 0),
        "authors": ["Ann & Co", "Bob <Flow>"],
        "contributors": ["Cy"],
        "terms": [("sea", "https://example.org/category/"), ("a & b", None), ("ebb", "https://example.org/tag/")],
        "summary": RICH.summary,
        "enclosures": [("https://example.org/a.mp3", "audio/mpeg"), ("https://example.org/b.mp3", "audio/mpeg")],
        "related": [
            ("https://example.org/posts/tides/", "Tides & more"),
            ("https://other.example/x?a=1&b=2", 'A "far" <shore>'),
        ],
        "via": ["https://via.example/1"],
        "rights": RICH.rights,
        "pictures": [("https://example.org/i.jpg", "800")],
        "source": "The Spring < Summer & more",
    }
    assert entry.updated_parsed[:6] == RICH.updated.timetuple()[:6]
    assert '<a href="https://example.org/posts/tides/">Tides &amp; more</a>' in body
    assert "שלום &amp; 🌊" in body


def test_feedparser_sees_no_second_page_of_an_atom_entry() -> None:
    entry = seen(ATOM, (RICH,)).entries[0]
    assert [link["href"] for link in entry.links if link["rel"] == "alternate"] == [RICH.url]


def test_feedparser_sees_an_article_without_a_title() -> None:
    (rss,), (atom,) = seen(RSS, (UNTITLED,)).entries, seen(ATOM, (UNTITLED,)).entries
    assert "title" not in rss
    assert atom.title == "The water rises and the water falls, day after day, for…"
    assert as_text(rss) == as_text(atom) == UNTITLED.summary


def test_feedparser_sees_an_article_without_a_body() -> None:
    for name in (RSS, ATOM):
        (entry,) = seen(name, (BODILESS,)).entries
        assert entry.title == "No more than a title"
        assert "content" not in entry


def test_a_picture_without_text_is_a_body_in_both_formats() -> None:
    body = Body('<p><img alt="" src="https://example.org/i.jpg" /></p>', "clean")
    article = replace(PLAIN, summary="", body=body)
    (rss,), (atom,) = seen(RSS, (article,)).entries, seen(ATOM, (article,)).entries
    assert view(rss) == view(atom)
    assert view(rss)["body"] == [body.text]


@pytest.mark.parametrize("name", [RSS, ATOM])
def test_feedparser_would_take_the_description_of_a_picture_for_the_articles(name: str) -> None:
    made = document(name, (RICH,))
    described = re.sub(
        rb"(<media:content [^>]*)/>", rb"\1><media:description>A wave</media:description></media:content>", made
    )
    assert as_text(feedparser.parse(described).entries[0]) == "A wave"
    assert as_text(feedparser.parse(made).entries[0]) == RICH.summary


@pytest.mark.parametrize("name", [RSS, ATOM])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_fastfeedparser_sees_all_of_an_article(name: str) -> None:
    found = fastfeedparser.parse(document(name, (RICH, PLAIN)))
    assert [entry["id"] for entry in found.entries] == [RICH.id, PLAIN.id]
    entry = found.entries[0]
    assert entry["title"] == RICH.title
    assert entry["link"] == RICH.url
    assert datetime.fromisoformat(entry["published"]) == RICH.published
    assert {"Ann & Co"} <= {part.strip() for part in entry["author"].split(",")}
    assert [tag["term"] for tag in entry["tags"]] == ["sea", "a & b", "ebb"]
    assert unescape(entry["description"]) == RICH.summary
    assert [part["value"] for part in entry["content"]] == [RICH.body.text]


def test_atoma_sees_an_rss_item() -> None:
    feed = atoma.parse_rss_bytes(document(RSS, (RICH, UNTITLED, PLAIN, BODILESS)))
    item = feed.items[0]
    assert (item.title, item.link, item.guid, item.pub_date) == (RICH.title, RICH.url, RICH.id, RICH.published)
    assert item.content_encoded == RICH.body.text
    assert item.description == escape(RICH.summary, quote=False)
    assert item.categories == ["sea", "a & b", "ebb"]
    assert [(one.url, one.length, one.type) for one in item.enclosures] == [
        ("https://example.org/a.mp3", 1234, "audio/mpeg")
    ]
    assert feed.link == "https://example.org/"


def test_atoma_sees_an_atom_entry() -> None:
    feed = atoma.parse_atom_bytes(document(ATOM, (RICH, UNTITLED, PLAIN, BODILESS)))
    entry = feed.entries[0]
    assert (entry.id_, entry.title.value, entry.updated, entry.published) == (
        RICH.id, RICH.title, RICH.updated, RICH.published,
    )  # fmt: skip
    assert [author.name for author in entry.authors] == ["Ann & Co", "Bob <Flow>"]
    assert (entry.content.value, entry.summary.value) == (RICH.body.text, escape(RICH.summary, quote=False))
    assert [(link.rel, link.href) for link in entry.links if link.rel == "related"] == [
        ("related", "https://example.org/posts/tides/"),
        ("related", "https://other.example/x?a=1&b=2"),
    ]
    assert entry.links[0].href == RICH.url
    assert entry.links[4].length == 1234


@given(
    article=st.builds(
        replace,
        st.just(RICH),
        title=SIMPLE,
        summary=FILLED,
        rights=SIMPLE,
        # Not 0: what is published at UNDATED shows no date.
        published=st.integers(1, 3_786_912_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
        updated=st.just(datetime(2090, 1, 2, tzinfo=UTC) + timedelta(days=1)),
        authors=st.lists(st.builds(Person, SIMPLE), max_size=3).map(tuple),
        categories=st.lists(st.builds(Category, SIMPLE, st.just("https://example.org/c/")), max_size=3).map(tuple),
    )
)
@settings(max_examples=40, deadline=None)
def test_feedparser_sees_the_same_of_any_article(article: Article) -> None:
    (rss,), (atom,) = seen(RSS, (article,)).entries, seen(ATOM, (article,)).entries
    assert view(rss) == view(atom)
    assert rss.title == atom.title == article.title
    assert rss.published_parsed[:6] == article.published.timetuple()[:6]
    assert rss.updated_parsed == atom.updated_parsed


@given(article=st.builds(replace, st.just(PLAIN), title=FILLED, summary=TEXT, rights=LINE))
@settings(max_examples=40, deadline=None)
def test_no_text_breaks_a_reader(article: Article) -> None:
    for name in (RSS, ATOM):
        entries = seen(name, (article, PLAIN)).entries
        assert [entry.link for entry in entries] == [PLAIN.url, PLAIN.url]
        assert entries[1].title == PLAIN.title
