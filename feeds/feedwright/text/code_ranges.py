"""Where code stands in a text: what shows something, and is not meant by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_OPENING = re.compile(
    r"<(?P<element>pre|code|script|style|textarea)\b[^<>]*>|\{%[-+~]?\s*(?P<tag>raw|verbatim)\s*[-+~]?%\}",
    re.IGNORECASE,
)


def code_ranges(text: str, markdown: bool) -> list[tuple[int, int]]:
    """The beginnings and ends of code, in order, none within another.

    Args:
        markdown: whether code also is what Markdown has as code.
    """
    found = _of_markdown(text) if markdown else []
    if _OPENING.search(text):
        # A tag that is shown as code begins no element.
        found += _of_elements(_blanked(text, found))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _of_elements(text: str) -> Iterator[tuple[int, int]]:
    """Elements of HTML that hold code, and what an engine takes as it stands; one that is never closed is none."""
    position = 0
    endless: set[str] = set()
    while found := _OPENING.search(text, position):
        position = found.end()
        element, tag = found["element"], found["tag"]
        end = rf"</{element}\s*>" if element else rf"\{{%[-+~]?\s*end{tag}\s*[-+~]?%\}}"
        if end.lower() in endless:
            continue
        if close := re.compile(end, re.IGNORECASE).search(text, position):
            yield found.start(), close.end()
            position = close.end()
        else:
            endless.add(end.lower())


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """A text with spaces in the place of some of it: a tag that is shown as code begins no element."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans):
        if start >= position:
            pieces += (text[position:start], " " * (end - start))
            position = end
    return "".join((*pieces, text[position:]))


def _of_markdown(text: str) -> list[tuple[int, int]]:
    """Code spans and blocks, as the parser that renders them has them."""
    import pyromark  # only few texts are asked about

    spans = []
    for event, place in pyromark.events_with_range(text):
        if isinstance(event, dict) and ("Code" in event or _begins_block(event)):
            spans.append((place["start"], place["end"]))
    if text.isascii():
        return spans
    written = text.encode()
    found, at, count = [], 0, 0
    for start, end in sorted(spans):
        if start < at:
            continue
        first = count + len(written[at:start].decode())
        count = first + len(written[start:end].decode())
        at = end
        found.append((first, count))
    return found


def _begins_block(event: Mapping[str, object]) -> bool:
    start = event.get("Start")
    return isinstance(start, dict) and "CodeBlock" in start
