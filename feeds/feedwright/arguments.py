"""What a program gives to the public functions: as it should be, or a TypeError or ValueError of one sentence.

It says what was given and what would be right.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path


def path(name: str, value: object) -> Path:
    """What names a file or a folder.

    Args:
        name: of the argument.
    """
    way = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(way, str):
        raise TypeError(f'{name} is {shown(value)}: give a path, as text or pathlib.Path, such as "content"')
    if not way or "\0" in way:
        raise ValueError(f"{name} is {shown(value)}, which no file or folder is called: give a path")
    return Path(way)


def document(data: object) -> bytes:
    """The bytes of a document, of any buffer."""
    try:
        return data if isinstance(data, bytes) else bytes(memoryview(data))  # type: ignore[arg-type]
    except TypeError:
        hint = "give the document's bytes, such as pathlib.Path(file).read_bytes()"
        raise TypeError(f"data is {shown(data)}: {hint}") from None


def moment(now: object) -> datetime | None:
    """A time with its zone, or None."""
    if now is None:
        return None
    if not isinstance(now, datetime):
        raise TypeError(f"now is {shown(now)}: give a datetime, such as datetime.now(UTC)")
    if now.utcoffset() is None:
        raise ValueError(f"now is {shown(now)}, which has no time zone: give one, such as datetime.now(UTC)")
    return now


def text(name: str, value: object) -> str | None:
    """Text, or None.

    Args:
        name: of the argument.
    """
    if value is None or isinstance(value, str):
        return value
    raise TypeError(f"{name} is {shown(value)}: give text, or leave it out")


def shown(value: object) -> str:
    """A value as a sentence quotes it: its type, and what it is where that is short."""
    said = repr(value)
    return f"{type(value).__name__} {said}" if len(said) <= 60 else f"of type {type(value).__name__}"
