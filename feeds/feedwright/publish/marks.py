"""Whether a document is one of ours: by our mark, which stands at one place in each kind of document.

A word somewhere in it is no mark: other tools' feeds tell of us, and so do people's pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser

NAME = "Feedwright"
"""What each of our documents names as its generator."""

COMMENT = f" {NAME} "
"""The comment before the root of a sitemap, and first in the root of a list of subscriptions."""

STYLE = f"/* Made by {NAME}. */".encode()
"""The beginning of the style sheet."""

_PIECE = 1 << 10
_ATOM = "http://www.w3.org/2005/Atom "
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9 "
_GENERATORS = (["rss", "channel", "generator"], [f"{_ATOM}feed", f"{_ATOM}generator"])
_BEHIND_MARKS = (["rss", "channel", "item"], [f"{_ATOM}feed", f"{_ATOM}entry"])
_SITEMAPS = ([f"{_SITEMAP}urlset"], [f"{_SITEMAP}sitemapindex"])
_SPACE = re.compile(r"[ \t\r\n]*")
_IN_HEAD = frozenset(("html", "head", "title", "meta", "link", "base", "style", "script", "noscript", "template"))
_VOID = frozenset(("meta", "link", "base"))


def is_marked(document: bytes) -> bool:
    """Whether a document, whole or not, has our mark in its place.

    The place is before all that tells of articles: what follows is not read, and may be damaged.
    """
    start = document.removeprefix(b"\xef\xbb\xbf")[:1024].lstrip()
    if start.startswith(b"{"):
        return _is_marked_json(document.decode("utf-8-sig", "replace"))
    if start.startswith(b"/*"):
        return document.startswith(STYLE)
    if re.match(rb"<(?:!doctype html|html|head)[\s>]", start, re.IGNORECASE):
        return _is_marked_page(document.decode("utf-8", "replace"))
    return start.startswith((b"<", b"\xfe\xff", b"\xff\xfe")) and _Xml().is_marked(document)


def _is_marked_json(text: str) -> bool:
    """Whether the generator of `_feedwright` is ours, which has to be at the top."""
    read = json.JSONDecoder().raw_decode
    at = text.index("{") + 1
    try:
        while True:
            name, at = read(text, _past_space(text, at))
            at = _past_space(text, at)
            if text[at : at + 1] != ":":
                return False
            value, at = read(text, _past_space(text, at + 1))
            if name == "_feedwright":
                return isinstance(value, dict) and value.get("generator") == NAME
            at = _past_space(text, at)
            if text[at : at + 1] != ",":
                return False
            at += 1
    except (ValueError, RecursionError):
        return False


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


class _Xml:
    """Looks for the mark in XML, up to where it would have to be."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.comments: list[str] = []
        self.generator: list[str] = []
        self.with_attributes = False
        self.verdict: bool | None = None

    def is_marked(self, document: bytes) -> bool:
        from xml.parsers import expat  # most runs look at no file

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.CommentHandler = self.comment
        # We write no document type, and an entity of one's own may grow without end.
        parser.StartDoctypeDeclHandler = lambda *_: self.judge(False)
        try:
            for at in range(0, len(document), _PIECE):
                parser.Parse(document[at : at + _PIECE], False)
                if self.verdict is not None:
                    break
        except (expat.ExpatError, LookupError, ValueError):
            # It may be damaged behind the mark.
            pass
        return bool(self.verdict)

    def judge(self, verdict: bool) -> None:
        """The first verdict counts."""
        self.verdict = verdict if self.verdict is None else self.verdict

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.path.append(name)
        if self.path in _SITEMAPS:
            self.judge(self.comments == [COMMENT])
        elif self.path in _GENERATORS:
            self.with_attributes = bool(attributes)
        elif self.path in _BEHIND_MARKS or self.path[:1] == ["opml"] != self.path:
            self.judge(False)

    def end(self, _: str) -> None:
        if self.path in _GENERATORS:
            self.judge("".join(self.generator).strip() == NAME and not self.with_attributes)
        self.path.pop()

    def text(self, text: str) -> None:
        if self.path in _GENERATORS:
            self.generator.append(text)

    def comment(self, text: str) -> None:
        if not self.path:
            self.comments.append(text)
        elif self.path == ["opml"]:
            self.judge(text == COMMENT)


class _Head(HTMLParser):
    """Collects the generators that the head of a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.generators: list[str | None] = []
        self.over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.over = self.over or tag not in _IN_HEAD
        said = dict(attrs)
        if not self.over and self.is_between() and tag == "meta" and (said.get("name") or "").lower() == "generator":
            self.generators.append(said.get("content"))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_data(self, data: str) -> None:
        self.over = self.over or (self.is_between() and not data.isspace())

    def is_between(self) -> bool:
        """Whether nothing is open but the head, whose own tags may be left out."""
        return not {*self.open} - {"html", "head"}

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.over = self.over or tag in ("head", "html")
        while tag in self.open and self.open.pop() != tag:
            pass


def _is_marked_page(text: str) -> bool:
    head = _Head()
    for at in range(0, len(text), _PIECE):
        head.feed(text[at : at + _PIECE])
        if head.over:
            break
    return head.generators == [NAME]
