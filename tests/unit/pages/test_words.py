"""Words, runs and sketches."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.pages.words import hashes_of, plain_title, share, sketch_of, words_of, words_of_source
from tests.unit.pages.examples import text


def test_words_are_the_same_in_any_case_and_width() -> None:
    assert words_of("Café Ｏpen, ２４/7!") == words_of("CAFÉ open 24 7") == ["café", "open", "24", "7"]


def test_of_chinese_and_japanese_every_character_is_a_word() -> None:
    assert words_of("潮が来る tide") == ["潮", "が", "来", "る", "tide"]


def test_marks_of_markdown_and_targets_of_links_are_no_words() -> None:
    written = 'A _high_ **tide** [came](https://a.b/c_(d) "e") in.<br>\n\n[ref]: https://x.y/z\n<script>no()</script>'
    assert words_of_source(written) == ["a", "high", "tide", "came", "in"]


def test_a_sketch_takes_the_same_runs_from_every_text_that_has_them() -> None:
    short, long = words_of(text("a", 200)), words_of(text("b", 900) + " " + text("a", 200) + " " + text("c", 900))
    small, large = sketch_of(short), sketch_of(long)
    assert (small.step, large.step) == (1, 8)
    found, asked = share(small.hashes(), set(large.hashes()), large.step)
    assert found == 1
    assert asked > 15


def test_a_sketch_of_a_long_text_is_small() -> None:
    assert len(sketch_of(words_of(text("a", 20_000))).runs) < 20_000 * 4 / 7


def test_of_a_text_of_less_than_a_run_the_whole_is_hashed() -> None:
    assert len(hashes_of(["one", "two"])) == 1
    assert hashes_of([]) == []


@pytest.mark.parametrize(
    "written", ["Tides &amp; moons", "Tides & moons", "Tides &amp;amp; <em>Moons</em>", "tides – moons"]
)
def test_a_title_is_the_same_however_often_it_was_escaped(written: str) -> None:
    assert plain_title(written) == "tides moons"


def test_a_title_without_words_is_itself() -> None:
    assert plain_title(" … ") == "…"


@given(st.text())
def test_any_text_has_words_and_a_sketch(written: str) -> None:
    sketch = sketch_of(words_of_source(written))
    assert all(run % sketch.step == 0 for run in sketch.hashes())
    plain_title(written)


@pytest.mark.parametrize("piece", ["<!--", "<script>", "<a ", "[", "](", "](a(", "[a]:", "&amp;", "<style"])
def test_what_is_begun_over_and_over_takes_no_longer(piece: str) -> None:
    start = process_time()
    words_of_source(piece * (400_000 // len(piece)))
    assert process_time() - start < 2
