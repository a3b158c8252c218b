"""Lines of plain text: titles, labels and names as readers show them."""

from __future__ import annotations

import re

from feedwright.text.characters import xml_safe
from feedwright.text.inline_markup import inline_text

_MARKED_UP = re.compile(r"[&<*_`\[~\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|^\s|\s$|  ")
WHITE_SPACE = re.compile(r"[\t-\r \x85\u2028\u2029]+")
"""What is one space on a line of plain text."""

_LONGEST_LINE = 100_000


def plain(text: str) -> str:
    """Resolve tags, entities and inline Markdown, exactly once, into plain text on one line.

    What only looks like markup stays: a tag that is no HTML or is never closed, `__init__`, `2*3*4`, "# 1".

    Args:
        text: a title, summary, label or name, as its author wrote it.

    Returns: text without control characters or line breaks. It may hold "<" and "&", literally meant. Of marked-up
        text only the first 100,000 characters are taken.
    """
    if _MARKED_UP.search(text) is None:
        return text
    line = WHITE_SPACE.sub(" ", xml_safe(text[:_LONGEST_LINE])).strip()
    if re.search(r"[&<*_`\[~\\]", line):
        line = WHITE_SPACE.sub(" ", xml_safe(inline_text(line)))
    return line.strip()
