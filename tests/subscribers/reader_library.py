"""`reader`, the library of PyPI: entries by their ids, anew where anything in them changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reader import Entry, make_reader

from tests.subscribers.subscriber import Held, Poll, Subscriber, version_of


def _held(entry: Entry) -> Held:
    bodies = [content.value or "" for content in entry.content] or [entry.summary or ""]
    changing = (entry.title, entry.link, entry.authors, entry.updated, entry.published, entry.summary, bodies)
    return Held(entry.id, " ".join([entry.title or "", *bodies]), not entry.read, version_of(*changing))


def _subscribe(folder: Path, urls: Mapping[str, str]) -> Poll:
    database = str(folder / "reader.db")
    with make_reader(database) as reader:
        for url in urls.values():
            reader.add_feed(url)

    def poll() -> Mapping[str, Sequence[Held]]:
        with make_reader(database) as reader:
            for result in reader.update_feeds_iter(scheduled=False):
                if isinstance(result.value, Exception):
                    raise result.value
            held = {format_: [_held(entry) for entry in reader.get_entries(feed=url)] for format_, url in urls.items()}
            for entry in list(reader.get_entries(read=False)):
                reader.mark_entry_as_read(entry)
        return held

    return poll


READER = Subscriber(
    "reader",
    ("rss", "atom", "json"),
    lambda: "",
    _subscribe,
    notices=frozenset({"body", "title", "link", "date", "author"}),
)
