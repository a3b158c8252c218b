"""The content model: frozen data that every step agrees on. No I/O, no feedgen, no lxml.

Throughout: a `datetime` is aware, in the offset that its author wrote or else the site's at that instant, in whole
minutes, and without microseconds; a URL is absolute; text is free of the characters that XML 1.0 forbids; titles,
labels and names are plain text, on one line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""When an undated article is published: at the end of time, so that it is never due."""

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""When an undated article is published that is to come last; no format shows it."""

BodyMode = Literal["full", "summary"]
BodyType = Literal["markdown", "html", "page", "clean"]
"""What a body is: as its author wrote it, as it stands in the page that the site's engine made, or sanitised."""
Exposure = Literal["all", "part", "title", "none"]
"""What of an article is for the public."""

FeedName = tuple[str, str]
"""A feed's kind and term; the site's own is ("site", ""), one that it declared ("feed", its name)."""


@dataclass(frozen=True, slots=True)
class Person:
    """An author or contributor (RFC 4287 §3.2)."""

    name: str
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A category or tag (RFC 4287 §4.2.2); `scheme` is an absolute IRI."""

    term: str
    scheme: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link (RFC 4287 §4.2.7); `length` is in bytes."""

    href: str
    rel: str = "alternate"
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attached media file; `length` in bytes, 0 where unknown; `duration` in seconds."""

    href: str
    type: str
    length: int = 0
    title: str | None = None
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that stands for an article or a feed; `width` and `height` in pixels."""

    href: str
    alt: str = ""
    type: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A related story as its author named it, not yet looked up.

    Args:
        target: a slug, a path below the content folder, a URL or an id; empty where the story is only a headline.
        title: as the author wrote it; empty where it is to be taken from the target.
    """

    target: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The feed that an article was taken over from (RFC 4287 §4.2.11, RSS 2.0 `source`)."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text: as it was written ("markdown", "html"), or sanitised with absolute URLs ("clean")."""

    text: str
    type: BodyType


@dataclass(frozen=True, slots=True)
class Article:
    """One article.

    Args:
        key: its file, from the folder of `site.toml`, "/"-separated: the name under which it is reported.
        path: `key` without suffix, and without the last part where that is `index`.
        slug: the last part of its address, one path segment.
        id: permanent, an absolute IRI.
        guid: the RSS guid where it is not `id` (an adopted one that is no IRI).
        title: may be empty; Atom then gets one from the text.
        url: its page.
        published: first availability; NEVER where the article has no date.
        updated: the last significant change, not before `published`.
        section: the first folder below its content folder, else, where there are several of these, the name of that;
            empty where there is none.
        language: a BCP 47 tag; empty where unknown.
        summary: plain text; empty where the author wrote none (`body.clean` fills it).
        references: related stories as the author named them.
        related: these and found ones, looked up; every `rel` is "related".
        headlines: related stories that are only a headline.
        page: the engine whose page it is, where it is no article and has no date; empty for an article.
        protected: what keeps it, or a part of it, from the public, in words; empty where nothing does.
        exposure: what of it is for the public all the same; of what is not, nothing stands in the other fields.
        feeds: None for every feed that selects it, else the only ones (by name) it goes to; () for none.
        expires: when it is no longer shown; None for never.
        retracted: when its author took it back; UNDATED where no day is said; None where it stands.
        retracted_reason: why, for all to read; may be empty.
        weight: its place among those that were published at the same instant, the lowest first; None for last.
        aliases: addresses at which it was before, as its author noted them for redirects.
        series: the names of the series that it is a part of.
        linked: addresses of those of `related` to which its text links anyway.
    """

    key: str
    path: str
    slug: str
    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    body: Body
    guid: str | None = None
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()
    tags: tuple[Category, ...] = ()
    section: str = ""
    language: str = ""
    summary: str = ""
    references: tuple[Reference, ...] = ()
    related: tuple[Link, ...] = ()
    headlines: tuple[str, ...] = ()
    via: tuple[Link, ...] = ()
    source: Source | None = None
    rights: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    image: Image | None = None
    draft: bool = False
    page: str = ""
    protected: str = ""
    exposure: Exposure = "all"
    expires: datetime | None = None
    retracted: datetime | None = None
    retracted_reason: str = ""
    feeds: tuple[str, ...] | None = None
    weight: float | None = None
    aliases: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """The site whose feeds are made.

    Args:
        url: of its front page, ending in "/".
        feeds_url: of the folder that `out/` is served as, ending in "/".
        timezone: an IANA name; dates without an offset are in it.
        authority: the domain name or e-mail address that new ids are minted under (RFC 4151).
        ttl: minutes a reader may wait between polls; None to say nothing.
        hubs: that are told what has changed, so that they tell subscribers (WebSub).
    """

    title: str
    url: str
    feeds_url: str
    authority: str
    description: str = ""
    language: str = ""
    timezone: str = "UTC"
    authors: tuple[Person, ...] = ()
    rights: str = ""
    icon: str | None = None
    logo: str | None = None
    ttl: int | None = None
    hubs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryOptions:
    """What feeds may differ in when they show the same article."""

    body: BodyMode = "full"
    related_in_body: bool = False


Way = tuple[str, EntryOptions]
"""A format, and what feeds in it may differ in: what an entry is made for."""


def named(way: Way) -> tuple[str, str]:
    """What an entry is made for, in words: the format, and what else it depends on."""
    format_, options = way
    return format_, f"{options.body}{'+related' if options.related_in_body else ''}"


class Tombstone(NamedTuple):
    """What tells readers to drop an entry (RFC 6721).

    Args:
        ref: the entry's id.
        when: it was retracted, not before its last change.
        comment: why, as plain text; may be empty.
        told: when that was first told, or when it was retracted where that is earlier.
    """

    ref: str
    when: datetime
    comment: str = ""
    told: datetime = UNDATED


@dataclass(frozen=True, slots=True)
class Chain:
    """A document's place among those of an archived feed (RFC 5005 §4): addresses, empty where there is none.

    Args:
        current: of an archive document, where its subscription document is; empty in the latter.
    """

    prev_archive: str = ""
    next_archive: str = ""
    current: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed in one format, ready to be rendered.

    Args:
        kind: as the table of kinds has it: "site", "category", …, or "feed" for one of the site's own.
        term: which one of its kind; empty for the site's.
        id: permanent, an absolute IRI, the same in every format.
        url: the page that it is the feed of.
        self_url: where it is served.
        path: of its document, below the output folder.
        format: the name of a registered format, e.g. "rss".
        updated: the newest change of an entry, in its offset, or when one came that is dated no later than others;
            for an empty feed, when it was first known.
        former: whether `path` is one that it had before, and is kept for those who still ask there.
        entries: the ids of its articles, in order.
        chain: what it is linked with, where it is archived.
        tombstones: of entries that it had, the latest first.
        stylesheet: the path, below the output folder, of the style sheet that shows it in a browser; empty for none.
    """

    site: Site
    kind: str
    term: str
    id: str
    title: str
    description: str
    url: str
    self_url: str
    path: str
    format: str
    updated: datetime
    language: str = ""
    entries: tuple[str, ...] = ()
    options: EntryOptions = EntryOptions()
    former: bool = False
    chain: Chain = Chain()
    tombstones: tuple[Tombstone, ...] = ()
    stylesheet: str = ""


@dataclass(frozen=True, slots=True)
class PublishedFeed:
    """What is remembered of a feed that was published before.

    Args:
        file: the part of its path that stands for the term.
        id: its permanent id.
        since: when it was first known, aware, UTC.
        updated: the newest change that it ever showed.
        paths: format -> path of its document below `out/`.
        entries: the ids of the articles that it showed last, in order.
        former: format and path of each document that it had before at another path, or in a format that it has no more.
    """

    file: str
    id: str
    since: datetime
    updated: datetime
    paths: Mapping[str, str]
    entries: tuple[str, ...]
    former: tuple[tuple[str, str], ...] = ()

    @property
    def places(self) -> list[tuple[str, str]]:
        """Format and path of each document that it has, or had before."""
        return sorted({*self.paths.items(), *self.former})


class Window(NamedTuple):
    """What a feed shows.

    Args:
        entries: the ids of its articles, newest first.
        updated: their newest change, or when one came that is dated no later than others; None where there are none.
    """

    entries: tuple[str, ...] = ()
    updated: datetime | None = None
