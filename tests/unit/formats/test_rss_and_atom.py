"""RSS and Atom documents as bytes and as XML: clean, the same always, any text intact, bodies."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feedwright import formats
from feedwright.checks import check
from feedwright.model import Article, Body, Category, EntryOptions, Link, Person, Source
from tests.unit.formats.samples import (
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
    entry_of,
    feed_of,
    links_of,
    text_of,
)

both = pytest.mark.parametrize("name", ["rss", "atom"])
NOT_XML = st.sampled_from("\x00\x08\x0b\x1f\ud800\ufffe\uffff")


# --- the door ---


def test_a_format_is_loaded_by_its_name() -> None:
    assert [formats.load(name).name for name in formats.NAMES] == list(formats.NAMES)
    assert formats.load("rss").media_type == "application/rss+xml"
    assert formats.load("atom").file_name == "atom.xml"


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'rdf' is not a format; there are rss, atom"):
        formats.load("rdf")


def test_importing_the_formats_imports_neither_feedgen_nor_lxml() -> None:
    code = "import sys, feedwright.formats; sys.exit(any(name in sys.modules for name in ('lxml', 'feedgen', 'html')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@both
def test_bytes_do_not_depend_on_hash_seed_or_time_zone(name: str) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[3])!r})\n"
        "from tests.unit.formats.samples import ALL, document\n"
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
def test_a_summary_is_written_as_html_in_both_formats(summary: str) -> None:
    for name, element in (("rss", "description"), ("atom", "a:summary")):
        written = text_of(entry_of(name, replace(PLAIN, summary=summary)), element)
        assert written is not None
        assert "<" not in written
        assert unescape(written) == summary


def test_an_atom_summary_says_that_it_is_html() -> None:
    for options in (FULL, SUMMARY):
        summary = entry_of("atom", RICH, options).find("a:summary", NS)
        assert summary is not None
        assert summary.get("type") == "html"


# --- bodies ---


def test_a_summary_entry_carries_no_body() -> None:
    assert entry_of("rss", RICH, SUMMARY).find("content:encoded", NS) is None
    assert entry_of("atom", RICH, SUMMARY).find("a:content", NS) is None
    assert text_of(entry_of("atom", RICH, SUMMARY), "a:summary") == escape(RICH.summary, quote=False)


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


# --- checked by our own rules ---


@both
@pytest.mark.parametrize("options", [FULL, SUMMARY, WITH_RELATED])
@pytest.mark.parametrize("language", ["", "en"])
def test_our_own_check_finds_nothing(name: str, options: EntryOptions, language: str) -> None:
    for articles in ([], [PLAIN], ALL):
        found = check(document(name, articles, options, language=language))
        assert [problem for problem in found if problem.severity != "info"] == []
