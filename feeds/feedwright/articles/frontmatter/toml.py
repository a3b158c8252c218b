"""TOML front matter: read by the standard library; of a repeated key the last one wins."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from feedwright.articles.frontmatter.errors import BlockError, ExcessError
from feedwright.text import nesting

MOST_REPEATED = 20

_AT_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")
_ASSIGNMENT = re.compile(r"""\s*(?P<key>[\w.-]+|"[^"\n]+"|'[^'\n]+')\s*=""")
_TABLE = re.compile(r"\s*\[")


def load(block: str) -> tuple[dict[str, object], list[tuple[str, int]]]:
    """Read a block of TOML 1.0.

    Args:
        block: without its delimiters, lines ending in "\\n".

    Returns: its values, dates and decimal numbers as text, and the repeated keys with the line of the one that counts,
        1-based.

    Raises:
        BlockError: it cannot be read, nor mended.
    """
    lines = block.split("\n")
    repeated: list[tuple[str, int]] = []
    while True:
        try:
            return _dates_as_text(nesting.toml_loads("\n".join(lines), parse_float=str)), repeated
        except nesting.TooDeepError as error:
            raise ExcessError(error.what, error.line) from error
        except ValueError as error:
            where = _AT_LINE.search(str(error))
            number = int(where[1] or len(lines) - 1) if where else 0
            earlier = _earlier(lines, number - 1) if "overwrite a value" in str(error) else None
            if earlier is None or len(repeated) == MOST_REPEATED:
                raise BlockError(_AT_LINE.sub("", str(error)), number) from error
            lines[earlier[1]] = ""
            repeated.append((earlier[0], number))


def _earlier(lines: list[str], index: int) -> tuple[str, int] | None:
    """The key of a line, and the line above it, in the same table, that gives it a value; None where that goes on."""
    said = _ASSIGNMENT.match(lines[index]) if 0 <= index < len(lines) else None
    for above in range(index - 1, -1, -1):
        if said is None or _TABLE.match(lines[above]):
            return None
        found = _ASSIGNMENT.match(lines[above])
        if found and found["key"] == said["key"]:
            return (said["key"].strip("\"'"), above) if _ends_here(lines[above]) else None
    return None


def _ends_here(line: str) -> bool:
    try:
        nesting.toml_loads(line)
    except ValueError:
        return False
    return True


def _dates_as_text(value: dict[str, object]) -> dict[str, object]:
    return {key: _text(entry) for key, entry in value.items()}


def _text(value: object) -> object:
    if isinstance(value, dict):
        return _dates_as_text(value)
    if isinstance(value, list):
        return [_text(entry) for entry in value]
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value
