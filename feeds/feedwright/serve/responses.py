"""Requests -> answers: decisions alone, about files that were looked at before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from html import escape

from feedwright.serve.codings import Coded
from feedwright.serve.conditions import Conditions, outcome, range_holds
from feedwright.serve.delivery import Served
from feedwright.serve.files import Held, Plain
from feedwright.serve.negotiation import IDENTITY, acceptable
from feedwright.serve.ranges import UnsatisfiableError, byte_range
from feedwright.serve.rsgi import Fields, Headers

METHODS = "GET, HEAD, OPTIONS"
_TEXT = ("content-type", "text/plain; charset=utf-8")
_HTML = ("content-type", "text/html; charset=utf-8")
_SHARED = ("access-control-allow-origin", "*")
_EXPOSED = ("access-control-expose-headers", "ETag, Link")
_VARY = ("vary", "Accept-Encoding")
_VARY_BY_TYPE = ("vary", "Accept, Accept-Encoding")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_XML = ("content-type", "application/xml; charset=utf-8")
_NOT_KEPT = ("cache-control", "no-cache")
_COMPRESSIBLE = ("/json", "+json", "/xml", "+xml", "/javascript")


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of a document, in the coding that was chosen: from `start`, without `end`."""

    content: Plain | Coded
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent; to HEAD, without the body."""

    status: int
    headers: Headers
    body: bytes | Part = b""

    @property
    def length(self) -> int:
        return len(self.body) if isinstance(self.body, bytes) else self.body.end - self.body.start


@dataclass(frozen=True, slots=True)
class Ready:
    """A file with the fields that it is served with: what is said of it in each coding, in full and with 304.

    Args:
        shown: as `full`, for a browser that is to show a feed: of a feed's own media type it would show the source.
    """

    served: Served
    held: Held
    full: Mapping[str, Headers] = field(default_factory=dict)
    brief: Mapping[str, Headers] = field(default_factory=dict)
    shown: Mapping[str, Headers] = field(default_factory=dict)


def ready(served: Served, held: Held, now: int) -> Ready:
    """All that can be said of a file before anybody asks for it.

    Args:
        now: seconds since 1970. Nothing was modified after it, whatever a clock said (RFC 9110 §8.8.2.1).
    """
    full: dict[str, Headers] = {}
    brief: dict[str, Headers] = {}
    for coding in (IDENTITY, *held.coded):
        content = held.content(coding)
        assert content is not None
        brief[coding] = [
            ("cache-control", served.cache_control),
            ("etag", content.etag),
            ("last-modified", formatdate(min(held.modified, now), usegmt=True)),
            *([_VARY_BY_TYPE if _is_feed(served) else _VARY] if varies(served) else []),
            *([_SHARED, _EXPOSED] if served.shared else []),
        ]
        full[coding] = [
            ("content-type", served.content_type),
            *brief[coding],
            *([("content-encoding", coding)] if coding != IDENTITY else []),
            *([("link", served.link)] if served.link else []),
            ("accept-ranges", "bytes"),
            ("x-content-type-options", "nosniff"),
        ]
    shown = {coding: [_XML, *fields[1:]] for coding, fields in full.items()} if _is_feed(served) else full
    return Ready(served, held, full, brief, shown)


def respond(method: str, fields: Fields, one: Ready, codings: tuple[str, ...], now: int) -> Answer:
    """Answer a GET or HEAD for a file that is there.

    Args:
        one: whose file is as it was just now.
        codings: that can be made here.
        now: seconds since 1970.
    """
    accepted = acceptable(value(fields, "accept-encoding"), codings) if varies(one.served) else (IDENTITY,)
    for coding in accepted:
        if content := one.held.content(coding):
            return _conditional(method, fields, one, coding, content, now)
    return plain(406, "There is no coding of this document that you accept.", [_VARY, _NOT_KEPT])


def _conditional(method: str, fields: Fields, one: Ready, coding: str, content: Plain | Coded, now: int) -> Answer:
    asked = Conditions(
        value(fields, "if-match"),
        value(fields, "if-none-match"),
        value(fields, "if-modified-since"),
        value(fields, "if-unmodified-since"),
        value(fields, "if-range"),
    )
    modified = one.held.modified
    full = (one.shown if _is_browser(value(fields, "accept")) else one.full)[coding]
    status = outcome(asked, content.etag, modified, now)
    if status == 304:
        return Answer(304, one.brief[coding])
    if status == 412:
        return plain(412, "This document is not the one that you mean.", one.brief[coding])
    wanted = value(fields, "range") if method == "GET" else None
    if wanted is not None and range_holds(asked, content.etag, modified, now):
        try:
            part = byte_range(wanted, content.length)
        except UnsatisfiableError:
            end = ("content-range", f"bytes */{content.length}")
            return plain(416, "This document ends before that.", [*one.brief[coding], end])
        if part:
            where = ("content-range", f"bytes {part[0]}-{part[1] - 1}/{content.length}")
            return Answer(206, [*full, where], Part(content, *part))
    return Answer(200, full, Part(content, 0, content.length))


def _is_feed(served: Served) -> bool:
    """Whether it is a feed in XML, which browsers can show with its style sheet."""
    return served.media_type in _FEED_TYPES


def _is_browser(accept: str | None) -> bool:
    """Whether a client wants pages, and has not heard of feeds."""
    return accept is not None and "text/html" in accept and not any(kind in accept for kind in _FEED_TYPES)


def value(fields: Fields, name: str) -> str | None:
    """A field's value, of several lines joined (RFC 9110 §5.3); None where it was not sent."""
    lines = fields.get_all(name)
    if not lines:
        return None
    return lines[0] if len(lines) == 1 else ", ".join(lines)


def moved(target: str) -> Answer:
    """A feed has another address for good."""
    shown = escape(target)
    body = f'<!DOCTYPE html>\n<title>Moved</title>\n<p>This is now at <a href="{shown}">{shown}</a>.</p>\n'
    return Answer(301, [_HTML, ("location", target), ("cache-control", "max-age=86400"), _SHARED], body.encode())


def gone(max_age: int) -> Answer:
    """A feed was given up for good.

    Args:
        max_age: seconds; it may be taken up again.
    """
    return plain(410, "This was given up for good.", [("cache-control", f"max-age={max_age}"), _SHARED])


def missing() -> Answer:
    """There is nothing, or nothing that is for the world."""
    return plain(404, "There is nothing here.", [_NOT_KEPT])


def unknown_method() -> Answer:
    """Documents can only be read."""
    return plain(405, "This can only be read.", [("allow", METHODS)])


def options(shared: bool) -> Answer:
    """What may be asked; where pages of other sites may read it, also what these may ask with (a preflight)."""
    preflight = [
        _SHARED,
        ("access-control-allow-methods", "GET, HEAD"),
        ("access-control-allow-headers", "*"),
        ("access-control-max-age", "86400"),
    ]
    return Answer(204, [("allow", METHODS), *(preflight if shared else [])])


def busy() -> Answer:
    """A file changes faster than it can be read."""
    return plain(503, "Try again.", [("retry-after", "1"), _NOT_KEPT])


def unreadable() -> Answer:
    """What is there cannot be read at this moment: the system has no descriptor left, or a disk fails."""
    return plain(503, "This cannot be read now. Try again later.", [("retry-after", "10"), _NOT_KEPT])


def wrong_host() -> Answer:
    """Whoever is between the client and us may have read the request otherwise: nothing more is taken from there."""
    return plain(400, "Name one host.", [("connection", "close"), _NOT_KEPT])


def plain(status: int, text: str, headers: Headers) -> Answer:
    """A sentence for people."""
    return Answer(status, [_TEXT, *headers], f"{text}\n".encode())


def varies(served: Served) -> bool:
    """Whether it is of a type that is worth compressing, and so may be sent in several codings."""
    return served.media_type.startswith("text/") or served.media_type.endswith(_COMPRESSIBLE)
