"""Dates that are no single text: maps of dates or of a date's parts, and days that a file's name settles."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from feedwright.articles.context import Place, named
from feedwright.articles.dates import parse_date, readings
from feedwright.articles.permalinks import day_of, month_of

if TYPE_CHECKING:
    from feedwright.config import DateOrder

OF_A_DATE = ("date", "time", "at", "value", "iso", "datetime", "on", "start")
"""What a map that stands for one date calls it."""

_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")


def of_parts(value: Mapping[object, object]) -> str | None:
    """The date of a map with year, month and day; None where it has not all of them."""
    parts = [named(value, name) for name in ("year", "month", "day")]
    return "-".join(map(str, parts)) if None not in parts else None


def settled_date(value: object, place: Place) -> datetime | None:
    """Of a date that could be several days, the one that the file's or the folder's name stands for.

    The article's other dates are then read likewise.

    Args:
        value: as it was written.

    Returns: aware, in UTC; None where the name settles nothing.
    """
    if not isinstance(value, str):
        return None
    settled = [one for one in readings(value, place.zone) if _is_named(one, place)]
    if len(settled) != 1:
        return None
    for order in _ORDERS:
        with suppress(ValueError):
            if parse_date(value, place.zone, order) == settled[0]:
                place.order = order
    return settled[0]


def _is_named(when: datetime, place: Place) -> bool:
    """Whether an article's file or its folders stand for a moment's day, or at least for its month."""
    local = when.astimezone(place.zone).date()
    if day := day_of(place.below):
        # The name may be of the day before or after, in another zone.
        return abs((local - day).days) <= 1
    return month_of(place.below) == (local.year, local.month)
