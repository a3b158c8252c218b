"""Short ways through a body: each gives what the long one gives."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import nh3
from hypothesis import given
from hypothesis import strategies as st

from feedwright.model import Article, Body
from feedwright.render.body import clean, text, xml_safe
from feedwright.render.html import embeds
from feedwright.render.html.link_targets import target
from feedwright.render.html.sanitise import only_common_tags, without_foreign_names

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
ANY_CHARACTER = st.text(st.characters(exclude_categories=()))
NAMES = (
    "p",
    "a",
    "pre",
    "h1",
    "h",
    "hr",
    "i",
    "iframe",
    "IFrame",
    "input",
    "img",
    "embed",
    "object",
    "noscript",
    "int",
)
HTML = st.lists(
    st.one_of(
        st.sampled_from(NAMES).map(lambda name: f"<{name}"),
        st.sampled_from(NAMES).map(lambda name: f"</{name}>"),
        st.sampled_from((">", "/>", " ", "\n", "<", "data-src=x", " src='y'", "-", "!--", "text")),
    ),
    max_size=12,
).map("".join)
PARAGRAPH = st.lists(
    st.sampled_from(
        ("<a href=x>", "</a>", "word", "é", "1", "&", "amp;", "&#65;", "&lt", "—", " ", "<em>", "</em>", "<br>", "。")
    ),
    max_size=9,
).map("".join)
ARTICLE = Article(
    key="a.md",
    path="a",
    slug="a",
    id="tag:example.org,2026:a",
    title="A",
    url="https://example.org/a/",
    published=datetime(2026, 1, 1, tzinfo=UTC),
    updated=datetime(2026, 1, 1, tzinfo=UTC),
    body=Body("", "markdown"),
)


@given(ANY_CHARACTER)
def test_text_stays_itself_exactly_where_nothing_is_forbidden(line: str) -> None:
    assert (xml_safe(line) == line) == (FORBIDDEN.search(line) is None)


def test_every_character_is_either_allowed_or_forbidden() -> None:
    every = map(chr, range(0x110000))
    assert [char for char in every if (xml_safe(char) == char) == bool(FORBIDDEN.search(char))] == []


@given(st.text(st.characters(exclude_characters="<&")))
def test_white_space_is_one_space(line: str) -> None:
    assert text(line) == re.sub(r"[\t-\r \x85\u2028\u2029]+", " ", xml_safe(line)).strip()


@given(HTML)
def test_what_has_only_common_tags_embeds_nothing_and_has_no_foreign_name(html: str) -> None:
    if only_common_tags(html):
        assert embeds.present(html, common=True) == embeds.present(html)
        assert without_foreign_names(html) == html


@given(PARAGRAPH)
def test_a_paragraph_is_the_summary_where_it_says_something_outside_its_links(paragraph: str) -> None:
    body = f"<p>{nh3.clean(paragraph, tags={'a', 'em', 'br'}, attributes={'a': {'href'}}, link_rel=None)}</p>"
    outside = re.sub(r"<a(?: [^<>]*+)?>.*?</a>", "", body, flags=re.DOTALL)
    said = any(map(str.isalnum, unescape(re.sub(r"<[^>]*>", "", outside))))
    summary = clean(replace(ARTICLE, body=Body(f"{body}<p>Next.</p>", "clean"))).article.summary
    assert summary == (text(body) if said else "Next.")


@given(st.one_of(ANY_CHARACTER, st.sampled_from(("@/a.md", "@/a", "a.md#b", "a/b?c", "é.org"))))
def test_a_link_without_a_dot_or_an_at_sign_is_no_source(url: str) -> None:
    found = target(url, ARTICLE, lambda name: ARTICLE)
    assert found == url or "." in url or url[0] in "@{|%"
