"""Rows: what is known of an article, all but its text."""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple

from feedwright.model import NEVER, Article, Body, Category, Exposure, Person
from feedwright.state.serialise import moment, seconds
from feedwright.text import natural_order
from feedwright.text.moments import offset


class Row(NamedTuple):
    """What is known of one article, all but its text; `terms` and `problems` are JSON.

    Args:
        n: its number; 0 where it has none yet.
        published, updated, expires, retracted: in seconds since 1970, each with its offset from UTC, in minutes.
        state, problems, undated, shown, exclusion, weight, name, page, seen, by_commit, first_known, predicted,
            built, aliases, series: as the table has them.
    """

    n: int
    key: str
    hash: bytes
    state: str
    id: str
    guid: str | None
    title: str
    url: str
    path: str
    slug: str
    section: str
    language: str
    published: int
    updated: int
    expires: int | None
    retracted: int | None
    reason: str
    draft: int
    terms: str
    undated: int
    problems: str
    shown: int
    exclusion: str
    published_offset: int = 0
    updated_offset: int = 0
    expires_offset: int = 0
    retracted_offset: int = 0
    weight: float | None = None
    name: str = ""
    page: str = ""
    protected: str = ""
    exposure: Exposure = "all"
    seen: int = 0
    by_commit: int = 0
    first_known: int | None = None
    predicted: str = ""
    built: str = ""
    aliases: str = ""
    series: str = ""

    def when(self) -> datetime:
        """When it was published."""
        return moment(self.published, self.published_offset)


COLUMNS = ", ".join(Row._fields)
LISTS = ("categories", "tags", "authors", "feeds")
"""The fields of an article whose names `terms` holds, in its order."""

_json = json.JSONEncoder(ensure_ascii=False).encode
_UNREAD = ("", None, "", "", "", "", "", "", 0, 0, None, None, "", 0, "")
"""The fields from `id` to `terms` of a file that no article could be read from."""


def row_of(key: str, hash_: bytes, article: Article | None, problems: str, *, undated: int = 0) -> Row:
    """The row of an article that was just read, not shown yet."""
    if article is None:
        return Row(0, key, hash_, "unread", *_UNREAD, undated, problems, 0, "")
    return Row(
        0,
        key,
        hash_,
        "ok",
        article.id,
        article.guid,
        article.title,
        article.url,
        article.path,
        article.slug,
        article.section,
        article.language,
        seconds(article.published),
        seconds(article.updated),
        None if article.expires is None else seconds(article.expires),
        None if article.retracted is None else seconds(article.retracted),
        article.retracted_reason,
        article.draft,
        _json(
            (
                [one.term for one in article.categories],
                [one.term for one in article.tags],
                [one.name for one in article.authors],
                article.feeds,
            )
        ),
        0,
        problems,
        0,
        "",
        offset(article.published),
        offset(article.updated),
        0 if article.expires is None else offset(article.expires),
        0 if article.retracted is None else offset(article.retracted),
        article.weight,
        natural_order.sort_key(article.path),
        article.page,
        article.protected,
        article.exposure,
        aliases="\n".join(article.aliases),
        series=_json(article.series) if article.series else "",
    )


def article_of(row: Row) -> Article:
    """The article of a row, without its text and with no more of its terms and authors than their names."""
    categories, tags, authors, feeds = json.loads(row.terms)
    published = row.when()
    return Article(
        row.key,
        row.path,
        row.slug,
        row.id,
        row.title,
        row.url,
        NEVER if published.year == NEVER.year else published,
        moment(row.updated, row.updated_offset),
        Body("", "clean"),
        row.guid,
        categories=tuple(map(Category, categories)),
        tags=tuple(map(Category, tags)),
        authors=tuple(map(Person, authors)),
        section=row.section,
        language=row.language,
        draft=bool(row.draft),
        page=row.page,
        protected=row.protected,
        exposure=row.exposure,
        expires=None if row.expires is None else moment(row.expires, row.expires_offset),
        retracted=None if row.retracted is None else moment(row.retracted, row.retracted_offset),
        retracted_reason=row.reason,
        weight=row.weight,
        feeds=None if feeds is None else tuple(feeds),
        aliases=tuple(row.aliases.split("\n")) if row.aliases else (),
        series=tuple(json.loads(row.series)) if row.series else (),
    )
