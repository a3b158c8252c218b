"""Moments as they are kept and written: each in the offset from UTC that its author, or else the site, has for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

FARTHEST = 14 * 60
"""Minutes that any place on Earth is from UTC, at most, and that the schemas of Atom and of sitemaps allow."""


def fixed(moment: datetime, zone: tzinfo | None = None) -> datetime:
    """The same instant in an offset of whole minutes: RFC 822 and 3339 know no others, and no names of zones.

    Args:
        moment: aware.
        zone: whose offset at that instant it gets; None for the one that it is in.
    """
    where = zone or moment.tzinfo
    if where is UTC or where is None:
        return moment.astimezone(UTC)
    instant = moment.astimezone(UTC)
    # By its own rules, a zone has no time in the hour that is skipped when summer time begins.
    return instant.astimezone(_zone(_minutes(instant.astimezone(where))))


def offset(moment: datetime) -> int:
    """The offset from UTC of a moment, aware, in minutes."""
    return 0 if moment.tzinfo is UTC else _minutes(moment)


def at(seconds: int, offset: int = 0) -> datetime:
    """Seconds since 1970 as a moment, aware, in an offset from UTC of so many minutes."""
    return datetime.fromtimestamp(seconds, _zone(offset) if offset else UTC)


def written(moment: datetime) -> datetime:
    """A moment, aware, as documents have it: in UTC where no place is so far from it."""
    return moment if abs(offset(moment)) <= FARTHEST else moment.astimezone(UTC)


def rfc3339(moment: datetime) -> str:
    """A moment, aware, as JSON Feed and sitemaps have it: 2026-03-01T09:30:00+01:00, or Z for UTC."""
    return written(moment).isoformat().replace("+00:00", "Z")


def in_words(moment: datetime) -> str:
    """A moment, aware, as people read it: 2026-03-01 09:30 +01:00, or UTC."""
    moment = written(moment)
    minutes = offset(moment)
    hours, rest = divmod(abs(minutes), 60)
    zone = f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}" if minutes else "UTC"
    return f"{moment:%Y-%m-%d %H:%M} {zone}"


def _minutes(moment: datetime) -> int:
    """Up to the next minute: where a zone went by its own sun (Amsterdam, until 1937), midnight stays on its day."""
    span = moment.utcoffset()
    return -(-round(span.total_seconds()) // 60) if span else 0


@lru_cache(maxsize=256)
def _zone(minutes: int) -> tzinfo:
    return timezone(timedelta(minutes=minutes)) if minutes else UTC
