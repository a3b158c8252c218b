"""One place decides which articles may be shown; the catalog leaves none out of which time changes that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from feedwright.model import NEVER, UNDATED, Article, Body
from feedwright.select.eligibility import HIDDEN_ALWAYS, ineligibility_reason
from feedwright.state.catalog import Catalog, article_of, row_of
from feedwright.state.serialise import seconds
from feedwright.state.sqlite import opened

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIMES = (NOON - 2 * HOUR, NOON - HOUR, NOON, NOON + HOUR, NOON + 2 * HOUR)


def _articles() -> list[Article]:
    """One of each sort: what hides articles, with all that can be said of when they are shown."""
    one = Article("a.md", "a", "a", "id:a", "A", "https://a.example/", NOON, NOON, Body("", "clean"))
    values = product(
        (*TIMES, UNDATED, NEVER),
        (None, *TIMES),
        ("all", "part", "none"),
        (False, True),
        ("", "hugo"),
        (None, NOON),
        (None, ("site",), ()),
    )
    names = ("published", "expires", "exposure", "draft", "page", "retracted", "feeds")
    made = [dict(zip(names, some, strict=True)) for some in values]
    fields = {name: getattr(one, name) for name in Article.__dataclass_fields__}
    return [Article(**{**fields, **some, "key": f"{n}.md"}) for n, some in enumerate(made)]


@pytest.fixture(params=[False, True], ids=["hidden", "shown"])
def catalog(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalog]:
    with opened(Catalog, tmp_path) as catalog:
        rows = (row_of(one.key, b"x", one, "") for one in _articles())
        catalog.put(row._replace(n=n, shown=int(request.param)) for n, row in enumerate(rows, 1))
        yield catalog


@pytest.mark.parametrize("now", TIMES)
def test_the_catalog_gives_every_article_of_which_time_decides_otherwise(catalog: Catalog, now: datetime) -> None:
    at = seconds(now)
    asked = (catalog.hidden_by_time(at, HIDDEN_ALWAYS), catalog.expired_rows(at), catalog.early_rows(at))
    given = {row.key for rows in asked for row in rows}
    by_time = ("not before", "expired")
    otherwise = {
        row.key
        for row in catalog.rows()
        for why in (ineligibility_reason(article_of(row), now),)
        if bool(row.shown) == bool(why) and (not why or why.startswith(by_time))
    }
    assert otherwise
    assert otherwise <= given


@pytest.mark.parametrize("now", TIMES)
def test_the_next_article_to_appear_is_the_first_that_nothing_but_its_date_holds_back(
    catalog: Catalog, now: datetime
) -> None:
    coming = catalog.coming_rows(seconds(now), seconds(NEVER), HIDDEN_ALWAYS)
    first = next((row.published for row in coming if not ineligibility_reason(article_of(row), row.when())), None)
    expected = [
        row.published
        for row in catalog.rows()
        if not row.shown and row.published > seconds(now) and not ineligibility_reason(article_of(row), row.when())
    ]
    assert first == min(expected, default=None)


def test_what_hides_an_article_always_is_why_it_is_hidden_at_any_time() -> None:
    for one in _articles():
        always = any(getattr(one, field) == value for field, value in HIDDEN_ALWAYS.items())
        if always:
            assert ineligibility_reason(one, NOON).startswith(("protected", "draft"))
