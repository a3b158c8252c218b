"""The model's data as JSON and back, to be kept between runs."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from feedwright.errors import Problem
from feedwright.model import Article, Body, Category, Enclosure, Image, Link, Person, Reference, Source
from feedwright.text import moments

_TYPES = (Article, Body, Category, Enclosure, Image, Link, Person, Problem, Reference, Source)
_NAMES: dict[type, tuple[str, ...]] = {type_: tuple(field.name for field in fields(type_)) for type_ in _TYPES}
_BY_NAME: dict[str, Any] = {type_.__name__: type_ for type_ in _TYPES}


def dumps(value: object) -> str:
    """Write articles, problems, and what they are made of, as compact JSON, the same for equal values.

    Raises:
        TypeError: it holds something else.
    """
    return _ENCODER.encode(value)


def loads(text: str) -> Any:
    """Read what `dumps` wrote; what was a tuple outside the model's data comes back as a list.

    Raises:
        ValueError, TypeError: it was not written by `dumps`.
    """
    return json.loads(text, object_hook=_object)


def seconds(moment: datetime) -> int:
    """A moment, aware, in seconds since 1970."""
    return int(moment.timestamp())


def moment(seconds: int, offset: int = 0) -> datetime:
    """Seconds since 1970 as a moment, aware, so many minutes east of UTC."""
    return moments.at(seconds, offset)


def _default(value: object) -> object:
    if isinstance(value, datetime):
        minutes = moments.offset(value)
        return {"": "at", "v": [seconds(value), minutes] if minutes else seconds(value)}
    names = _NAMES.get(type(value))
    if names is None:
        raise TypeError(f"{type(value).__name__} is not data of the model")
    return {"": type(value).__name__, "v": [getattr(value, name) for name in names]}


def _object(found: dict[str, Any]) -> object:
    name = found.get("")
    if name == "at":
        said = found["v"]
        return moment(*said) if isinstance(said, list) else moment(said)
    if name in _BY_NAME:
        return _BY_NAME[name](*(tuple(part) if type(part) is list else part for part in found["v"]))
    return found


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_default)
