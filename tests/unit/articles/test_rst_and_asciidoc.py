"""reStructuredText and AsciiDoc: their metadata, and what becomes of their bodies."""

from __future__ import annotations

import sys
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.articles import asciidoc, rst, unrendered_markup
from feedwright.articles.frontmatter.model import FrontMatter


def codes(front: FrontMatter) -> list[str]:
    return [problem.code for problem in front.problems]


REST = """\
=====
Tides
=====

:date: 2020-01-02
:tags: sea,
       moon
:authors:
  - Ann
  - Bob
:summary: High
  and low

The *sea* rises.
"""


def test_a_rest_title_and_its_fields_are_metadata() -> None:
    front = rst.split(REST)
    assert front.values == {
        "title": "Tides",
        "date": "2020-01-02",
        "tags": "sea, moon",
        "authors": "Ann, Bob",
        "summary": "High and low",
    }
    assert (front.syntax, front.body.strip(), front.body_line) == ("rest", "The *sea* rises.", 13)
    assert (front.lines["date"], front.lines["summary"]) == (5, 11)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tides\n=====\n\n:date: 2020-01-02\n\nText\n", {"title": "Tides", "date": "2020-01-02"}),
        (":date: 2020-01-02\n\nTides\n~~~~~\n\nText\n", {"title": "Tides", "date": "2020-01-02"}),
        (":title: Tides\n:date: 2020-01-02\n\nPart\n----\n\nText\n", {"title": "Tides", "date": "2020-01-02"}),
        ("---\ndate: 2020-01-02\n---\nTides\n=====\n\nText\n", {"title": "Tides", "date": "2020-01-02"}),
        ("---\ntitle: Tides\n---\nPart\n----\n\nText\n", {"title": "Tides"}),
        (".. title: Tides\n.. date: 2020-01-02\n\nPart\n----\n\nText\n", {"title": "Tides", "date": "2020-01-02"}),
        ("\ufeff\r\nTides\r\n=====\r\n\r\nText\r\n", {"title": "Tides"}),
        ("Just a text.\n\nAnd more.\n", {}),
        ("A longer line\n=\n\nText\n", {}),
    ],
)
def test_rest_metadata_stand_in_any_of_their_places(text: str, values: dict[str, object]) -> None:
    front = rst.split(text)
    assert front.values == values
    assert "Text" in front.body or not values


def test_a_rest_body_is_rendered() -> None:
    pytest.importorskip("docutils")
    front = rst.body(rst.split(REST + "\nPart\n----\n\n.. code-block:: python\n\n   a < b\n"))
    assert front.problems == ()
    assert "<p>The <em>sea</em> rises.</p>" in front.body
    assert "<h2>Part</h2>" in front.body
    assert "<code>a &lt; b</code>" in front.body


def test_what_rest_does_not_know_keeps_its_text_and_is_reported_by_name() -> None:
    pytest.importorskip("docutils")
    text = "See :gist:`this`.\n\n.. aside:: Ann\n   :class: x\n\n   The *inner* text.\n\nAnd :gist:`that`.\n"
    front = rst.body(rst.split(text))
    assert [(problem.code, problem.key) for problem in front.problems] == [
        ("directive-unknown", "aside"),
        ("directive-unknown", "gist"),
    ]
    assert "<p>See this.</p>" in front.body
    assert "<p>The <em>inner</em> text.</p>" in front.body
    assert ":class:" not in front.body
    assert "system-message" not in front.body


@pytest.mark.parametrize("directive", ["include:: /etc/hostname", "raw:: html\n   :file: /etc/hostname"])
def test_no_other_file_gets_into_a_rest_body(directive: str) -> None:
    pytest.importorskip("docutils")
    with open("/etc/hostname") as file:  # noqa: PTH123
        secret = file.read().strip()
    assert secret not in rst.body(rst.split(f"Before.\n\n.. {directive}\n\nAfter.\n")).body


def test_without_docutils_a_rest_body_is_text_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docutils.core", None)
    monkeypatch.setitem(sys.modules, "docutils", None)
    front = rst.body(rst.split("Tides\n=====\n\nA <b> & c.\n"))
    assert codes(front) == ["rst-unrendered"]
    assert "pip install feedwright[rst]" in front.problems[0].hint
    assert front.body == "<p>A &lt;b&gt; &amp; c.</p>\n"


ASCIIDOC = """\
// a comment
= Tides: the sea
Ann Sea <ann@example.org>; Bob Bay
v1.0, 2020-01-02: first
:page-tags: [sea, moon]
:jbake-status: draft
:lang: de
:!toc:

The sea rises, see https://example.org/a[there].
"""


def test_an_asciidoc_header_is_metadata() -> None:
    front = asciidoc.split(ASCIIDOC)
    assert front.values == {
        "title": "Tides: the sea",
        "authors": "Ann Sea <ann@example.org>; Bob Bay",
        "revdate": "2020-01-02",
        "tags": "sea, moon",
        "status": "draft",
        "lang": "de",
    }
    assert (front.syntax, front.body_line, front.lines["tags"]) == ("asciidoc", 9, 5)
    assert front.body.strip().startswith("The sea rises")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("= Tides\n:revdate: 2020-01-02\n\nText\n", {"title": "Tides", "revdate": "2020-01-02"}),
        (":date: 2020-01-02\n= Tides\n\nText\n", {"title": "Tides", "date": "2020-01-02"}),
        ("---\ndate: 2020-01-02\n---\n= Tides\n\nText\n", {"title": "Tides", "date": "2020-01-02"}),
        ("---\ntitle: Sea\n---\n= Tides\n\nText\n", {"title": "Sea"}),
        ("= Tides\nAnn Sea\n\nText\n", {"title": "Tides", "authors": "Ann Sea"}),
        ("= Tides\nText begins here at once, it does.\n", {"title": "Tides"}),
        ("Text\n\n:date: 2020-01-02\n", {}),
    ],
)
def test_asciidoc_metadata_stand_in_any_of_their_places(text: str, values: dict[str, object]) -> None:
    front = asciidoc.split(text)
    assert front.values == values
    assert "Text" in front.body


def test_an_asciidoc_body_is_readable_text_with_a_warning() -> None:
    text = (
        "One <two>,\nthree.\n\n== Part\n\n[source,java]\n----\na < b\n\nc\n----\n\n* x\n* y\n  z\n\n"
        ".Note\nSee https://example.org/?a&b[the <sea>].\n\n....\nopen\n"
    )
    front = asciidoc.body(FrontMatter(body=text))
    assert codes(front) == ["asciidoc-unrendered"]
    assert front.body == (
        "<p>One &lt;two&gt;, three.</p>\n<h2>Part</h2>\n<pre><code>a &lt; b\n\nc</code></pre>\n<p>* x<br>* y z</p>\n"
        '<p><b>Note</b></p>\n<p>See <a href="https://example.org/?a&amp;b">the &lt;sea&gt;</a>.</p>\n'
        "<pre><code>open</code></pre>\n"
    )


@given(st.text(alphabet="=-.:*_`[]()<>&ab \n\t/~#|", max_size=120))
def test_any_text_in_any_markup_is_taken_apart_and_shown(text: str) -> None:
    for split in (rst.split, asciidoc.split):
        assert isinstance(split(text).values, dict)
    shown = unrendered_markup.to_html(text)
    for tag in ("<p>", "</p>", "<pre>", "</pre>", "<code>", "</code>", "<b>", "</b>", "<br>", "</a>"):
        shown = shown.replace(tag, "")
    assert "<a" not in text or "<a href=" not in shown.replace("<a href=", "", shown.count('<a href="http'))


@given(st.text(alphabet="=-.:*_`[]<>&ab \n", max_size=60))
def test_any_rest_body_is_rendered(text: str) -> None:
    pytest.importorskip("docutils")
    assert "system-message" not in rst.body(rst.split(text)).body


@pytest.mark.parametrize("piece", ["http://", "(http://", "http://a[", "link:http://a[b"])
def test_links_that_never_end_cost_no_more_than_their_length(piece: str) -> None:
    began = process_time()
    unrendered_markup.to_html(piece * (300_000 // len(piece)))
    assert process_time() - began < 5
