"""A small client that keys entries as FreshRSS does: by guid, with a hash of what it holds; for where that is not.

Like that it takes `content_html` alone of JSON Feed, and no authors. It holds what the
document holds: what left it is gone.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import feedparser

from tests.subscribers.subscriber import Held, Poll, Subscriber, version_of

Item = tuple[str, str, str, Sequence[str], str, Sequence[str]]
"""guid, link, title, authors, body, categories"""


def _of_json(document: bytes) -> Iterator[Item]:
    for item in json.loads(document)["items"]:
        body = item.get("content_html", "")
        yield item["id"], item.get("url", ""), item.get("title", ""), [], body, item.get("tags", [])


def _of_xml(document: bytes) -> Iterator[Item]:
    parsed = feedparser.parse(document)
    if parsed.bozo:
        raise parsed.bozo_exception
    for entry in parsed.entries:
        authors = [author.get("name", "") for author in entry.get("authors", [])]
        body = entry.content[0].value if "content" in entry else entry.get("summary", "")
        terms = [tag.term for tag in entry.get("tags", [])]
        yield entry.id, entry.get("link", ""), entry.get("title", ""), authors, body, terms


def _subscribe(folder: Path, urls: Mapping[str, str]) -> Poll:
    known: set[tuple[str, str]] = set()

    def one(format_: str, url: str) -> Iterator[Held]:
        with urllib.request.urlopen(url, timeout=20) as answer:
            document = answer.read()
        for guid, link, title, *more, body, terms in (_of_json if format_ == "json" else _of_xml)(document):
            yield Held(guid, f"{title} {body}", (url, guid) not in known, version_of(link, title, more, body, terms))
            known.add((url, guid))

    return lambda: {format_: list(one(format_, url)) for format_, url in urls.items()}


KEYED = Subscriber(
    "keyed",
    ("rss", "atom", "json"),
    lambda: "",
    _subscribe,
    notices=frozenset({"body", "title", "link", "terms", "author"}),
    blind={"json": frozenset({"author"})},
    keeps=False,
)
