"""The body of a page: which element it is, what goes, what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.pages.body import Body, BodyRules, body_of, is_selector
from feedwright.pages.words import NOTHING, Sketch, sketch_of, words_of
from tests.unit.pages.examples import document, post, text

ADDRESS = "https://example.org/posts/tides/"
RULES = BodyRules((".post",), ())


def taken(content: str, rules: BodyRules = RULES, title: str = "Tides", source: Sketch = NOTHING) -> str:
    found = body_of(post(title, content), rules, title, ADDRESS, source)
    assert isinstance(found, Body), found
    return found.html


def test_the_body_is_what_stands_in_the_first_match_of_the_first_selector_that_finds_anything() -> None:
    html = document("<main><div class='post'><p>One.</p></div><div class='post'>Two.</div></main>")
    found = body_of(html, BodyRules((".nothing", ".post", "main")), "Tides", ADDRESS)
    assert found == Body("<p>One.</p>", ".post", 1.0)


@pytest.mark.parametrize(
    "part",
    [
        "<script>x()</script>",
        "<style>p{}</style>",
        "<noscript>On!</noscript>",
        "<nav>Contents</nav>",
        "<button>Copy</button>",
        "<aside>Read more</aside>",
        "<form><input name='mail'>Subscribe</form>",
        "<p hidden>Hidden</p>",
        "<footer>Filed under sea</footer>",
        "<h1>Tides</h1>",
        "<header><h2 class='title'>Tides</h2></header>",
        "<div class='toc'><ul><li><a href='#a'>A</a></li></ul></div>",
        "<div class='post-meta'>1 March</div>",
        "<ul class='links-nextprev'><li>Next</li></ul>",
        "<span class='sr-only'>Link</span>",
        "<div id='disqus_thread'>Comments need a script.</div>",
        "<!-- built on Monday at 14:02 -->",
    ],
)
def test_furniture_goes_by_rule(part: str) -> None:
    assert taken(f"{part}<p>High water.</p>") == "<p>High water.</p>"


@pytest.mark.parametrize("mark", ["#", "¶", "§", "🔗", "\u200b", "<svg><path/></svg>", ""])
def test_the_mark_by_which_a_heading_is_linked_goes(mark: str) -> None:
    assert taken(f"<h2 id='a'>Ebb<a class='x' href='#a'>{mark}</a></h2><p>Low.</p>") == '<h2 id="a">Ebb</h2><p>Low.</p>'


@pytest.mark.parametrize(
    "part",
    [
        "<h2>Ebb and flow</h2>",
        '<figure><img src="https://example.org/a.png" alt="A"><figcaption>A.</figcaption></figure>',
        "<details><summary>More</summary>Much.</details>",
        '<p><input type="checkbox" checked="" disabled=""> done</p>',
        '<span aria-hidden="true">Shown.</span>',
        '<iframe src="https://www.youtube.com/embed/x"></iframe>',
        "<math><mi>x</mi></math>",
        '<aside class="footnotes"><p>A note.</p></aside>',
        '<aside role="doc-footnote"><p>A note.</p></aside>',
        '<footer><ol class="footnotes"><li>A note.</li></ol></footer>',
        f'<p>High.<sup><a href="{ADDRESS}#fn1">1</a></sup></p>',
        f'<p>A note. <a href="{ADDRESS}#fnref1">↩</a></p>',
        '<pre class="linenos"><code>x = 1</code></pre>',
    ],
)
def test_what_an_author_means_stays(part: str) -> None:
    assert part in taken(f"<p>High water.</p>{part}<p>Low.</p>")


def test_a_heading_that_repeats_the_title_within_the_text_stays() -> None:
    heading, words = "<h2>Tides</h2>", text("a", 60)
    source = sketch_of(words_of(f"{words} tides {text('b')}"))
    assert heading in taken(f"<p>{words}</p>{heading}<p>{text('b')}</p>", source=source)
    assert heading in taken(f"<p>{words}</p>{heading}<p>{text('b')}</p>")
    assert heading not in taken(f"<p>1 March</p>{heading}<p>{words}</p>", source=source)


def test_an_aside_that_the_author_wrote_stays() -> None:
    words = text("aside", 60)
    source = sketch_of(words_of(text("a") + " " + words))
    assert words in taken(f"<p>{text('a')}</p><aside>{words}</aside><aside>{text('b')}</aside>", source=source)
    assert text("b") not in taken(f"<p>{text('a')}</p><aside>{words}</aside><aside>{text('b')}</aside>", source=source)


def test_an_element_that_holds_the_text_stays_however_it_is_called() -> None:
    assert text("a") in taken(f"<div class='related'><p>{text('a')}</p></div>", source=sketch_of(words_of(text("a"))))


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><pre><code><span>1\n</span><span>2\n</span></code></pre></td>"
        "<td><pre><code>x = 1\ny = 2</code></pre></td></tr></table>",
        "<figure class='highlight'><table><tr><td class='gutter'><pre>7<br>8</pre></td>"
        "<td class='code'><pre><code>x = 1\ny = 2</code></pre></td></tr></table></figure>",
        "<pre class='highlight'><code><table class='rouge-table'><tbody><tr><td class='rouge-gutter gl'>"
        "<pre class='lineno'>1\n2\n</pre></td><td class='rouge-code'><pre><code>x = 1\ny = 2</code></pre></td></tr>"
        "</tbody></table></code></pre>",
    ],
)
def test_a_table_that_only_numbers_lines_of_code_is_that_code(table: str) -> None:
    html = taken(table)
    assert "<table" not in html
    assert "<pre><code>x = 1\ny = 2</code></pre>" in html
    assert not any(f">{number}" in html for number in (1, 2, 7, 8))


@pytest.mark.parametrize("cells", ["<td>1</td><td>2</td>", f"<td>{'9' * 5000}</td><td><pre>x</pre></td>"])
def test_a_table_of_numbers_stays(cells: str) -> None:
    table = f"<table><tbody><tr>{cells}</tr></tbody></table>"
    assert taken(table) == table


def test_of_a_formula_that_katex_wrote_twice_the_one_in_mathml_stays() -> None:
    html = taken(
        '<span class="katex"><span class="katex-mathml"><math><mi>x</mi></math></span>'
        '<span class="katex-html" aria-hidden="true">x</span></span>'
    )
    assert html == '<span class="katex"><span class="katex-mathml"><math><mi>x</mi></math></span></span>'


def test_learnt_drops_go_and_one_with_an_arrow_only_as_a_child() -> None:
    rules = BodyRules((".post",), ("p.date", "> div", "> p:nth-child(1)"))
    content = "<p>By A</p><p class='date'>1 March</p><div>Tags</div>"
    content += "<blockquote><div>Deep.</div></blockquote><p>End.</p>"
    assert taken(content, rules) == "<blockquote><div>Deep.</div></blockquote><p>End.</p>"


def test_addresses_are_resolved_against_the_pages() -> None:
    html = taken(
        "<a href='../moons/?a=b#c'>M</a><img src='a b.png' srcset='a.png 1x, /b.png 2x'>"
        "<video poster='//cdn.org/p.png'></video><blockquote cite='x'>Q</blockquote>"
        "<a href='#fn1'>1</a><a href='mailto:a@b.org'>m</a>"
    )
    assert 'href="https://example.org/posts/moons/?a=b#c"' in html
    assert 'src="https://example.org/posts/tides/a%20b.png"' in html
    assert 'srcset="https://example.org/posts/tides/a.png 1x, https://example.org/b.png 2x"' in html
    assert 'poster="https://cdn.org/p.png"' in html
    assert 'cite="https://example.org/posts/tides/x"' in html
    assert f'href="{ADDRESS}#fn1"' in html
    assert 'href="mailto:a@b.org"' in html


def test_the_pages_base_counts() -> None:
    html = document("<div class='post'><a href='x'>X</a></div>", head="<base href='/other/'>")
    found = body_of(html, RULES, "Tides", ADDRESS)
    assert isinstance(found, Body)
    assert found.html == '<a href="https://example.org/other/x">X</a>'


def test_a_lazy_picture_gets_its_source() -> None:
    assert 'src="https://example.org/real.jpg"' in taken("<img src='lazy.gif' data-src='/real.jpg'>")


def test_a_part_that_is_encrypted_goes() -> None:
    assert "U2Fsd" not in taken("<p>Open.</p><div class='hugo-encryptor-container'>U2FsdGVkX1</div>")


def test_where_the_element_is_not_found_the_smallest_that_holds_the_text_is_the_body() -> None:
    words = text("a", 300)
    html = document(f"<nav>Home</nav><section><div id='other'><p>{words}</p><p>End.</p></div><p>Next</p></section>")
    found = body_of(html, RULES, "Tides", ADDRESS, sketch_of(words_of(words + " End.")))
    assert isinstance(found, Body)
    assert (found.html, found.selector) == (f"<p>{words}</p><p>End.</p>", "")


def test_where_the_element_holds_too_little_another_is_looked_for() -> None:
    words = text("a", 300)
    html = document(f"<div class='post'>A teaser.</div><article><p>{words}</p></article>")
    found = body_of(html, RULES, "Tides", ADDRESS, sketch_of(words_of(words)))
    assert isinstance(found, Body)
    assert found.selector == ""
    assert words in found.html


def test_a_tag_too_many_in_a_text_does_not_end_it() -> None:
    first, second = text("a", 300), text("b", 150)
    html = document(f"<article><div class='post'><p>{first}</p></div><p>{second}</p></div></article><p>Next</p>")
    found = body_of(html, RULES, "Tides", ADDRESS, sketch_of(words_of(f"{first} {second}")))
    assert isinstance(found, Body)
    assert (found.selector, found.share) == ("", 1.0)
    assert first in found.html and second in found.html and "Next" not in found.html


def test_what_the_settings_drop_of_a_text_is_not_looked_for_elsewhere() -> None:
    first, second = text("a", 300), text("b", 150)
    rules = BodyRules((".post",), (".extra",))
    html = document(f"<article><div class='post'><p>{first}</p><div class='extra'>{second}</div></div></article>")
    found = body_of(html, rules, "Tides", ADDRESS, sketch_of(words_of(f"{first} {second}")))
    assert isinstance(found, Body)
    assert (found.html, found.selector) == (f"<p>{first}</p>", ".post")


def test_a_page_without_the_text_has_no_body() -> None:
    found = body_of(post("Tides", text("b")), RULES, "Tides", ADDRESS, sketch_of(words_of(text("a"))))
    assert found == "holds 0% of the article's text"


def test_what_a_source_says_in_the_words_of_its_engine_is_not_missed() -> None:
    source = sketch_of(words_of(text("a", 150) + " " + text("shortcodes", 150)))
    found = body_of(post("Tides", text("a", 150)), RULES, "Tides", ADDRESS, source)
    assert isinstance(found, Body)
    assert found.share < 0.6


def test_without_a_selector_that_finds_anything_the_reason_is_told() -> None:
    assert (
        body_of(post("Tides", "Short."), BodyRules(("#x",)), "Tides", ADDRESS)
        == "has no element that the settings name"
    )


def test_an_engine_that_changes_the_rest_of_the_page_changes_no_body() -> None:
    one, two = (
        document(f"<p>Built {time}</p><div class='post' data-built='{time}'><!-- {time} --><p>High.</p></div>")
        for time in ("14:02", "14:03")
    )
    assert body_of(one, RULES, "Tides", ADDRESS) == body_of(two, RULES, "Tides", ADDRESS)


@pytest.mark.parametrize(("written", "good"), [("article > div", True), ("> p", True), ("div[", False), ("", False)])
def test_a_selector_is_known_from_what_is_none(written: str, good: bool) -> None:
    assert is_selector(written) == good


@given(st.binary(), st.text())
def test_any_bytes_have_a_body_or_a_reason(html: bytes, title: str) -> None:
    for one in (html, b"<div class=post>" + html):
        found = body_of(one, RULES, title, ADDRESS, sketch_of(words_of(text("a") + title)), 0.0)
        assert found == body_of(one, RULES, title, ADDRESS, sketch_of(words_of(text("a") + title)), 0.0)


PIECES = (
    *("<div class=toc>", "<aside>", "<table><td>1<td><pre>", "</table>", "<h1>Tides", "</div>", "<p>a b c d e"),
    *("<a href=#x>#", "<nav>", "<pre>", "<span class=katex><math>", "<footer>", "</p>", "<form>"),
)


@given(st.lists(st.sampled_from(PIECES)))
def test_any_nest_of_furniture_has_a_body_or_a_reason(pieces: list[str]) -> None:
    body_of(post("Tides", "".join(pieces)), RULES, "Tides", ADDRESS, sketch_of(words_of("a b c d e")))
