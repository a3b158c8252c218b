"""What of an article is for the public: all, what is left of a text that is private in part, the title, or nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from feedwright.articles.context import Place
from feedwright.articles.protection import PUBLIC, protection
from feedwright.model import Article, Body, BodyType, Exposure
from feedwright.text.private_parts import is_form, without_private_parts

_NOTHING_LEFT = re.compile(r"(?:\s|<!--.*?-->|#{1,6}[ \t][^\n]*|</?(?:p|div|br|span|body)\b[^<>]*>|&nbsp;)*", re.DOTALL)


class Public(NamedTuple):
    """What of an article is for the public.

    Args:
        protected: what keeps the rest from it, in words; empty where nothing does.
    """

    protected: str
    exposure: Exposure
    body: str


def public_part(values: dict[str, object], body_type: BodyType, place: Place) -> Public:
    """Find out what of an article is for the public.

    Args:
        values: of the front matter, with what its folders give it.
    """
    body = place.front.body
    found = protection(values, place)
    if not found.why and is_form(body):
        found = found._replace(why="password form")
    if found.why:
        titled = place.config.protected == "title" and not found.is_private
        return Public(found.why, "title" if titled else "none", "" if titled else body)
    visibility = values.get("visibility")
    is_open = visibility is not None and str(visibility).strip().lower() in PUBLIC
    left = without_private_parts(
        body, markdown=body_type == "markdown", is_vault=place.around.rules.is_vault, is_open=is_open
    )
    if left is body or left == body:
        return Public("", "all", body)
    if _NOTHING_LEFT.fullmatch(left):
        titled = place.config.protected == "title"
        return Public("its whole text", "title" if titled else "none", "")
    return Public("a part of its text", "part", left)


def as_shown(article: Article, public: Public) -> Article:
    """An article with no more than the public may see."""
    if public.exposure == "all":
        return article
    # Without a title of its own, one would be taken from the text.
    exposure = "none" if public.exposure == "title" and not article.title else public.exposure
    article = replace(article, protected=public.protected, exposure=exposure)
    if exposure == "part":
        return article
    return replace(
        article,
        body=Body("", article.body.type),
        summary="",
        image=None,
        enclosures=(),
        references=(),
        source=None,
        via=(),
    )
