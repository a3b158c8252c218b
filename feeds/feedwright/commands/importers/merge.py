"""An imported article and its page, both perhaps changed since: what was changed by hand stays."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

MARK = "imported:"
"""The key of an article's front matter that says which page it was made from, and what it was then."""
_LINE = re.compile(rf"^{MARK} (\{{.*\}})[ \t]*$", re.MULTILINE)
_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)


class Parts(NamedTuple):
    """An article taken apart.

    Args:
        front: the lines of its front matter, without the mark.
        body: what follows it.
    """

    front: tuple[str, ...]
    body: str

    @property
    def paragraphs(self) -> list[str]:
        """Of the body."""
        return [text for part in re.split(r"\n[ \t]*\n", self.body) if (text := part.strip())]


class Mark(NamedTuple):
    """What an article says of its import.

    Args:
        page: the page that it was made from; empty where that has no lasting name.
        front, body: checksums of what the page gave.
        said: what whoever imported it said besides, which holds until something else is said.
    """

    page: str
    front: str
    body: str
    said: Mapping[str, Any] = MappingProxyType({})

    @classmethod
    def of(cls, article: str) -> Mark | None:
        """That of an article; None where it has none."""
        front = _FRONT.match(_plain(article))
        line = _LINE.search(front[1]) if front else None
        try:
            said = json.loads(line[1]) if line else {}
        except ValueError:
            return None
        page, front, body, besides = (said.get(name) for name in cls._fields)
        if not (isinstance(page, str) and isinstance(front, str) and isinstance(body, str)):
            return None
        return cls(page, front, body, besides if isinstance(besides, dict) else {})

    @classmethod
    def made(cls, page: str, text: str, said: Mapping[str, Any] = MappingProxyType({})) -> Mark:
        """That of an article as a page gives it."""
        found = parts(text)
        return cls(page, _checksum("\n".join(found.front)), _checksum(found.body), said)

    def line(self) -> str:
        """The line of front matter."""
        written = {name: value for name, value in self._asdict().items() if value or name != "said"}
        return f"{MARK} {json.dumps(written, ensure_ascii=False)}"


class Merged(NamedTuple):
    """What becomes of an article.

    Args:
        result: "conflict" where the same part was changed by hand and in the page.
        text: the article, without mark.
    """

    result: Literal["unchanged", "changed", "conflict"]
    text: str = ""


def parts(article: str) -> Parts:
    """Take an article apart; without front matter all of it is body."""
    text = _plain(article)
    front = _FRONT.match(text)
    if front is None:
        return Parts((), text)
    kept = tuple(row for row in front[1].split("\n")[:-1] if not _LINE.match(row))
    return Parts(kept, text[front.end() :])


def marked(text: str, mark: Mark) -> str:
    """An article with its mark at the end of its front matter."""
    found = parts(text)
    return "\n".join(("---", *found.front, mark.line(), "---", found.body))


def merged(there: str, new: str) -> Merged:
    """An article with what changed in its page: of its front matter and its text, each as a whole.

    Args:
        there: the article as it is.
        new: as the page gives it now.
    """
    old, given, mark = parts(there), parts(new), Mark.of(there)
    fronts = _taken("\n".join(old.front), "\n".join(given.front), mark.front if mark else "")
    bodies = _taken(old.body, given.body, mark.body if mark else "")
    if fronts is None or bodies is None:
        return Merged("conflict")
    if (fronts, bodies) == ("\n".join(old.front), old.body):
        return Merged("unchanged")
    return Merged("changed", "\n".join(("---", fronts, "---", bodies)))


def _taken(there: str, new: str, imported: str) -> str | None:
    """One part of an article; None where both sides changed it.

    Args:
        imported: checksum of what the page gave before.
    """
    now = _checksum(new)
    if now in (imported, _checksum(there)):
        return there
    return new if _checksum(there) == imported else None


def _checksum(text: str) -> str:
    # Editors end a file's last line, and trim others; that is no change.
    plain = "\n".join(row.rstrip() for row in text.strip().split("\n"))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
