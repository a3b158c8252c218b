"""Related stories: those that an author named, looked up, and those that are found.

Found ones look back in time only. All that is counted for an article is counted among older ones, so that
publishing another changes no earlier entry. Scores are whole numbers: the same everywhere, for ever.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from heapq import heapify, heappop
from itertools import islice, repeat
from posixpath import dirname, join, normpath
from types import MappingProxyType
from typing import NamedTuple
from unicodedata import normalize

from feeds.errors import Problem
from feeds.html import absolute
from feeds.model import Article, Link, Reference, Site
from feeds.sources.languages import split_suffix
from feeds.sources.place import shown as quoted

RULE = "1"
"""What `find` looks for; another number when an article would get other links than before."""

Names = dict[str, list[Article] | tuple[Article]]

# --- Named ---

_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?!tag:|urn:)[A-Za-z][A-Za-z0-9+.-]*:(?!\s)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:md|mkd|markdown|html?)$", re.IGNORECASE)
_LEFT_OUT = "The link is left out."
_NEIGHBOURS = 150
_LISTED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Every name that an article can be called by.

    Args:
        by_id: the articles that may be shown.
        hidden: key of an article that may not be shown -> why, in words.
        ids, urls, paths, slugs, titles: name -> all articles of that name, those that may not be shown included.
        sorted_slugs: of the articles that may be shown.
    """

    by_id: Mapping[str, Article]
    hidden: Mapping[str, str]
    ids: Names
    urls: Names
    paths: Names
    slugs: Names
    titles: Names
    sorted_slugs: Sequence[str]


class Resolved(NamedTuple):
    """What an article's references come to: links (`rel` is "related"), headlines, and what was left out."""

    links: tuple[Link, ...]
    headlines: tuple[str, ...]
    problems: tuple[Problem, ...]


def index(articles: Iterable[Article], ineligible: Iterable[tuple[Article, str]] = ()) -> Index:
    """Note by which names articles are called, once for all that `resolve` looks up.

    Args:
        articles: those that may be shown, each id once.
        ineligible: those that may not, and why, e.g. "draft".
    """
    by_id = {article.id: article for article in articles}
    hidden = list(ineligible)
    ids, urls, paths, slugs, titles = Names(), Names(), Names(), Names(), Names()
    for article in (*by_id.values(), *(article for article, _ in hidden)):
        key, path, slug = _composed(article.key), _composed(article.path), _composed(article.slug).casefold()
        alone = (article,)
        _note(ids, alone, article.id, article.guid)
        _note(urls, alone, _address(article.url))
        _note(paths, alone, key, path)
        # "tides.de" is the German "tides", and meant where a German article names that.
        if "." in path and (bare := _place(split_suffix(path)[0])) != path:
            _note(paths, alone, bare)
        _note(slugs, alone, slug, path.rpartition("/")[2].casefold())
        _note(titles, alone, _headline(article.title))
    spelled = sorted({article.slug.casefold() for article in by_id.values()})
    return Index(by_id, {article.key: why for article, why in hidden}, ids, urls, paths, slugs, titles, spelled)


def link(article: Article, title: str = "") -> Link:
    """The related link to one of our articles.

    Args:
        title: as the author wrote it; empty for the article's own.
    """
    return Link(article.url, "related", "text/html", article.language or None, title or article.title or None)


def resolve(article: Article, index: Index, site: Site) -> Resolved:
    """Look up the related stories that an author named.

    A name is looked for as an id, an address, a path from the article's own folder, a path from the content
    folder, a slug, a title. Of several articles that share it, the one in the article's language is meant, then in
    its section, then in its folder.

    Args:
        article: whose `references` are looked up.
        index: of all articles.
        site: whose `url` relative addresses are resolved against.

    Returns: each link and each headline once, in the author's order; what is left out has a problem.
    """
    links: dict[str, Link] = {}
    headlines: dict[str, None] = {}
    problems: list[Problem] = []
    for reference in article.references:
        outcome = _outcome(reference, article, index, site)
        if isinstance(outcome, Link):
            links.setdefault(outcome.href, outcome)
        elif isinstance(outcome, str):
            headlines[outcome] = None
        else:
            problems.append(outcome)
    return Resolved(tuple(links.values()), tuple(headlines), tuple(dict.fromkeys(problems)))


def _outcome(reference: Reference, article: Article, index: Index, site: Site) -> Link | str | Problem:
    if not reference.target:
        return _headlined(reference, article, index)
    names = _names(reference.target, article, index, site)
    found = next((meant for known, name in names if (meant := known.get(name))), None)
    if found:
        return _linked(reference, _meant(found, article, index), article, index)
    if _WEB.match(reference.target) and (href := absolute(reference.target, site.url)):
        return Link(href, "related", title=reference.title or None)
    if _WEB.match(reference.target) or _OTHER_SCHEME.match(reference.target):
        what = f"{quoted(reference.target)} is no address that can be linked to"
        return _problem(article, "related-address", what, f"Write an http or https address. {_LEFT_OUT}")
    what = f"{quoted(reference.target)} is no article's slug, path, address, id or title"
    near = _nearest(reference.target, index)
    mend = f"Is {quoted(near.slug)} ({near.key}) meant? " if near else "A headline alone is written `title: ...`. "
    return _problem(article, "related-missing", what, mend + _LEFT_OUT)


def _headlined(reference: Reference, article: Article, index: Index) -> Link | str | Problem:
    found = index.titles.get(_headline(reference.title), ())
    others = [one for one in found if one.key != article.key and one.key not in index.hidden]
    if len(others) == 1 or (found and not others):
        return _linked(reference, others or _meant(found, article, index)[:1], article, index)
    return reference.title


def _linked(reference: Reference, found: Sequence[Article], article: Article, index: Index) -> Link | Problem:
    target, named = found[0], quoted(reference.target or reference.title)
    if target.key == article.key:
        return _problem(article, "related-itself", f"{named} is the article itself", _LEFT_OUT)
    if target.key in index.hidden:
        what = f"{named} is {target.key}, which is not shown: {index.hidden[target.key]}"
        return _problem(article, "related-not-published", what, "The link is left out as long as that is so.")
    if len(found) > 1:
        listed = ", ".join(one.key for one in found[:_LISTED]) + (", …" if len(found) > _LISTED else "")
        what = f"{named} may be any of {len(found)} articles: {listed}"
        return _problem(article, "related-ambiguous", what, f"Name one by its path. {_LEFT_OUT}")
    return link(target, reference.title)


def _names(target: str, article: Article, index: Index, site: Site) -> Iterator[tuple[Names, str]]:
    """Where a target is looked for, in order."""
    yield index.ids, target
    if _WEB.match(target) or target.startswith("/"):
        yield index.urls, _address(absolute(target, site.url) or "")
    if _WEB.match(target):
        return
    if target.startswith("/"):
        # A site below a folder: "/posts/tides/" as its author writes it lacks that folder.
        yield index.urls, _address(absolute(f"./{target.lstrip('/')}", site.url) or "")
    whole = _composed(target.replace("\\", "/"))
    page = whole.partition("#")[0]
    paths = [path for path in dict.fromkeys((whole, page, _SUFFIX.sub("", page))) if path.strip("/")]
    if not target.startswith("/"):
        folder = dirname(_composed(article.key))
        yield from ((index.paths, _place(join(folder, path))) for path in paths)
    yield from ((index.paths, _place(path.lstrip("/"))) for path in paths)
    yield from ((index.slugs, path.strip("/").casefold()) for path in paths)
    yield index.titles, _headline(target)


def _meant(found: Sequence[Article], article: Article, index: Index) -> Sequence[Article]:
    """Of several articles with one name, those that are meant: one, where that can be told."""
    found = [one for one in found if one.key not in index.hidden] or found
    found = [one for one in found if one.key != article.key] or found
    found = [one for one in found if one.language == article.language] or found
    found = [one for one in found if one.section == article.section] or found
    return [one for one in found if dirname(one.key) == dirname(article.key)] or found


def _nearest(target: str, index: Index) -> Article | None:
    """The article whose slug is most like a target, among those that stand near it in the alphabet."""
    stem = _SUFFIX.sub("", target.partition("#")[0].rstrip("/").rpartition("/")[2])[:100]
    wanted = "-".join(_composed(stem).casefold().split())
    place = bisect_left(index.sorted_slugs, wanted)
    around = index.sorted_slugs[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]
    near = get_close_matches(wanted, [slug for slug in around if len(slug) <= 200], 1, 0.75)
    same = index.slugs.get(_composed(near[0]), ()) if near else ()
    return next((one for one in same if one.key not in index.hidden), None)


def _problem(article: Article, code: str, what: str, mend: str) -> Problem:
    return Problem("warning", code, article.key, what, mend, key="related")


def _note(names: Names, alone: tuple[Article], name: str, other: str | None = None) -> None:
    # Nearly every name is one article's: its names share one tuple.
    for called in (name, other) if other and other != name else (name,):
        known = names.setdefault(called, alone) if called else alone
        if isinstance(known, list):
            known.append(alone[0])
        elif known is not alone:
            names[called] = [*known, *alone]


def _composed(text: str) -> str:
    # The same name comes composed from one file system and decomposed from another.
    return text if text.isascii() else normalize("NFC", text)


def _address(url: str) -> str:
    """What two addresses of one page have in common."""
    page = url.partition("#")[0].removesuffix("index.html").rstrip("/")
    return page.removeprefix("https:").removeprefix("http:")


def _headline(title: str) -> str:
    return " ".join(_composed(title).casefold().split())


def _place(path: str) -> str:
    return normpath(path).removesuffix("/index")


# --- Found ---

_WEIGHTS = {"category": 3, "tag": 4, "word": 2, "pair": 1}
_BIT = 1024
_ENOUGH = 12 * _BIT
_NEWEST = 40
_CANDIDATES = 100
_HALVED = 730
"""The age in days that halves what an older article is worth."""

# Marks within words, which \w lacks: Latin to Arabic, then South and South-East Asian scripts as they come.
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0971-\u0df3\u200c\u200d"
)
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:(?<=[0-9])\.[0-9]+)*")
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}])+(?:(?<=[0-9])\.[0-9]+)*")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u9fff"
    "\uac00-\ud7af\U00020000-\U0003ffff]+"
)
"""Runs of scripts without spaces between words, and of Korean, whose words change at their end."""


@dataclass(slots=True, eq=False)
class _Older:
    """An article that another may be related to, with those of its features that are asked for."""

    id: str
    published: datetime
    features: tuple[str, ...]


Holders = defaultdict[str, list[_Older]]
"""Feature -> the articles that have it, oldest first; "" -> all of them."""


def find(
    articles: Iterable[Article],
    wanted: Collection[str],
    count: int,
    excluded: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> dict[str, tuple[str, ...]]:
    """Find related stories by what articles share: categories, tags and words of the title, the rarer the better.

    Only older articles (by `published`, then `id`) in the same language count, or in an unknown one; of two that
    share as much, the newer comes first. An article that shares nothing rare with another gets none.

    Args:
        articles: those that may be shown, in any order, each id once.
        wanted: ids of the articles to find related ones for.
        count: how many each gets at most.
        excluded: id -> ids that are not to be found for it, e.g. because its author named them.

    Returns: wanted id -> ids of older articles, best first.
    """
    order = sorted(articles, key=lambda article: (article.published, article.id))
    while order and order[-1].id not in wanted:
        order.pop()
    own = {article.id: features(article) for article in order if article.id in wanted}
    asked = {feature: feature for mine in own.values() for feature in mine}
    holders: dict[str, Holders] = {}
    found: dict[str, tuple[str, ...]] = {}
    for article in order:
        language = article.language.partition("-")[0].lower()
        if article.id in own:
            near = [here for name, here in holders.items() if not language or name in ("", language)]
            barred = excluded.get(article.id, ())
            best = (id_ for id_ in _best(article.published, own[article.id], near) if id_ not in barred)
            found[article.id] = tuple(islice(best, max(0, count)))
        # The very strings of `asked`: a hundred thousand articles would keep a million copies.
        older = _Older(article.id, article.published, tuple({asked[one] for one in _spelled(article) if one in asked}))
        here = holders.setdefault(language, defaultdict(list))
        for feature in ("", *older.features):
            here[feature].append(older)
    return found


def features(article: Article) -> tuple[str, ...]:
    """What an article may share with others, each once: "category:sea", "tag:tides", "harbour", "潮汐"."""
    telling = (one for one in _spelled(article) if (len(one) > 2 and not one.isdecimal()) or _UNSPACED.match(one))
    return tuple(dict.fromkeys(telling))


def _spelled(article: Article) -> list[str]:
    found = ["category:" + category.term.casefold() for category in article.categories]
    found += ["tag:" + tag.term.casefold() for tag in article.tags]
    title = article.title
    if title.isascii():
        return found + _ASCII_WORD.findall(title.lower())
    title = normalize("NFKC", title).casefold()
    found += [run[at : at + 2] for run in _UNSPACED.findall(title) for at in range(len(run) - 1)]
    return found + _WORD.findall(_UNSPACED.sub(" ", title))


def _best(published: datetime, own: Iterable[str], near: Sequence[Holders]) -> Iterator[str]:
    """The ids of older articles that share enough with one, best first.

    Args:
        own: its features.
        near: what is known of older articles in languages that will do.
    """
    count = sum(len(here[""]) for here in near) + 2
    weights = _weights(own, near, count)
    # In a small site, nothing can be very rare.
    enough = min(_ENOUGH, 2 * _bits(count, 1))
    rated = []
    for older in _candidates(weights, near):
        worth = sum(map(weights.get, older.features, repeat(0)))
        if worth >= enough:
            age = published - older.published
            rated.append((-worth * _HALVED // (_HALVED + age.days), age, older.id, worth, older.features))
    heapify(rated)
    while rated:
        _, _, id_, worth, shared = heappop(rated)
        common = [feature for feature in shared if feature in weights]
        # Words alone must be two, and rarer.
        if any(":" in feature for feature in common) or (len(common) > 1 and 3 * worth >= 5 * enough):
            yield id_


def _weights(own: Iterable[str], near: Sequence[Holders], count: int) -> dict[str, int]:
    """What each feature is worth to those who share it, the rarest first; without those that are everywhere."""
    weights = {}
    for often, feature in sorted((sum(len(here.get(feature, ())) for here in near), feature) for feature in own):
        kind = feature.partition(":")[0] if ":" in feature else "pair" if _UNSPACED.match(feature) else "word"
        if 0 < often <= (count // 2 if ":" in feature else count // 8 + 3):
            weights[feature] = _WEIGHTS[kind] * _bits(count, often)
    return weights


def _candidates(rarest: Iterable[str], near: Sequence[Holders]) -> dict[_Older, None]:
    """The newest articles that have the rarest features: the work is bounded, however many share a tag."""
    candidates: dict[_Older, None] = {}
    for feature in rarest:
        newest = [older for here in near for older in here.get(feature, [])[-_NEWEST:]]
        if len(near) > 1:
            newest = sorted(newest, key=lambda older: (older.published, older.id))[-_NEWEST:]
        candidates.update(dict.fromkeys(newest))
        if len(candidates) >= _CANDIDATES:
            break
    return candidates


def _bits(count: int, often: int) -> int:
    """The base-2 logarithm of `count / often`, in parts of `_BIT`, to a tenth of a bit, from whole numbers alone."""
    ratio = count * _BIT // often
    whole = ratio.bit_length() - 1
    return (whole - 10) * _BIT + (ratio * _BIT >> whole) - _BIT
