"""The words of HTML, so that two texts can be compared whatever their mark-up is."""

from __future__ import annotations

import re
from unicodedata import normalize

from lxml import html

_WORD = re.compile(r"[぀-ヿ㐀-鿿]|[^\W_぀-ヿ㐀-鿿]+")
_UNSEEN = (
    "//script|//style|//template|//comment()",
    # Numbers of lines, in each engine's own form; the visible half of a formula, which stands there twice.
    "//td[contains(@class, 'linenos') or contains(@class, 'gutter')]",
    "//*[contains(concat(' ', @class, ' '), ' lnt ') or contains(concat(' ', @class, ' '), ' ln ')]",
    "//td[pre/code/span[normalize-space()='1']][following-sibling::td]",
    "//span[contains(concat(' ', @class, ' '), ' katex-html ')]|//annotation",
    "//*[contains(@class, 'gutter') or contains(@class, 'line-numbers-wrapper')]",
    # What stands beside a program: its language, and what copies it.
    "//*[contains(concat(' ', @class, ' '), ' sr-only ')]",
    "//span[@class='lang']|//button",
)


def words_of(body: str, more_unseen: tuple[str, ...] = ()) -> list[str]:
    """What a reader sees, case-folded; of scripts that put no space between words every character is one.

    Args:
        body: HTML of any well-formedness.
        more_unseen: XPaths of what is no part of the text in this engine's pages.
    """
    if not body.strip():
        return []
    tree = html.fragment_fromstring(body, create_parent="div")
    for path in (*_UNSEEN, *more_unseen):
        for element in tree.xpath(path):
            element.drop_tree()
    return _WORD.findall(normalize("NFKC", " ".join(tree.itertext())).casefold())
