"""How what is in the output folder is to be served: a description, which a server or another server's settings follow.

Addresses here are below the feeds' own (`feeds_url`), percent-decoded; the empty one is the folder itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from feedwright import formats
from feedwright.articles.media import MEDIA_TYPES, UNKNOWN_TYPE
from feedwright.config import Config
from feedwright.config.kinds import OWN, TERM_KINDS, feed_folder
from feedwright.config.model import nearest_line
from feedwright.config.old_paths import INDEX, document
from feedwright.errors import Problem
from feedwright.model import UNDATED, Feed, FeedName, PublishedFeed, Site, Window
from feedwright.publish import extras
from feedwright.select.feeds import Selection, formats_of, selections, shape
from feedwright.state.ledger import Ledger

_NUMBERS = re.compile(r"(?:\[0-9\])*\*|(?:\[0-9\])+")
"""In a glob of extras, what stands for one number or month."""

TYPES = {
    **MEDIA_TYPES,
    "atom": "application/atom+xml",
    "css": "text/css",
    "gz": "application/gzip",
    "htm": "text/html",
    "html": "text/html",
    "js": "text/javascript",
    "opml": "text/x-opml",
    "rss": "application/rss+xml",
    "xml": "application/xml",
    "xsl": "application/xslt+xml",
}
"""Suffix -> media type, without parameters."""

OTHERWISE = 300
"""Seconds that a document may be kept where the site names no `ttl`: as often as cron usually builds."""

YEAR = 31_536_000
"""Seconds that what never changes may be kept: longer is not worth saying (RFC 9111 §1.2.2 has no bound)."""

DAY = 86_400
"""Seconds that an archive document may be kept which is not closed yet: all that comes is its link to the next one."""

ARCHIVE = "archive/"
"""Where archive documents are, in folders with numbers from 1; all but a feed's last never change (RFC 5005 §4)."""

PLACEHOLDER = re.compile(r"\{(term|number)\}")
"""In a pattern, what stands for one part of a path."""

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "text/x-opml"})
"""What readers that are web pages may fetch from other sites."""


@dataclass(frozen=True, slots=True)
class Served:
    """A document; or a pattern, for all documents whose `path` has something in the place of its placeholders.

    Args:
        path: of the file, below the output folder.
        address: where it is served; of an index, its folder.
        media_type: without parameters.
        max_age: seconds that it may be kept before it is asked for again.
        immutable: whether it never changes.
        shared: whether a web page of another site may read it.
        self_url: of a feed's document, as it stands in it; empty for others.
        hubs: that tell of changes in it.
    """

    path: str
    address: str
    media_type: str
    max_age: int
    immutable: bool = False
    shared: bool = False
    self_url: str = ""
    hubs: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type with its charset, where it has one: JSON is always UTF-8 (RFC 8259 §11)."""
        textual = self.media_type.startswith("text/") or self.media_type.endswith(("/xml", "+xml"))
        return f"{self.media_type}; charset=utf-8" if textual else self.media_type

    @property
    def cache_control(self) -> str:
        """How long it may be kept; then it is asked for again with its ETag."""
        return f"max-age={self.max_age}{', immutable' if self.immutable else ''}"

    @property
    def link(self) -> str:
        """The field `Link` (RFC 8288 §3; WebSub §4); empty for none."""
        links = [(hub, "hub") for hub in self.hubs] + ([(self.self_url, "self")] if self.self_url else [])
        return ", ".join(f'<{href}>; rel="{rel}"' for href, rel in links)

    @property
    def headers(self) -> dict[str, str]:
        """The fields that do not depend on the file's content."""
        found = {"Content-Type": self.content_type, "Cache-Control": self.cache_control, "Link": self.link}
        found["Access-Control-Allow-Origin"] = "*" if self.shared else ""
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address, for good (301), and the whole URL of what is there in its place.

    Args:
        kept_up: whether there is a document all the same, for hosts that have no redirects.
    """

    address: str
    target: str
    kept_up: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """An address of something that was given up for good (410)."""

    address: str


class ArticleRedirect(NamedTuple):
    """A former address of an article, which the site's own server is to redirect.

    Args:
        path: on the feeds' host, percent-decoded, with its first slash.
        target: the article's URL, in ASCII.
    """

    path: str
    target: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """How all is to be served.

    Args:
        documents: of all feeds that were published, or will be at the next build whatever the articles; by path.
        patterns: of documents; what is new is served in the same way.
        others: what else was or will be published: lists, pages, style sheets.
        redirects, gone: by address.
        problems: old addresses that cannot be redirected.
        moved: articles that are elsewhere now, for servers that have them as well.
    """

    site: Site
    documents: Mapping[str, Served]
    patterns: tuple[Served, ...] = ()
    others: tuple[Served, ...] = ()
    redirects: Mapping[str, Redirect] = field(default_factory=dict)
    gone: Mapping[str, Gone] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    moved: tuple[ArticleRedirect, ...] = ()

    def at(self, address: str) -> Served | Redirect | Gone | None:
        """What is to be answered at an address; None where there is never anything.

        A `Served` says how to serve its file, if there is one. A folder's is its index: the feed that has its path
        there, else `index.html`.
        """
        path = self._file(address)
        parts = path.split("/")
        if any(part.startswith(".") or not part for part in parts) or any(c in path for c in "\\\0"):
            return None
        if found := self.documents.get(path):
            return found
        return self.redirects.get(address) or self.gone.get(address) or self._by_pattern(path) or other(self.site, path)

    def _file(self, address: str) -> str:
        if address and not address.endswith("/"):
            return address
        feed = address + INDEX
        is_feed = bool(address) and (feed in self.documents or self._by_pattern(feed) is not None)
        return feed if is_feed else f"{address}index.html"

    def _by_pattern(self, path: str) -> Served | None:
        return next((found for one in self.patterns if (found := matched(one, path))), None)


@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    """The paths of a pattern; what stands for the same placeholder twice is the same."""
    parts = PLACEHOLDER.split(pattern)
    written = ""
    for number, part in enumerate(parts):
        if number % 2 == 0:
            written += re.escape(part)
        else:
            written += f"(?P={part})" if part in parts[1:number:2] else f"(?P<{part}>[^/.][^/]*)"
    return re.compile(written, re.DOTALL)


def matched(pattern: Served, path: str) -> Served | None:
    """The document of a pattern that has a path; None where it is not one of its."""
    found = _regex(pattern.path).fullmatch(path)
    if not found:
        return None
    address, self_url = pattern.address, pattern.self_url
    for name, part in found.groupdict().items():
        address = address.replace(f"{{{name}}}", part)
        self_url = self_url.replace(quote(f"{{{name}}}"), quote(part))
    return replace(pattern, path=path, address=address, self_url=self_url)


def other(site: Site, path: str) -> Served:
    """How a file is to be served that is no feed's document, by its name."""
    name = path.rpartition("/")[2]
    address = path.removesuffix("index.html") if name == "index.html" else path
    media_type = TYPES.get(name.rpartition(".")[2].lower(), UNKNOWN_TYPE)
    return Served(path, address, media_type, _max_age(site), False, media_type in FEED_TYPES)


def delivery(config: Config, ledger: Ledger) -> Delivery:
    """How a site's feeds are to be served, as they were built last, and as they will be where they never were."""
    published = ledger.feeds()
    # Whether they have articles at this moment is all the same.
    every = selections(config, dict.fromkeys(published, 1), published)
    documents: dict[str, Served] = {}
    feeds: dict[FeedName, dict[str, Served]] = {}
    for one in every:
        feeds[one.name] = there = _documents(config, one, published.get(one.name))
        for served in there.values():
            documents.setdefault(served.path, served)
    redirects, problems = _configured(config, every, documents, feeds)
    for name, before in published.items():
        for format_, path in before.former:
            if now := feeds[name].get(format_):
                _lead(redirects, documents, path, now, kept_up=True)
            elif path not in documents:
                documents[path] = _served(config.site, format_, path, config.site.feeds_url + quote(path))
    gone: dict[str, Gone] = {}
    for left in ledger.left():
        if there := feeds.get((left.kind, left.term), {}):
            _lead(redirects, documents, left.path, there.get(left.format) or next(iter(there.values())))
        elif left.path not in documents:
            gone.update((address, Gone(address)) for address in _addresses(left.path) if address not in redirects)
    beside = {_NUMBERS.sub("{number}", glob) for glob in extras.globs(config.extras)}
    of_extras = (other(config.site, path) for path in sorted(beside) if PLACEHOLDER.search(path))
    patterns = (*_patterns(config), *_archive_patterns(config), *of_extras)
    named = {path for path in beside if not PLACEHOLDER.search(path)}
    rest = sorted((ledger.files() | named) - set(documents) - set(redirects) - set(gone))
    others = tuple(other(config.site, path) for path in rest if not path.startswith(ARCHIVE))
    documents.update(_closed(patterns, [path for path in rest if path.startswith(ARCHIVE)]))
    return Delivery(config.site, documents, patterns, others, redirects, gone, tuple(problems))


def _documents(config: Config, one: Selection, known: PublishedFeed | None) -> dict[str, Served]:
    """Format -> the document of a feed."""
    shapes = {feed.format: feed for feed in _shapes(config, one)}
    found = {name: _served(config.site, name, feed.path, feed.self_url) for name, feed in shapes.items()}
    for name, path in known.paths.items() if known else ():
        # One that has no articles any more stays where it was when it had some.
        if name not in found or found[name].path != path:
            found[name] = _served(config.site, name, path, config.site.feeds_url + quote(path))
    return found


def _shapes(config: Config, one: Selection) -> Iterator[Feed]:
    for name in formats_of(config, one):
        yield shape(config, one, Window(), name, formats.load(name).file_name, None, UNDATED)


def _lead(
    redirects: dict[str, Redirect], documents: Mapping[str, Served], path: str, now: Served, *, kept_up: bool = False
) -> None:
    """Redirect from where a document was, unless there is another."""
    if path != now.path and path not in documents:
        for address in _addresses(path):
            redirects.setdefault(address, Redirect(address, now.self_url, kept_up))


def _max_age(site: Site) -> int:
    return site.ttl * 60 if site.ttl else OTHERWISE


def _served(site: Site, format_: str, path: str, self_url: str) -> Served:
    address = path.removesuffix(INDEX) if self_url.endswith("/") else path
    return Served(path, address, formats.load(format_).media_type, _max_age(site), False, True, self_url, site.hubs)


def _patterns(config: Config) -> Iterator[Served]:
    for kind, rules in config.kinds.items():
        if kind in TERM_KINDS and rules.enabled:
            for feed in _shapes(config, Selection(kind, "{term}", "{term}", "", "", "", rules)):
                yield _served(config.site, feed.format, feed.path, feed.self_url)


def _archive_patterns(config: Config) -> Iterator[Served]:
    kinds = [kind for kind, rules in config.kinds.items() if rules.enabled] + [OWN]
    for one in map(formats.load, formats.NAMES):
        for kind in kinds:
            path = f"{ARCHIVE}{feed_folder(kind, '{term}')}{{number}}/{one.file_name}"
            yield Served(path, path, one.media_type, DAY, False, True)


def _closed(patterns: Sequence[Served], paths: Sequence[str]) -> Iterator[tuple[str, Served]]:
    """Archive documents that are followed by another one, which they name: they never change again."""
    there = set(paths)
    for path in paths:
        folder, number, name = path.rsplit("/", 2)
        served = next((found for one in patterns if (found := matched(one, path))), None)
        if served and number.isdecimal() and f"{folder}/{int(number) + 1}/{name}" in there:
            yield path, replace(served, max_age=YEAR, immutable=True)


def _configured(
    config: Config,
    every: Iterable[Selection],
    documents: Mapping[str, Served],
    feeds: Mapping[FeedName, Mapping[str, Served]],
) -> tuple[dict[str, Redirect], list[Problem]]:
    """The old addresses that the configuration names, and which of them are taken."""
    redirects: dict[str, Redirect] = {}
    problems: list[Problem] = []
    for one in every:
        for format_, patterns in one.rules.old_paths.items():
            target = feeds[one.name].get(format_)
            for address in (pattern.replace("{term}", one.file) for pattern in patterns):
                if target is None or document(address) == target.path:
                    continue
                if document(address) in documents or address in redirects:
                    what = f"the old URL {address!r} of {one.title!r} is another feed's"
                    problems.append(_taken(config, one, what))
                else:
                    redirects[address] = Redirect(address, target.self_url)
    return redirects, problems


def _taken(config: Config, one: Selection, what: str) -> Problem:
    names = [feed.name for feed in config.feeds]
    key = f"feed.{names.index(one.term)}.old_paths" if one.kind == OWN else f"kinds.{one.kind}.old_paths"
    hint = "It leads there, and not to this one. Leave it out, or give the other feed another path."
    return Problem("warning", "old-path-taken", str(config.file), what, hint, nearest_line(config.lines, key), key)


def _addresses(path: str) -> Iterator[str]:
    """Every address that a file had: an index is its folder's, too."""
    yield path
    if path.endswith("/" + INDEX):
        yield path.removesuffix(INDEX)
