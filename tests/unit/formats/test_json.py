"""JSON Feed documents: what stands in them, whole, readable, any text intact."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright import formats
from feedwright.checks import check, refused
from feedwright.formats import shown
from feedwright.model import UNDATED, Article, Body, Category, Enclosure, EntryOptions, Link, Person, Site
from tests.unit.formats.samples import (
    ALL,
    BODILESS,
    FILLED,
    FULL,
    LINE,
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


def item_of(article: Article, options: EntryOptions = FULL, **changes: Any) -> dict[str, Any]:
    (item,) = json.loads(document("json", [article], options, **changes))["items"]
    return dict(item)


def test_an_item_says_all_that_is_known_of_an_article() -> None:
    assert item_of(RICH) == {
        "id": RICH.id,
        "url": RICH.url,
        "title": RICH.title,
        "content_html": RICH.body.text,
        "summary": RICH.summary,
        "image": "https://example.org/i.jpg",
        "date_published": "2026-03-02T09:00:00Z",
        "date_modified": "2026-03-04T10:15:30Z",
        "authors": [{"name": "Ann & Co", "url": "https://example.org/ann/"}, {"name": "Bob <Flow>"}],
        "tags": ["sea", "a & b", "ebb"],
        "language": "he",
        "attachments": [
            {
                "url": "https://example.org/a.mp3",
                "mime_type": "audio/mpeg",
                "title": "Part one",
                "size_in_bytes": 1234,
                "duration_in_seconds": 61,
            },
            {"url": "https://example.org/b.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 99},
        ],
        "_feedwright": {
            "links": [
                {
                    "rel": "related",
                    "href": "https://example.org/posts/tides/",
                    "type": "text/html",
                    "hreflang": "en",
                    "title": "Tides & more",
                },
                {"rel": "related", "href": "https://other.example/x?a=1&b=2", "title": 'A "far" <shore>'},
                {"rel": "via", "href": "https://via.example/1"},
            ],
            "categories": [
                {"term": "sea", "scheme": "https://example.org/category/", "label": "The Sea"},
                {"term": "a & b"},
                {"term": "ebb", "scheme": "https://example.org/tag/"},
            ],
            "contributors": [{"name": "Cy"}],
            "source": {"title": "The Spring < Summer & more", "url": "https://source.example/feed.xml"},
            "rights": "CC BY 4.0 & more",
        },
    }


def test_an_item_says_nothing_that_is_not_known() -> None:
    assert item_of(BODILESS, site=Site("Tides", "https://example.org/", "https://example.org/", "example.org")) == {
        "id": BODILESS.id,
        "url": BODILESS.url,
        "title": BODILESS.title,
        "content_text": BODILESS.title,
        "date_published": "2026-02-03T00:00:00Z",
        "authors": [{"name": "Tides", "url": "https://example.org/"}],
    }


def test_a_head_says_what_it_must() -> None:
    made = json.loads(document("json", ()))
    assert [*made][:1] + [*made][-1:] == ["version", "items"]
    assert made == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": SITE.title,
        "home_page_url": "https://example.org/",
        "feed_url": "https://example.org/feed.json",
        "description": SITE.description,
        "favicon": SITE.icon,
        "authors": [{"name": "Ann Ebb", "url": "https://example.org/ann/"}],
        "language": "en",
        "_feedwright": {
            "about": "https://pypi.org/project/feedwright/",
            "generator": "Feedwright",
            "id": "tag:example.org,2026-01-01:feeds/site",
            "updated": "2026-03-04T10:15:30Z",
            "rights": SITE.rights,
            "logo": SITE.logo,
        },
        "items": [],
    }


def test_a_head_names_the_sites_hubs() -> None:
    made = json.loads(document("json", (), site=replace(SITE, hubs=("https://hub.example/",))))
    assert made["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_an_untitled_article_has_no_title() -> None:
    assert "title" not in item_of(UNTITLED)


def test_an_undated_article_has_no_dates() -> None:
    undated = replace(PLAIN, published=UNDATED, updated=UNDATED)
    assert not {"date_published", "date_modified"} & set(item_of(undated))


def test_an_adopted_guid_is_the_id() -> None:
    assert item_of(replace(PLAIN, guid="4711"))["id"] == "4711"


def test_a_summary_item_has_the_summary_as_its_text() -> None:
    item = item_of(RICH, SUMMARY)
    assert (item["content_text"], item["summary"]) == (RICH.summary, RICH.summary)


def test_a_summary_item_has_the_summary_as_an_escaped_paragraph_too() -> None:
    said = replace(RICH, summary='Ebb & flow: 1 < 2, <script>alert("x")</script>')
    html = item_of(said, SUMMARY)["content_html"]
    assert html == '<p>Ebb &amp; flow: 1 &lt; 2, &lt;script&gt;alert("x")&lt;/script&gt;</p>'


def test_an_article_without_a_text_has_its_summary_in_both_forms() -> None:
    item = item_of(replace(RICH, body=Body("", "clean"), summary="Ebb & flow"))
    assert (item["content_text"], item["content_html"]) == ("Ebb & flow", "<p>Ebb &amp; flow</p>")


def test_a_title_that_stands_for_a_text_is_no_text_in_html() -> None:
    assert "content_html" not in item_of(replace(PLAIN, summary="", body=Body("", "clean")))


def test_an_item_without_title_summary_or_text_of_its_own_has_a_text_nevertheless() -> None:
    picture = replace(UNTITLED, summary="", body=Body('<p><img alt="" src="https://example.org/i.jpg"></p>', "clean"))
    item = item_of(picture, SUMMARY)
    assert (item["content_text"], item["content_html"]) == ("1", "<p>1</p>")


def test_an_author_without_a_page_is_reached_by_mail() -> None:
    people = (Person("Ann", "ann+feeds@example.org"), Person("Bo", 'b"o@example.org'), Person("Cy"))
    assert item_of(replace(PLAIN, authors=people))["authors"] == [
        {"name": "Ann", "url": "mailto:ann+feeds@example.org"},
        {"name": "Bo", "url": "mailto:b%22o@example.org"},
        {"name": "Cy"},
    ]


def test_a_term_of_two_schemes_is_one_tag_and_two_categories() -> None:
    two = (Category("sea", "https://example.org/category/"),), (Category("sea", "https://example.org/tag/"),)
    item = item_of(replace(PLAIN, categories=two[0], tags=two[1]))
    assert item["tags"] == ["sea"]
    assert [category["scheme"] for category in item["_feedwright"]["categories"]] == [
        "https://example.org/category/",
        "https://example.org/tag/",
    ]


def test_an_attachment_of_unknown_size_says_none() -> None:
    item = item_of(replace(PLAIN, enclosures=(Enclosure("https://example.org/a.mp3", "audio/mpeg"),)))
    assert item["attachments"] == [{"url": "https://example.org/a.mp3", "mime_type": "audio/mpeg"}]


def test_a_related_link_is_recognised_in_the_entry_that_has_it_and_in_no_other() -> None:
    chosen = formats.load("json")
    link = chosen.related("https://other.example/x?a=1&b=2")
    assert link in entry("json", RICH)
    elsewhere = replace(
        RICH,
        related=(),
        via=(Link("https://other.example/x?a=1&b=2", "via"),),
        enclosures=(Enclosure("https://other.example/x?a=1&b=2", "audio/mpeg"),),
        body=Body(link.decode(), "clean"),
    )
    assert link not in entry("json", elsewhere)


def test_a_document_is_readable_line_by_line() -> None:
    made = document("json", ALL, WITH_RELATED).decode()
    assert made == json.dumps(json.loads(made), ensure_ascii=False, indent=2) + "\n"
    assert "שלום" in made and "\\u" not in made


def test_bytes_are_the_same_each_time() -> None:
    assert document("json", ALL) == document("json", ALL)
    made = [entry("json", article) for article in ALL]
    assert made == [entry("json", article) for article in ALL]
    assert all(one.startswith(b"{") and one.endswith(b"}") for one in made)


def test_half_a_surrogate_pair_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        entry("json", replace(PLAIN, title="\ud800"))


@pytest.mark.parametrize("options", [FULL, SUMMARY, WITH_RELATED])
@pytest.mark.parametrize("language", ["", "en"])
def test_our_own_check_finds_nothing(options: EntryOptions, language: str) -> None:
    for articles in (ALL, ()):
        made = document("json", articles, options, language=language)
        assert check(made, media_type="application/feed+json", address=feed_of("json").self_url) == []


PEOPLE = st.lists(st.builds(Person, LINE.filter(bool)), max_size=3).map(tuple)
TERMS = st.lists(
    st.builds(Category, LINE.filter(bool), st.sampled_from([None, "https://example.org/c/"])), max_size=4
).map(tuple)
MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@given(
    article=st.builds(
        replace,
        st.just(RICH),
        title=LINE,
        summary=TEXT,
        body=st.builds(Body, TEXT, st.just("clean")),
        rights=LINE,
        published=MOMENTS,
        updated=MOMENTS,
        authors=PEOPLE,
        contributors=PEOPLE,
        categories=TERMS,
        tags=TERMS,
        related=st.lists(st.builds(Link, st.just("https://example.org/a?b&c"), title=FILLED), max_size=2).map(tuple),
    ),
    options=st.sampled_from([FULL, SUMMARY]),
)
@settings(max_examples=200, deadline=None)
def test_any_article_comes_back_as_it_was(article: Article, options: EntryOptions) -> None:
    if not (article.title or article.summary or article.body.text.strip()):
        with pytest.raises(ValueError, match="neither"):
            entry("json", article, options)
        return
    made = document("json", [article, PLAIN], options)
    assert [problem for problem in refused(made) if not problem.code.startswith("html-")] == []
    item, other = json.loads(made)["items"]
    assert other["title"] == PLAIN.title
    body = article.body.text if options == FULL and article.body.text.strip() else ""
    assert (item.get("title", ""), item.get("summary", "")) == (article.title, article.summary)
    if body:
        assert item["content_html"] == body.replace("\r\n", "\n").replace("\r", "\n").strip()
    else:
        assert item["content_text"] == (article.summary or shown.title(article))
        assert unescape(item.get("content_html", "")) in ("", f"<p>{item['content_text']}</p>")
    assert [author["name"] for author in item["authors"]] == [person.name for person in article.authors or SITE.authors]
    assert list(dict.fromkeys(category.term for category in (*article.categories, *article.tags))) == item.get(
        "tags", []
    )
    if article.published != UNDATED:
        assert datetime.fromisoformat(item["date_published"]) == article.published
    assert datetime.fromisoformat(item.get("date_modified", "0001-01-01T00:00:00Z")) + timedelta() in (
        article.updated,
        datetime.min.replace(tzinfo=UTC),
    )
    links = item["_feedwright"].get("links", [])
    assert [link["href"] for link in links if link["rel"] == "related"] == [link.href for link in article.related]
