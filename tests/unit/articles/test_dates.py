"""Dates: every shape that engines write, none guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from time import tzset
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.articles.dates import FIRST_YEAR, LAST_YEAR, date_in_name, date_in_path, parse_date

BERLIN = ZoneInfo("Europe/Berlin")
ZULU = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016-02-05", "2016-02-05T00:00:00"),
        ("2016-2-5", "2016-02-05T00:00:00"),
        ("2009-12-25 10:41:06 +0000", "2009-12-25T10:41:06"),
        ("2009-12-25T10:41:06+02:00", "2009-12-25T08:41:06"),
        ("2022-05-06T00:00:00.000Z", "2022-05-06T00:00:00"),
        ("2022-05-06t01:02:03z", "2022-05-06T01:02:03"),
        ("29-11-2003", "2003-11-29T00:00:00"),
        ("29.11.2003 8:05", "2003-11-29T08:05:00"),
        ("04/13/2020", "2020-04-13T00:00:00"),
        ("2016-02-05T08:23", "2016-02-05T08:23:00"),
        ("2016-02-05 8:5:1", "2016-02-05T08:05:01"),
        ("2020/12/21", "2020-12-21T00:00:00"),
        ("24 September 2020", "2020-09-24T00:00:00"),
        ("September 24th, 2020 at 10 pm", "2020-09-24T22:00:00"),
        ("Thu, 24 Sep 2020 10:00:00 GMT", "2020-09-24T10:00:00"),
        ("Thu, 24 Sep 2020 10:00:00 EST", "2020-09-24T15:00:00"),
        ("Thu Sep 24 10:00:00 PDT 2020", "2020-09-24T17:00:00"),
        ("Thu Sep 24 2020 10:00:00 GMT+0200 (CEST)", "2020-09-24T08:00:00"),
        ("2015-03-17 14:00:00 -4", "2015-03-17T18:00:00"),
        ("2015-03-17 14:00:00 −04:00", "2015-03-17T18:00:00"),
        ("2015-03-17T14:00:00+14:30", "2015-03-16T23:30:00"),
        ("2015-03-17T14:00:00+23:59", "2015-03-16T14:01:00"),
        ("2015-03-17T14:00:00-23:59", "2015-03-18T13:59:00"),
        ("2015-03-17 14:00 +1530", "2015-03-16T22:30:00"),
        ("2015-03-17 14:00 America/New_York", "2015-03-17T18:00:00"),
        ("2015-03-17T14:00:00+01:00[Europe/Paris]", "2015-03-17T13:00:00"),
        ("2015-03-17 14:00:00.123456789 +0100 CET", "2015-03-17T13:00:00"),
        ("2015-03-17 2:30 PM", "2015-03-17T14:30:00"),
        ("2015-03-17 12:00 AM", "2015-03-17T00:00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59"),
        ("  2016-02-05\n", "2016-02-05T00:00:00"),
        (20200102, "2020-01-02T00:00:00"),
        ("20200102T101112Z", "2020-01-02T10:11:12"),
        (1600000000, "2020-09-13T12:26:40"),
        (1600000000.75, "2020-09-13T12:26:40"),
        ("1600000000123", "2020-09-13T12:26:40"),
        (1600000000123456789, "2020-09-13T12:26:40"),
    ],
)
def test_every_common_shape_of_a_date_is_read(text: str | int | float, expected: str) -> None:
    assert parse_date(text, ZULU, None) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("31.02.2026", "February has 28 days in 2026; write it as 2026-02-28"),
        ("2020-13-01", "no month 13"),
        ("03/04/2020", "2020-04-03 or 2020-03-04"),
        ("September 2020", "Year, month and day"),
        ("2020", "Year, month and day"),
        (2020, "Year, month and day"),
        ("24 Sep 20", "four digits"),
        ("24 September", "year is missing"),
        ("Thursday", "2026-03-01"),
        ("10:30", "2026-03-01"),
        ("today", "2026-03-01"),
        ("Last Modified", "2026-03-01"),
        ("2020-01", "2026-03-01"),
        ("1 2 2020", "2026-03-01"),
        ("0001-01-01", "between 1900 and 2200"),
        ("2201-01-01", "between 1900 and 2200"),
        ("2020-01-02 10:00 IST", "write the offset"),
        ("2020-01-02 25:00", "no time 25:00:00"),
        ("2020-01-02 13:00 PM", "no hour 13"),
        ("2020-01-02T10:00:00+99:00", "not an offset"),
        ("2020-01-02-03", "2026-03-01"),
        ("2023-01-29 18:30:22 2024 -0800", "2026-03-01"),
        (True, "2026-03-01"),
        (-5, "2026-03-01"),
        (float("nan"), "2026-03-01"),
        ("", "2026-03-01"),
        ("1" * 5000, "2026-03-01"),
    ],
)
def test_what_is_no_date_or_may_be_several_is_refused_with_what_would_be_right(text: str | int, hint: str) -> None:
    with pytest.raises(ValueError, match=hint.partition(".")[0]) as refused:
        parse_date(text, ZULU, None)
    assert hint in str(refused.value)


def test_the_order_of_day_and_month_is_the_sites() -> None:
    assert parse_date("03/04/2020", ZULU, "dmy").date() == date(2020, 4, 3)
    assert parse_date("03/04/2020", ZULU, "mdy").date() == date(2020, 3, 4)
    assert parse_date("03/03/2020", ZULU, None).date() == date(2020, 3, 3)


def test_an_order_that_cannot_be_meant_gives_way() -> None:
    assert parse_date("25/12/2020", ZULU, "mdy").date() == date(2020, 12, 25)
    with pytest.raises(ValueError, match="may be"):
        parse_date("03/04/2020", ZULU, "ymd")


def test_a_date_without_an_offset_is_in_the_sites_zone() -> None:
    assert parse_date("2020-07-01", BERLIN, None) == datetime(2020, 6, 30, 22, tzinfo=UTC)
    assert parse_date("1 July 2020 10:00", BERLIN, None) == datetime(2020, 7, 1, 8, tzinfo=UTC)
    assert parse_date("2020-07-01 10:00 UTC", BERLIN, None) == datetime(2020, 7, 1, 10, tzinfo=UTC)


def test_the_local_time_zone_of_the_machine_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    tzset()
    try:
        assert parse_date("24 September 2020", ZULU, None) == datetime(2020, 9, 24, tzinfo=UTC)
        with pytest.raises(ValueError, match="SGT"):
            parse_date("24 September 2020 10:00 SGT", ZULU, None)
    finally:
        monkeypatch.undo()
        tzset()


@given(st.dates(min_value=date(FIRST_YEAR, 1, 2), max_value=date(LAST_YEAR, 12, 30)), st.times())
def test_an_iso_date_is_read_as_python_reads_it(day: date, clock: time) -> None:
    written = f"{day.isoformat()}T{clock.replace(microsecond=0).isoformat()}"
    assert parse_date(written, ZULU, None) == datetime.fromisoformat(written + "+00:00")
    assert parse_date(written + "+02:00", ZULU, None) == datetime.fromisoformat(written + "+02:00")


@given(st.dates(min_value=date(FIRST_YEAR, 1, 1), max_value=date(LAST_YEAR, 12, 31)))
def test_a_date_in_words_is_read(day: date) -> None:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    assert parse_date(f"{day.day} {months[day.month - 1]} {day.year}", ZULU, None).date() == day


@given(st.text() | st.integers() | st.floats() | st.from_regex(r"[0-9 :/.+TZJan-]{1,30}", fullmatch=True))
def test_any_input_is_a_date_in_whole_minutes_from_utc_or_a_value_error(
    text: str | int | float,
) -> None:
    try:
        read = parse_date(text, BERLIN, None)
    except ValueError as refused:
        assert str(refused)
        return
    assert isinstance(read.tzinfo, timezone)
    offset = read.utcoffset()
    assert offset is not None and offset % timedelta(minutes=1) == timedelta()
    assert read.microsecond == 0
    assert FIRST_YEAR - 1 <= read.year <= LAST_YEAR + 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2020-01-02-tides", (date(2020, 1, 2), "tides")),
        ("2020-01-02_tides", (date(2020, 1, 2), "tides")),
        ("2020-01-02", (date(2020, 1, 2), "")),
        ("2025-08-07_trunk_and-tidbits", (date(2025, 8, 7), "trunk_and-tidbits")),
        ("2015-4-14-audit", (date(2015, 4, 14), "audit")),
        ("20200102-tides", (date(2020, 1, 2), "tides")),
        ("2020-02-30-tides", None),
        ("2020-01-tides", None),
        ("2020-01-021", None),
        ("tides-2020-01-02", None),
        ("99999999", None),
        ("", None),
    ],
)
def test_a_name_begins_with_a_date_or_does_not(name: str, expected: tuple[date, str] | None) -> None:
    assert date_in_name(name) == expected


def test_three_folders_in_a_row_are_a_date() -> None:
    assert date_in_path(["posts", "2020", "01", "02"]) == date(2020, 1, 2)
    assert date_in_path(["2020", "01"]) is None
    assert date_in_path(["2020", "13", "01", "02"]) is None
