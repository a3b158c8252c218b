"""What is read from one page."""

from __future__ import annotations

from array import array
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.pages.page import Page, as_json, from_json, link_hash, read_page, telling_sum
from feedwright.pages.words import title_hash
from tests.unit.pages.examples import URL, document, page, post, text


def links(of: Page) -> set[tuple[int, int]]:
    numbers = array("I", of.links)
    return set(zip(numbers[::2], numbers[1::2], strict=True))


def link(name: str, form: str, title: str) -> tuple[int, int]:
    return link_hash(name, form), title_hash(title)  # type: ignore[arg-type]


def test_a_page_says_its_titles_language_day_and_address() -> None:
    head = (
        '<link rel="canonical" href="https://example.org/tides/"><meta property="og:title" content="Tides &amp; moons">'
        '<meta property="article:published_time" content="2026-03-01T08:00:00Z">'
    )
    found = page("tides/index.html", post("Tides &amp; moons", text("a"), head, "pt_br"))
    assert found.titles == ("tides moons", "tides moons shore", "shore")
    assert (found.heading, found.language, found.day) == ("tides moons", "pt-BR", "2026-03-01")
    assert (found.address, found.unfit) == ("tides/", "")


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ('<meta http-equiv="Refresh" content="0; url=/new/">', "leads on"),
        ('<meta name="robots" content="noindex, follow">', "noindex"),
        ('<link rel="canonical" href="/other/">', "canonical one: /other/"),
    ],
)
def test_a_page_that_leads_on_hides_or_names_another_is_nobodys(head: str, reason: str) -> None:
    assert reason in page("tides/index.html", post("Tides", text("a"), head)).unfit


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (post("Tides", text("a"))[:-30], "cut off"),
        (document("<script>x()</script>"), "no words"),
    ],
)
def test_a_page_that_is_empty_cut_off_or_without_words_is_nobodys(html: bytes, reason: str) -> None:
    assert reason in page("tides/index.html", html).unfit


def test_a_canonical_address_in_another_form_or_encoding_is_the_pages_own() -> None:
    head = '<link rel="canonical" href="https://www.example.org/caf%C3%A9/tides?utm=1">'
    found = page("cafe\u0301/tides/index.html", post("Tides", text("a"), head))
    assert (found.unfit, found.address) == ("", "caf%C3%A9/tides")


def test_a_canonical_address_of_another_host_is_told_and_not_believed() -> None:
    head = '<link rel="canonical" href="http://localhost:1313/tides/">'
    found = page("tides/index.html", post("Tides", text("a"), head))
    assert (found.host, found.address, found.unfit) == ("localhost:1313", "", "")


def test_links_are_those_to_pages_of_the_site_however_they_are_written() -> None:
    body = (
        "<a href='../moons/'>Moons</a><a href='/site/sea.html#x'>The <b>sea</b></a>"
        "<a href='https://example.org/site/rope'>Rope</a><a href='https://other.org/'>Other</a><a href='#top'>Top</a>"
    )
    found = page("tides/index.html", document(body), "https://example.org/site/")
    assert links(found) == {
        link("moons", "folder", "moons"),
        link("sea", "html", "the sea"),
        link("rope", "bare", "rope"),
    }


def test_of_a_card_that_is_a_link_the_heading_counts() -> None:
    found = page("index.html", document("<a href='/t/'>\n<h3>Tides</h3>\n<p>Of the moon.</p></a>"))
    assert links(found) == {link("t", "folder", "tides")}


def test_a_sentence_that_links_the_pages_own_title_makes_no_list_of_it() -> None:
    found = page("t/index.html", post("Tides", f"<p>{text('a')} see <em><a href='/old/'>Tides</a></em> too.</p>"))
    assert link("old", "folder", "tides") not in links(found)


def test_the_day_may_stand_in_structured_data_or_in_a_time() -> None:
    data = '<script type="application/ld+json">{"datePublished": "2026-03-02T01:00"}</script>'
    assert page("a.html", document(data + text("a"))).day == "2026-03-02"
    assert page("a.html", document(f"<time datetime='2026-03-03'>3 March</time>{text('a')}")).day == "2026-03-03"


def test_a_page_is_the_same_after_it_was_kept() -> None:
    found = page("t/index.html", post("Tides", text("a", 900) + "<a href='/x/'>X</a>"))
    assert from_json(as_json(found)) == found


@pytest.mark.parametrize("kept", ["", "[]", "{}", "null", '["a"]'])
def test_what_was_not_kept_by_us_is_refused(kept: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(kept)


def test_an_encoding_that_a_page_declares_is_believed_where_it_is_not_utf_8() -> None:
    html = document("Café tide", head='<meta charset="iso-8859-1">').decode().encode("latin-1")
    assert page("a.html", html).sketch == page("a.html", document("Café tide")).sketch


def test_a_file_whose_name_is_no_unicode_is_a_page() -> None:
    found = page("a\udcff/index.html", post("Tides", text("a")))
    assert from_json(as_json(found)) == found
    assert found.unfit == ""


@given(st.binary())
def test_any_bytes_are_a_page(html: bytes) -> None:
    for one in (html, b"<html><body>" + html + b"</body></html>"):
        found = read_page("a/index.html", one, URL)
        assert from_json(as_json(found)) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<title>Tides", "<title>Moons"),
        ("<h1>Tides", "<h1>Moons"),
        ("href='/'", "href='/home'"),
        ("</head>", '<link rel="canonical" href="/moons/"></head>'),
        ("</head>", "<meta name=robots content=noindex></head>"),
        ("</head>", '<meta http-equiv="refresh" content="0; url=/"></head>'),
        ('lang="en"', 'lang="de"'),
    ],
)
def test_what_tells_whose_page_it_is_changes_its_sum(old: str, new: str) -> None:
    html = post("Tides", text("tides"))
    assert old.encode() in html
    assert telling_sum(html.replace(old.encode(), new.encode())) != telling_sum(html)


def test_what_does_not_tell_whose_page_it_is_leaves_its_sum() -> None:
    html = post("Tides", text("tides")).replace(b"</head>", b'<link rel="stylesheet" href="/a.1.css"></head>')
    again = html.replace(b"</body>", b"<script src='/a.2.js'></script><!-- 12:01 --></body>").replace(b"a.1", b"a.2")
    assert telling_sum(again) == telling_sum(html)


@pytest.mark.parametrize("part", [b"<a ", b"<meta ", b"href=", b"<title ", b"<html", b"<h1 x", b"rel = "])
def test_the_sum_of_what_is_repeated_takes_linear_time(part: bytes) -> None:
    began = process_time()
    telling_sum(part * (2_000_000 // len(part)))
    assert process_time() - began < 3
