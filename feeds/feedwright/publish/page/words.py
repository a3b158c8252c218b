"""What the page and the style sheet say, in the site's language: one file of `words/` for each language."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from feedwright.config.kinds import BY_NAME

FOLDER = Path(__file__).with_name("words")
FALLBACK = "en"

_ALIASES = {
    "iw": "he",
    "nn": "nb",
    "no": "nb",
    "zh": "zh-hans",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "zh-tw": "zh-hant",
}
"""Tags, in lower case, whose words are another tag's."""


class Words(NamedTuple):
    """The words of one language.

    Args:
        tag: of the language, BCP 47.
        name: what the language calls itself.
        dir: in which direction it is written, "ltr" or "rtl".
        colon: with which a label ends.
        digits: its own, from zero on; empty for 0 to 9.
        feeds, about, subscribe, steps, formats: the page's heading and what it explains.
        kinds: headings of feeds, by their kind.
        articles, newest, address: labels, each with a colon behind it.
        latest, none, all, most, whole_list: what else the page says.
        is_feed, copy: what a feed that is opened in a browser says.
        date_form: a date, with {day}, {month} and {year}.
        first: how the first day of a month is written, where that is not "1".
        months: the names of the twelve, as they stand in a date.
    """

    tag: str
    name: str
    feeds: str
    about: str
    subscribe: str
    steps: tuple[str, ...]
    formats: str
    kinds: dict[str, str]
    articles: str
    newest: str
    latest: str
    none: str
    all: str
    most: str
    address: str
    whole_list: str
    is_feed: str
    copy: str
    date_form: str
    months: tuple[str, ...]
    dir: str = "ltr"
    colon: str = ":"
    digits: str = ""
    first: str = "1"

    def number(self, value: int) -> str:
        """A number in the language's own digits."""
        text = str(value)
        return text.translate(str.maketrans("0123456789", self.digits)) if self.digits else text

    def day(self, value: date) -> str:
        """A date as people write it, in which day and month cannot be mistaken for each other."""
        day = self.first if value.day == 1 else self.number(value.day)
        return self.date_form.format(day=day, month=self.months[value.month - 1], year=self.number(value.year))

    def labelled(self, label: str, value: str) -> str:
        """A label and what it stands before."""
        return f"{label}{self.colon}{'' if self.colon == '：' else ' '}{value}"


@cache
def tags() -> dict[str, str]:
    """Tags of the languages that there are words in, by these tags in lower case."""
    return {file.stem.lower(): file.stem for file in sorted(FOLDER.glob("*.toml"))}


def words(language: str) -> Words:
    """The words of a language, else English ones.

    Args:
        language: a BCP 47 tag; may be empty.
    """
    return _read(_known(language) or FALLBACK)


def own_name(language: str) -> str:
    """What a language calls itself, with its tag where that says more; the tag alone where the name is not known."""
    known = _known(language)
    if not known:
        return language
    name = _read(known).name
    return name if language.lower() in (known.lower(), known.partition("-")[0]) else f"{name} ({language})"


def _known(language: str) -> str:
    """The tag whose words are to be taken for a language: its own, or that of a wider one; empty where none is."""
    tag = language.lower()
    while tag:
        found = tags().get(_ALIASES.get(tag, tag))
        if found:
            return found
        tag = tag.rpartition("-")[0]
    return ""


@cache
def _read(tag: str) -> Words:
    found = tomllib.loads((FOLDER / f"{tag}.toml").read_text("utf-8"))
    kinds = {kind: found.pop(kind) for kind in BY_NAME}
    return Words(tag=tag, kinds=kinds, steps=tuple(found.pop("steps")), months=tuple(found.pop("months")), **found)
