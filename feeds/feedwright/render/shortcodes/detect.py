"""Whether a text may hold template tags, shortcodes or components: told without all that renders them."""

from __future__ import annotations

import re

from feedwright.model import Article

# Each begins with one character, so that the search for it is one of memory.
BRACE = re.compile(r"\{[%{#:./]")
LINE = re.compile(r"\n[ \t>]*+(?::{3}|\[\[?_?(?:TOC|toc)|\[![A-Za-z]|(?:import|export)[ {*'\"])")


def has_brace(text: str) -> bool:
    """Whether there is what a tag may begin with."""
    return "{" in text and BRACE.search(text) is not None


def has_line(text: str) -> bool:
    """Whether a line of Markdown begins as a block of an engine's own does."""
    return LINE.search("\n" + text if text[:1] in ":[>ie" else text) is not None


def may_be(text: str, article: Article) -> bool:
    """Whether a body may hold any of these.

    Args:
        article: whose body it is; the body's type and the file's suffix count.
    """
    if article.body.type != "markdown":
        return has_brace(text)
    return has_brace(text) or has_line(text) or article.key.endswith(".mdx")
