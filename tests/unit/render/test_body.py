"""Markdown and HTML bodies, lines of text and URLs, as articles have them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.model import Article, Body, BodyType
from feedwright.render.body import clean, excerpt, text
from feedwright.text.characters import xml_safe

URL = "https://example.org/sea/tides/"


def article(body: str, kind: BodyType = "html", summary: str = "", url: str = URL) -> Article:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    return Article(
        key="sea/tides.md",
        path="sea/tides",
        slug="tides",
        id="tag:example.org,2026-03-01:sea/tides",
        title="Tides",
        url=url,
        published=day,
        updated=day,
        body=Body(body, kind),
        summary=summary,
    )


def html(body: str, *hosts: str) -> str:
    return clean(article(body), hosts).article.body.text


def markdown(body: str) -> str:
    return clean(article(body, "markdown")).article.body.text


# --- xml_safe ---


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("tide\ttables\r\n", "tide\ttables\r\n"),
        ("a\x00b\x08c\x0bd\x0ce\x1ff\x7fg", "abcdefg"),
        ("a\ufffeb\uffffc", "abc"),
        ("a\ud800b\udfffc", "abc"),
        ("\x93tide\x94 \x85 5 \x80 it\x92s", "“tide” … 5 € it’s"),
        ("a\x81b\x8dc", "abc"),
        ("𝕏 \U0001f30a \ufffd", "𝕏 \U0001f30a \ufffd"),
    ],
)
def test_characters_that_xml_forbids_are_dropped(given_text: str, expected: str) -> None:
    assert xml_safe(given_text) == expected


# --- what is kept, and how ---


@pytest.mark.parametrize(
    "kept",
    [
        '<figure><picture><source srcset="https://e.org/a.webp 2x" type="image/webp">'
        '<img src="https://e.org/a.png" alt="A" width="3" height="4" loading="lazy"></picture>'
        "<figcaption>Tide</figcaption></figure>",
        '<video controls="" src="https://e.org/v.mp4" poster="https://e.org/p.png">'
        '<track kind="captions" src="https://e.org/c.vtt" srclang="en"></video>',
        '<audio controls=""><source src="https://e.org/a.mp3" type="audio/mpeg"></audio>',
        '<details open=""><summary>More</summary><p>Sea</p></details>',
        '<table><caption>C</caption><thead><tr><th scope="col">H</th></tr></thead><tbody>'
        '<tr><td colspan="2">1</td></tr></tbody></table>',
        "<dl><dt>ebb</dt><dd>falls</dd></dl>",
        "<ruby>海<rp>(</rp><rt>うみ</rt><rp>)</rp></ruby>",
        '<p><abbr title="Great Britain">GB</abbr> <kbd>k</kbd> <mark>m</mark> <del>d</del> <sup>1</sup></p>',
        '<blockquote cite="https://e.org/"><p>q</p></blockquote><time datetime="2026-03-01">1 March</time>',
        '<p id="top" dir="rtl" lang="ar" title="t">x</p>',
        '<pre><code class="language-python">x &lt; y</code></pre>',
        '<ol start="3"><li>c</li></ol>',
    ],
)
def test_what_readers_show_is_kept(kept: str) -> None:
    assert html(kept) == kept


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ('<a href="#fn1">1</a>', f'<a href="{URL}#fn1">1</a>'),
        ('<a href="">nowhere</a>', "<a>nowhere</a>"),
        ('<a href=" https://e.org/ ">e</a>', '<a href="https://e.org/">e</a>'),
        ('<a href="/a" target="_blank" rel="noopener">a</a>', '<a href="https://example.org/a">a</a>'),
        (
            '<img src="a.png" srcset="a.png, b.png 2x,c,d.png 100w , data:x,y 3x">',
            f'<img src="{URL}a.png" srcset="{URL}a.png, {URL}b.png 2x, {URL}c,d.png 100w">',
        ),
        ('<img srcset="/a.png 1x, /b.png 2x">', '<img src="https://example.org/a.png" '),
        ('<img alt="a &lt;b&gt; boat"> sails', "a &lt;b&gt; boat sails"),
        ('<img src="data:image/png;base64,AA" alt="dot">', "dot"),
        ('<img data-src="/a.png" alt="A">', '<img src="https://example.org/a.png" alt="A">'),
        ('<img src="data:x" data-src="/a.png">', '<img src="https://example.org/a.png">'),
        ('<img data-src="/a.png"><noscript><img src="/a.png"></noscript>', '<img src="https://example.org/a.png">'),
        ("<noscript><p>No script</p></noscript>", "<p>No script</p>"),
        ('<p class="x" style="color:red" onclick="x()">a</p>', "<p>a</p>"),
        ('<code class="hl language-c">x</code>', '<code class="language-c">x</code>'),
        ("<form action=/x><p>keep</p><input name=a><select><option>o</select></form>", "<p>keep</p>"),
        ("<textarea>t</textarea><button>b</button>after", "after"),
        ("<input type=checkbox disabled checked>done", "☑ done"),
        ("<svg><text>s</text></svg>x", "x"),
        ('<ul><li><input type="checkbox" checked> a</li></ul>', "<ul><li>☑ a</li></ul>"),
        ("<ul><li><p><label><input type=checkbox>a</label></p></li></ul>", "<ul><li><p>☐ a</p></li></ul>"),
        ("<label><input type=checkbox id=menu>menu</label>", "menu"),
        ("<!doctype html><html><head><title>T</title><style>s</style></head><body><p>b</p></body></html>", "<p>b</p>"),
        ("a ]]> b", "a ]]&gt; b"),
        ("<pre>\n\nfirst line is empty</pre>", "<pre>\n\nfirst line is empty</pre>"),
        ("<p>a&#11;b&#x92;</p>", "<p>ab’</p>"),
        ("<object data='b.pdf' title='B'><p>or else</p></object>", f'<a href="{URL}b.pdf">B</a><p>or else</p>'),
        ("<embed src=//e.org/v.swf>", '<a href="https://e.org/v.swf">e.org</a>'),
        (
            "<object><param name=movie value=/v><embed src=/v></object>",
            '<a href="https://example.org/v">example.org</a>',
        ),
    ],
)
def test_what_readers_refuse_is_replaced_or_goes(given_html: str, expected: str) -> None:
    found = html(given_html)
    assert found == expected or (expected.endswith(" ") and found.startswith(expected))


@pytest.mark.parametrize(
    ("iframe", "link"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/a-_1?start=5" title="High > low"></iframe>',
            '<a href="https://www.youtube.com/watch?v=a-_1">High &gt; low</a>',
        ),
        (
            "<iframe src='//www.youtube-nocookie.com/embed/abc'></iframe>",
            '<a href="https://www.youtube.com/watch?v=abc">www.youtube-nocookie.com</a>',
        ),
        (
            "<iframe src='https://www.youtube.com/embed/videoseries?list=PL1'></iframe>",
            '<a href="https://www.youtube.com/playlist?list=PL1">www.youtube.com</a>',
        ),
        (
            "<iframe data-src='https://player.vimeo.com/video/12?h=x'></iframe>",
            '<a href="https://vimeo.com/12">player.vimeo.com</a>',
        ),
        ("<iframe src=about:blank data-src=/map></iframe>", '<a href="https://example.org/map">example.org</a>'),
        ("<IFRAME SRC=/map>old <b>browsers</b></IFRAME>", '<a href="https://example.org/map">example.org</a>'),
        ("<iframe srcdoc='<script>x</script>'></iframe>", ""),
        ("<iframe src='javascript:x'></iframe>", ""),
    ],
)
def test_an_iframe_becomes_a_link_to_what_it_showed(iframe: str, link: str) -> None:
    assert html(iframe) == link


def test_iframes_of_hosts_that_the_site_trusts_stay() -> None:
    trusted = '<iframe src="https://www.youtube.com/embed/x" title="t"></iframe>'
    assert html(trusted, "youtube.com") == trusted
    assert html('<iframe src="https://notyoutube.com/x"></iframe>', "youtube.com").startswith("<a ")
    assert "iframe" not in html('<iframe src="https://youtube.com.evil.org/"></iframe>', "youtube.com")


def test_markdown_extensions_are_rendered() -> None:
    body = markdown(
        "| a | b |\n|---|:-:|\n| ~~c~~ | d |\n\n# H {#top}\n\n- [x] done\n- [ ] open\n\nSea[^1]\n\n[^1]: Salt"
    )
    assert '<th align="center">b</th>' in body
    assert "<del>c</del>" in body
    assert '<h1 id="top">H</h1>' in body
    assert "<li>☑ done</li>\n<li>☐ open</li>" in body
    assert f'<a href="{URL}#1">1</a>' in body and '<div id="1">' in body


def test_raw_html_in_markdown_is_kept_but_sanitised() -> None:
    assert markdown("A <b onclick=x>bold</b> <script>x</script>tide") == "<p>A <b>bold</b> tide</p>\n"


@pytest.mark.parametrize("name", ["int", "path", "text", "set", "Int", "annotation-xml", "vector", "mi", "marker"])
def test_a_placeholder_that_svg_or_mathml_has_a_name_for_swallows_nothing(name: str) -> None:
    assert (
        markdown(f"a <{name}> *b*\n\nvector<{name}>() c\n\nd") == "<p>a  <em>b</em></p>\n<p>vector() c</p>\n<p>d</p>\n"
    )
    assert html(f"<svg><g><{name}>x</{name}></g></svg><p>a<{name} y=z>b</p>c") == "<p>ab</p>c"


def test_code_that_shows_markup_stays_code() -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in markdown("```html\n<script>alert(1)</script>\n```")


def test_a_clean_body_is_not_touched() -> None:
    body = Body("<p>As <i>it</i> is</p>", "clean")
    assert clean(article(body.text, "clean")).article.body == body


# --- text, summary, excerpt ---


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("<p>One</p><p>t<b>w</b>o &amp; &lt;i&gt;</p>", "One two & <i>"),
        ("a<br>b<wbr>c", "a bc"),
        ('<p>A <img src="https://e.org/" alt="x"> b</p>', "A b"),
        ("<ruby>海<rp>(</rp><rt>うみ</rt><rp>)</rp></ruby>", "海"),
        ("<pre>a\n  b</pre>", "a b"),
        ("<p>&amp;lt;</p>", "&lt;"),
    ],
)
def test_text_is_what_a_reader_would_see(given_html: str, expected: str) -> None:
    assert text(given_html) == expected


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        ("# Head\n\nThe *first* & best.\n\nSecond.", "The first & best."),
        ("Intro.\n\nMore intro.\n\n<!--more-->\n\nRest.", "Intro. More intro."),
        ("Intro.\n\n<!-- more -->\n\nRest.", "Intro."),
        ("Intro.\n\n<!--more read on-->\n\nRest.", "Intro."),
        ("First.\n\nSecond.\n\n{{/* more */}}\n\nRest.", "First."),
        ("First.\n\n```html\n<p>x\n<!--more-->\n```\n\nLast.", "First."),
        ("First.\n\n`<!--more-->`", "First."),
        ("<!--more-->\n\nAll.", "All."),
        ("![A boat](a.png)\n\n[Home](/) | [Away](/x)\n\nWords.", "Words."),
        ("<figure><p>Caption</p></figure>\n\nWords.", "Words."),
        ("{% include x.html %}\n\nWords.", "Words."),
        ("Salt[^1] sea.\n\n[^1]: Note", "Salt sea."),
        ("- one\n- two", "one two"),
        ("", ""),
    ],
)
def test_a_missing_summary_comes_from_the_text(body: str, summary: str) -> None:
    assert clean(article(body, "markdown")).article.summary == summary


def test_the_authors_summary_is_kept() -> None:
    assert clean(article("Text.", "markdown", summary="Mine")).article.summary == "Mine"


def test_a_long_paragraph_is_cut_at_a_word() -> None:
    summary = clean(article("<p>" + "ebb and flow, " * 50 + "</p>")).article.summary
    assert summary.endswith(("ebb…", "and…", "flow…"))
    assert 280 < len(summary) <= 301


@pytest.mark.parametrize(
    ("given_text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("high tide at noon", 12, "high tide at…"),
        ("high tide, at noon", 11, "high tide…"),
        ("潮の満ち引きは月の引力で起こる", 5, "潮の満ち引…"),
        ("ab" + "e\u0301" * 5, 5, "abe\u0301…"),
        ("👩\u200d👩\u200d👧\u200d👦 family", 4, "…"),
        ("x👍🏽y", 2, "x…"),
    ],
)
def test_an_excerpt_is_cut_between_words_or_whole_characters(given_text: str, limit: int, expected: str) -> None:
    assert excerpt(given_text, limit) == expected


@given(st.text(max_size=60), st.integers(1, 40))
def test_an_excerpt_is_a_beginning_of_the_text(given_text: str, limit: int) -> None:
    cut = excerpt(given_text, limit)
    assert cut == given_text or (cut.endswith("…") and given_text.startswith(cut[:-1]) and len(cut) <= limit + 1)
