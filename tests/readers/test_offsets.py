"""A reader that polls a feed before and after its dates got their offsets shows no entry as new."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest

from feedwright.pipeline import build

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
NAMES = ("rss.xml", "atom.xml", "feed.json")
_RFC822 = re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


def in_utc(document: str) -> str:
    """A document as it was when all dates went out in UTC."""
    text = _RFC822.sub(lambda date: format_datetime(parsedate_to_datetime(date[0]).astimezone(UTC)), document)
    return _RFC3339.sub(lambda date: datetime.fromisoformat(date[0]).astimezone(UTC).isoformat(), text)


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsroom's own feeds, each document with what it was before beside it."""
    folder = tmp_path_factory.mktemp("offsets")
    build(ROOT / "content", folder / "out", state=folder / "state", now=NOW)
    for name in NAMES:
        after = (folder / "out" / name).read_text()
        (folder / f"before-{name}").write_text(in_utc(after))
        (folder / f"after-{name}").write_text(after)
        assert in_utc(after) != after
    return folder


def polled(feeds: Path, name: str, work: Path, poll: Callable[[Path], tuple[int, int]]) -> tuple[int, int]:
    """Entries, and how many of them are new or unread, after a second poll."""
    served = work / name
    shutil.copy(feeds / f"before-{name}", served)
    poll(served)
    shutil.copy(feeds / f"after-{name}", served)
    return poll(served)


@pytest.mark.parametrize("name", NAMES[:2])
def test_feedparser_finds_the_same_entries_of_the_same_instants(feeds: Path, tmp_path: Path, name: str) -> None:
    seen: dict[str, tuple[object, object]] = {}

    def poll(served: Path) -> tuple[int, int]:
        found = feedparser.parse(served.read_bytes()).entries
        now = {
            entry.id: (entry.published_parsed, entry["updated_parsed"] if "updated" in entry else None)
            for entry in found
        }
        new = sum(seen.get(id_) != dates for id_, dates in now.items())
        seen.update(now)
        return len(now), new

    count, new = polled(feeds, name, tmp_path, poll)
    assert (count > 10, new) == (True, 0)


@pytest.mark.parametrize("name", NAMES)
def test_reader_shows_no_entry_as_new_or_unread(feeds: Path, tmp_path: Path, name: str) -> None:
    from reader import make_reader

    with make_reader(str(tmp_path / "reader.db"), feed_root=str(tmp_path)) as reader:
        reader.add_feed(name)

        def poll(served: Path) -> tuple[int, int]:
            new: list[object] = []
            hook = lambda _, entry, status: new.append(entry) if status.value == "new" else None  # noqa: E731
            reader.after_entry_update_hooks.append(hook)
            reader.update_feeds()
            assert reader.get_feed(served.name).last_exception is None
            unread = list(reader.get_entries(read=False)) if reader.get_entry_counts().read else []
            for entry in list(reader.get_entries(read=False)):
                reader.mark_entry_as_read(entry)
            reader.after_entry_update_hooks.remove(hook)
            return reader.get_entry_counts().total or 0, len(new) + len(unread)

        count, new = polled(feeds, name, tmp_path, poll)
    assert (count > 10, new) == (True, 0)


@pytest.mark.parametrize("name", NAMES[:2])
def test_newsboat_shows_no_entry_as_new_or_unread(feeds: Path, tmp_path: Path, name: str) -> None:
    if not shutil.which("newsboat"):
        pytest.skip("needs newsboat")
    urls, cache = tmp_path / "urls", tmp_path / "cache.db"
    (tmp_path / "config").write_text("")
    known: set[str] = set()

    def poll(served: Path) -> tuple[int, int]:
        urls.write_text(f"file://{served}\n")
        places = ["-u", str(urls), "-c", str(cache), "-C", str(tmp_path / "config")]
        subprocess.run(["newsboat", *places, "-x", "reload"], check=True, capture_output=True)
        with closing(sqlite3.connect(cache)) as db, db:
            rows = db.execute("SELECT guid, unread FROM rss_item").fetchall()
            db.execute("UPDATE rss_item SET unread = 0")
        new = sum(unread or guid not in known for guid, unread in rows)
        known.update(guid for guid, _ in rows)
        return len(rows), new

    count, new = polled(feeds, name, tmp_path, poll)
    assert (count > 10, new) == (True, 0)


def test_no_more_than_offsets_has_changed(feeds: Path) -> None:
    """What is compared here is what the documents were: the same dates, and nothing else."""
    before, after = (json.loads((feeds / f"{when}-feed.json").read_text()) for when in ("before", "after"))
    for one, other in zip(before["items"], after["items"], strict=True):
        for key in ("date_published", "date_modified"):
            assert (key in one) == (key in other)
            if key in one:
                assert datetime.fromisoformat(one.pop(key)) == datetime.fromisoformat(other.pop(key))
        assert one == other
