"""JSON and TOML of anybody, read only where it is not nested too deep: their parsers go as deep as what they read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

DEEPEST = 64
"""Levels of nesting, and parts of a dotted key; no front matter, feed or configuration has a third of that."""

_OPENING = ("[", "{")
_BRACKET = re.compile(r"[\[\]{}]")
_NO_BRACKETS = re.compile(r"[^\[\]{}]+")
_JSON_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_TOML_TEXT = re.compile(
    r'''"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"{3,5}'''
    r"""|'''[^']*+(?:'(?!'')[^']*+)*+'{3,5}"""
    r"""|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|'[^'\n]*+'|\#[^\n]*+""",
    re.DOTALL,
)
"""Texts in quotes and comments: what brackets and dots do not count in."""
_DOTTED = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{DEEPEST}}}")


class TooDeepError(ValueError):
    """A text is nested too deep for any parser.

    Args:
        what: is wrong, as the rest of a sentence.
        line: where, 1-based.
    """

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what, self.line = what, line


def json_loads(text: str, **hooks: Any) -> Any:
    """Read JSON that is nested at most `DEEPEST` deep.

    Args:
        hooks: of `json.loads`.

    Raises:
        ValueError: it is no JSON; `TooDeepError` where it is nested deeper.
    """
    # Most sites have none.
    import json

    try:
        value = json.loads(text, **hooks)
    except (ValueError, RecursionError):
        refuse_deep_json(text)
        raise
    # Python's parser bounds its own depth: to look at what it read takes a twentieth of the time that its text takes.
    if not _is_shallow(value):
        refuse_deep_json(text)
    return value


def _is_shallow(value: Any) -> bool:
    level: list[Any] = [[value]]
    for _ in range(DEEPEST + 1):
        inside = (one.values() if isinstance(one, dict) else one for one in level)
        level = [part for parts in inside for part in parts if isinstance(part, dict | list)]
        if not level:
            return True
    return False


def refuse_deep_json(text: str) -> None:
    """Refuse JSON that is nested more than `DEEPEST` deep; nothing else is said of it.

    Args:
        text: that begins with JSON; anything may follow.

    Raises:
        TooDeepError: it is.
    """
    if sum(map(text.count, _OPENING)) > DEEPEST:
        _refuse_deep(_JSON_TEXT.sub("", text), once=True)


def toml_loads(text: str, **options: Callable[[str], Any]) -> dict[str, Any]:
    """Read TOML that is nested at most `DEEPEST` deep, with at most as many parts in a dotted key.

    The memory that a parser takes for such a key grows with the square of its parts.

    Args:
        options: of `tomllib.loads`.

    Raises:
        ValueError: it is no TOML; `TooDeepError` where it is nested deeper.
    """
    # Most articles have none.
    import tomllib

    if sum(map(text.count, (*_OPENING, "."))) >= DEEPEST:
        bare = _TOML_TEXT.sub(lambda found: "s" + "\n" * found[0].count("\n"), text)
        _refuse_deep(bare)
        if found := _DOTTED.search(bare):
            what = f"a key has more than {DEEPEST} parts"
            raise TooDeepError(what, bare.count("\n", 0, found.start()) + 1)
    return tomllib.loads(text, **options)


def _refuse_deep(bare: str, *, once: bool = False) -> None:
    """Count the brackets of a text without strings.

    Args:
        once: what follows the first of these, and all that it holds, is not looked at.

    Raises:
        TooDeepError: they are nested too deep.
    """
    # Each round takes away what holds nothing: a text of that depth is empty then.
    left = _NO_BRACKETS.sub("", bare)
    for _ in range(DEEPEST):
        before, left = left, left.replace("[]", "").replace("{}", "")
        if left == before:
            break
    if not left:
        return
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        depth = depth + 1 if bracket[0] in _OPENING else max(depth - 1, 0)
        if depth == 0 and once:
            return
        if depth > DEEPEST:
            raise TooDeepError(f"it is nested more than {DEEPEST} deep", bare.count("\n", 0, bracket.start()) + 1)
