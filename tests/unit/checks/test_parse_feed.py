"""Anybody's feed, opened."""

from __future__ import annotations

import pytest

from feedwright.checks.parse_feed import opened
from feedwright.commands.preview import preview


@pytest.mark.parametrize("half", [rb"\ud83d", rb"\uDC00", b"\xed\xa0\xbd"])
def test_half_a_surrogate_pair_is_read_as_a_replacement_character(half: bytes) -> None:
    item = b'{"id": "%s", "content_html": "<p>%s</p>", "tags": ["%s"]}' % (half, half, half)
    content = b'{"version": "https://jsonfeed.org/version/1.1", "title": "%s", "items": [%s]}' % (half, item)
    tree = opened(content, "feed.json")
    assert isinstance(tree, dict)
    assert "\ufffd" in tree["title"] and "\ufffd" in tree["items"][0]["content_html"]
    assert "\ufffd".encode() in preview(content, "feed.json")


def test_a_whole_surrogate_pair_is_the_character_that_it_stands_for() -> None:
    tree = opened(rb'{"title": "\ud83c\udf0a", "items": []}', "feed.json")
    assert isinstance(tree, dict)
    assert tree["title"] == "\U0001f30a"
