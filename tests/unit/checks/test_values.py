"""Dates, addresses and other values: right ones pass, wrong ones are named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.checks import addresses, values

MOMENTS = st.datetimes(
    min_value=datetime(1000, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(MOMENTS)
def test_every_moment_written_by_the_standard_library_is_right(moment: datetime) -> None:
    assert values.rfc822(format_datetime(moment)) is None
    assert values.rfc3339(moment.isoformat()) is None
    assert values.w3cdtf(moment.isoformat()) is None
    assert values.moment(moment.isoformat()) == moment


@given(MOMENTS, st.integers(1, 6))
def test_a_wrong_day_of_the_week_is_found(moment: datetime, days: int) -> None:
    other = format_datetime(moment + timedelta(days=days) if moment.year < 9000 else moment - timedelta(days=days))[:3]
    assert values.rfc822(other + format_datetime(moment)[3:]) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 01 Mar 2026 09:30:00 UTC",
        "Sunday, 01 Mar 2026 09:30:00 GMT",
        "Sun, 01 mar 2026 09:30:00 GMT",
        "Sun, 01 März 2026 09:30:00 GMT",
        "Sun, 01 Mar 2026 24:00:00 GMT",
        "Sun, 01 Mar 2026 09:30:00 +0060",
        "Sun, 01 Mar 2026 09:30:00",
        "Sun, 01 Mar 2026 9:30:00 GMT",
        "Sun, 01 Mar 202 09:30:00 GMT",
        "Sun, ٠1 Mar 2026 09:30:00 GMT",
        "",
    ],
)
def test_these_are_no_rfc_822_dates(text: str) -> None:
    assert values.rfc822(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "2026-03-01T09:30Z",
        "2026-03-01 09:30:00Z",
        "2026-03-01T09:30:00z",
        "2026-03-01T09:30:00+0100",
        "2026-03-01T09:30:00",
        "2026-13-01T09:30:00Z",
        "2026-03-01T09:30:61Z",
        "2026-03-01T09:30:00+24:00",
        "2026-03-01T09:30:00.Z",
        "0000-03-01T09:30:00Z",
        "2026-03-01T09:30:00Z\n",
    ],
)
def test_these_are_no_rfc_3339_dates(text: str) -> None:
    assert values.rfc3339(text) is not None
    assert values.moment(text) is None


def test_a_leap_second_is_a_moment() -> None:
    assert values.moment("2016-12-31T23:59:60Z") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "https://[::1]:8080/a?b#c",
        "http://user:pass@example.org/",
        "https://münchen.example/straße",
        "tag:example.org,2026-03-01:posts/tides",
        "tag:ann@example.org,2026:a",
        "urn:uuid:1225C695-cfb8-4ebb-aaaa-80da344efa6a",
        "urn:isbn:0451450523",
        "mailto:ann@example.org",
    ],
)
def test_these_are_absolute_iris(text: str) -> None:
    assert addresses.absolute_iri(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/a",
        "example.org",
        "//example.org/",
        "https:",
        "https://",
        "https:///a",
        "https://:80/",
        "https://example.org:port/",
        "https://example.org/a b",
        "https://example.org/100%",
        "https://example.org/\u0085",
        "tag:example.org:a",
        "tag:example.org,26:a",
        "urn:uuid:1225c695",
    ],
)
def test_these_are_no_absolute_iris(text: str) -> None:
    assert addresses.absolute_iri(text) is not None


@pytest.mark.parametrize(
    ("judge", "right", "wrong"),
    [
        (values.mime, ["text/html", "application/atom+xml;type=entry", 'a/b; c="d e"'], ["html", "text/", "a/b;c"]),
        (
            values.language,
            ["en", "pt-BR", "zh-Hans-CN", "x-klingon", "i-navajo", "de-1996"],
            ["english", "en_GB", "", "e", "xq"],
        ),
        (
            addresses.contact,
            ["a@b.org", "a@b.org (A B)", "A <a@b.org>", "mailto:a%40b.org?subject=c"],
            ["A", "A (a@b.org)", "@", ""],
        ),
        (addresses.mailbox, ["a@b.org (A)"], ["a@b.org", "a@b.org ()", "A <a@b.org>"]),
        (addresses.email, ["a@b.org", "ä@b"], ["A <a@b.org>", "a@", " a@b.org"]),
        (values.count, ["0", "12"], ["01", "-1", "+1", "1.0", "", "١"]),
        (values.digits, ["0", "012"], ["-1", "1.0", "", "١"]),
        (values.positive, ["1", "010"], ["0", "00", "-1", "", "a"]),
        (values.number, ["1", "1.5"], ["1.", ".5", "-1", "a", ""]),
        (values.w3cdtf, ["2026", "2026-03", "2026-03-01"], ["26", "2026-3", "2026-03-01T09:30", "2026-02-30"]),
        (addresses.web_address, ["https://a.org", " http://a.org/ "], ["ftp://a.org/", "tag:a.org,2026:b", "a"]),
    ],
)
def test_values_are_told_apart(judge, right: list[str], wrong: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert [text for text in right if judge(text)] == []
    assert [text for text in wrong if not judge(text)] == []


@given(st.text())
def test_whatever_the_text_a_judgement_is_a_sentence_or_none(text: str) -> None:
    judges = (values.rfc822, values.rfc822_style, values.rfc3339, values.w3cdtf, addresses.absolute_iri, values.mime)
    judges += (
        addresses.web_address,
        addresses.not_normal,
        values.language,
        addresses.contact,
        addresses.mailbox,
        values.positive,
    )
    verdicts = [judge(text) for judge in judges]
    assert all(verdict is None or verdict.isprintable() for verdict in verdicts)
    assert values.between(1, 9, text) is None or not (text.isascii() and text.isdigit() and 1 <= int(text) <= 9)
