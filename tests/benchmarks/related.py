"""Time and memory of finding and looking up related stories: `python -m tests.benchmarks.related [COUNT ...]`."""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from feedwright.model import Article, Body, Category, Reference, Site
from feedwright.render.related import Index, resolve
from feedwright.render.related.similarity import find
from tests.named_articles import index

URL = "https://generated.example/"
SITE = Site("A generated site", URL, URL, "generated.example")
WANTED, VOCABULARY = 5000, 5000


def articles(count: int) -> list[Article]:
    """Articles with three of 20 categories, three of 200 tags, and titles of eight words, few of them frequent."""
    chance = random.Random(count)
    categories = [Category(f"Category {number}") for number in range(20)]
    tags = [Category(f"tag {number}") for number in range(200)]
    vocabulary = [f"word{number}" for number in range(VOCABULARY)]
    words = chance.choices(vocabulary, [1 / (rank + 1) for rank in range(VOCABULARY)], k=8 * count)
    oldest = datetime(2004, 1, 1, tzinfo=UTC)
    made = []
    for number in range(count):
        path, when = f"{number // 1000:04}/post-{number:07}", oldest + timedelta(hours=2 * number)
        made.append(
            Article(
                key=f"{path}.md",
                path=path,
                slug=path[5:],
                id=f"tag:generated.example,2004:{path}",
                title=" ".join(words[8 * number : 8 * number + 8]),
                url=f"{URL}{path}/",
                published=when,
                updated=when,
                body=Body("", "html"),
                categories=tuple(chance.sample(categories, 3)),
                tags=tuple(chance.sample(tags, 3)),
                references=(Reference(f"post-{number - 7:07}"), Reference(f"/{path}"), Reference(f"psot-{number}")),
                language="en",
            )
        )
    return made


def timed(name: str, count: int, work: Callable[[], object]) -> None:
    """One line: CPU seconds of some work, and by how much the process's peak memory has grown."""
    peak, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    work()
    seconds = time.process_time() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
    print(f"{count:>9} {name:>24} {seconds:>7.2f} {grown / 1024:>8.0f}")


def resolve_all(some: list[Article], known: Index) -> None:
    for article in some:
        resolve(article, known, SITE)


def main(counts: list[int]) -> None:
    print(f"{'articles':>9} {'':>24} {'CPU s':>7} {'peak +MB':>8}")
    for count in counts:
        made = articles(count)
        newest = {article.id for article in made[-WANTED:]}
        anywhere = {article.id for article in random.Random(1).sample(made, min(WANTED, count))}
        timed("find for the newest 5000", count, partial(find, made, newest, 3))
        timed("find for any 5000", count, partial(find, made, anywhere, 3))
        timed("find for the newest", count, partial(find, made, {made[-1].id}, 3))
        timed("index", count, partial(index, made))
        known = index(made)
        right = [replace(article, references=article.references[:2]) for article in made[-WANTED:]]
        wrong = [replace(article, references=article.references[2:]) for article in made[-1000:]]
        timed("resolve 10000 right", count, partial(resolve_all, right, known))
        timed("resolve 1000 wrong", count, partial(resolve_all, wrong, known))


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [10_000, 100_000])
