"""A configuration, held against the site as it is built: which addresses lead nowhere, and whose each page is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feedwright.commands.engines.built import Built, pages_below
from feedwright.errors import FeedsError
from feedwright.model import Article
from feedwright.sources.model import Listing

if TYPE_CHECKING:
    from feedwright.config import Config
    from feedwright.pages.learn import Learnt
    from feedwright.pages.page import Page
    from feedwright.pages.pair import Pairing

SHOWN = 3
ENOUGH = 0.95
"""Of the articles that are on any page have to have their own, or the folder is not the whole site."""

LEAST = 0.9
"""Of all articles, for the same reason."""

_NEWEST = 20


class Read(NamedTuple):
    """The articles of a site.

    Args:
        all: that could be read, drafts too, by their files.
        public: the files of those that may be shown now, the newest first.
        saved: when the last of these was, in nanoseconds since 1970.
    """

    all: Mapping[str, Article]
    public: Sequence[str]
    saved: int


class Figures(NamedTuple):
    """What is known of a site's addresses.

    Args:
        articles: how many may be shown.
        dead: the files of those whose address by formula has no page, or another's.
        pairs: file -> path of its page below the built folder; empty where that was not asked.
        refusal: why addresses are not taken from pages, as a sentence without full stop; empty where they may be.
        addresses: file -> address by formula.
    """

    articles: int
    dead: tuple[str, ...]
    pairs: Mapping[str, str]
    refusal: str
    addresses: Mapping[str, str]


def articles_of(config: Config, now: datetime) -> Read:
    """Read all articles of a site, without what is kept of earlier runs.

    Args:
        now: aware; decides which may be shown.

    Raises:
        FeedsError: a content folder cannot be read.
    """
    from feedwright.read.refresh import around_of
    from feedwright.select.eligibility import ineligibility_reason
    from feedwright.sources.folder.article_file import content_of
    from feedwright.sources.folder.parse import parse
    from feedwright.sources.folder.walk import listings

    found = [one for one in listings(config) if isinstance(one, Listing)]
    around, _ = around_of(config, {one.folder: len(one.articles) for one in found})
    read: dict[str, Article] = {}
    saved: dict[str, int] = {}
    for one in found:
        for place, name in enumerate(one.articles):
            key = f"{one.folder}/{name}" if one.folder else name
            try:
                article = parse(config, key, content_of(config, key), around).article
            except FeedsError:
                continue
            if article is not None:
                read[key], saved[key] = article, one.stats[4 * place + 1]
    shown = [key for key, article in read.items() if not article.page and not ineligibility_reason(article, now)]
    newest = sorted(shown, key=lambda key: (read[key].published, key), reverse=True)
    return Read(read, newest, max((saved[key] for key in shown), default=0))


def by_formula(config: Config, built: Built, read: Read) -> Figures:
    """Which addresses by formula lead to a page.

    Args:
        built: the site.
        read: its articles.
    """
    from feedwright.pages import addresses

    stems = {addresses.stem(addresses.decoded(path)) for path in pages_below(built.folder)}
    urls = {key: read.all[key].url for key in read.public}
    dead = tuple(key for key, url in urls.items() if _stem(url, config) not in stems)
    return Figures(len(read.public), dead, {}, "it was not looked for", urls)


def by_pages(config: Config, built: Built, read: Read) -> Figures:
    """Which article has which page, whether that is enough to go by, and which addresses by formula are another's.

    Args:
        built: the site.
        read: its articles.
    """
    from feedwright.pages import addresses
    from feedwright.pages.candidates import Candidate
    from feedwright.pages.page import read_page
    from feedwright.pages.pair import pair
    from feedwright.pages.words import sketch_of, words_of_source
    from feedwright.read.pages.folder import page_bytes

    sources = [
        Candidate(
            key,
            article.title,
            f"{article.published:%Y-%m-%d}",
            article.language,
            addresses.below(article.url, config.site.url) or "",
            sketch_of(words_of_source(article.body.text)),
        )
        for key, article in sorted(read.all.items())
    ]
    # What cannot be read is an empty page, which is nobody's.
    found = ((path, page_bytes(built.folder, path) or b"") for path in pages_below(built.folder))
    pages = [read_page(path, html, config.site.url) for path, html in found]
    pairing = pair(sources, pages)
    pairs = {key: pairing.pairs[key].path for key in read.public if key in pairing.pairs}
    urls = {key: read.all[key].url for key in read.public}
    stems = {addresses.stem(addresses.decoded(page.path)) for page in pages}
    dead = tuple(key for key, url in urls.items() if not _is_right(_stem(url, config), pairs.get(key), stems))
    return Figures(len(read.public), dead, pairs, _refusal(config, built, read, pairing, pages), urls)


def layout_of(built: Built, read: Read, pairs: Mapping[str, str]) -> Learnt:
    """Where in its pages a site has the text of an article, and what of that is none.

    Args:
        built: the site.
        read: its articles.
        pairs: as `Figures` has them.
    """
    from feedwright.pages.learn import Sample, chosen, learn
    from feedwright.pages.words import words_of_source
    from feedwright.read.pages.folder import page_bytes

    found = ((read.all[key], page_bytes(built.folder, pairs[key]) or b"") for key in chosen(pairs))
    return learn(Sample(article.title, words_of_source(article.body.text), html) for article, html in found)


def _is_right(stem: str | None, page: str | None, stems: set[str]) -> bool:
    """Whether an address is that of an article's page; where that is not known, whether there is one."""
    from feedwright.pages import addresses

    return stem in stems if page is None else stem == addresses.stem(addresses.decoded(page))


def _stem(url: str, config: Config) -> str | None:
    from feedwright.pages import addresses

    path = addresses.below(url, config.site.url)
    return None if path is None else addresses.stem(path)


def _refusal(config: Config, built: Built, read: Read, pairing: Pairing, pages: Sequence[Page]) -> str:
    """Why pages are not to be gone by; empty where they may be."""
    hosts = Counter(page.host for page in pages if page.host or page.address)
    if hosts and (most := max(hosts, key=lambda host: (hosts[host], host))):
        return f"its pages name {most} as their site, not {config.site.url}: set url, or build for that"
    paired = sum(key in pairing.pairs for key in read.public)
    # What no page has anything of, the engine does not publish: it is rightly held back.
    published = sum(
        bool(key in pairing.pairs or key in pairing.ambiguous or pairing.absent.get(key)) for key in read.public
    )
    if paired < max(ENOUGH * published, LEAST * len(read.public)) or not read.public:
        return f"{paired:,} of {len(read.public):,} articles have a page that is surely theirs, which is too few"
    if unclear := [key for key in read.public[:_NEWEST] if key in pairing.ambiguous]:
        return f"of {unclear[0]}, one of the newest, the page could be one or another"
    if max((_saved(built.folder / page.path) for page in pages), default=0) < read.saved:
        return "an article was saved after it was built: run the engine, then this again"
    return ""


def _saved(file: Path) -> int:
    """When a file was saved, in nanoseconds since 1970; 0 where it is gone."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
