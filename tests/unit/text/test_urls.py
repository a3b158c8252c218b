"""URLs as authors write them, made absolute."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text.urls import absolute, in_full

URL = "https://example.org/sea/tides/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.net/a?b=c#d", "https://example.net/a?b=c#d"),
        ("map.png", "https://example.org/sea/tides/map.png"),
        ("/map.png", "https://example.org/map.png"),
        ("../map.png", "https://example.org/sea/map.png"),
        ("../../../../a/./b/..", "https://example.org/a/"),
        ("%2e%2E/x", "https://example.org/sea/x"),
        ("https://e.org/a/../b/./c", "https://e.org/b/c"),
        ("//cdn.example.net/x.js", "https://cdn.example.net/x.js"),
        ("#fn1", "https://example.org/sea/tides/#fn1"),
        ("?page=2", "https://example.org/sea/tides/?page=2"),
        (" https://e.org/ \n", "https://e.org/"),
        ("HTTPS://E.ORG/Path", "https://e.org/Path"),
        ("https:\\\\e.org\\a", "https://e.org/a"),
        ("http:/e.org", "http://e.org"),
        ("https://e.org/é b?q=ü[]#ö#", "https://e.org/%C3%A9%20b?q=%C3%BC%5B%5D#%C3%B6%23"),
        ("https://e.org/100%/%41", "https://e.org/100%25/%41"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://bücher.example:8080/", "https://xn--bcher-kva.example:8080/"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
        ("https://user:pass@e.org/", "https://e.org/"),
        ("https://token@e.org/a@b", "https://e.org/a@b"),
        ("//user:pass@e.org/", "https://e.org/"),
        ("https:\\\\user:pass@e.org/", "https://e.org/"),
        ("ftp://user:pass@e.org/a", "ftp://e.org/a"),
        ("mailto:sea@example.org?subject=high tide", "mailto:sea@example.org?subject=high%20tide"),
        ("tel:+4912345", "tel:+4912345"),
        ("https://e.org/\x01\x00a", "https://e.org/a"),
    ],
)
def test_a_url_becomes_absolute_and_ascii(url: str, expected: str) -> None:
    assert absolute(url, URL) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:x",
        "\x01javascript:x",
        "java\x00script:x",
        " javascript:x",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:https://e.org/x",
        "about:blank",
        "C:\\tides.md",
        "localhost:8000/x",
        "http://",
        "https:///",
        "http://[bad",
        "http://a b/",
        "http://e.org:99999/",
        "http://256.1.1.1/",
        "http://xn--a/",
        "mailto:",
        "",
        "  ",
    ],
)
def test_an_unsafe_or_broken_url_is_none(url: str) -> None:
    assert absolute(url, URL) is None


def test_a_relative_url_without_a_base_is_none() -> None:
    assert absolute("map.png", "") is None
    assert absolute("https://e.org/map.png", "") == "https://e.org/map.png"


@given(st.text(), st.text())
def test_no_url_keeps_a_base_or_characters_that_it_must_not(url: str, tail: str) -> None:
    for candidate in (url, "https://e.org/" + tail, "https://" + tail, "//" + tail):
        found = absolute(candidate, URL)
        assert found is None or (found.isascii() and found.isprintable() and not set(' "<>\\^`{|}') & set(found))
        assert found is None or absolute(found, URL) == found


PIECES = (
    *("/", "//", ".", "..", "/.", "./", "?", "#", ":", "@", "%", "%2e", "%2F", "%41", "\\", " ", "\n", "\x01", "\x85"),
    *("a", "B1", "x-y", "_", "~", "é", "[", "]", "|", "'", "=", "&", "http:", "HTTPS://", "mailto:", "javascript:"),
    *("e.org", "E.org", "a..b", "256.1.1.1", "xn--a", "xn--bcher-kva.example", "[::1]", "ö.example", ":80", ":0080"),
)
WRITTEN = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
BASES = st.one_of(
    st.sampled_from((URL, "https://e.org", "http://e.org/a?b/c#d", "https://e.org/a/../b/", "https://e.org/é/", "")),
    st.tuples(st.sampled_from(("https://", "HTTP://", "https:", "ftp://")), WRITTEN).map("".join),
    WRITTEN,
)


@settings(max_examples=1000)
@given(WRITTEN, BASES)
def test_the_short_way_to_an_absolute_url_leads_where_the_long_one_does(url: str, base: str) -> None:
    assert absolute(url, base) == in_full(url, base)


@given(st.from_regex(r"/?[a-z0-9_~%-][a-z0-9_~./%:@?=&-]*(?:#[a-z/.]*)?", fullmatch=True), BASES)
def test_so_it_does_for_ordinary_references(url: str, base: str) -> None:
    assert absolute(url, base) == in_full(url, base)
