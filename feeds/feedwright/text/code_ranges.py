"""Where code stands in a text: what shows something, and is not meant by it."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ELEMENT = re.compile(r"<(pre|code|script|style|textarea)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_RAW = re.compile(r"\{%[-+~]?\s*(raw|verbatim)\s*[-+~]?%\}.*?\{%[-+~]?\s*end\1\s*[-+~]?%\}", re.IGNORECASE | re.DOTALL)


def code_ranges(text: str, markdown: bool) -> list[tuple[int, int]]:
    """The beginnings and ends of code, in order, none within another.

    Args:
        markdown: whether code also is what Markdown has as code.
    """
    found = _of_markdown(text) if markdown else []
    for start, end in found:
        # A tag that is shown as code begins no element.
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    found += [one.span() for pattern in (_ELEMENT, _RAW) for one in pattern.finditer(text)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


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
