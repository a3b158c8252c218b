"""Articles by the names that authors use: as related stories, and as targets of links."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, join
from typing import NamedTuple, Protocol

from feedwright.articles.context import quoted
from feedwright.articles.link_names import ID, PATH, SLUG, TITLE, URL, page_path, shared_address, shared_headline
from feedwright.errors import Problem
from feedwright.model import Article, Link, Reference, Site
from feedwright.text.characters import composed
from feedwright.text.suggest import likest
from feedwright.text.urls import absolute

_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?!tag:|urn:)[A-Za-z][A-Za-z0-9+.-]*:(?!\s)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:mdx?|mdown|mkdn?|mkdown|markdown|x?html?|rst|rest|adoc|asciidoc)$", re.IGNORECASE)
_LEFT_OUT = "The link is left out."
_NEIGHBOURS = 150
_LISTED = 5
_DEEPEST = 16


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Where articles are found by the names that `names_of` gives them.

    Args:
        called: a name -> all articles of that name, those that may not be shown included.
        hidden: key of an article that may not be shown -> why, in words; of those at least that `called` gave.
        slugs: gives the slugs of the articles that may be shown, in lower case, sorted.
        content: the content folders, as `Config.content` has them.
    """

    called: Callable[[str], Sequence[Article]]
    hidden: Mapping[str, str]
    slugs: Callable[[], Sequence[str]]
    content: tuple[str, ...] = ("",)


class Resolved(NamedTuple):
    """What an article's references come to: links (`rel` is "related"), headlines, and what was left out."""

    links: tuple[Link, ...]
    headlines: tuple[str, ...]
    problems: tuple[Problem, ...]


class Linkable(Protocol):
    """An article of ours, as far as a link to it goes."""

    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...


def link(article: Linkable, title: str = "") -> Link:
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
    names = _names(reference.target, article, site, index.content)
    found = next((meant for name in names if (meant := index.called(name))), None)
    if found:
        return _linked(reference, _meant(found, article, index), article, index)
    if _WEB.match(reference.target) and (href := absolute(reference.target, site.url)):
        return Link(href, "related", title=reference.title or None)
    if _WEB.match(reference.target) or _OTHER_SCHEME.match(reference.target):
        what = f"{quoted(reference.target)} is not a URL that can be linked to"
        return _problem(article, "related-address", what, f"Write an http or https URL. {_LEFT_OUT}")
    what = f"{quoted(reference.target)} is not an article's slug, path, URL, id or title"
    near = _nearest(reference.target, index)
    hint = f"Is {quoted(near.slug)} ({near.key}) meant? " if near else "A headline alone is written `title: ...`. "
    return _problem(article, "related-missing", what, hint + _LEFT_OUT)


def _headlined(reference: Reference, article: Article, index: Index) -> Link | str | Problem:
    found = index.called(TITLE + shared_headline(reference.title))
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


def _names(target: str, article: Article, site: Site, content: Sequence[str]) -> Iterator[str]:
    """Under which names a target is looked for, in order."""
    yield ID + target
    if _WEB.match(target) or target.startswith("/"):
        yield URL + shared_address(absolute(target, site.url) or "")
    if _WEB.match(target):
        return
    if target.startswith("/"):
        # A site below a folder: "/posts/tides/" as its author writes it lacks that folder.
        yield URL + shared_address(absolute(f"./{target.lstrip('/')}", site.url) or "")
    paths = _spellings(target)
    yield from (PATH + place for place in _places(target, paths, article, content))
    yield from (SLUG + path.strip("/").casefold() for path in paths)
    yield TITLE + shared_headline(target)


def _spellings(target: str) -> list[str]:
    """A path as written, without its fragment, and without its suffix."""
    whole = composed(target.replace("\\", "/"))
    page = whole.partition("#")[0]
    return [path for path in dict.fromkeys((whole, page, _SUFFIX.sub("", page))) if path.strip("/")]


def _places(target: str, paths: Sequence[str], article: Article, content: Sequence[str]) -> Iterator[str]:
    """Where a path may lead: from the article's own folder, and from the content folders and those that hold them."""
    if not target.startswith("/"):
        folder = dirname(composed(article.key))
        yield from (page_path(join(folder, path)) for path in paths)
    for start in _starts(article.key, tuple(content)):
        yield from (page_path(join(composed(start), path.lstrip("/"))) for path in paths)


def _starts(key: str, content: tuple[str, ...]) -> Iterable[str]:
    """The content folders, that of a file first, and then the folders above each, down from which paths are written."""
    own = [folder for folder in content if key.startswith(f"{folder}/")]
    above = [folder[:place] for folder in content for place, sign in enumerate(folder) if sign == "/"]
    return dict.fromkeys((*own, *content, *reversed(above), ""))


def named(target: str, article: Article, index: Index) -> Article | None:
    """The article that may be shown whose source file a text names.

    It is looked for from the article's own folder, from the content folder, from a folder above that, below any
    folder, and as a name alone.

    Args:
        target: as written, without fragment: "tides.md", "../tides/index.md", "@/sea/tides.md".
        article: whose text it is.
        index: of all articles.

    Returns: None where there is none, or more than one that could be meant.
    """
    target = target.removeprefix("@/") if target.startswith("@/") else target
    paths = _spellings(target)
    if not paths:
        return None
    parts = paths[-1].strip("/").split("/")[-_DEEPEST:]
    tails = ["/".join(parts[start:]) for start in range(1, len(parts))]
    places = (*_places(target, paths, article, index.content), *tails)
    found: Sequence[Article] = next((meant for place in places if (meant := index.called(PATH + place))), ())
    if not found:
        stem = page_path("/".join(parts))
        same = index.called(SLUG + stem.rpartition("/")[2].casefold())
        found = [one for one in same if "/" not in stem or composed(one.path).endswith("/" + stem)]
    meant_ = _meant(found, article, index) if found else ()
    return meant_[0] if len(meant_) == 1 and meant_[0].key not in index.hidden else None


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
    wanted = "-".join(composed(stem).casefold().split())
    slugs = index.slugs()
    place = bisect_left(slugs, wanted)
    around = slugs[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]
    near = likest(wanted, [slug for slug in around if len(slug) <= 200], 1, 0.75)
    same = index.called(SLUG + composed(near[0])) if near else ()
    return next((one for one in same if one.key not in index.hidden), None)


def _problem(article: Article, code: str, what: str, hint: str) -> Problem:
    return Problem("warning", code, article.key, what, hint, key="related")
