"""Preconditions: what the validators that a client sends say about the representation that it would be given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHORT = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_LONG = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTH = "|".join(_MONTHS)
_TIME = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
_FORMS = (
    rf"(?:{_SHORT}), (?P<day>\d\d) (?P<month>{_MONTH}) (?P<year>\d{{4}}) {_TIME} GMT",
    rf"(?:{_LONG}), (?P<day>\d\d)-(?P<month>{_MONTH})-(?P<year>\d\d) {_TIME} GMT",
    rf"(?:{_SHORT}) (?P<month>{_MONTH}) (?P<day>[ \d]\d) {_TIME} (?P<year>\d{{4}})",
)
_TAG = r'(?P<weak>W/)?(?P<tag>"[\x21\x23-\x7e\x80-\U0010ffff]*")'
_MEMBER = re.compile(rf"[ \t]*(?:{_TAG}[ \t]*(?:,|$)|[^,]*(?:,|$))")


@dataclass(frozen=True, slots=True)
class Conditions:
    """The fields of a request that make it conditional, as they came; None where one did not.

    Several lines of a field are one, joined by commas (RFC 9110 §5.3).
    """

    if_match: str | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    if_unmodified_since: str | None = None
    if_range: str | None = None


def read_date(text: str, now: int) -> int | None:
    """Seconds since 1970 of an HTTP-date; None where it is none.

    Args:
        now: seconds since 1970; a year of two digits that would be more than 50 years after it is of the century
            before.

    Source: RFC 9110 §5.6.7, all three forms. `email.utils` reads more than these, and two digits by another rule.
    """
    for form in _FORMS:
        if found := re.fullmatch(form, text.strip(" \t"), re.ASCII):
            break
    else:
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:
        this = datetime.fromtimestamp(now, UTC).year
        year += this - this % 100
        year -= 100 if year > this + 50 else 0
    month = _MONTHS.index(found["month"]) + 1
    day, hour, minute, second = (int(found[part]) for part in ("day", "hour", "minute", "second"))
    # The grammar allows a leap second, which no clock of ours has.
    leap = second == 60
    try:
        at = datetime(year, month, day, hour, minute, second - leap, tzinfo=UTC)
    except ValueError:
        return None
    return int(at.timestamp()) + leap


def entity_tags(field: str) -> Iterator[tuple[bool, str]]:
    """The tags of a list: whether each is weak, and its quoted part. What is no tag is passed over."""
    start = 0
    while start < len(field) and (found := _MEMBER.match(field, start)) and found.end() > start:
        start = found.end()
        if found["tag"]:
            yield bool(found["weak"]), found["tag"]


def outcome(asked: Conditions, etag: str, modified: int, now: int) -> Literal[200, 304, 412]:
    """What becomes of a GET or HEAD whose answer would else be 200.

    Args:
        etag: of the representation that was selected, strong, with its quotes.
        modified: seconds since 1970.
        now: likewise.

    Source: RFC 9110 §13.2.2, which sets the order.
    """
    if asked.if_match is not None:
        if not _matches_strongly(asked.if_match, etag):
            return 412
    elif asked.if_unmodified_since is not None:
        limit = read_date(asked.if_unmodified_since, now)
        if limit is not None and modified > limit:
            return 412
    if asked.if_none_match is not None:
        return 304 if _matches_weakly(asked.if_none_match, etag) else 200
    if asked.if_modified_since is not None:
        since = read_date(asked.if_modified_since, now)
        if since is not None and modified <= since:
            return 304
    return 200


def range_holds(asked: Conditions, etag: str, modified: int, now: int) -> bool:
    """Whether a range may be answered with a part, by If-Range.

    A date counts as strong once the second that it names is over. It takes its client's word that it has no tag of
    ours, as it must not send a date otherwise.

    Source: RFC 9110 §13.1.5, §8.8.2.2.
    """
    if asked.if_range is None:
        return True
    if asked.if_range.strip(" \t").startswith(('"', "W/")):
        return asked.if_range.strip(" \t") == etag
    return read_date(asked.if_range, now) == modified and now > modified


def _matches_strongly(field: str, etag: str) -> bool:
    return field.strip(" \t") == "*" or any(not weak and tag == etag for weak, tag in entity_tags(field))


def _matches_weakly(field: str, etag: str) -> bool:
    return field == etag or field.strip(" \t") == "*" or any(tag == etag for _, tag in entity_tags(field))
