"""CPU time of bodies and entries of generated posts: `python -m tests.benchmarks.bodies [COUNT]`."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from feedwright import config, formats
from feedwright.model import Article, EntryOptions
from feedwright.render import body as html
from feedwright.render import related
from feedwright.sources import Entry
from feedwright.sources.folder.open import read, scan
from tests.benchmarks.generate import write_site


def best(action: Callable[[Article], object], articles: Sequence[Article], rounds: int = 5) -> float:
    """CPU milliseconds for each, in the best of several rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        for article in articles:
            action(article)
        times.append(time.process_time() - start)
    return min(times) / len(articles) * 1000


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder)
        write_site(content, count)
        loaded = config.load(content)
        readings = [read(loaded, part.key) for part in scan(loaded) if isinstance(part, Entry)]
    articles = [reading.article for reading in readings if reading.article]
    index = related.index(articles, [])

    def body(article: Article) -> Article:
        lookup = partial(related.named, article=article, index=index)
        return html.clean(article, loaded.embed_hosts, lookup, loaded.site).article

    print(f"{len(articles)} generated posts; CPU milliseconds for each")
    print(f"{'body':>12} {best(body, articles):.3f}")
    cleaned = [body(article) for article in articles]
    for name in formats.NAMES:
        entry = partial(formats.load(name).entry, site=loaded.site, options=EntryOptions())
        print(f"{name + ' entry':>12} {best(entry, cleaned):.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
