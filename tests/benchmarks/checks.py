"""How long a check takes: python tests/benchmarks/checks.py [FOLDER of feeds, default ../shared/feeds].

What a build pays for each new entry and for each document is measured on documents of the builder's own formats.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from feedwright import formats
from feedwright.checks import check, refused
from feedwright.model import NEVER, Article, Body, Category, EntryOptions, Feed, Link, Person, Site
from feedwright.render.entries import with_one_entry

SIZE = 50_000
ROUNDS = 10
TOGETHER = 25
URL = "https://feed.example/"
SITE = Site("Sea", URL, URL, "feed.example")
FEED = Feed(SITE, "site", "", URL, "Sea", "Sea", URL, f"{URL}a.xml", "a.xml", "", NEVER)
SHARED = Path(__file__).resolve().parents[3] / "shared" / "feeds"


def seconds(work: Callable[[], object]) -> float:
    """The best of some rounds, in processor time."""
    best = 9.0
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def of_size(data: bytes) -> bytes:
    """A feed cut, or its entries repeated, so that it has some 50 KB."""
    name = b"item" if b"<item" in data else b"entry"
    head, start, rest = data.partition(b"<" + name)
    body, end, tail = rest.rpartition(b"</" + name + b">")
    entries = [entry + end for entry in (start + body).split(end)] if end else []
    made, place = head, 0
    while entries and len(made) < SIZE and place < 10_000:
        made += entries[place % len(entries)]
        place += 1
    return made + tail


def gate(name: str) -> None:
    """Print what the check before publishing costs: of new entries, and of a document of 20 of them."""
    text = (
        "<p>" + 'Water comes and <em>goes</em>, <a href="https://www.example.org/a">twice</a> a day. ' * 12 + "</p>\n"
    )
    articles = [
        Article(
            id=f"tag:feed.example,2026-03-01:{number}",
            key=f"{number}.md",
            path=str(number),
            slug=str(number),
            url=f"https://feed.example/{number}/",
            title=f"Tides {number}",
            body=Body(text * 6, "clean"),
            published=NEVER,
            updated=NEVER,
            authors=(Person("Ann"),),
            categories=(Category("Sea", "https://feed.example/category/"),),
            tags=(Category("tides", "https://feed.example/tag/"), Category("moon", "https://feed.example/tag/")),
            related=(Link(f"https://feed.example/{number}/more/", "related", title="More"),),
        )
        for number in range(TOGETHER)
    ]
    form = formats.load(name)
    entries = [form.entry(article, SITE, EntryOptions()) for article in articles]
    (_, together), *_ = form.documents(replace(FEED, format=name), entries)
    feed = replace(FEED, format=name)
    (_, document), *_ = form.documents(feed, entries[:20])
    assert refused(together) == []
    each = seconds(partial(refused, together)) / TOGETHER
    one = seconds(partial(refused, with_one_entry(feed.format, document, entries[:20])))
    print(f"{name}: {each * 1000:.3f} ms a new entry of {len(together) // TOGETHER // 1000} KB, ", end="")
    print(f"{one * 1000:.3f} ms a document of {len(document) // 1000} KB")


def main() -> None:
    """Print milliseconds for 50 KB of each feed, and how many such files a second can be checked."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    feeds = {path.name: of_size(path.read_bytes()) for path in sorted(folder.rglob("*.xml"))}
    feeds = {name: data for name, data in feeds.items() if len(data) >= SIZE}
    times = {name: seconds(partial(check, data)) * SIZE / len(data) for name, data in feeds.items()}
    for name, taken in sorted(times.items(), key=lambda pair: -pair[1])[:10]:
        print(f"{taken * 1000:6.2f} ms  {name}")
    mean = sum(times.values()) / len(times)
    middle = sorted(times.values())[len(times) // 2]
    print(f"{len(times)} feeds of 50 KB: mean {mean * 1000:.2f} ms, median {middle * 1000:.2f} ms")
    print(f"{1 / mean:.0f} such files a second")
    for name in formats.NAMES:
        gate(name)
    started = time.perf_counter()
    first = "import sys, feedwright.checks; feedwright.checks.check(sys.stdin.buffer.read())"
    subprocess.run([sys.executable, "-c", first], input=next(iter(feeds.values())), check=True)
    print(f"start to first verdict: {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
