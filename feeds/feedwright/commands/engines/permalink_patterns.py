"""Other engines' patterns of addresses in ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from feedwright.commands.engines.findings import Notes

DATES = {
    "year": "{year}",
    "month": "{month}",
    "day": "{day}",
    "i_month": "{i_month}",
    "i_day": "{i_day}",
    "hour": "{hour}",
    "minute": "{minute}",
}
STRFTIME = {
    "%Y": "{year}",
    "%m": "{month}",
    "%d": "{day}",
    "%-m": "{i_month}",
    "%-d": "{i_day}",
    "%H": "{hour}",
    "%M": "{minute}",
}


@dataclass(frozen=True, slots=True)
class Translated:
    """A pattern in our words.

    Args:
        unknown: names in it that we have no word for, as the engine writes them.
        inexact: whether a word of ours means nearly the same only.
    """

    pattern: str
    unknown: tuple[str, ...] = ()
    inexact: bool = False


def colons(pattern: str, names: Mapping[str, str]) -> Translated:
    """Translate a pattern with `:name` in it.

    Args:
        names: the engine's name -> ours, with a "~" in front where it means nearly the same only.
    """
    known = {**DATES, **names}
    longest = "|".join(sorted(map(re.escape, known), key=lambda name: (-len(name), name)))
    unknown: list[str] = []
    inexact = False

    def translated(found: re.Match[str]) -> str:
        nonlocal inexact
        ours = known.get(found[1] or "")
        if ours is None:
            unknown.append(found[0])
            return ""
        inexact |= ours.startswith("~")
        return ours.removeprefix("~")

    ours = re.sub(rf":(?:({longest})(?![a-z])|[A-Za-z_]+(?:\[[^\]]*\])?)", translated, pattern)
    return Translated(re.sub(r"/{2,}", "/", ours), tuple(unknown), inexact)


def strftime(pattern: str) -> tuple[str, list[str]]:
    """Translate the date of a pattern in strftime's words: ours, and what we have no word for."""
    unknown: list[str] = []

    def translated(found: re.Match[str]) -> str:
        if found[0] not in STRFTIME:
            unknown.append(found[0])
        return STRFTIME.get(found[0], "")

    return re.sub(r"%-?[A-Za-z%]", translated, pattern), unknown


def braces(pattern: str, names: Mapping[str, str]) -> Translated:
    """Translate Pelican's patterns: `{slug}`, `{date:%Y}`."""
    unknown: list[str] = []
    inexact = False

    def translated(found: re.Match[str]) -> str:
        nonlocal inexact
        name, _, shape = found[1].partition(":")
        if name == "date" and shape:
            dates, strange = strftime(shape)
            unknown.extend(f"{{date:{part}}}" for part in strange)
            return dates
        ours = names.get(name)
        if ours is None:
            unknown.append(found[0])
            return ""
        inexact |= ours.startswith("~")
        return ours.removeprefix("~")

    return Translated(re.sub(r"\{([^{}]*)\}", translated, pattern), tuple(unknown), inexact)


def note(notes: Notes, read: Translated, where: str, *, guess: bool = False) -> bool:
    """Note a translated pattern, or which of its words we have none for."""
    if read.unknown:
        notes.missing(
            "permalink", f"{notes.place(where)}: nothing here stands for {', '.join(read.unknown)}", read.pattern
        )
        return False
    return notes.add("permalink", read.pattern, where, "guess" if guess or read.inexact else "sure")
