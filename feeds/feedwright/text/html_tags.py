"""The tags of HTML, with the number of their attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_TOKEN = re.compile(r"<(?:(!--)|(/?)([A-Za-z][^\s/>]*+)(>)?)")
_COMMENT_END = re.compile(r"-->|(?<!<!)--!>")
_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))?+"""
_ATTRIBUTES = re.compile(rf"(?:[\s/]++|{_ATTRIBUTE})*+>?")
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_START_TAG = re.compile(r"<[A-Za-z]")
_RAW_TEXT = frozenset(("xmp", "iframe"))


def tags(html: str, most: int) -> Iterator[tuple[str, bool, int]]:
    """The tags as a tokenizer sees them, each in time that grows with its length alone.

    Args:
        most: attributes of a tag that are counted one by one only where there may be more.

    Returns: of each its name in lower case, "/" before that of an end tag, whether it is bare, and its attributes.
    """
    position = 0
    while found := _TOKEN.search(html, position):
        if found[1]:
            end = _COMMENT_END.search(html, found.end() - 2)
            if end is None:
                return
            position = end.end()
            continue
        name = found[3].lower()
        # Most tags end where their name does.
        rest = _ATTRIBUTES.match(html, found.end()) if not found[4] else None
        position = rest.end() if rest else found.end()
        length = position - found.end()
        attributes = length // 2
        if attributes > most and rest:
            attributes = sum(1 for _ in _ONE_ATTRIBUTE.finditer(rest[0]))
        yield found[2] + name, length <= 1, attributes
        if name in _RAW_TEXT and not found[2]:
            end = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(html, position)
            position = end.start() if end else len(html)
            # Where the parser ignores the element, what it holds are elements, too.
            yield from (("i", False, 0) for _ in _START_TAG.finditer(html, found.end(), position))


def has_more_attributes(html: str, most: int) -> bool:
    """Whether a tag has more than so many attributes.

    Args:
        most: attributes of a tag.
    """
    # Counting in Python is slow beside one match of all.
    return not _plain(most).match(html) and any(many > most for _, _, many in tags(html, most))


@cache
def _plain(most: int) -> re.Pattern[str]:
    """All of HTML in which no tag has more than so many attributes, but for comments that end strangely."""
    raw = "|".join(sorted(_RAW_TEXT))
    attributes = rf"(?:>|(?:[\s/]*+{_ATTRIBUTE}){{0,{most}}}+[\s/]*+(?:>|\Z))"
    after_name = r"(?=[\s/>]|\Z)"
    alternatives = (
        "[^<]++",
        "<(?!/?[A-Za-z]|!--)",
        rf"</?(?!(?i:{raw}){after_name})[A-Za-z][^\s/>]*+{attributes}",
        r"<!(?=--(?!!>))(?s:.*?)--!?>",
        rf"</(?i:{raw}){after_name}{attributes}",
        rf"<(?i:(?P<raw>{raw})){after_name}{attributes}(?s:.*?)(?=</(?i:(?P=raw))[\s/>]|\Z)",
    )
    return re.compile(rf"(?:{'|'.join(alternatives)})*+\Z")
