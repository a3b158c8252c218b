"""CSS selectors in `site.toml`, as far as they can be judged without a page."""

from __future__ import annotations

from typing import Any

from feedwright.config.validators import line, lines, name
from feedwright.text.patterns import late

_NAME = r"(?:--|-?(?:[^\W\d]|\\.))(?:[\w-]|\\.)*+"
_TEXT = r"""(?:"[^"\\]*+"|'[^'\\]*+')"""
_ATTRIBUTE = rf"\[ *+(?:\*?\|)?+{_NAME} *+(?:[~|^$*]?= *+(?:{_NAME}|{_TEXT}) *+[iIsS]? *+)?\]"
_PLAIN = rf"""(?:[^()"'{{}};@<]|{_TEXT})"""
_ARGUMENT = rf"(?:{_PLAIN}|\((?:{_PLAIN}|\((?:{_PLAIN}|\((?:{_PLAIN})*+\))*+\))*+\))"
_PSEUDO = rf"::?{_NAME}(?:\((?:{_ARGUMENT})++\))?+"
_PART = rf"(?:\.{_NAME}|#{_NAME}|{_ATTRIBUTE}|{_PSEUDO})"
_COMPOUND = rf"(?:(?:(?:\*|{_NAME})?\|)?(?:\*|{_NAME}){_PART}*+|{_PART}++)"
_SELECTOR = late(rf"{_COMPOUND}(?:(?: *+[>+~,] *+| ++){_COMPOUND})*+")


def selector(value: Any) -> str:
    """A CSS selector. Whether all its pseudo-classes are known, what reads pages can tell.

    Source: W3C, Selectors Level 4, §18.
    """
    text = line(value)
    if not _SELECTOR().fullmatch(text):
        raise ValueError("Write a CSS selector: article > div, or .post-content")
    return text


def relative(value: Any) -> str:
    """A CSS selector of what is in an element; with ">" in front, of what is directly in it."""
    text = line(value)
    start, rest = (">", text[1:].lstrip()) if text.startswith(">") else ("", text)
    return f"{start} {selector(rest)}".strip()


def relatives(value: Any) -> tuple[str, ...]:
    """CSS selectors of what is in an element, each once, in the order of the file."""
    return tuple(dict.fromkeys(relative(part) for part in lines(value)))


def selectors_by_name(value: Any) -> dict[str, str]:
    """Section or language -> CSS selector; that of "" is for all others, and is what a single one is for."""
    if isinstance(value, str):
        return {"": selector(value)}
    if not isinstance(value, dict):
        raise ValueError('Write a CSS selector, or a table of some: { posts = "article", "*" = "main" }.')
    return {"" if key == "*" else name(key): selector(part) for key, part in value.items()}
