"""The body of an article as its page in the built site has it."""

from __future__ import annotations

from typing import NamedTuple

from feedwright.config.model import Pages
from feedwright.pages.body import BodyRules, body_of
from feedwright.pages.page import is_whole
from feedwright.pages.words import Sketch
from feedwright.read.files import content_hash
from feedwright.read.pages.folder import page_bytes
from feedwright.state.catalog import Row

LEAST = 0.6
"""The share of its source's words that a text has to hold."""


class PageBody(NamedTuple):
    """What an article's page gives.

    Args:
        html: its body, not sanitised; empty where there is none.
        hash: of that.
        reason: why there is none, as the rest of a sentence that begins with the page.
        is_there: whether the page is; while its engine is at work, it may not be.
    """

    html: str = ""
    hash: bytes = b""
    reason: str = ""
    is_there: bool = True


def body_at(pages: Pages, rules: BodyRules, row: Row, sketch: Sketch, least: float = LEAST) -> PageBody:
    """Take an article's body of its page.

    Args:
        rules: as `page_rules` has them.
        sketch: of the words of its source.
        least: the share of these that it has to hold, as `body_of` takes it.
    """
    content = page_bytes(pages.folder, row.built)
    if content is None or not is_whole(content):
        return PageBody(reason="cannot be read", is_there=False)
    found = body_of(content, rules, row.title, row.url, sketch, least)
    if isinstance(found, str):
        return PageBody(reason=found)
    return PageBody(found.html, content_hash(found.html.encode("utf-8", "surrogatepass")))
