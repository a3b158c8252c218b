"""Where a value of the front matter stands, and what was found wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedwright.articles.model import NOTHING, Around
from feedwright.errors import Problem, Severity
from feedwright.text.user_info import without_user

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from feedwright.articles.frontmatter.model import FrontMatter
    from feedwright.articles.permalink_placeholders import Facts
    from feedwright.config import Config, DateOrder

Candidates = dict[str, list[tuple[int, str, object]]]
"""Field -> rank of the spelling, the key as written, its value; best first."""

LONGEST_SHOWN = 60
MOST_VALUES = 10_000
"""Values of one key."""

MOST_LINKED = 1_000
"""Links, media and related stories of one article."""

MOST_PROBLEMS = 100
"""Warnings of one article that are told."""

LONGEST_REMEMBERED = 100
"""Of the names that many articles share, in characters: what is longer is not kept for the next article."""


@dataclass(slots=True)
class Place:
    """One article while it is read.

    Args:
        key: its file, from the site's folder.
        around: what is known from beside it.
        spelling: the front matter key whose value is being read.
        facts: what its address may be made of, once that is known.
        url: its address, once that is known.
        problems: what was found so far.
        order: how its dates in numbers are written, where that was found out.
        unsaid: how many more there are, which nobody would read.
        lines: the keys of the front matter with their lines, once that is asked for.
        folder: the content folder that it is in, as `Config.content` has it.
        below: its file, below that.
    """

    config: Config
    key: str
    front: FrontMatter
    zone: ZoneInfo
    around: Around = NOTHING
    spelling: str = ""
    facts: Facts | None = None
    url: str = ""
    problems: list[Problem] = field(default_factory=list)
    order: DateOrder | None = None
    unsaid: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    folder: str = field(init=False)
    below: str = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.config.folder_of(self.key)
        self.below = self.key[len(self.folder) + 1 :] if self.folder else self.key

    def report(self, code: str, what: str, hint: str, severity: Severity = "warning", spelling: str = "") -> None:
        """Note a problem of the value being read, or of another key's."""
        spelling = spelling or self.spelling
        if severity != "error" and len(self.problems) >= MOST_PROBLEMS:
            self.unsaid += 1
            return
        self.lines = self.lines or self.front.lines
        line = self.lines.get(spelling, 0) if spelling else 0
        self.problems.append(Problem(severity, code, self.key, what, hint, line, spelling))

    def all_problems(self) -> tuple[Problem, ...]:
        """What was found, and how much more of it there is."""
        if not self.unsaid:
            return tuple(self.problems)
        what = f"the article has {self.unsaid:,} problems more than are told"
        more = Problem("warning", "problems-too-many", self.key, what, "Correct those above first.")
        return (*self.problems, more)

    def is_refused(self) -> bool:
        """Whether an error was found that leaves the article out."""
        return bool(self.problems) and any(problem.severity == "error" for problem in self.problems)

    def left_out(self, value: object, what: str, hint: str) -> None:
        """Warn of a part of a value that was left out."""
        self.report("value-unusable", f"{quoted(value)} is not {a(what)}", f"{hint}. It was left out.")


def a(what: str) -> str:
    """Something with its article: "a date", "an id"."""
    return f"{'an' if what[0] in 'aeio' else 'a'} {what}"


def quoted(value: object) -> str:
    """A value as a problem quotes it: short, on one line."""
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = "".join(char if char.isprintable() else " " for char in without_user(str(value)))
    text = " ".join(text.split())
    return f'"{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"}"'


def as_list(value: object) -> list[object]:
    """A value as a list: lists within lists opened, one value as a list of one, without nulls and empty texts."""
    if isinstance(value, (list, tuple)):
        flat: list[object] = []
        for part in value:
            if isinstance(part, str):
                if part:
                    flat.append(part)
            else:
                flat += as_list(part)
        return flat
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    return [] if value is None or value == "" else [value]


def bounded(values: list[object], place: Place, most: int = MOST_VALUES) -> list[object]:
    """The first of the values of a key, as many as any article has."""
    if len(values) > most:
        what = f"the key has {len(values):,} values"
        place.report("value-unusable", what, f"The first {most:,} were taken. Write fewer.")
    return values[:most]


def named(value: Mapping[Any, object], *names: str) -> object:
    """The first of a map's entries, by any of these names, that says something; None for none."""
    spelled = {_plain_key(key): entry for key, entry in value.items()}
    return next((spelled[name] for name in names if spelled.get(name) not in (None, "")), None)


def _plain_key(key: object) -> str:
    return str(key).lower().replace("-", "").replace("_", "").replace(" ", "")
