"""An imported article and its page, both changed since."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedwright.commands.importers.merge import Mark, marked, merged

LINES = st.text(st.characters(exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", codec="utf-8"), max_size=40)
FRONTS = LINES.filter(lambda text: not text.startswith(("---", "imported:")) and "\n---" not in text).map(
    lambda text: "title: " + text.replace("\n", " ")
)


def article(front: str, body: str) -> str:
    return f"---\n{front}\n---\n\n{body}\n"


@given(FRONTS, LINES, st.text(max_size=20))
def test_what_was_imported_is_unchanged_and_says_so(front: str, body: str, page: str) -> None:
    text = article(front, body)
    mark = Mark.made(page, text)
    whole = marked(text, mark)
    assert Mark.of(whole) == mark
    assert merged(whole, text).result == "unchanged"
    assert merged(whole.replace("\n", "\r\n"), text).result == "unchanged"
    assert merged(whole.rstrip() + "\n\n", text).result == "unchanged"


@given(FRONTS, LINES, FRONTS, LINES)
def test_what_nobody_touched_becomes_what_the_page_gives(front: str, body: str, title: str, words: str) -> None:
    old, new = article(front, body), article(title, words)
    result = merged(marked(old, Mark.made("a.txt", old)), new)
    assert result.result != "conflict"
    if result.result == "changed":
        assert merged(marked(result.text, Mark.made("a.txt", new)), new).result == "unchanged"


@given(FRONTS, LINES, LINES, LINES)
def test_a_text_by_hand_is_never_lost(front: str, body: str, by_hand: str, words: str) -> None:
    old, new = article(front, body), article(front, words)
    there = marked(article(front, by_hand), Mark.made("a.txt", old))
    result = merged(there, new)
    if result.result == "changed":
        assert by_hand.split() == body.split()


def test_an_article_that_names_no_page_is_no_import() -> None:
    assert Mark.of("Text.\n") is None
    assert Mark.of("---\ntitle: a\n---\nimported: {}\n") is None
    assert Mark.of("---\nimported: {\n---\n") is None
    assert Mark.of('---\nimported: {"page": 1, "front": "a", "body": "b"}\n---\n') is None
