"""What `site.toml` can say, as frozen data."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from feedwright.config.kinds import KINDS
from feedwright.model import BodyMode, Person, Site

MOST_TERMS = 100
"""Categories, authors and tags of one article that make feeds; of what more there are, its entry alone speaks."""

FORMATS = ("rss", "atom", "json")
"""The formats of feeds, in the order in which they are offered to readers."""

DEFAULT_FEED_PATH = "{kind}/{term}/{format}"

EXTRAS: tuple[str, ...] = ("page", "opml", "sitemap", "news")
"""What is made besides feeds, each by a module of `feedwright.publish.extras`, in the order in which it is made."""

STYLE = "style"
"""The module of `feedwright.publish.extras` that makes what others need to be shown well."""

STYLESHEET = "feeds.css"
"""The path, below the output folder, of the style of the page and of feeds that are opened in a browser."""

DateOrder = Literal["dmy", "mdy", "ymd"]

Undated = Literal["first-seen", "last"]

Protected = Literal["out", "title"]

TAKEN = ("address", "body")
"""What an article may have of its page."""

Missing = Literal["hold", "formula"]


def nearest_line(lines: Mapping[str, int], key: str) -> int:
    """The line of a dotted key, or of the nearest table that holds it; 0 where none is known."""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 0)


@dataclass(frozen=True, slots=True)
class FeedRules:
    """What may be set for a kind of feed, or for one feed of the site's own; None takes the site's setting.

    Args:
        limit: the newest so many entries; 0 for all.
        archive: entries in each archive document; 0 for no archives.
        max_bytes: size of a document from which it shows fewer entries; 0 where that does not matter.
        paths: format -> pattern of the document's path below `out/`.
        old_paths: format -> patterns of addresses below the feeds' own that were another tool's, and lead to it.
    """

    limit: int | None = None
    archive: int | None = None
    max_bytes: int | None = None
    body: BodyMode | None = None
    formats: tuple[str, ...] | None = None
    paths: Mapping[str, str] = field(default_factory=dict)
    old_paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KindRules(FeedRules):
    """`[kinds.NAME]`: feeds made for each term, but for those that `only` and `excepted` rule out.

    Args:
        at_least: articles that a term needs to get a feed; it does not count for terms that `only` names, nor for feeds
            that were published before.
    """

    enabled: bool = True
    only: tuple[str, ...] | None = None
    excepted: tuple[str, ...] = ()
    at_least: int = 1
    title: str = ""

    def takes(self, term: str) -> bool:
        """Whether a term gets a feed, where the kind is enabled."""
        return (self.only is None or term in self.only) and term not in self.excepted


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles a feed of the site's own takes: any of the named terms or path globs.

    Args:
        terms: kind, one of TERM_KINDS -> terms.
        paths: globs on the article's file, from `Config.root` down.
    """

    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnFeed(FeedRules):
    """`[[feed]]`: a feed of the site's own."""

    name: str = ""
    title: str = ""
    description: str = ""
    language: str = ""
    include: Filter = Filter()
    exclude: Filter = Filter()


@dataclass(frozen=True, slots=True)
class RelatedRules:
    """`[related]`: what an article is related to besides what its author named, and where that is shown.

    Args:
        auto: links to find for an article, at most.
        linked: articles of the site that its text links to are related to it.
        in_body: what its text does not link to is listed at the end of the text.
    """

    auto: int = 0
    linked: bool = True
    in_body: bool = True


@dataclass(frozen=True, slots=True)
class Command:
    """`[[after_publish]]`: a program that is told which files have changed.

    Args:
        command: the program and its arguments.
        timeout: seconds that it may take.
    """

    command: tuple[str, ...] = ()
    timeout: int = 60


class Pages(NamedTuple):
    """`[pages]`: the site as its engine built it.

    Args:
        folder: of the built site, the one that is deployed.
        bodies: section or language -> CSS selector of the element that is an article's body; that of "" is for all
            others. Empty where none is named.
        drop: CSS selectors of what is left out of it.
        take: what an article has of its page, some of TAKEN.
        languages: language tag -> the folder of its pages, below `folder`: empty for that itself, or ending in "/".
        missing: an article without a page is held back, or gets its address by `permalink`.
    """

    folder: Path
    bodies: Mapping[str, str] = {}
    drop: tuple[str, ...] = ()
    take: tuple[str, ...] = TAKEN
    languages: Mapping[str, str] = {}
    missing: Missing = "hold"

    @property
    def takes_address(self) -> bool:
        """Whether an article's address is its page's."""
        return "address" in self.take

    @property
    def takes_body(self) -> bool:
        """Whether an article's body is its page's."""
        return "body" in self.take

    def body_of(self, section: str, language: str) -> str:
        """The selector for an article: that of its section, else of its language, else of all; empty for none."""
        return next((self.bodies[name] for name in (section, language, "") if name in self.bodies), "")


@dataclass(frozen=True, slots=True)
class Config:
    """All that `site.toml` says.

    Args:
        root: the folder that articles' files are named from: that of `site.toml`, or, where another file is the
            configuration and does not say `content`, the one folder of articles.
        file: the configuration file.
        state: the folder of what must last.
        content: the folders of articles, from `root`, "/"-separated, none in another; empty for `root` itself.
        pages: the site as its engine built it; None where that does not count.
        permalink: pattern of an article's address below the site's URL.
        date_order: how to read 03/04/2020; None refuses to guess.
        undated: when an article without a date was published: when it was first seen, or before all others; None for
            never.
        protected: whether articles that are not for all are in no feed, or are shown by title and link alone.
        retracted_for: days that an article's retraction is told in Atom feeds; 0 for never.
        extras: what is made besides feeds, some of EXTRAS.
        stylesheet: whether feeds name a style sheet, for those who open them in a browser.
        include: globs of the files that are articles, from `root` down.
        exclude: globs of files that are not.
        embed_hosts: hosts whose iframes stay.
        authors: id -> person.
        kinds: one for each of KINDS.
        after_publish: what is told of changed files, in this order.
        lines: dotted key -> 1-based line in `file`, for problems found later.
        home: `root` by its whole path, whatever way to it was named: addresses may go by its name.
    """

    root: Path
    file: Path
    state: Path
    site: Site
    content: tuple[str, ...] = ("",)
    pages: Pages | None = None
    permalink: str = "/{path}/"
    limit: int = 20
    archive: int = 0
    max_bytes: int = 0
    body: BodyMode = "full"
    formats: tuple[str, ...] = FORMATS
    extras: tuple[str, ...] = EXTRAS
    retracted_for: int = 90
    stylesheet: bool = True
    feed_path: str = DEFAULT_FEED_PATH
    all_languages: bool = False
    date_order: DateOrder | None = None
    undated: Undated | None = None
    protected: Protected = "out"
    include: tuple[str, ...] = (
        *("**/*.md", "**/*.markdown", "**/*.mkd", "**/*.mkdn", "**/*.mkdown", "**/*.mdown", "**/*.mdx"),
        *("**/*.html", "**/*.htm", "**/*.xhtml", "**/*.rst", "**/*.rest", "**/*.adoc", "**/*.asciidoc"),
    )
    exclude: tuple[str, ...] = ()
    embed_hosts: tuple[str, ...] = ()
    related: RelatedRules = RelatedRules()
    kinds: Mapping[str, KindRules] = field(default_factory=lambda: {kind: KindRules() for kind in KINDS})
    authors: Mapping[str, Person] = field(default_factory=dict)
    feeds: tuple[OwnFeed, ...] = ()
    after_publish: tuple[Command, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    home: Path = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "home", Path(os.path.abspath(self.root)))  # noqa: PTH100

    def folder_of(self, key: str) -> str:
        """The content folder that a file is in, as `content` has it."""
        return next((folder for folder in self.content if key.startswith(f"{folder}/")), "")

    def below(self, key: str) -> str:
        """A file's path below its own content folder."""
        folder = self.folder_of(key)
        return key[len(folder) + 1 :] if folder else key

    def home_of(self, folder: str) -> Path:
        """A content folder by its whole path; links stay."""
        return Path(os.path.normpath(self.home / folder)) if folder else self.home

    @property
    def announces(self) -> bool:
        """Whether anybody is to be told of what has changed."""
        return bool(self.site.hubs or self.after_publish)

    @property
    def beside(self) -> tuple[str, ...]:
        """The modules of `feedwright.publish.extras` that are asked for, with what these need."""
        return (*self.extras, STYLE) if self.stylesheet or "page" in self.extras else self.extras
