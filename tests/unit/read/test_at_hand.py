"""Articles that were read, at hand until they are rendered."""

from __future__ import annotations

from dataclasses import replace

from feedwright.model import Article, Body
from feedwright.read.at_hand import ArticlesAtHand
from tests.unit.formats.samples import PLAIN


def article(key: str, length: int = 10) -> Article:
    return replace(PLAIN, key=key, body=Body("x" * length, "markdown"))


def test_an_article_is_at_hand_once() -> None:
    at_hand = ArticlesAtHand()
    at_hand.keep(article("tides.md"), 1)
    assert at_hand.take("tides.md") == article("tides.md")
    assert at_hand.take("tides.md") is None


def test_where_there_is_no_room_for_all_the_oldest_go() -> None:
    at_hand = ArticlesAtHand(room=25)
    for key, published in (("middle.md", 2), ("oldest.md", 1), ("newest.md", 3)):
        at_hand.keep(article(key), published)
    assert at_hand.take("oldest.md") is None
    assert at_hand.take("middle.md")
    assert at_hand.take("newest.md")


def test_an_article_that_is_read_again_takes_its_room_once() -> None:
    at_hand = ArticlesAtHand(room=25)
    for _ in range(5):
        at_hand.keep(article("tides.md", 20), 1)
    assert at_hand.take("tides.md")
    at_hand.keep(article("ferries.md", 20), 1)
    assert at_hand.take("ferries.md")


def test_a_text_that_is_larger_than_the_room_is_not_kept() -> None:
    at_hand = ArticlesAtHand(room=25)
    at_hand.keep(article("long.md", 26), 1)
    assert at_hand.take("long.md") is None
    at_hand.keep(article("tides.md", 25), 1)
    assert at_hand.take("tides.md")


def test_what_is_let_go_leaves_its_room() -> None:
    at_hand = ArticlesAtHand(room=25)
    at_hand.keep(article("tides.md", 20), 2)
    at_hand.clear()
    assert at_hand.take("tides.md") is None
    at_hand.keep(article("ferries.md", 20), 1)
    assert at_hand.take("ferries.md")
