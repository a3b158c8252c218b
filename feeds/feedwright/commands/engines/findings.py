"""What an engine's configuration says, as data: the findings and how they are noted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from feedwright.config.keys import AUTHOR, KIND, SITE
from feedwright.sources.engines.configuration import Configuration
from feedwright.sources.engines.files import Unreadable

Certainty = Literal["sure", "guess", "missing"]
PATHS = "kinds.site.path"
LONGEST = 1_000
MOST = 1_000
_LARGEST_NUMBER = 10**15


@dataclass(frozen=True, slots=True)
class Finding:
    """One setting, as `site.toml` takes it.

    Args:
        key: dotted, of `site.toml`; the file's own name where it could not be read.
        value: as `feedwright.config` reads it; of "missing", what was there, or None.
        certainty: "missing" where there is nothing that could be written.
        where: what it was taken from, e.g. "_config.yml: timezone"; of "missing", with the reason.
    """

    key: str
    value: object
    certainty: Certainty
    where: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A site and what its engine's configuration says.

    Args:
        engine: its name, e.g. "Jekyll".
        root: the folder of the engine's configuration.
        content: the folder of articles.
        findings: at most one for each key that is not "missing".
        built: the folder that it builds into, from `root`, where its configuration or the engine's default says one.
        also: further folders that its configuration has articles in, from `root`.
    """

    engine: str
    root: Path
    content: Path
    findings: tuple[Finding, ...]
    built: str = ""
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Notes:
    """The findings while one site's configuration is read.

    Args:
        file: its name, for `where`.
        values: what it says.
        files: top-level key -> the file that says it, where that is another.
    """

    file: str
    values: Mapping[str, Any]
    found: list[Finding] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, configuration: Configuration) -> Notes:
        """Those on a configuration, with what could not be read of it."""
        notes = cls(configuration.file, configuration.values, files=dict(configuration.files))
        for problem in configuration.unread:
            notes.unread(problem)
        return notes

    def add(self, key: str, value: object, where: str, certainty: Certainty = "sure") -> bool:
        """Note a value, unless there is one for that key; one that `site.toml` cannot hold is "missing".

        Args:
            where: a key of the file; or whole, with ": " in it.
        """
        if value is None or value == "" or value == () or value == [] or self.has(key):
            return False
        where = self.place(where)
        reader = KIND["path"] if key == PATHS else SITE[key]
        try:
            self.found.append(Finding(key, reader.read(value), certainty, where))
        except ValueError as error:
            self.missing(key, f"{where}: {error}", value)
            return False
        return True

    def place(self, name: str) -> str:
        """Where a dotted name stands; a text with ": " in it is that already."""
        return name if ": " in name else f"{self.files.get(name.partition('.')[0], self.file)}: {name}"

    def first(self, key: str, *names: str, certainty: Certainty = "sure") -> bool:
        """Note the first of the file's dotted names that says something usable."""
        return any(self.add(key, scalar(self.said(name)), name, certainty) for name in names)

    def said(self, name: str) -> Any:
        """What the file says under a dotted name; None where it says nothing."""
        return said(self.values, name)

    def has(self, key: str) -> bool:
        return any(finding.key == key and finding.certainty != "missing" for finding in self.found)

    def missing(self, key: str, why: str, value: object = None) -> None:
        self.found.append(Finding(key, value, "missing", why))

    def unread(self, problem: Unreadable) -> None:
        """Note a file that could not be read."""
        self.missing(problem.name, f"{problem.name}: {problem}")

    def settle(self, **unsaid: str) -> None:
        """Say of each key that nothing was noted for it.

        Args:
            unsaid: key -> what holds instead.
        """
        for key, instead in {"title": "write it", "url": "write it", **unsaid}.items():
            if not any(finding.key == key for finding in self.found):
                self.missing(key, f"{self.file} does not say: {instead}")

    def language(self, *names: str) -> None:
        for name in names:
            value = scalar(self.said(name))
            if isinstance(value, str) and self.add("language", value.split(".")[0].replace("_", "-"), name):
                return

    def author(self, value: object, where: str) -> None:
        """Note who wrote what names no author: a name, an id, or a map with a name."""
        if isinstance(value, dict):
            value = value.get("name") or value.get("nickname")
        elif isinstance(value, (list, tuple)):
            value = words(value)
        self.add("author", value if isinstance(value, list) else scalar(value), where)

    def people(self, value: object, where: str) -> None:
        """Note a map of people by id. Their e-mail addresses stay out: feeds would show them to everybody."""
        for id_, person in list(value.items())[:MOST] if isinstance(value, dict) else ():
            given = {"name": person} if isinstance(person, str) else person
            if not isinstance(given, dict) or not (id_ := scalar(id_) or ""):
                continue
            read: dict[str, object] = {}
            for key, names in _PERSON.items():
                for name in names:
                    try:
                        read.setdefault(key, AUTHOR[key].read(scalar(given.get(name))))
                    except ValueError:
                        continue
            if "name" in read and not self.has(f"authors.{id_}"):
                self.found.append(Finding(f"authors.{id_}", read, "sure", f"{where}.{id_}"))


_PERSON = {
    "name": ("name", "display_name", "full_name", "displayName", "title"),
    "url": ("url", "uri", "web", "website", "homepage", "link"),
}


def said(values: object, name: str) -> Any:
    """What a tree of maps says under a dotted name; None where it says nothing."""
    for part in name.split("."):
        values = values.get(part) if isinstance(values, dict) else None
    return values


def scalar(value: object) -> str | None:
    """A value where it is one text or number, as text; None for a map, a list, a boolean, nothing, a whole page."""
    if isinstance(value, bool) or not isinstance(value, (str, float, int)):
        return None
    if isinstance(value, int) and abs(value) > _LARGEST_NUMBER:
        return None
    text = str(value).strip()
    return text if 0 < len(text) <= LONGEST else None


def number(value: object) -> int | None:
    """A value where it is a whole number, or the text of one."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}", value.strip()):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def words(value: object) -> list[str]:
    """The texts of a list, or of one text; empty for all else."""
    given = value if isinstance(value, (list, tuple)) else [value]
    return [text for text in given if isinstance(text, str) and 0 < len(text.strip()) <= LONGEST][:MOST]
