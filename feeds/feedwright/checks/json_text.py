"""JSON as text: whether it can be read, which keys stand twice, and where a value stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from feedwright.text import nesting

Path = tuple[str | int, ...]
"""Keys and indexes from the top, e.g. ("items", 3, "url")."""

LARGEST = 100 * 2**20
_SPACE = re.compile(r"[ \t\r\n]*")
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]|(?:\xff\xfe|\xfe\xff)?\0*[\[{]\0")


class Object(dict[str, Any]):
    """A JSON object, and the keys that stand in it more than once."""

    repeated: tuple[str, ...] = ()


class Unreadable(Exception):
    """Text that is no JSON.

    Args:
        what: is wrong.
        at: the 0-based place in the text.
    """

    def __init__(self, what: str, at: int) -> None:
        super().__init__(what)
        self.what, self.at = what, at


def is_json(data: bytes) -> bool:
    """Whether bytes are JSON rather than XML, by how they start."""
    return _START.match(data[:200]) is not None


def parse(text: str) -> Any:
    """Read JSON; objects become `Object`.

    Raises:
        Unreadable: it is none, or too deep, or has a number that nobody can use.
    """
    try:
        return nesting.json_loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise Unreadable(error.msg[:1].lower() + error.msg[1:], error.pos) from error
    except nesting.TooDeepError as error:
        what = f"arrays and objects are nested too deeply, more than {nesting.DEEPEST} deep"
        raise Unreadable(what, len("".join(text.splitlines(True)[: error.line - 1]))) from error
    except ValueError as error:
        raise Unreadable("a number has more digits than any program reads, or is none", 0) from error


def _object(pairs: list[tuple[str, Any]]) -> Object:
    made = Object(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        made.repeated = tuple(dict.fromkeys(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return made


def _constant(name: str) -> Any:
    raise ValueError(name)


def position(text: str, at: int) -> tuple[int, int]:
    """The 1-based line and column of a place in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


class Places:
    """Where the values of a JSON text stand; what holds several that are asked for is gone through once.

    Args:
        text: that can be read.
    """

    def __init__(self, text: str) -> None:
        self._text = text.removeprefix("\ufeff")
        self._start = _skip(self._text, 0)
        self._members: dict[int, dict[str | int, tuple[int, int]]] = {}

    def of(self, path: Path) -> tuple[int, int]:
        """The 1-based line and column of a value: for a member of an object of its key, the last one of that name.

        Args:
            path: of a value that is there; what is missing at its end is left out.
        """
        value = at = self._start
        for step in path:
            if value not in self._members:
                self._members[value] = dict(_members(self._text, value))
            found = self._members[value].get(step)
            if found is None:
                break
            at, value = found
        return position(self._text, at)


def _members(text: str, at: int) -> Iterator[tuple[str | int, tuple[int, int]]]:
    """The keys or indexes of an object or array, each with its own place and that of its value."""
    is_object = text[at : at + 1] == "{"
    if not is_object and text[at : at + 1] != "[":
        return
    decode, count = json.JSONDecoder().raw_decode, 0
    at = _skip(text, at + 1)
    while text[at : at + 1] not in ("}", "]", ""):
        start, name = at, count
        if is_object:
            name, at = decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        yield name, (start, at)
        at = _skip(text, decode(text, at)[1])
        at = _skip(text, at + 1) if text[at : at + 1] == "," else at
        count += 1


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
