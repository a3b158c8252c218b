"""The allow-list: which elements, attributes and URL schemes a feed's HTML may have. Sanitising is ammonia's (nh3)."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING

from feeds.markup import embeds
from feeds.markup.embeds import Resolve

if TYPE_CHECKING:
    from nh3 import Cleaner

# fmt: off
OPAQUE_SCHEMES = frozenset((
    "ftp", "geo", "gemini", "gopher", "irc", "ircs", "magnet", "mailto", "news", "nntp", "sftp", "sip", "sms",
    "tel", "webcal", "xmpp",
))
_TAGS = frozenset((
    "a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote",
    "br", "caption", "center", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div",
    "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "i", "img", "ins", "kbd", "li", "mark", "nav", "ol", "p", "picture", "pre", "q", "rb", "rp", "rt",
    "rtc", "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "ul", "var",
    "video", "wbr",
))
# fmt: on
_ATTRIBUTES = {
    "*": {"id", "dir", "lang", "title"},
    "a": {"href", "hreflang", "type"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "longdesc"},
    "source": {"src", "srcset", "sizes", "media", "type", "width", "height"},
    "video": {"src", "poster", "controls", "preload", "loop", "muted", "width", "height"},
    "audio": {"src", "controls", "preload", "loop", "muted"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "code": {"class"},
    "pre": {"class"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "time": {"datetime"},
    "data": {"value"},
    "details": {"open"},
    "ol": {"start", "reversed", "type"},
    "ul": {"type"},
    "li": {"value"},
    "table": {"align"},
    "col": {"span", "align", "valign"},
    "colgroup": {"span", "align", "valign"},
    "tr": {"align", "valign"},
    "td": {"colspan", "rowspan", "headers", "align", "valign"},
    "th": {"colspan", "rowspan", "headers", "align", "valign", "scope", "abbr"},
}
# fmt: off
_DROPPED_WITH_CONTENTS = frozenset((
    "script", "style", "title", "select", "textarea", "button", "datalist", "svg", "math", "template",
    "noembed", "noframes", "iframe",
))
# fmt: on
_IFRAME_ATTRIBUTES = {"iframe": {"src", "title", "width", "height"}}
_PAGES = frozenset(("href", "cite", "longdesc"))
_FILES = frozenset(("src", "poster"))
_SCHEMES = OPAQUE_SCHEMES | {"http", "https"}
_WITHOUT_SOURCE = re.compile(r'<(img|source|track)(?!(?: [a-z]+="[^"]*+")*? src=")((?: [a-z]+="[^"]*+")*+)>')
_FIRST_CANDIDATE = re.compile(r' srcset="([^" ]+?)(?:,? [^"]*+)?"')
_ALT = re.compile(r' alt="([^"]*+)"')
_PRE_LINE = re.compile(r'(<pre(?: [a-z]+="[^"]*+")*+>)\n')
_CANDIDATE = re.compile(r"([^\s,]\S*)(?:(?<=,)|\s+([0-9.]+[wx])?[^,]*+)?")
_resolve: ContextVar[Resolve] = ContextVar("resolve")


def with_embeds(html: str) -> str:
    """Sanitise, but let through what `embeds.linked` replaces.

    Args:
        html: raw, of bounded size and nesting.
    """
    import nh3

    return nh3.clean(
        html,
        tags=set(_TAGS | embeds.TAGS),
        clean_content_tags=set(_DROPPED_WITH_CONTENTS - embeds.TAGS),
        attributes={
            name: _ATTRIBUTES.get(name, set()) | embeds.ATTRIBUTES.get(name, set())
            for name in _ATTRIBUTES | embeds.ATTRIBUTES
        },
        link_rel=None,
        url_schemes=set(_SCHEMES),
    )


def sanitised(html: str, resolve: Resolve, hosts: Collection[str] = ()) -> str:
    """Keep only what is allowed, and only absolute URLs.

    Args:
        html: raw, of bounded size and nesting.
        resolve: a URL of the document -> absolute, or None where it is unusable.
        hosts: whose iframes stay.
    """
    before = _resolve.set(resolve)
    try:
        allowed = _cleaner(frozenset(hosts)).clean(html)
    finally:
        _resolve.reset(before)
    # A parser drops the first line break in <pre>: one more keeps an empty first line.
    return _WITHOUT_SOURCE.sub(_alternative, _PRE_LINE.sub(r"\1\n\n", allowed))


@lru_cache(maxsize=4)
def _cleaner(hosts: frozenset[str]) -> Cleaner:
    # Kept, since to make one takes a third of the time that an average post takes.
    import nh3

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name in _PAGES:
            return _resolve.get()(value)
        if name in _FILES:
            url = _file_url(value)
            return url if tag != "iframe" or (url and embeds.is_of(url, hosts)) else None
        if name == "srcset":
            return _srcset(value)
        if name == "class":
            return next((word for word in value.split() if word.startswith("language-")), None)
        return value

    return nh3.Cleaner(
        tags=set(_TAGS | {"iframe"} if hosts else _TAGS),
        clean_content_tags=set(_DROPPED_WITH_CONTENTS - {"iframe"} if hosts else _DROPPED_WITH_CONTENTS),
        attributes=_ATTRIBUTES | _IFRAME_ATTRIBUTES if hosts else _ATTRIBUTES,
        attribute_filter=attribute,
        link_rel=None,
        url_schemes=set(_SCHEMES),
    )


def _alternative(match: re.Match[str]) -> str:
    """What becomes of an element that has no source: it gets one from its set, or leaves its text."""
    name, attributes = match[1], match[2]
    candidate = _FIRST_CANDIDATE.search(attributes)
    if candidate:
        return f'<img src="{candidate[1]}"{attributes}>' if name == "img" else match[0]
    alt = _ALT.search(attributes) if name == "img" else None
    return alt[1].replace("<", "&lt;").replace(">", "&gt;") if alt else ""


def _file_url(url: str) -> str | None:
    found = _resolve.get()(url)
    return found if found and found.startswith(("https:", "http:")) else None


def _srcset(value: str) -> str | None:
    candidates = []
    for match in _CANDIDATE.finditer(value):
        url = _file_url(match[1].rstrip(","))
        if url:
            candidates.append(f"{url} {match[2]}" if match[2] else url)
    return ", ".join(candidates) or None
