"""What dates, IRIs, media types and other values look like: each function says what is wrong, or None."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import unquote

from feeds.checks.rule import shown

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC822 = re.compile(
    r"(?:(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun),[ \t]*)?(?P<day>\d{1,2})[ \t]+"
    rf"(?P<month>{'|'.join(_MONTHS)})[ \t]+(?P<year>\d{{4}}|\d\d)[ \t]+"
    r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?[ \t]+"
    r"(?P<zone>UT|GMT|[ECMP][SD]T|[A-IK-Z]|[+-](?P<offset>\d\d[0-5]\d))",
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
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
_NOT_IN_AN_IRI = re.compile(r'[\x00-\x20\x7f-\x9f<>"{}|\\^`\ufff0-\uffff]|%(?![0-9A-Fa-f]{2})')
_WEB = re.compile(r"https?://(?:[^/?#@]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^/?#@:\[\]]+)(?::\d*)?(?:[/?#].*)?", re.IGNORECASE)
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TAG = re.compile(r"tag:(?P<authority>[^,:/\s]+),\d{4}(?:-\d\d(?:-\d\d)?)?:.*", re.ASCII)
_MIME = re.compile(
    r"[\w!#$&.+^-]+/[\w!#$&.+^-]+(?:[ \t]*;[ \t]*[\w!#$&.+^-]+=(?:[\w!#$&.+^:/-]+|\"[^\"]*\"))*[ \t]*;?", re.ASCII
)
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[ix](?=-))(?:-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+")
_CONTACT = re.compile(rf"{_ADDRESS.pattern}(?:\s+\([^()]*\))?|[^<>@]*<{_ADDRESS.pattern}>")
_MAILBOX = re.compile(rf"{_ADDRESS.pattern}[ \t]+\(\s*[^()\s][^()]*\)")
_COUNT = re.compile(r"0|[1-9]\d*", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


def rfc822(text: str) -> str | None:
    """Judge a date of RSS or OPML. Source: RFC 822 §5, with the years of RFC 1123 §5.2.14."""
    found = _RFC822.fullmatch(text)
    if not found:
        return f"{shown(text)} is no RFC 822 date"
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 50 else 1900
    parts = found.groupdict()
    if what := _no_such_moment(text, year, _MONTHS.index(found["month"]) + 1, parts):
        return what
    if found["weekday"] and found["weekday"] != (right := weekday(found["day"], found["month"], year)):
        return f"{shown(text)} was no {found['weekday']} but a {right}"
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
    return None


def rfc3339(text: str) -> str | None:
    """Judge a date of Atom. Source: RFC 3339 §5.6, RFC 4287 §3.3."""
    found = _RFC3339.fullmatch(text)
    if not found:
        return f"{shown(text)} is no RFC 3339 date and time"
    return _no_such_moment(text, int(found["year"]), int(found["month"]), found.groupdict())


def moment(text: str) -> datetime | None:
    """The moment that an RFC 3339 date names; None where it is none."""
    # datetime has no leap seconds; a second more or less does not matter where moments are compared.
    return datetime.fromisoformat(_LEAP.sub(":59", text)) if rfc3339(text) is None else None


def w3cdtf(text: str) -> str | None:
    """Judge a date that may be shortened. Source: W3C NOTE-datetime, the dates of Dublin Core and sitemaps."""
    found = _W3CDTF.fullmatch(text)
    if not found:
        return f"{shown(text)} is no W3C date, as 2026-03-01 or 2026-03-01T09:30:00Z"
    return _no_such_moment(text, int(found["year"]), int(found["month"] or 1), found.groupdict())


def _no_such_moment(text: str, year: int, month: int, parts: dict[str, str | None]) -> str | None:
    try:
        date(year, month, int(parts["day"] or 1))
    except ValueError:
        return f"{shown(text)} is on no day of the calendar"
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    offset = int((parts["offset"] or "0")[:2])
    # A leap second may stand at the end of any minute once the offset is taken into account.
    if hour > 23 or minute > 59 or second > 60 or offset > 23:
        return f"{shown(text)} is at no time of the day"
    return None


def iri_reference(text: str) -> str | None:
    """Judge an IRI that may be relative. Source: RFC 3987 §2.2."""
    if text.strip() != text:
        return f"{shown(text)} has white space around it"
    if wrong := _NOT_IN_AN_IRI.search(text):
        return f"{shown(text)} has {shown(wrong[0])} in it, which must be percent-encoded"
    if text[:5].lower() in ("http:", "https") and ":" in text[:6] and not _WEB.fullmatch(text):
        return f"{shown(text)} is no web address: it has no host, or a wrong port"
    return None


def absolute_iri(text: str) -> str | None:
    """Judge an IRI that must be absolute. Source: RFC 3987 §2.2, RFC 4151 §2.1, RFC 4122 §3."""
    if not text:
        return "it is empty"
    if what := iri_reference(text):
        return what
    if not (scheme := _SCHEME.match(text)) or len(text) == scheme.end():
        return f"{shown(text)} is not absolute"
    low = scheme[0].lower()
    if low == "urn:" and text[4:9].lower() == "uuid:" and not _UUID.fullmatch(text):
        return f"{shown(text)} is no UUID"
    if low == "tag:" and not _TAG.fullmatch(text):
        return f"{shown(text)} is no tag URI, as tag:example.org,2026:name"
    return None


def absolute_uri(text: str) -> str | None:
    """Judge an address of RSS: absolute; whether it is ASCII is `not_ascii`'s to say. White space around is let be."""
    return absolute_iri(text.strip())


def web_address(text: str) -> str | None:
    """Judge an absolute http or https address."""
    if what := absolute_uri(text):
        return what
    return None if _WEB.fullmatch(text.strip()) else f"{shown(text)} is no http or https address"


def not_ascii(text: str) -> str | None:
    """Judge whether an IRI is a URI. Source: RFC 3987 §3.1."""
    return None if text.isascii() else f"{shown(text)} has characters that are not ASCII"


def not_normal(text: str) -> str | None:
    """Judge whether an id is in the form that RFC 4287 §4.2.6.1 asks for."""
    scheme, colon, rest = text.partition(":")
    if colon and scheme != scheme.lower() and _SCHEME.match(text):
        return f"{shown(text)} has a scheme that is not in lower case"
    if scheme not in ("http", "https") or not rest.startswith("//"):
        return None
    authority, path = re.fullmatch(r"//([^/?#]*)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]
    if authority != authority.lower():
        return f"{shown(text)} has a host that is not in lower case"
    if authority.endswith((":", ":80" if scheme == "http" else ":443")):
        return f"{shown(text)} names the default port"
    if path[:1] != "/":
        return f"{shown(text)} has no path: write a slash after the host"
    if re.search(r"/\.\.?(?:/|$|[?#])", re.split(r"[?#]", path)[0]):
        return f"{shown(text)} has dot segments"
    return None


def mime(text: str) -> str | None:
    """Judge a media type. Source: RFC 6838 §4.2, RFC 9110 §8.3.1."""
    return None if _MIME.fullmatch(text) else f"{shown(text)} is no media type, as text/html"


def language(text: str) -> str | None:
    """Judge a language tag by its form. Source: RFC 5646 §2.1."""
    return None if _LANGUAGE.fullmatch(text) else f"{shown(text)} is no language tag, as en or pt-BR"


def xml_language(text: str) -> str | None:
    """Judge a value of xml:lang, which may be empty. Source: XML 1.0 §2.12."""
    return language(text) if text else None


def contact(text: str) -> str | None:
    """Judge text that must be an e-mail address, with or without a name, or a mailto: URI.

    Source: RSS 2.0, author, managingEditor, webMaster; RSS Best Practices Profile, data types.
    """
    plain = unquote(text.removeprefix("mailto:").partition("?")[0]) if text.startswith("mailto:") else text
    return None if _CONTACT.fullmatch(plain) else f"{shown(text)} is no e-mail address"


def mailbox(text: str) -> str | None:
    """Judge whether text is an address with a name in parentheses. Source: RSS Best Practices Profile, author."""
    return None if _MAILBOX.fullmatch(text) else f"{shown(text)} is not of the form user@example.org (Name)"


def address(text: str) -> str | None:
    """Judge a bare e-mail address. Source: RFC 4287 §3.2.3."""
    return None if _ADDRESS.fullmatch(text) else f"{shown(text)} is no e-mail address"


def count(text: str) -> str | None:
    """Judge a whole number that is not negative, without sign or leading zeros."""
    return None if _COUNT.fullmatch(text) else f"{shown(text)} is no whole number"


def digits(text: str) -> str | None:
    """Judge a whole number that is not negative."""
    return None if _DIGITS.fullmatch(text) else f"{shown(text)} is no whole number"


def positive(text: str) -> str | None:
    """Judge a whole number above zero."""
    return None if _DIGITS.fullmatch(text) and text.strip("0") else f"{shown(text)} is no whole number above 0"


def number(text: str) -> str | None:
    """Judge a decimal number that is not negative."""
    return None if re.fullmatch(r"\d+(?:\.\d+)?", text, re.ASCII) else f"{shown(text)} is no number"


def between(low: int, high: int, text: str) -> str | None:
    """Judge a whole number and its bounds, both included."""
    # Nothing that we bound has more than nine digits, and int() refuses very many.
    if _DIGITS.fullmatch(text) and len(text) < 10 and low <= int(text) <= high:
        return None
    return f"{shown(text)} is no whole number from {low} to {high}"
