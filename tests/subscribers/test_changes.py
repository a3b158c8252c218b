"""What readers that poll `feeds serve` see of each change to a site.

Each row says it for all of them, in RSS, Atom and JSON. A change of an article is seen by those that look at what
changed: its body, title, link, date, terms or author (`Subscriber.notices`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from tests.serve.folder import Server, serving
from tests.subscribers import changes
from tests.subscribers.changes import Change
from tests.subscribers.freshrss import FRESHRSS
from tests.subscribers.keyed import KEYED
from tests.subscribers.newsboat import NEWSBOAT
from tests.subscribers.newsroom import Feedwright
from tests.subscribers.reader_library import READER
from tests.subscribers.rss2email import RSS2EMAIL
from tests.subscribers.seen import Seen, lived
from tests.subscribers.sfeed import SFEED
from tests.subscribers.subscriber import Subscriber

SUBSCRIBERS = (READER, KEYED, NEWSBOAT, SFEED, RSS2EMAIL, FRESHRSS)
FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
FIRST = "alpha bravo charlie delta echo"


class Row(NamedTuple):
    """What is seen of a change: names of articles, as in `Seen`; `updated` by what of them changed."""

    unread: str = ""
    updated: Mapping[str, str] = MappingProxyType({})
    doubled: str = ""
    gone: str = ""
    cut: str = ""
    feed: str = ""


NOTHING = Row()
TABLE: dict[Change, Row] = {
    changes.new_article: Row(unread="foxtrot"),
    changes.edited_body: Row(updated={"body": "bravo"}),
    changes.edited_title: Row(updated={"title": "bravo"}),
    changes.said_to_be_updated: Row(updated={"date": "bravo"}),
    changes.renamed_file: Row(updated={"link": "bravo"}),
    changes.other_slug: Row(updated={"link": "bravo"}),
    changes.other_category: Row(updated={"terms": "bravo"}),
    changes.out_of_a_category: Row(gone="bravo", feed="category/sea/"),
    changes.into_a_category: Row(unread="bravo", feed="category/land/"),
    changes.deletion: Row(gone="bravo"),
    changes.deleted_and_back: Row(gone="bravo"),
    changes.draft_and_back: Row(gone="bravo"),
    changes.old_date: Row(unread="foxtrot"),
    changes.two_of_one_day: Row(unread="foxtrot golf"),
    changes.three_of_one_day_in_a_feed_of_two: Row(unread="foxtrot golf hotel", gone="delta echo hotel"),
    changes.other_host: Row(updated={"link": FIRST}),
    changes.other_feed_path: Row(unread="foxtrot"),
    changes.formats_given_up: Row(unread="foxtrot"),
    changes.lost_catalog: NOTHING,
    changes.fresh_clone_with_the_kept_file: NOTHING,
    changes.fresh_clone_after_all_that_moves_has_moved: Row(
        unread="foxtrot", updated={"link": FIRST, "author": FIRST}, feed="author/jane-doe/"
    ),
    changes.each_build_on_another_machine: Row(unread="foxtrot", updated={"body": "charlie"}),
    changes.fresh_clone_without_it: Row(unread="bravo", doubled="bravo"),
    changes.state_lost_beside_the_feeds: NOTHING,
    changes.archives: Row(unread="foxtrot"),
    changes.a_long_one_where_bytes_are_bound: Row(unread="foxtrot golf", gone="alpha bravo charlie delta"),
    changes.one_that_is_too_long_alone: Row(unread="foxtrot", cut="foxtrot"),
    changes.author_renamed: Row(updated={"author": FIRST}),
    changes.author_renamed_and_new_article: Row(updated={"author": FIRST}, unread="foxtrot", feed="author/jane-doe/"),
    changes.category_spelt_otherwise: Row(updated={"terms": FIRST}, unread="foxtrot", feed="category/sea/"),
    changes.section_renamed: Row(unread="foxtrot", feed="section/coast/"),
    changes.summaries_of_authors: Row(unread="foxtrot"),
    changes.summaries_alone: Row(unread="foxtrot", cut=f"{FIRST} foxtrot"),
}


def expected(row: Row, subscriber: Subscriber, format_: str) -> Seen:
    """What one of the readers sees where all is as it should be."""
    again = {name for aspect in subscriber.apart for name in row.updated.get(aspect, "").split()}
    noticed = subscriber.notices - subscriber.blind.get(format_, frozenset())
    updated = {name for aspect in noticed for name in row.updated.get(aspect, "").split()}
    unread = {*row.unread.split(), *again}
    doubled = {*row.doubled.split(), *again} if subscriber.keeps else set()
    gone = set() if subscriber.keeps else set(row.gone.split())
    return Seen(*(tuple(sorted(names)) for names in (unread, updated, doubled, gone, row.cut.split())))


SAMPLE = (
    changes.edited_body,
    changes.other_slug,
    changes.summaries_of_authors,
    changes.a_long_one_where_bytes_are_bound,
)
"""What is seen in all runs; costly readers, and the other changes, with the marker alone."""


def _cases() -> Iterator[object]:
    for change in TABLE:
        for subscriber in SUBSCRIBERS:
            # One process for each change: the site lives once for all readers that cost little.
            marks = [pytest.mark.xdist_group(f"subscribers-{change.__name__}")]
            if change not in SAMPLE or subscriber.costly:
                marks.append(pytest.mark.longer)
            yield pytest.param(change, subscriber, marks=marks, id=f"{change.__name__}-{subscriber.name}")


Life = Callable[[Change, Subscriber], dict[tuple[str, str], Seen]]


@pytest.fixture(scope="session")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """A change, with a reader among others -> what each of these saw."""

    @cache
    def of(change: Change, subscribers: tuple[Subscriber, ...]) -> dict[tuple[str, str], Seen]:
        site = Feedwright(tmp_path_factory.mktemp(change.__name__))
        paths = {format_: TABLE[change].feed + name for format_, name in FILES.items()}
        return lived(change, site, subscribers, paths, ("--content", str(site.content)))

    together = tuple(one for one in SUBSCRIBERS if not one.costly and not one.needs())
    return lambda change, subscriber: of(change, (subscriber,) if subscriber.costly else together)


@pytest.mark.parametrize(("change", "subscriber"), list(_cases()))
def test_a_reader_sees_of_a_change_what_the_table_says(change: Change, subscriber: Subscriber, life: Life) -> None:
    if missing := subscriber.needs():
        pytest.skip(missing)
    seen = life(change, subscriber)
    formats = [format_ for format_ in FILES if format_ in subscriber.formats]
    found = {format_: seen[subscriber.name, format_] for format_ in formats}
    assert found == {format_: expected(TABLE[change], subscriber, format_) for format_ in formats}


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has no feed."""
    folder = tmp_path_factory.mktemp("nothing")
    with serving(folder, "--content", str(folder / "no-content")) as server:
        yield server


@pytest.mark.xdist_group("subscribers-nothing")
@pytest.mark.parametrize("subscriber", SUBSCRIBERS, ids=lambda subscriber: subscriber.name)
def test_a_reader_that_finds_no_feed_says_so(subscriber: Subscriber, nothing: Server, tmp_path: Path) -> None:
    if missing := subscriber.needs():
        pytest.skip(missing)
    poll = subscriber.subscribe(tmp_path, {"rss": f"{nothing.url}rss.xml"})
    with pytest.raises(Exception, match=r"(?i)404|fail|rss\.xml"):
        poll()
