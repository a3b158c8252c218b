"""CPU time of reading posts: `python -m tests.benchmarks.reading [FOLDER [COUNT]]`.

FOLDER holds posts (default: ropensci's, where the folder of real posts stands beside the checkout), which are repeated
until there are COUNT (10,000). COUNT generated posts are read beside them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from feedwright.articles.compose import compose
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.config import Config, load_config
from feedwright.errors import FeedsError
from feedwright.model import Article, Site
from feedwright.render.body import clean
from tests.benchmarks.generate import write_site
from tests.unit.sources.folder.reading import read, walked

POSTS = Path(__file__).parents[3] / "shared" / "corpora" / "ropensci"
SITE = Site(
    title="Sea", url="https://example.org/", feeds_url="https://example.org/", authority="example.org", language="en"
)


def each(action: Callable[[str], object], keys: Sequence[str]) -> float:
    """CPU milliseconds for each key, the best of three."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        for key in keys:
            action(key)
        spent.append(time.process_time() - start)
    return min(spent) / len(keys) * 1000


def repeated(keys: list[str], count: int) -> list[str]:
    return [keys[number % len(keys)] for number in range(count)]


def main(content: Path, count: int) -> None:
    config = Config(content, content / "site.toml", content / ".feeds", SITE)
    found = walked(config)[0]
    texts = {key: (content / key).read_text(encoding="utf-8-sig") for key in found}
    readings = {key: read(config, key).article for key in found}
    articles = {key: article for key, article in readings.items() if article}
    keys = repeated(sorted(articles), count)

    def fields(key: str) -> object:
        return compose(config, key, split_front_matter(texts[key]), "markdown")

    def whole(key: str) -> object:
        return read(config, key)

    def body(key: str) -> Article | None:
        try:
            return clean(replace(articles[key], summary=""), ()).article
        except FeedsError:
            return None

    fields(keys[0])
    body(keys[0])
    print(f"{len(found)} posts of {content.name}, repeated to {count}; CPU milliseconds for each")
    print(f"{'front matter and fields':>32} {each(fields, keys):.3f}")
    print(f"{'the same, with opening the file':>32} {each(whole, keys):.3f}")
    print(f"{'a body that a feed shows':>32} {each(body, keys):.3f}")


def generated(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_site(Path(folder), count)
        config = load_config(Path(folder))
        keys = walked(config)[0]
        whole = each(lambda key: read(config, key), keys)
    print(f"{count} generated posts of 4 KB; CPU milliseconds for each")
    print(f"{'opening, front matter and fields':>32} {whole:.3f}")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    posts = int(arguments[1]) if len(arguments) > 1 else 10_000
    main(Path(arguments[0]) if arguments else POSTS, posts)
    generated(posts)
