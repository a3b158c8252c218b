"""Tags and the number of their attributes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.text.html_tags import has_more_attributes, tags

MOST = 3


@pytest.mark.parametrize(
    "html",
    [
        "<a w x y z>",
        "<a w x y z",
        '<a w=">" x=\'>\' y = "" z>',
        "<a/w/x/y/z/>",
        "<b>b</b> <a<b w x y z>",
        "</a w x y z>",
        "<!-- > --> <a w x y z>",
        "<iframe><!-- </iframe><a w x y z>",
    ],
)
def test_a_tag_with_more_attributes_is_seen(html: str) -> None:
    assert has_more_attributes(html, MOST)


@pytest.mark.parametrize(
    "html",
    ["", "<", "<a x y z>", "<a x y z> w", "< a w x y z>", '<a x="w x y z">', "<!-- <a w x y z> -->", "<!--<a w x y z>"],
)
def test_what_is_no_attribute_is_not_counted(html: str) -> None:
    assert not has_more_attributes(html, MOST)


@given(
    st.text(st.sampled_from("<>!-/='\" abxmp\n"), max_size=60)
    | st.lists(
        st.sampled_from(
            ["<a", "<!--", "-->", ">", " x", "=", '"', "'", "/", "<xmp", "</xmp", "<iframe>", "</iframe>", " = ", "w"]
        ),
        max_size=40,
    ).map("".join)
)
def test_it_agrees_with_counting_each(html: str) -> None:
    assert has_more_attributes(html, MOST) == any(many > MOST for _, _, many in tags(html, MOST))
