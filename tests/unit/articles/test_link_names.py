"""The names of articles, and the pages that addresses lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.articles.link_names import site_page
from feedwright.model import Site

SITE = Site("Tides", "https://www.tides.example/blog/", "https://tides.example/", "tides.example")
PATH = st.lists(st.text("abc%7e.~-", min_size=1, max_size=5), max_size=3).map("/".join)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://www.tides.example/blog/ebb/", "/blog/ebb"),
        ("http://tides.example/blog/ebb", "/blog/ebb"),
        ("https://tides.example/blog/ebb/index.html#low", "/blog/ebb"),
        ("https://tides.example/blog/ebb/index.htm", "/blog/ebb"),
        ("https://tides.example/blog/ebb.html", "/blog/ebb"),
        ("https://tides.example/blog/ebb/?p=1#low", "/blog/ebb?p=1"),
        ("https://tides.example/%e6%bd%ae/", "/%E6%BD%AE"),
        ("https://tides.example/", "/"),
        ("https://tides.example", "/"),
        ("https://tides.example/index.html", "/"),
        ("https://other.example/blog/ebb/", ""),
        ("https://tides.example:8443/blog/ebb/", ""),
        ("mailto:jane@tides.example", ""),
        ("", ""),
    ],
)
def test_all_addresses_of_one_page_come_to_the_same(url: str, page: str) -> None:
    assert site_page(url, SITE) == page


@given(PATH, st.sampled_from(["", "/", ".html", "/index.html", "#x", "/#x"]))
def test_however_an_address_ends_it_is_the_same_page(path: str, end: str) -> None:
    page = site_page(f"https://tides.example/{path}", SITE)
    if path and not path.endswith((".html", ".htm", "/")):
        assert site_page(f"http://www.tides.example/{path}{end}", SITE) == page


@given(st.text())
def test_any_text_has_a_page_or_none(text: str) -> None:
    assert "\n" not in site_page(text, SITE) or "\n" in text
