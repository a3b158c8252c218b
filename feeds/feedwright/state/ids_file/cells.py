"""The cells of a line: texts without tabs and line breaks, and what may stand in each. What is read may be hostile."""

from __future__ import annotations

import re
from datetime import datetime

from feedwright import formats
from feedwright.config.kinds import BY_NAME, SITE
from feedwright.model import FeedName
from feedwright.state.serialise import moment, seconds
from feedwright.text.ids import is_absolute_iri

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPED = {written: char for char, written in _ESCAPES.items()}
_TO_ESCAPE = re.compile(r"[\\\t\n\r]")
_TO_READ = re.compile(r"\\[\\tnr]")


def line(*cells: str) -> str:
    """A line of cells."""
    text = "\t".join(cells)
    if "\\" not in text and "\n" not in text and "\r" not in text and text.count("\t") == len(cells) - 1:
        return text
    return "\t".join(_TO_ESCAPE.sub(lambda found: _ESCAPES[found[0]], cell) for cell in cells)


def split(text: str) -> list[str]:
    """The cells of a line."""
    if "\\" not in text:
        return text.split("\t")
    return [_TO_READ.sub(lambda found: _ESCAPED[found[0]], cell) for cell in text.split("\t")]


def when(at: int) -> str:
    """A moment in seconds since 1970, as it is written."""
    return f"{moment(at):%Y-%m-%dT%H:%M:%SZ}"


def parsed(text: str) -> datetime:
    """A moment that was written with its offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a moment such as 2026-03-01T09:30:00Z") from None
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no Z, nor an offset, at its end")
    return found


def at(text: str) -> int:
    """A moment, in seconds since 1970."""
    return seconds(parsed(text))


def id_(text: str) -> str:
    """An id."""
    if not is_absolute_iri(text):
        raise ValueError(f"{text!r} is not an id: it has to be an absolute IRI")
    return text


def key(text: str) -> str:
    """A file below the content folder; or, with "/" at its end, what stands for one whose name another one has."""
    is_above = ".." in text.split("/") and not text.endswith("/")
    if not text or text.startswith("/") or is_above or "\0" in text:
        raise ValueError(f"{text!r} is not a file below the content folder")
    return text


def address(text: str) -> str:
    """An article's address; empty where it has none."""
    if text and not re.match("https?://", text):
        raise ValueError(f"{text!r} is not the URL of an article")
    # What no address can hold was none of ours, and settings of servers are made of these.
    return text if is_absolute_iri(text) else ""


def path(text: str) -> str:
    """A path of a document below the output folder."""
    if any(not part or part.startswith(".") for part in text.split("/")) or "\\" in text or "\0" in text:
        raise ValueError(f"{text!r} is not a path below the folder")
    return text


def page(text: str) -> str:
    """A path of a page below the built site's folder."""
    if any(part in ("", ".", "..") for part in text.split("/")) or "\0" in text:
        raise ValueError(f"{text!r} is not a path below the folder")
    return text


def digest(text: str) -> bytes:
    """What tells one text from others."""
    if not re.fullmatch(r"(?:[0-9a-f]{32})?", text):
        raise ValueError(f"{text!r} is not a hash")
    return bytes.fromhex(text)


def name(kind: str, term: str) -> FeedName:
    """A feed's kind and term."""
    if kind not in BY_NAME or (kind == SITE) != (term == ""):
        raise ValueError(f"there are no feeds of {kind!r} with the term {term!r}")
    return kind, term


def file(text: str, kind: str) -> str:
    """The part of a feed's path that stands for its term."""
    if (text == "") != (kind == SITE) or "/" in text or "\\" in text or "\0" in text or text in (".", ".."):
        raise ValueError(f"{text!r} is not part of a path")
    return text


def format_(text: str) -> str:
    """The name of a format."""
    if text not in formats.NAMES:
        raise ValueError(f"{text!r} is not a format: there are {', '.join(formats.NAMES)}")
    return text


def number(text: str) -> int:
    """A number from 1."""
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise ValueError(f"{text!r} is not a number")
    return int(text)
