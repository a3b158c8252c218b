"""Dates as people and engines write them: one parser decides, and it never guesses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import TYPE_CHECKING

from feedwright.text.moments import fixed

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from feedwright.config import DateOrder

FIRST_YEAR = 1900
LAST_YEAR = 2200
LONGEST = 64

_CLOCK = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
)
_ZONE = (
    r"(?:\s*(?P<zone>(?:UTC|GMT|Z)?\s?[+-]\d{1,2}(?::?\d\d)?|[A-Z][A-Za-z]+(?:/[A-Za-z_+-]+)+"
    r"|(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)[A-Z]{1,5}|z)(?![A-Za-z])"
    r"(?:\s*\([^()]*\)|\s*\[[^\[\]]*\]|(?<=\d)\s[A-Z]{2,5})?)?"
)
# The year may stand again before the zone, as the command `date` has it.
_TIME = rf"(?:(?:\s*[Tt,]\s*|\s+(?:at\s+)?)(?i:{_CLOCK})(?:\s(?P=year))?{_ZONE}|\s*(?P<daily>Z|UTC|GMT|[+-]\d\d:\d\d))?"
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][012]\d:\d\d:\d\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?", re.ASCII)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}}){_TIME}", re.ASCII
)
_YEAR_LAST = re.compile(
    rf"(?P<one>\d{{1,2}})(?P<sep>[-/.])(?P<two>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}){_TIME}", re.ASCII
)
_TWO_DIGITS = re.compile(
    r"(?P<one>\d{1,2})(?P<sep>[-/.])(?P<two>\d{1,2})(?P=sep)(?P<three>\d{2})(?P<time>(?!\d).*)", re.ASCII | re.DOTALL
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
    rf"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:\.\d+)?{_ZONE})?",
    re.ASCII,
)
_CLOCK_IN_WORDS = re.compile(rf"(?<!\d)(?=\d{{1,2}}(?::|\s*[AaPp]\.?[Mm]\b))(?i:{_CLOCK}){_ZONE}(?=\s|,|$)", re.ASCII)
_MONTH = re.compile(r"(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_NUMBER = re.compile(r"\d{1,20}(?:\.\d{1,20})?", re.ASCII)
_OFFSET = re.compile(r"(?:UTC|GMT|Z)?\s?([+-])(\d{1,2})(?::?(\d\d))?", re.ASCII)
_NAME = re.compile(
    r"(?:(?P<year>\d{4})(?P<sep>[-_.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})|(?P<run>\d{8}))"
    r"(?:[-_ .](?P<rest>.*))?",
    re.DOTALL | re.ASCII,
)

_MONTH_IN_NAME = re.compile(r"(\d{4})[-_.](\d{1,2})", re.ASCII)
_ACROSS = re.compile(r"(?:^|/)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:/|[-_. ][^/]*$|$)", re.ASCII)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HOURS = {
    **dict.fromkeys(("Z", "z", "UT", "UTC", "GMT", "WET"), 0),
    # RFC 5322 §4.3
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
    # Names that stand for one offset wherever they are used.
    **{"WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "JST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
}
_EPOCH_UNITS = ((10**11, 1), (10**14, 10**3), (10**17, 10**6), (10**20, 10**9))
_RIGHT = "write it as 2026-03-01, or with its time as 2026-03-01T09:30:00+01:00"


def parse_date(text: str | int | float, zone: ZoneInfo, order: DateOrder | None) -> datetime:
    """Read a date, with or without a time.

    Args:
        text: as it was written; a number is 20200102, or seconds, milliseconds, micro- or nanoseconds since 1970.
        zone: where the clock stood for a time that names no zone; a date without a time is its midnight.
        order: how to read 03/04/2020; None refuses it unless it can be read in one way only.

    Returns: aware, in the offset that is written, else in the zone's at that instant, without microseconds.

    Raises:
        ValueError: it is no date, or may be several; the message says what would be right.

    Source: RFC 3339 §5.6, RFC 5322 §3.3; dates with a month's name as python-dateutil reads them.
    """
    if isinstance(text, str) and _ISO.fullmatch(text) and (moment := _from_iso(text, zone)):
        return moment
    written = " ".join(str(text).replace("\N{MINUS SIGN}", "-").split())
    if isinstance(text, bool) or not written or len(written) > LONGEST:
        raise ValueError(f"It is not a date: {_RIGHT}")
    if _NUMBER.fullmatch(written):
        return _from_number(written, zone)
    if found := _YEAR_FIRST.fullmatch(written) or _COMPACT.fullmatch(written):
        day = _day(int(found["year"]), int(found["month"]), int(found["day"]))
    elif found := _YEAR_LAST.fullmatch(written):
        day = _year_last(int(found["one"]), int(found["two"]), int(found["year"]), order)
    else:
        return _from_words(written, zone)
    return _moment(day, found.groupdict(), zone)


def readings(text: str, zone: ZoneInfo) -> list[datetime]:
    """All that a date in numbers may be whose day, month or year could stand elsewhere: 12/5/2023, 12.5.23.

    Args:
        text, zone: as `parse_date` takes them.

    Returns: aware, in UTC, each once, in order; empty where it is nothing of that kind.
    """
    written = " ".join(text.split())
    spelled = [written]
    if found := _TWO_DIGITS.fullmatch(written):
        one, two, three, time = found["one"], found["two"], found["three"], found["time"]
        last = [f"{one}/{two}/{century}{three}{time}" for century in ("19", "20")]
        spelled = [*last, *(f"{century}{one:0>2}/{two}/{three}{time}" for century in ("19", "20"))]
    elif not _YEAR_LAST.fullmatch(written):
        return []
    orders: tuple[DateOrder, ...] = ("dmy", "mdy")
    return sorted({moment for one in spelled for order in orders for moment in _read(one, zone, order)})


def _read(text: str, zone: ZoneInfo, order: DateOrder) -> list[datetime]:
    try:
        return [parse_date(text, zone, order)]
    except ValueError:
        return []


def month_in_path(parts: Sequence[str]) -> tuple[int, int] | None:
    """The year and month that two folders in a row stand for, or one: ("posts", "2020", "01"), ("2020-01",).

    Args:
        parts: of the path, outermost first.
    """
    for name in (*map("-".join, pairwise(parts)), *parts):
        found = _MONTH_IN_NAME.fullmatch(name)
        if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2]) <= 12:
            return int(found[1]), int(found[2])
    return None


def date_in_name(name: str) -> tuple[date, str] | None:
    """The date at the start of a file's or folder's name, and what follows it.

    Args:
        name: without suffix, e.g. "2020-01-02-tides", "2025-08-07_trunk" or "20200102-tides".

    Returns: None where it starts with no date; the rest is empty where nothing follows.
    """
    if not name[:4].isdigit() or not (found := _NAME.fullmatch(name)):
        return None
    run = found["run"]
    parts = (run[:4], run[4:6], run[6:]) if run else (found["year"], found["month"], found["day"])
    day = _day_or_none(*parts)
    return (day, (found["rest"] or "").strip("-_ .")) if day else None


def date_in_path(parts: Sequence[str]) -> date | None:
    """The date that three folders in a row stand for: ("posts", "2020", "01", "02").

    Args:
        parts: of the path, outermost first.
    """
    for year, month, day in zip(parts, parts[1:], parts[2:], strict=False):
        if len(year) == 4 and len(month) <= 2 and len(day) <= 2:
            found = _day_or_none(year, month, day)
            if found:
                return found
    return None


def date_in_key(path: str) -> date | None:
    """The date that a path holds across its parts, as Docusaurus has it: "blog/2020/01/02-tides", "2020-01-02/tides".

    Args:
        path: "/"-separated, without suffix. A folder with a name behind its date dates what is in it only as its index.
    """
    found = _ACROSS.search(path)
    return _day_or_none(found[1], found[2], found[3]) if found else None


def midnight(day: date, zone: tzinfo) -> datetime:
    """When a day began in a zone, in its offset then."""
    return fixed(datetime(day.year, day.month, day.day, tzinfo=zone))


def _day_or_none(year: str, month: str, day: str) -> date | None:
    if not all(part.isascii() and part.isdigit() for part in (year, month, day)):
        return None
    try:
        return _day(int(year), int(month), int(day))
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"The year must be between {FIRST_YEAR} and {LAST_YEAR}: {_RIGHT}")
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}: {_RIGHT}")
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    if not 1 <= day <= last:
        nearest = f"{year}-{month:02}-{min(max(day, 1), last):02}"
        raise ValueError(f"{MONTHS[month - 1]} has {last} days in {year}; write it as {nearest}")
    return date(year, month, day)


def _year_last(one: int, two: int, year: int, order: DateOrder | None) -> date:
    if one > 12 or one == two:
        return _day(year, two, one)
    if two > 12 or order == "mdy":
        return _day(year, one, two)
    if order == "dmy":
        return _day(year, two, one)
    raise ValueError(
        f"It may be {year}-{two:02}-{one:02} or {year}-{one:02}-{two:02}: write it so, or set date_order in site.toml"
    )


def _from_iso(text: str, zone: tzinfo) -> datetime | None:
    """What nearly all dates look like, read by the standard library; None where it is to be read with more care."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not FIRST_YEAR <= read.year <= LAST_YEAR or text[11:13] == "24":
        return None
    return fixed(read if read.tzinfo else read.replace(tzinfo=zone))


def _from_number(written: str, zone: tzinfo) -> datetime:
    if len(written) in (8, 12, 14) and (found := _COMPACT.fullmatch(written)):
        try:
            return _moment(_day(int(written[:4]), int(written[4:6]), int(written[6:8])), found.groupdict(), zone)
        except ValueError:
            if len(written) == 8:
                raise
    whole = int(written.partition(".")[0])
    if whole < 10**8:
        raise ValueError(f"Year, month and day are needed: {_RIGHT}")
    for limit, per_second in _EPOCH_UNITS:
        if whole < limit:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=whole // per_second)
            _day(moment.year, moment.month, moment.day)
            return fixed(moment, zone)
    raise ValueError(f"It is not a date: {_RIGHT}")


def _from_words(written: str, zone: tzinfo) -> datetime:
    clock = _CLOCK_IN_WORDS.search(written)
    words = f"{written[: clock.start()]} {written[clock.end() :]}" if clock else written
    if not _MONTH.search(words):
        raise ValueError(f"It is not a date that can be read in one way only: {_RIGHT}")
    if not _YEAR.search(words):
        raise ValueError(f"The year is missing, or has not four digits: {_RIGHT}")
    return _moment(_day_in_words(words), clock.groupdict() if clock else {}, zone)


def _day_in_words(words: str) -> date:
    # Large, and for the rare shapes only.
    from dateutil import parser

    def refuse(name: str | None, offset: int | None) -> None:
        if name or offset is not None:
            raise ValueError(f"It has a time that cannot be read: {_RIGHT}")

    # It fills what is missing from the default: where two defaults differ in the answer, something was.
    defaults = (datetime(2000, 1, 1), datetime(1999, 2, 2))  # noqa: DTZ001
    text = words.replace(",", " ").replace(" of ", " ").replace(" the ", " ")
    try:
        first, second = (parser.parse(text, default=day, tzinfos=refuse) for day in defaults)
    except (ValueError, OverflowError, ArithmeticError, TypeError, LookupError, AttributeError) as error:
        raise ValueError(f"It is not a date: {_RIGHT}") from error
    if first != second or first.time() != datetime.min.time():
        raise ValueError(f"Year, month and day are needed: {_RIGHT}")
    return _day(first.year, first.month, first.day)


def _moment(day: date, clock: Mapping[str, str | None], zone: tzinfo) -> datetime:
    named = clock.get("zone") or clock.get("daily")
    where = _zone(named) if named else zone
    hour, minute, second = (int(clock.get(part) or 0) for part in ("hour", "minute", "second"))
    if half := clock.get("half"):
        if not 1 <= hour <= 12:
            raise ValueError(f"There is no hour {hour} {half.lower()}m: {_RIGHT}")
        hour = hour % 12 + (12 if half in "Pp" else 0)
    if hour > 23 or minute > 59 or second > 60:
        raise ValueError(f"There is no time {hour:02}:{minute:02}:{second:02}: {_RIGHT}")
    # A leap second, :60, has no place of its own in a datetime.
    return fixed(datetime(day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=where))


def _zone(name: str) -> tzinfo:
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name]))
    if found := _OFFSET.fullmatch(name):
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours > 23 or minutes > 59:
            raise ValueError(f'"{name}" is not an offset from UTC: {_RIGHT}')
        span = timedelta(hours=hours, minutes=minutes)
        return timezone(span if found[1] == "+" else -span)
    if "/" in name:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise ValueError(f'"{name}" names no zone, or several: write the offset, as in 2026-03-01T09:30:00+01:00')
