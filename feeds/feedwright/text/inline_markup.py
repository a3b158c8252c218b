"""Inline Markdown, tags and entities of one line, resolved into plain text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_BARE_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)\s*/?>")
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_DROPPED_WITH_CONTENT = frozenset(("script", "style"))
# fmt: off
_LINE_ELEMENTS = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var",
))
_BLOCK_ELEMENTS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "head", "header", "html", "iframe", "label", "legend", "li", "main", "nav", "noscript",
    "object", "ol", "option", "p", "picture", "pre", "script", "section", "select", "style", "summary", "svg",
    "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "ul", "video",
    "audio", "canvas", "math", "ruby", "rt", "rp",
))
# fmt: on


def inline_text(line: str) -> str:
    """Resolve what is markup in a line, once; leave what only looks like it.

    Args:
        line: without line breaks and characters that XML forbids.

    Returns: text; entities may have brought control characters and line breaks into it.
    """
    import pyromark

    # In a heading only inline Markdown counts; the closing mark is there so that one of the text's own stays.
    source = f"# {line} #"
    events = list(pyromark.events_with_range(source, options=pyromark.Options.ENABLE_STRIKETHROUGH))
    written = source.encode()
    tags = _Tags(event["InlineHtml"] for event, _ in events if isinstance(event, dict) and "InlineHtml" in event)
    if line[:3].lower() == "<p>":
        tags.to_come["p"] += line.lower().count("<p>")
    pieces: list[str] = []
    for event, place in events:
        kind, value = next(iter(event.items())) if isinstance(event, dict) else (event, "")
        if kind == "InlineHtml":
            pieces.append(tags.text(str(value)))
        elif not tags.hiding and kind in ("Text", "Code"):
            pieces.append(str(value))
        elif not tags.hiding and value in ("Emphasis", "Strong", "Strikethrough"):
            pieces.append(_literal_mark(written, place["start"], place["end"], double=value != "Emphasis"))
    return "".join(pieces)


def _literal_mark(source: bytes, start: int, end: int, double: bool) -> str:
    """The mark of an emphasis that is none: `2*3*4`, `__init__`, `~5`; else empty."""
    mark = source[start : start + 2] if double else source[start : start + 1]
    if mark[:1] == b"~" and mark != b"~~":
        return "~"
    inside_word = source[start - 1 : start].isalnum() or source[end : end + 1].isalnum()
    dunder = mark == b"__" and re.fullmatch(rb"\w+", source[start:end]) is not None
    return mark.decode() if inside_word or dunder else ""


class _Tags:
    """Tells the tags of a line that are markup from those that it is about; takes them in order."""

    def __init__(self, tags: Iterable[str]) -> None:
        bare = [match for tag in tags if (match := _BARE_TAG.fullmatch(tag))]
        self.to_come = Counter(match[2].lower() for match in bare if match[1])
        self.opened: Counter[str] = Counter()
        self.hiding = ""

    def text(self, tag: str) -> str:
        """What a tag leaves: itself, a space, or nothing."""
        name_match = _TAG_NAME.match(tag)
        if name_match is None:
            return "" if self.hiding else _declaration_text(tag)
        name = name_match[1].lower()
        spacer = " " if name in _BLOCK_ELEMENTS else ""
        if tag.startswith("</"):
            return self._end(tag, name, spacer)
        if self.hiding:
            return ""
        known = name in _BLOCK_ELEMENTS or name in _LINE_ELEMENTS
        if "=" in tag or (known and not _BARE_TAG.fullmatch(tag)):
            self._start(name)
            return spacer
        if known and self.to_come[name] > 0:
            self._start(name)
            return spacer
        return {"br": " ", "hr": " ", "wbr": ""}.get(name, tag)

    def _start(self, name: str) -> None:
        if self.to_come[name] > 0:
            self.to_come[name] -= 1
            self.opened[name] += 1
            self.hiding = name if name in _DROPPED_WITH_CONTENT else ""

    def _end(self, tag: str, name: str, spacer: str) -> str:
        if self.hiding:
            self.hiding = "" if self.hiding == name else self.hiding
            return ""
        if self.opened[name] > 0:
            self.opened[name] -= 1
            return spacer
        self.to_come[name] -= 1
        return tag


def _declaration_text(tag: str) -> str:
    if tag.startswith("<![CDATA["):
        return tag[9:-3]
    return "" if tag.startswith("<!--") else tag
