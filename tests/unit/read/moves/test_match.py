"""Articles that moved are recognised, where that is beyond doubt."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from feedwright.read.moves.match import Arrival, matched
from feedwright.state.ledger import Remembered

MARKS = st.tuples(st.sampled_from([b"", b"1", b"2", b"3"]), st.sampled_from(["", "Ebb", "Flood"]), st.integers(0, 2))
ARRIVALS = st.lists(MARKS, max_size=6).map(
    lambda marks: [Arrival(f"new-{n}.md", *mark) for n, mark in enumerate(marks)],
)
VANISHED = st.lists(MARKS, max_size=6).map(
    lambda marks: [
        Remembered(f"old-{n}.md", f"tag:{n}", title=title, published=published, hash=hash_, gone=1)
        for n, (hash_, title, published) in enumerate(marks)
    ],
)


def old(key: str, hash_: bytes = b"", title: str = "", published: int = 0) -> Remembered:
    return Remembered(key, f"tag:{key}", title=title, published=published, hash=hash_)


def test_the_same_content_is_the_same_article() -> None:
    found, doubtful = matched([Arrival("b.md", b"1", "New title", 9)], [old("a.md", b"1", "Ebb", 1), old("c.md", b"2")])
    assert {key: one.key for key, one in found.items()} == {"b.md": "a.md"}
    assert doubtful == []


def test_the_same_title_and_date_are_the_same_article() -> None:
    found, _ = matched([Arrival("b.md", b"2", "Ebb", 1)], [old("a.md", b"1", "Ebb", 1)])
    assert found["b.md"].key == "a.md"


def test_the_same_content_counts_for_more_than_the_same_title_and_date() -> None:
    arrivals = [Arrival("x.md", b"1", "Flood", 2), Arrival("y.md", b"9", "Flood", 2)]
    found, _ = matched(arrivals, [old("a.md", b"1", "Ebb", 1), old("b.md", b"2", "Flood", 2)])
    assert {key: one.key for key, one in found.items()} == {"x.md": "a.md", "y.md": "b.md"}


def test_a_title_alone_or_a_date_alone_is_not_enough() -> None:
    arrivals = [Arrival("b.md", b"2", "Ebb", 2), Arrival("c.md", b"3", "", 1), Arrival("d.md", b"4", "Ebb", 0)]
    assert matched(arrivals, [old("a.md", b"1", "Ebb", 1), old("e.md", b"5", "", 1), old("f.md", b"6", "Ebb", 0)]) == (
        {},
        [],
    )


def test_where_two_could_be_meant_none_is_and_it_is_said() -> None:
    two = [old("a.md", b"1"), old("b.md", b"1")]
    assert matched([Arrival("c.md", b"1")], two) == ({}, ["c.md"])
    assert matched([Arrival("c.md", b"1"), Arrival("d.md", b"1")], two[:1]) == ({}, ["c.md", "d.md"])


def test_two_files_with_the_same_content_are_told_apart_by_title_and_date() -> None:
    found, doubtful = matched([Arrival("c.md", b"1", "Ebb", 1)], [old("a.md", b"1", "Ebb", 1), old("b.md", b"1")])
    assert (found["c.md"].key, doubtful) == ("a.md", [])


@given(ARRIVALS, VANISHED)
def test_no_two_files_are_ever_the_same_article(arrivals: list[Arrival], vanished: list[Remembered]) -> None:
    found, doubtful = matched(arrivals, vanished)
    assert found.keys() <= {one.key for one in arrivals}
    assert max(Counter(one.key for one in found.values()).values(), default=1) == 1
    assert not found.keys() & set(doubtful)


@given(ARRIVALS, VANISHED)
def test_an_article_is_recognised_only_by_what_it_has_in_common_with_one_alone(
    arrivals: list[Arrival], vanished: list[Remembered]
) -> None:
    news = {one.key: one for one in arrivals}
    for key, one in matched(arrivals, vanished)[0].items():
        new = news[key]
        same_content = new.hash != b"" and new.hash == one.hash
        assert same_content or (new.title, new.published) == (one.title, one.published) != ("", 0)
        if same_content and (new.title, new.published) != (one.title, one.published):
            assert sum(other.hash == new.hash for other in (*arrivals, *vanished)) == 2


@given(ARRIVALS, VANISHED)
def test_the_order_in_which_files_are_found_does_not_matter(
    arrivals: list[Arrival], vanished: list[Remembered]
) -> None:
    assert matched(arrivals[::-1], vanished[::-1]) == matched(arrivals, vanished)
