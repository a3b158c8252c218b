"""Text for people: what would steer a terminal, forge a line of a log, or hide, is made visible."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import category

_STEERING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_OF_WORDS = "\xad\u200c\u200d"
"""Soft hyphens and joiners: whole scripts, and many emojis, are written with them; they move nothing."""


def escaped(character: str) -> str:
    """A character as Python, JSON and others spell it."""
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def visible(text: str, spelled: Callable[[str], str] = escaped) -> str:
    r"""A text in one line that moves no cursor: controls, line breaks, bidirectional marks, surrogates are spelled.

    Args:
        text: from anywhere.
        spelled: how a character is, e.g. "\u001b".

    Returns: `text` itself where it has none of these.

    Source: Unicode Technical Standard 55 §3.1; ECMA-48 §8.3 (C0 and C1 controls).
    """
    if text.isprintable():
        return text
    return "".join(spelled(one) if not one.isprintable() and _steers(one) else one for one in text)


def visible_lines(text: str) -> str:
    """A text of ours that has several lines, and tabs, of which each part is made visible."""
    return "\n".join("\t".join(map(visible, line.split("\t"))) for line in text.split("\n"))


def _steers(character: str) -> bool:
    return category(character) in _STEERING and character not in _OF_WORDS


def as_json(value: object) -> str:
    """JSON in ASCII, on one line, without the one control character that JSON may hold as it is (RFC 8259 §7)."""
    import json  # not all that prints needs it

    return json.dumps(value).replace("\x7f", "\\u007f")
