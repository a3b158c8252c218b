"""User information in URLs (`user:password@`): what nobody else is to read (RFC 3986 §3.2.1, §7.5)."""

from __future__ import annotations

import re

from feedwright.text.patterns import late

_PART = r"[^\s/?#\\\"'<>`]*"
# Where no scheme is written, only what also holds a password: "//@param" is no URL.
_USER_INFO = late(rf"(?<![A-Za-z0-9+.-])((?:[A-Za-z][A-Za-z0-9+.-]+:[/\\]{{2,}})|//(?={_PART}:{_PART}@)){_PART}@")
_PASSWORD = late(rf"(?<![A-Za-z0-9+.-])((?:[A-Za-z][A-Za-z0-9+.-]+:)?//)[^\s/?#\\\"'<>`:]*:{_PART}@")
_CODE = late(r"(<(pre|code)\b.*?</\2>)", re.DOTALL)
_OF_REFERENCE = late(r"\s*(?:(?i:https?):[/\\]*|(?:[A-Za-z][A-Za-z0-9+.-]*:)?[/\\]{2})([^/\\?#]*)@")


def has_user(text: str) -> bool:
    """Whether a URL with user information stands in a text."""
    return "@" in text and "//" in text.replace("\\", "/") and _USER_INFO().search(text) is not None


def without_user(text: str) -> str:
    """A text in which no URL has user information any more."""
    return _USER_INFO().sub(r"\1", text) if "@" in text else text


def user_of(reference: str) -> str:
    """The user information of one URL, absolute or protocol-relative, as browsers read it; may be empty."""
    match = _OF_REFERENCE().match(reference) if "@" in reference else None
    return match[1] if match else ""


def without_passwords(html: str) -> tuple[str, int]:
    """Clean HTML in which no URL of its text has a password, but for code: there it is an example.

    Returns: the HTML, and how many there were.
    """
    if "@" not in html or not _PASSWORD().search(html):
        return html, 0
    count = 0
    parts = _CODE().split(html)
    for number in range(0, len(parts), 3):
        parts[number], cut = _PASSWORD().subn(r"\1", parts[number])
        count += cut
    return "".join(part for number, part in enumerate(parts) if number % 3 != 2), count
