"""What would mend front matter that cannot be read: told from what stands there, and from what its parser says."""

from __future__ import annotations

import re
from itertools import islice

_KEY = re.compile(r"[\w-]+[ \t]*:(?=\s|$)")
_VALUE = re.compile(r"(?P<indent>[ ]*)(?:-[ ]+)*(?:[\w-]+:[ ]+)?(?P<value>\S.*)")
_CLOSING = {"[": "]", "{": "}"}
_SECOND_COLON = re.compile(r"[^\"'\[{]*:\s+[^\"'\[{].*:(?:\s|$)")

_QUOTES = (
    "Put the whole text of that line in quotes: a colon, a quote, or a sign such as @ or * at its start is YAML's own."
)
_COLUMN = "Begin each key in the same column as the keys beside it."
_NO_KEY = "Write that line as `key: value`, or indent it if it belongs to the line above."
_TEXT = "If the text begins there, write --- on a line of its own above it; otherwise write it as `key: value`."
_BY_WORDS = {
    "YAML": (
        ("too large", "Write less there; the text comes below the front matter."),
        ("too deep", "Nest it less deeply."),
        ("alias", "Put text that begins with * or & in quotes."),
        ("document start", _COLUMN),
        ("indent", _COLUMN),
        ("simple key", _NO_KEY),
        ("expected ':'", _NO_KEY),
        ("expect ':'", _NO_KEY),
        ("unexpected character", _QUOTES),
        ("cannot start any token", _QUOTES),
        ("mapping values", _QUOTES),
    ),
    "TOML": (
        ("Invalid value", 'Write texts in quotes: title = "Tides".'),
        ("Expected '='", "Write it as `key = value`: TOML has no colons."),
        ("Unclosed array", "Close the [ above with ]."),
        ("Illegal character", "Close the quotes of that line."),
        ("Unterminated", "Close the quotes of that text."),
        ("Unclosed inline", "Close the { of that line with }."),
    ),
    "JSON": (
        ("property name", 'Write names in double quotes, and no comma before a }: {"title": "Tides"}.'),
        ("Expecting value", "Write texts in double quotes, and no comma before a ]."),
        ("',' delimiter", "Write a comma at the end of the line above, or close what is open with } or ]."),
        ("':' delimiter", "Write a colon between name and value."),
        ("Unterminated string", "Close the quotes of that text."),
        ("Invalid control", r"Close the quotes of that text; a line's end within it is written as \n."),
        ("escape", r"Write \\ for a backslash."),
        ("too deep", "Nest it less deeply."),
    ),
}
_OTHERWISE = "Correct that line, or the one above it."
_VALUES = 100
"""Values that begin with a bracket or a quote, and are looked at."""
_LINES = 1_000
"""Lines that such a value may have."""


def cure(syntax: str, what: str, block: str, line: int) -> str:
    """What would be right, as a sentence.

    Args:
        syntax: "YAML", "TOML" or "JSON".
        what: what its parser says.
        block: the front matter.
        line: of the block, 1-based; 0 where it is not known.
    """
    if syntax == "YAML" and (found := _of_yaml(block, line)):
        return found
    return next((said for words, said in _BY_WORDS.get(syntax, ()) if words in what), _OTHERWISE)


def _of_yaml(block: str, line: int) -> str:
    """What the lines themselves show; empty where they show nothing."""
    rows = block.split("\n")
    if opened := _left_open(rows):
        return opened
    while 1 < line <= len(rows) and not rows[line - 1].strip():
        line -= 1
    row = rows[line - 1] if 0 < line <= len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return "Indent that line by spaces: YAML takes no tabs there."
    above = rows[line - 2] if line > 1 and row else ""
    if _KEY.match(row.lstrip()) and _indent(row) > _indent(above) and _has_value(above):
        return _COLUMN
    if row[:1].isalnum() and not _KEY.match(row) and not any(map(_KEY.match, rows[line:])):
        return _TEXT
    return _QUOTES if _SECOND_COLON.match(row) else ""


def _left_open(rows: list[str]) -> str:
    """The bracket, or the quote, that a value begins with and that nothing closes before the next key."""
    opening = (
        (number, row, found["value"][0]) for number, row in enumerate(rows, 1) if (found := _VALUE.fullmatch(row))
    )
    candidates = (one for one in opening if one[2] in ("[", "{", '"', "'"))
    for number, row, first in islice(candidates, _VALUES):
        following = rows[number : number + _LINES]
        end = next((place for place, later in enumerate(following) if _KEY.match(later)), len(following))
        if end == _LINES:
            continue
        text = "\n".join((row[row.index(first) :], *following[:end]))
        if first in _CLOSING and _depth(text) > 0:
            return f"Close the {first} of the line `{_short(row)}` with {_CLOSING[first]}."
        if first not in _CLOSING and text.replace("\\" + first, "").count(first) == 1:
            return f"Close the {first} of the line `{_short(row)}` with another one."
    return ""


def _depth(text: str) -> int:
    """How many brackets are open at the end of a text; those within quotes do not count."""
    bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", "", text)
    return sum(bare.count(opening) - bare.count(closing) for opening, closing in _CLOSING.items())


def _short(row: str) -> str:
    text = row.strip()
    return text if len(text) <= 40 else f"{text[:39]}…"


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _has_value(row: str) -> bool:
    return bool(row.strip()) and not row.rstrip().endswith(":")
