"""Titles and labels as plain text, whatever was written."""

from __future__ import annotations

import pytest

from feedwright.text.plain_text import plain


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The *best* &amp; <b>x</b>", "The best & x"),
        ("AT&amp;T", "AT&T"),
        ("AT&T", "AT&T"),
        ("Vec<T> explained", "Vec<T> explained"),
        ("Map<String, List<T>> in <T extends Bar>", "Map<String, List<T>> in <T extends Bar>"),
        ("C# and F#", "C# and F#"),
        ("*C* #", "C #"),
        ("1. First", "1. First"),
        ("*1*. First", "1. First"),
        ("# not a heading", "# not a heading"),
        ("- `no` list", "- no list"),
        ("> *no* quote", "> no quote"),
        ("[x]: https://example.org", "[x]: https://example.org"),
        ("snake_case_name", "snake_case_name"),
        ("__init__ explained", "__init__ explained"),
        ("__main__.py and __all__", "__main__.py and __all__"),
        ("__two words__ and *one*", "two words and one"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("2*3*4 and 2**3**4", "2*3*4 and 2**3**4"),
        ("**kwargs and *args", "**kwargs and *args"),
        ("from ~5 to ~10~", "from ~5 to ~10~"),
        ("~~old~~ new", "old new"),
        ("海的**潮汐**表", "海的潮汐表"),
        ("a < b && c > d", "a < b && c > d"),
        ("What's new in 3.0?", "What's new in 3.0?"),
        ("[link](http://x)", "link"),
        ("![a *boat*](boat.png) at sea", "a boat at sea"),
        ("<https://example.org>", "https://example.org"),
        ("`<video>` tag", "<video> tag"),
        ("`__init__` and `&amp;`", "__init__ and &amp;"),
        ("The <dialog> element", "The <dialog> element"),
        ("The </div> that closes nothing", "The </div> that closes nothing"),
        ("a</b> <b>c</b>", "a</b> c"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("<p>One<p>Two", "One Two"),
        ("a <script>alert('1 < *2*')</script>b", "a b"),
        ("a <script src=x>b</script>", "a"),
        ("a <style>p { color: red }</style> b", "a b"),
        ("a<img src=x onerror=alert(1)>b", "ab"),
        ("<svg onload=alert(1)>a", "a"),
        ('<a href="x" title="a > b">sea</a>', "sea"),
        ("<my-tag x='1'>sea</my-tag>", "sea"),
        ("One<br>two<br/>three", "One two three"),
        ("a<!-- hidden -->b", "ab"),
        ("a <![CDATA[<b>]]>", "a <b>"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&lt;b&gt;", "<b>"),
        ("&#60;i&#x3E; &copy; &hellip;", "<i> © …"),
        ("&#x80; &#11;x&#10;y &#8232;z", "€ x y z"),
        ("a\\*b\\*", "a*b*"),
        ("C:\\Users", "C:\\Users"),
        (" a\n\n b\tc\u2028d  e ", "a b c d e"),
        ("a\x0bb\x00c\x92", "abc’"),
        ("", ""),
        ("\n", ""),
        ("<p>", ""),
    ],
)
def test_a_title_becomes_plain_text_exactly_once(title: str, expected: str) -> None:
    assert plain(title) == expected


def test_a_title_without_markup_is_returned_as_it_is() -> None:
    title = "Storm tides: what's next? (part 2) – “an update” #3"
    assert plain(title) is title
