"""What dates, numbers, media types and other values look like: each function says what is wrong, or None."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from feedwright.checks.rule import remembered, shown, words
from feedwright.text import language_tags

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC822 = re.compile(
    r"(?:(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun),[ \t]*)?(?P<day>\d{1,2})[ \t]+"
    rf"(?P<month>{'|'.join(_MONTHS)})[ \t]+(?P<year>\d{{4}}|\d\d)[ \t]+"
    r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?[ \t]+"
    r"(?P<zone>UT|GMT|[ECMP][SD]T|[A-IK-Z]|[+-](?P<offset>\d\d[0-5]\d))(?P<comment>[ \t]+\([^()]*\))?",
    re.ASCII,
)
_CLOCK = r"T(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.\d+)?(?:Z|[+-](?P<offset>\d\d:[0-5]\d))"
_RFC3339 = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)" + _CLOCK, re.ASCII)
_LEAP = re.compile(r"(?<=:\d\d):60")
_W3CDTF = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?(?:Z|[+-](?P<offset>\d\d:[0-5]\d)))?)?)?",
    re.ASCII,
)
_MIME = re.compile(
    r"[\w!#$&.+^-]+/[\w!#$&.+^-]+(?:[ \t]*;[ \t]*[\w!#$&.+^-]+=(?:[\w!#$&.+^:/-]+|\"[^\"]*\"))*[ \t]*;?", re.ASCII
)
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[ix](?=-))(?:-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
_NPT = re.compile(r"now|\d+(?:\.\d*)?|\d+:[0-5]?\d:[0-5]?\d(?:\.\d*)?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_COUNTRIES = words(
    "ad ae af ag ai al am an ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz"
    " ca cc cd cf cg ch ci ck cl cm cn co cr cs cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo"
    " fr fx ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je"
    " jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp"
    " mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa"
    " re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to"
    " tp tr tt tv tw tz ua ug uk um us uy uz va vc ve vg vi vn vu wf ws xk ye yt yu za zm zw"
)
_COUNT = re.compile(r"0|[1-9]\d*", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


def rfc822(text: str) -> str | None:
    """Judge a date of RSS or OPML. Source: RFC 822 §5, with the years of RFC 1123 §5.2.14."""
    found = _RFC822.fullmatch(text)
    if not found:
        return f"{shown(text)} is not an RFC 822 date"
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 50 else 1900
    if what := _no_such_moment(text, year, _MONTHS.index(found["month"]) + 1, found):
        return what
    if found["weekday"] and found["weekday"] != (right := weekday(found["day"], found["month"], year)):
        return f"{shown(text)} was a {right}, not a {found['weekday']}"
    return None


def weekday(day: str, month: str, year: int) -> str:
    """The three letters of a real date's day of the week."""
    return _DAYS[date(year, _MONTHS.index(month) + 1, int(day)).weekday()]


def rfc822_style(text: str) -> str | None:
    """Judge what RFC 822 allows but readers misunderstand: short years and military zones."""
    found = _RFC822.fullmatch(text)
    if not found:
        return None
    if len(found["year"]) == 2:
        return f"{shown(text)} has a year of two digits"
    if len(found["zone"]) == 1 and found["zone"] != "Z":
        return f"{shown(text)} has a military time zone, {found['zone']}"
    return f"{shown(text)} has a comment behind it" if found["comment"] else None


@remembered
def rfc3339(text: str) -> str | None:
    """Judge a date of Atom. Source: RFC 3339 §5.6, RFC 4287 §3.3."""
    found = _RFC3339.fullmatch(text)
    if not found:
        return f"{shown(text)} is not an RFC 3339 date and time"
    return _no_such_moment(text, int(found["year"]), int(found["month"]), found)


def moment(text: str) -> datetime | None:
    """The moment that an RFC 3339 date names; None where it is none."""
    # datetime has no leap seconds; a second more or less does not matter where moments are compared.
    return datetime.fromisoformat(_LEAP.sub(":59", text)) if rfc3339(text) is None else None


def rfc822_moment(text: str) -> datetime | None:
    """The moment that an RFC 822 date names; None where it is none."""
    if rfc822(text) is not None:
        return None
    try:
        return _aware(parsedate_to_datetime(_LEAP.sub(":59", text)))
    except (ValueError, OverflowError):
        return None


def w3cdtf_moment(text: str) -> datetime | None:
    """The moment that a W3C date begins, in UTC where it names no zone; None where it is none."""
    if w3cdtf(text) is not None:
        return None
    rest = {4: "-01-01", 7: "-01"}.get(len(text), "")
    return _aware(datetime.fromisoformat(_LEAP.sub(":59", text + rest)))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def w3cdtf(text: str) -> str | None:
    """Judge a date that may be shortened. Source: W3C NOTE-datetime, the dates of Dublin Core and sitemaps."""
    found = _W3CDTF.fullmatch(text)
    if not found:
        return f"{shown(text)} is not a W3C date, as 2026-03-01 or 2026-03-01T09:30:00Z"
    return _no_such_moment(text, int(found["year"]), int(found["month"] or 1), found)


def _no_such_moment(text: str, year: int, month: int, found: re.Match[str]) -> str | None:
    day, hour, minute, second, offset = found.group("day", "hour", "minute", "second", "offset")
    try:
        date(year, month, int(day or 1))
    except ValueError:
        return f"{shown(text)} is on no day of the calendar"
    # Digits compare as numbers do. A leap second may stand at the end of any minute, offsets considered.
    if (hour or "0") > "23" or (minute or "0") > "59" or (second or "0") > "60" or (offset or "0")[:2] > "23":
        return f"{shown(text)} is at no time of the day"
    return None


@remembered
def mime(text: str) -> str | None:
    """Judge a media type. Source: RFC 6838 §4.2, RFC 9110 §8.3.1."""
    return None if _MIME.fullmatch(text) else f"{shown(text)} is not a media type, as text/html"


@remembered
def language(text: str) -> str | None:
    """Judge a language tag by its form, and its language where that has two letters. Source: RFC 5646 §2.1."""
    if not _LANGUAGE.fullmatch(text):
        return f"{shown(text)} is not a language tag, as en or pt-BR"
    primary = text.partition("-")[0].lower()
    known = len(primary) != 2 or language_tags.is_code(primary)
    return None if known else f"{shown(primary)} is not an ISO 639 code of a language"


def xml_language(text: str) -> str | None:
    """Judge a value of xml:lang, which may be empty. Source: XML 1.0 §2.12."""
    return language(text) if text else None


def count(text: str) -> str | None:
    """Judge a whole number that is not negative, without sign or leading zeros."""
    return None if _COUNT.fullmatch(text) else f"{shown(text)} is not a whole number"


def digits(text: str) -> str | None:
    """Judge a whole number that is not negative."""
    return None if _DIGITS.fullmatch(text) else f"{shown(text)} is not a whole number"


def positive(text: str) -> str | None:
    """Judge a whole number above zero."""
    return None if _DIGITS.fullmatch(text) and text.strip("0") else f"{shown(text)} is not a whole number above 0"


def number(text: str) -> str | None:
    """Judge a decimal number that is not negative."""
    return None if re.fullmatch(r"\d+(?:\.\d+)?", text, re.ASCII) else f"{shown(text)} is not a number"


def between(low: int, high: int, text: str) -> str | None:
    """Judge a whole number and its bounds, both included."""
    # Nothing that we bound has more than nine digits, and int() refuses very many.
    if _DIGITS.fullmatch(text) and len(text) < 10 and low <= int(text) <= high:
        return None
    return f"{shown(text)} is not a whole number from {low} to {high}"


def clock_time(text: str) -> str | None:
    """Judge a normal play time. Source: RFC 2326 §3.6."""
    return None if _NPT.fullmatch(text) else f"{shown(text)} is not a time, as 12:05:35.250"


def decimal(low: float, high: float, text: str) -> str | None:
    """Judge a decimal number, with or without a sign, and its bounds, both included."""
    if _DECIMAL.fullmatch(text) and low <= float(text) <= high:
        return None
    return f"{shown(text)} is not a number from {low:g} to {high:g}"


def signed(text: str) -> str | None:
    """Judge a decimal number, with or without a sign."""
    return None if _DECIMAL.fullmatch(text) else f"{shown(text)} is not a number"


def uuid(text: str) -> str | None:
    """Judge a UUID. Source: RFC 4122 §3."""
    return None if _UUID.fullmatch(text) else f"{shown(text)} is not a UUID"


def country(text: str) -> str | None:
    """Judge a country's code of two letters. Source: ISO 3166-1."""
    return None if text.lower() in _COUNTRIES else f"{shown(text)} is not an ISO 3166 code of a country"
