"""What pages that an engine built cost: `python -m tests.benchmarks.pages [COUNT ...]`."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from feedwright.pages.body import BodyRules, body_of
from feedwright.pages.candidates import Candidate
from feedwright.pages.learn import Sample, chosen, learn
from feedwright.pages.page import as_json, from_json, read_page
from feedwright.pages.pair import pair
from feedwright.pages.words import sketch_of, words_of_source
from tests.benchmarks.related import timed

URL = "https://generated.example/"
WORDS, VOCABULARY, ON_A_LIST = 700, 20_000, 10


def sources(count: int) -> Iterator[tuple[str, str, str]]:
    """Articles: each its path, title and text in Markdown, of words that are rarer the later they stand."""
    chance = random.Random(count)
    vocabulary = [f"word{number}" for number in range(VOCABULARY)]
    weights = [1 / (rank + 1) for rank in range(VOCABULARY)]
    for number in range(count):
        words = chance.choices(vocabulary, weights, k=WORDS + 8)
        text = "\n\n".join(" ".join(words[start : start + 70]) for start in range(0, WORDS, 70))
        yield f"{number // 1000:04}/post-{number:07}", " ".join(words[WORDS:]), text


def html(title: str, content: str) -> bytes:
    """A page with as much around its text as themes have: some 20 KB."""
    menu = "".join(f'<li class="menu-item"><a href="/section-{n}/">Section {n}</a></li>' for n in range(40))
    furniture = "".join(f'<div class="widget"><span class="icon icon-{n}"></span></div>' for n in range(150))
    head = f'<meta charset="utf-8"><title>{title} | Generated</title><meta property="og:title" content="{title}">'
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body><nav><ul>{menu}</ul></nav><main>{content}</main>'
        f"<footer>{furniture}</footer></body></html>"
    ).encode()


def built(articles: list[tuple[str, str, str]]) -> dict[str, bytes]:
    """A page for each article, and lists that hold ten of them in full."""
    bodies = ["".join(f"<p>{part}</p>" for part in text.split("\n\n")) for _, _, text in articles]
    pages = {
        f"{path}/index.html": html(title, f"<h1>{title}</h1><div class='post'>{body}</div>")
        for (path, title, _), body in zip(articles, bodies, strict=True)
    }
    for start in range(0, len(articles), ON_A_LIST):
        shown = zip(articles[start : start + ON_A_LIST], bodies[start : start + ON_A_LIST], strict=True)
        content = "".join(f"<h2><a href='/{path}/'>{title}</a></h2>{body}" for (path, title, _), body in shown)
        pages[f"page/{start // ON_A_LIST}/index.html"] = html("Articles", content)
    return pages


def measure(count: int) -> None:
    articles = list(sources(count))
    files = built(articles)
    size = sum(map(len, files.values())) / len(files)
    candidates: list[Candidate] = []
    pages = []
    rows: list[str] = []
    timed("sketch sources", count, lambda: candidates.extend(map(candidate, articles)))
    timed("read pages", count, lambda: pages.extend([read_page(path, page, URL) for path, page in files.items()]))
    timed("keep pages", count, lambda: rows.extend(map(as_json, pages)))
    timed("load pages", count, lambda: list(map(from_json, rows)))
    timed("pair all", count, lambda: expect(len(pair(candidates, pages).pairs), count))
    kept = [one._replace(kept=f"{one.key.removesuffix('.md')}/index.html") for one in candidates]
    timed("pair one", count, lambda: expect(len(pair([candidates[0], *kept[1:]], pages).pairs), count))
    by_path = {path: (title, words_of_source(text), files[f"{path}/index.html"]) for path, title, text in articles}
    samples = [Sample(*by_path[path]) for path in chosen(by_path)]
    timed("learn", count, lambda: expect(learn(samples).rules, BodyRules(("div.post",))))
    rules = BodyRules(("div.post",))
    timed(
        "take bodies",
        count,
        lambda: [
            body_of(files[f"{one.key.removesuffix('.md')}/index.html"], rules, one.title, URL, one.sketch)
            for one in candidates
        ],
    )
    print(f"{len(files)} pages of {size / 1024:.0f} KB; kept in {sum(map(len, rows)) / len(rows) / 1024:.1f} KB each")


def candidate(article: tuple[str, str, str]) -> Candidate:
    path, title, text = article
    return Candidate(f"{path}.md", title, "", "en", f"{path}/", sketch_of(words_of_source(text)))


def expect(found: object, wanted: object) -> None:
    if found != wanted:
        raise SystemExit(f"{found} instead of {wanted}")


def main(counts: list[int]) -> None:
    print(f"{'articles':>9} {'':>24} {'CPU s':>7} {'MB more':>8}")
    for count in counts:
        measure(count)


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [1000, 10_000])
