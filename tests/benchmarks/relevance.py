"""How often found stories are those to which an author links: `python -m tests.benchmarks.relevance [NAME ...]`.

The judge is somebody whom nobody tuned: the older articles of the same site to which an article's author links in its
text. hit@3 is the share of articles with such links of which at least one is among the three that are found. Links to
the site's own articles are taken out of the texts first, their words too, so that nothing is told beforehand.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from feedwright.config import Config
from feedwright.model import NEVER, Article
from feedwright.pipeline import Options, build
from feedwright.read.refresh import around_of
from feedwright.sources.folder.article_file import content_of
from feedwright.sources.folder.parse import parse
from feedwright.sources.folder.walk import listings
from feedwright.sources.model import Listing
from feedwright.sources.site import load_to_build
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened

CORPORA = Path(__file__).parents[3] / "shared/corpora"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
HOSTS = {
    "18F": "18f.gsa.gov 18f.gov",
    "cedricporter-zh": "blog.cedricporter.com everet.org",
    "cocoapods": "blog.cocoapods.org",
    "datafusion": "datafusion.apache.org",
    "electron": "electronjs.org www.electronjs.org",
    "elixir": "elixir-lang.org",
    "eslint": "eslint.org",
    "golang": "blog.golang.org go.dev",
    "hexo-site": "hexo.io",
    "jekyll": "jekyllrb.com",
    "letsencrypt": "letsencrypt.org",
    "mastodon": "blog.joinmastodon.org",
    "nshipster": "nshipster.com",
    "ropensci": "ropensci.org www.ropensci.org",
    "rust-blog": "blog.rust-lang.org",
    "rustacean-podcast": "rustacean-station.org",
    "swift-org": "swift.org www.swift.org",
    "twir": "this-week-in-rust.org",
    "void": "voidlinux.org voidlinux.eu",
}
"""Corpus -> the hosts that its site is, or was, at."""

FEWEST = 20
"""Articles with links that a corpus must have to say anything."""

_INLINE = re.compile(
    r"!?\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\(\s*<?(?P<to>[^()\s>]+(?:\([^()\s]*\)[^()\s>]*)*)>?[^()]*\)"
)
_HTML = re.compile(r"<a\s[^>]*?href\s*=\s*[\"']?(?P<to>[^\"'\s>]+)[\"']?[^>]*>(?P<text>.*?)</a\s*>", re.I | re.S)
_DEFINED = re.compile(r"^ {0,3}\[(?P<name>[^\]\n]+)\]:\s*<?(?P<to>[^\s>]+)>?.*$", re.M)
_USED = re.compile(r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\](?:\[(?P<name>[^\[\]]*)\])?")
_LIQUID = re.compile(r"\{[{%]\W*(?:post_url|link|ref|relref|post_link)\s+\"?(?P<to>[^\s\"%}]+)[^{}]*[}%]\}")
_SHOWN = re.compile(r"<?(?P<to>https?://[^\s<>()\[\]\"']+)>?")
_SUFFIX = re.compile(r"\.(?:html?|md|markdown|mdx)$", re.I)


@dataclass(frozen=True, slots=True)
class Corpus:
    """A real site.

    Args:
        articles: those that have a date, the oldest first.
        linked: an article's file -> the ids of the older ones to which its text links, where there is any.
        texts: an article's file -> what it holds without links to the site's own articles.
    """

    name: str
    articles: tuple[Article, ...]
    linked: Mapping[str, frozenset[str]]
    texts: Mapping[str, str]


def read(name: str) -> Corpus:
    """A corpus with what its authors link to."""
    with tempfile.TemporaryDirectory() as folder:
        config = load_to_build(_copy(name, Path(folder)))
        articles = sorted(_articles(config), key=lambda article: (article.published, article.id))
        by_name = _by_name(articles)
        texts, linked = {}, {}
        for article in articles:
            to: set[str] = set()
            text = content_of(config, article.key).decode(errors="replace")
            target = partial(_target, by_name=by_name[article.language], hosts=HOSTS[name].split())
            texts[article.key] = _cut(text, target, to)
            if older := {one.id for one in articles[: articles.index(article)] if one.id in to}:
                linked[article.key] = frozenset(older)
    return Corpus(name, tuple(articles), linked, texts)


def _copy(name: str, folder: Path, more: str = "") -> Path:
    content = folder / "content"
    shutil.copytree(CORPORA / name, content)
    settings = f'title = "A real site"\nurl = "https://real.example/"\ntimezone = "UTC"\n{more}'
    (content / "site.toml").write_text(settings)
    return content


def _articles(config: Config) -> Iterator[Article]:
    found = [one for one in listings(config, {}) if isinstance(one, Listing)]
    around, _ = around_of(config, {one.folder: len(one.articles) for one in found})
    for listing in found:
        for member in listing.articles:
            key = f"{listing.folder}/{member}".lstrip("/")
            article = parse(config, key, content_of(config, key), around).article
            if article and article.published < NOW and article.published != NEVER and not article.draft:
                yield article


def _by_name(articles: Iterable[Article]) -> dict[str, dict[str, set[str]]]:
    """Language -> last part of an address, in lower case -> the ids of the articles of that name."""
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for article in articles:
        last = article.path.rpartition("/")[2]
        for name in (article.slug, last, re.sub(r"^\d{4}-\d\d?-\d\d?-", "", last)):
            names[article.language][name.casefold()].add(article.id)
    return names


def _target(to: str, by_name: Mapping[str, set[str]], hosts: list[str]) -> str:
    """The id of the article to which a link leads; empty where that is none of the site's."""
    try:
        parts = urlsplit(to)
    except ValueError:
        return ""
    if parts.hostname and parts.hostname not in hosts:
        return ""
    path = _SUFFIX.sub("", unquote(parts.path).rstrip("/").removesuffix("/index.html"))
    last = path.removesuffix("/index").rpartition("/")[2].casefold()
    found = by_name.get(last, set())
    return next(iter(found)) if len(found) == 1 and ("/" in path or not parts.hostname) else ""


def _cut(text: str, target: Callable[[str], str], to: set[str]) -> str:
    """A text without links to the site's own articles, and without their words; where they lead goes into `to`."""

    def cut(match: re.Match[str]) -> str:
        if id_ := target(match["to"]):
            to.add(id_)
            return " "
        return match[0]

    defined = {match["name"].casefold(): match["to"] for match in _DEFINED.finditer(text)}
    own = {name for name, where in defined.items() if target(where)}

    def cut_use(match: re.Match[str]) -> str:
        return " " if (match["name"] or match["text"]).casefold() in own else match[0]

    text = _DEFINED.sub(cut, text)
    head, body = _head(text)
    for pattern in (_LIQUID, _INLINE, _HTML):
        body = pattern.sub(cut, body)
    body = _USED.sub(cut_use, body) if own else body
    return head + _SHOWN.sub(cut, body)


def _head(text: str) -> tuple[str, str]:
    mark = text[:3]
    end = text.find(f"\n{mark}", 3) if mark in ("---", "+++") else -1
    return (text[: end + 4], text[end + 4 :]) if end >= 0 else ("", text)


def found(corpus: Corpus, auto: int = 3) -> dict[str, list[str]]:
    """What `feeds build` finds: an article's file -> ids."""
    with tempfile.TemporaryDirectory() as folder:
        related = f"[related]\nlinked = false\nauto = {auto}\n"
        more = f"limit = 0\nformats = ['json']\nextras = []\nstylesheet = false\n{related}"
        content = _copy(corpus.name, Path(folder), more)
        for key, text in corpus.texts.items():
            (content / key).write_text(text)
        build(content, Path(folder) / "out", now=NOW, options=Options())
        with opened(Ledger, content / ".feeds") as ledger:
            return {one.key: list(one.found[1:]) for one in ledger.articles()}


def hits(corpus: Corpus, given: Mapping[str, Iterable[str]]) -> float:
    """hit@3: the share of articles that link, of which one that they link to is given."""
    hit = (not wanted.isdisjoint(list(given.get(key, ()))[:3]) for key, wanted in corpus.linked.items())
    return sum(hit) / max(1, len(corpus.linked))


def main(names: list[str]) -> None:
    print(f"{'corpus':>18} {'articles':>8} {'linking':>8} {'hit@3':>6}")
    for name in names:
        corpus = read(name)
        line = f"{name:>18} {len(corpus.articles):>8} {len(corpus.linked):>8}"
        print(line, f"{hits(corpus, found(corpus)):>6.2f}" if len(corpus.linked) >= FEWEST else "     -", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(HOSTS))
