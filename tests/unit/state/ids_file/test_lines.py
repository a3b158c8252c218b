"""What is kept, written as lines and read again."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from feedwright.model import PublishedFeed
from feedwright.state.archive_records import Archive, Past, Stored
from feedwright.state.ids_file.lines import text_of
from feedwright.state.ids_file.model import Kept
from feedwright.state.ids_file.reading import kept_of
from feedwright.state.ledger import Left, Remembered
from feedwright.state.retractions import Retraction

FILE = Path("ids.tsv")
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
TERMS = st.text("abé \t\n\r\\\\#", min_size=1, max_size=6)
NUMBERS = st.integers(0, 2**31)
MOMENTS = st.builds(
    lambda at, hours: datetime.fromtimestamp(at, timezone(timedelta(hours=hours))), NUMBERS, st.integers(-12, 14)
)
IDS = st.integers(0, 10**6).map("tag:a.example,2024-01-01:{}".format)
NAMES = st.tuples(st.sampled_from(("category", "tag", "author", "section")), TERMS)
PATHS = st.integers(0, 10**6).map("a/{}.xml".format)
PLACES = st.tuples(st.sampled_from(("atom", "rss", "json")), PATHS)
ARTICLES = st.builds(
    lambda key, id_, dated, related, title, published, hash_, guid, flags, seen, page: Remembered(
        *(f"{key}.md", id_, dated, related, title, "https://a.example/x/", published, hash_, guid),
        *(*flags, seen, page),
    ),
    *(WORDS.map(lambda text: text.replace("/", "-")), IDS, st.none() | NUMBERS),
    st.just("") | st.lists(IDS, max_size=3).map(lambda ids: json.dumps(["2", *ids], separators=(",", ":"))),
    *(WORDS | st.just(""), NUMBERS, st.just(b"") | st.binary(min_size=16, max_size=16), st.none() | WORDS),
    *(st.tuples(*[st.integers(0, 1)] * 3), NUMBERS, st.just("") | st.just("a/b.html")),
)
FEEDS = st.builds(
    lambda file, id_, since, updated, paths, entries, former: PublishedFeed(
        *(f"f{file}", id_, datetime.fromtimestamp(since, UTC), updated, paths, tuple(entries), tuple(sorted(former)))
    ),
    *(NUMBERS, IDS, NUMBERS, MOMENTS, st.dictionaries(st.sampled_from(("atom", "rss")), PATHS)),
    *(st.lists(IDS, unique=True, max_size=3), st.sets(PLACES, max_size=3)),
)
ARCHIVES = st.builds(
    lambda number, updated, entries, documents: Archive(number, updated, entries, documents),
    *(st.integers(1, 99), MOMENTS, st.dictionaries(IDS, st.sampled_from(("", "abc012")), min_size=1, max_size=3)),
    st.dictionaries(
        st.sampled_from(("atom", "rss")),
        st.builds(Stored, PATHS.map("archive/{}".format), st.just("") | st.just("0" * 32), st.just("")),
    ),
)
PASTS = st.builds(
    lambda archives, waiting: Past(tuple(archives[n]._replace(number=n) for n in sorted(archives)), tuple(waiting)),
    *(st.dictionaries(st.integers(1, 99), ARCHIVES, max_size=3), st.lists(IDS, unique=True, max_size=3)),
)
RETRACTED = st.builds(
    lambda id_, since, moment, reason, feeds: Retraction(id_, since, moment, reason, json.dumps(feeds)),
    *(IDS, NUMBERS, NUMBERS, WORDS, st.lists(NAMES, unique=True, min_size=1, max_size=2)),
)


def _kept(
    articles: list[Remembered], feeds: dict[tuple[str, str], PublishedFeed], pasts: dict[tuple[str, str], Past]
) -> Kept:
    return Kept({one.key: one for one in articles}, feeds=feeds, archives=pasts)


KEPT = st.builds(
    _kept,
    st.lists(ARTICLES, max_size=4, unique_by=(lambda one: one.id, lambda one: one.key)),
    *(st.dictionaries(NAMES, FEEDS, max_size=3), st.dictionaries(NAMES, PASTS, max_size=2)),
)


def alike(kept: Kept) -> Kept:
    """With the retractions as text cannot tell them apart."""
    for id_, one in kept.retracted.items():
        kept.retracted[id_] = one._replace(feeds=json.dumps(sorted(json.loads(one.feeds))))
    return kept


@given(
    *(KEPT, st.lists(RETRACTED, max_size=2), st.dictionaries(IDS, st.tuples(MOMENTS, st.tuples(NAMES)), max_size=2)),
    *(st.dictionaries(TERMS, TERMS, max_size=2), PLACES, st.randoms(use_true_random=False)),
)
def test_what_is_written_is_read_in_any_order_and_twice(
    kept: Kept,
    retracted: list[Retraction],
    departed: dict[str, tuple[datetime, tuple[tuple[str, str], ...]]],
    authors: dict[str, str],
    place: tuple[str, str],
    chance: random.Random,
) -> None:
    kept.retracted = {one.id: one for one in retracted}
    kept.departed, kept.authors, kept.left = departed, authors, {place[1]: Left(place[1], "tag", "x", place[0])}
    kept.former_urls = {"https://a.example/old/": "urn:x:y"}
    kept.page_body = (("article", "main"), ("> nav",))
    text = text_of(kept)
    assert kept_of(text, FILE) == (kept, []) or alike(kept_of(text, FILE)[0]) == alike(kept)
    lines = text.decode("utf-8", "surrogateescape").split("\n") * 2
    chance.shuffle(lines)
    found, problems = kept_of("\n".join(lines).encode("utf-8", "surrogateescape"), FILE)
    assert problems == []
    assert text_of(found) == text


def test_a_title_may_hold_anything() -> None:
    one = Remembered("a.md", "urn:x:y", title="a\tb\nc\rd\\\\ne\udc80", published=5)
    assert kept_of(text_of(Kept({"a.md": one})), FILE)[0].articles == {"a.md": one}


def test_an_article_whose_file_holds_another_one_is_kept() -> None:
    one = Remembered("a.md/https://a.example/x/../y/", "https://a.example/x/../y", gone=1)
    assert kept_of(text_of(Kept({one.key: one})), FILE) == (Kept({one.key: one}), [])


def test_what_no_address_holds_is_taken_for_none() -> None:
    text = 'article\ta.md\turn:x:y\t\t2024-01-01T00:00:00Z\t\t\t\thttps://a.example/"; }\tx'
    kept, problems = kept_of(text.encode(), FILE)
    assert (kept.articles["a.md"].url, problems) == ("", [])
