"""What becomes of articles, decided without a disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.model import Article, Body, Site
from feedwright.read.decide import Rules, as_read, by_time, has_changed, is_eligible, may_have_moved, tried_again
from feedwright.read.files import Found
from feedwright.run import Moment
from feedwright.select.eligibility import ineligibility_reason
from feedwright.state.catalog import Row, row_of
from feedwright.state.ledger import Remembered
from feedwright.state.serialise import dumps

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
URL = "https://tides.example/"
CONFIG = Config(Path("content"), Path("site.toml"), Path(".feeds"), Site("Tides", URL, URL, "tides.example"))
ID = "tag:tides.example,2026-06-01:tides"
THIS_RUN = 1_780_000_000
FEEDS = (("site", ""), ("tag", "Sea"))


@dataclass
class Ledger:
    """A ledger that is only asked."""

    articles: Sequence[Remembered] = ()

    def with_id(self, id_: str, key: str) -> Remembered | None:
        return next((one for one in self.articles if one.id == id_ and one.key != key), None)

    def vanished_under(self, id_: str, guid: str) -> list[Remembered]:
        return [one for one in self.articles if one.gone and guid == (one.guid or one.id)]


def rules(*articles: Remembered, doubtful: bool = False, any_known: bool = True) -> Rules:
    known: Any = Ledger(articles)
    return Rules(CONFIG, Moment(NOON, doubtful), known, any_known, lambda: THIS_RUN)


def read(hash_: bytes = b"new", **more: object) -> Found:
    """An article as its file has it now."""
    when = NOON - timedelta(hours=1)
    article = Article("tides.md", "tides", "tides", ID, "Tides", f"{URL}tides/", when, when, Body("", "markdown"))
    article = replace(article, **more)  # type: ignore[arg-type]
    return Found(article.key, row_of(article.key, hash_, article, ""), FEEDS, ineligibility_reason(article, NOON))


def row(shown: int = 1, **more: object) -> Row:
    """What the catalog says of it."""
    known = read(b"old", **more).row
    assert known
    return known._replace(n=7, shown=shown, seen=5)


def remembered(**more: object) -> Remembered:
    """What the ledger says of it."""
    known = Remembered("tides.md", ID, None, "", "Tides", f"{URL}tides/", row().published, b"old", None, seen=5)
    return known._replace(**more)  # type: ignore[arg-type]


def unreadable() -> Found:
    problem = Problem("error", "date-missing", "tides.md", "has no date")
    return Found("tides.md", row_of("tides.md", b"new", None, dumps([problem])))


def test_a_new_article_is_published_in_this_run() -> None:
    made = as_read(rules(any_known=False), 3, read(), None, None)
    assert (made.row.n, made.row.shown, made.row.seen, made.feeds, made.verb) == (3, 1, THIS_RUN, FEEDS, "is new")
    assert made.note
    assert (made.note.id, made.note.seen, made.note.shown) == (ID, THIS_RUN, 1)


def test_a_draft_is_known_to_the_catalog_alone() -> None:
    made = as_read(rules(), 3, read(draft=True), None, None)
    assert (made.row.shown, made.row.seen, made.note) == (0, 0, None)


def test_an_edited_article_keeps_its_id_and_the_run_that_first_published_it() -> None:
    made = as_read(rules(), 7, read(id="tag:tides.example,2026-06-02:tides"), row(), remembered())
    assert (made.row.id, made.row.seen, made.verb) == (ID, 5, "has changed")
    assert not made.row.problems
    assert made.note == remembered(hash=b"new")


def test_an_id_of_its_own_that_comes_later_is_a_problem_and_not_taken() -> None:
    made = as_read(rules(), 7, read(id="urn:isbn:1"), row(), remembered())
    assert made.row.id == ID
    assert "id-changed" in made.row.problems


def test_an_article_that_moved_leaves_its_old_name() -> None:
    made = as_read(rules(), 7, read(key="sea/tides.md"), row(), remembered())
    assert (made.verb, made.forget, made.relinked) == ("has moved from tides.md", ("tides.md",), False)
    assert made.note
    assert (made.note.key, made.note.id) == ("sea/tides.md", ID)


def test_another_address_is_told() -> None:
    assert as_read(rules(), 7, read(url=f"{URL}other/"), row(), remembered()).relinked
    assert not as_read(rules(), 7, read(), row(), remembered(url="")).relinked


def test_an_article_that_is_protected_now_is_withdrawn() -> None:
    assert as_read(rules(), 7, read(protected="paid", exposure="none"), row(), remembered()).withdrawn
    assert not as_read(rules(), 7, read(protected="paid", exposure="none"), None, None).withdrawn


def test_an_article_that_cannot_be_read_stays_as_it_was() -> None:
    made = as_read(rules(), 7, unreadable(), row(), remembered())
    assert made.row == row()._replace(state="broken", hash=b"new", problems=made.row.problems)
    assert (made.verb, made.note, made.broken) == ("", None, True)
    again = as_read(rules(), 7, unreadable(), made.row, remembered())
    assert not again.broken


def test_a_name_that_an_article_left_gives_another_id() -> None:
    moved = remembered(key="sea/tides.md", url=f"{URL}sea/")
    made = as_read(rules(moved), 3, read(), None, None)
    assert (made.row.id, made.forget) == (f"{ID}-2", ())


def test_an_id_of_its_own_is_the_word_that_it_is_the_article_that_is_gone() -> None:
    gone = remembered(key="old.md", id="urn:isbn:1", gone=1)
    made = as_read(rules(gone), 3, read(id="urn:isbn:1"), None, None)
    assert (made.row.id, made.forget) == ("urn:isbn:1", ["old.md"])


def test_time_alone_shows_and_hides_articles() -> None:
    due = by_time(rules(), row(shown=0), None)
    assert due
    assert (due.row.shown, due.row.seen, due.verb) == (1, THIS_RUN, "is due")
    over = by_time(rules(), row(expires=NOON), remembered())
    assert over
    assert over.note
    assert (over.row.shown, over.row.seen, over.note.expired) == (0, 5, 1)
    assert by_time(rules(), row(), remembered()) is None


def test_a_clock_that_cannot_be_right_takes_back_nothing() -> None:
    early = row(published=NOON + timedelta(days=1))
    assert by_time(rules(doubtful=True), early, remembered()) is None
    assert by_time(rules(), early, remembered())
    assert is_eligible(rules(doubtful=True), early)
    assert not is_eligible(rules(), early)


def test_what_could_not_be_shown_is_tried_again() -> None:
    made = tried_again(rules(), row(shown=0)._replace(exclusion="[]"))
    assert (made.row.shown, made.row.exclusion, made.verb) == (1, "", "is published now")


def test_only_what_was_not_known_before_may_have_moved() -> None:
    assert may_have_moved(rules(), None, None)
    assert may_have_moved(rules(), None, remembered(gone=1))
    assert may_have_moved(rules(), row()._replace(state="unread"), None)
    assert not may_have_moved(rules(), row(), None)
    assert not may_have_moved(rules(), None, remembered())
    assert not may_have_moved(rules(any_known=False), None, None)


def test_a_file_has_changed_where_its_text_is_another() -> None:
    new = read().row
    assert new
    assert has_changed(new, row(), remembered())
    assert has_changed(new, row(), None)
    assert not has_changed(new, None, None)
    assert not has_changed(new, row(), remembered(hash=b"new"))
