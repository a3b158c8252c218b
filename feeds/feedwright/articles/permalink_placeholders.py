"""What the words of an address stand for: those of the site's pattern, and Jekyll's and Hugo's in front matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from feedwright.articles.dates import MONTHS
from feedwright.articles.permalinks import IN_PATH, name_of, names_in, path_of, slugify, stem_of
from feedwright.model import Category


class Facts(NamedTuple):
    """What an address can be made of.

    Args:
        key: the article's file, below its content folder.
        content: that folder, absolute.
        language_folder: the folder of the key that holds its language's articles; may be empty.
        section: as the article has it; may be empty.
        own_slug: as the front matter says it; may be empty.
        slug: that, or what the file's name says.
        local: when it was published, where the day begins that its address names.
    """

    key: str
    content: Path
    language_folder: str
    section: str
    title: str
    own_slug: str
    slug: str
    categories: tuple[Category, ...]
    language: str
    local: datetime


def _title(facts: Facts) -> str:
    return slugify(facts.title) or facts.slug


def _categories(facts: Facts) -> str:
    """All of them, as Jekyll has them."""
    return "/".join(dict.fromkeys(category.term.lower() for category in facts.categories))


_OURS: dict[str, Callable[[Facts], str]] = {
    "path": lambda facts: path_of(facts.key),
    "slug": lambda facts: facts.slug,
    "stem": lambda facts: stem_of(facts.key),
    "name": lambda facts: name_of(facts.key),
    "title": _title,
    "slug_or_title": lambda facts: facts.own_slug or _title(facts),
    "slug_or_name": lambda facts: facts.own_slug or name_of(facts.key),
    "section": lambda facts: facts.section,
    "category": lambda facts: slugify(facts.categories[0].term) if facts.categories else "",
    "categories": _categories,
    "lang": lambda facts: facts.language,
}


def parts(pattern: str, facts: Facts) -> dict[str, str]:
    """What the words of the site's pattern stand for, but for those of the date, which `from_pattern` knows."""
    return {name: _OURS[name](facts) for name in names_in(pattern) if name in _OURS}


STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
"""Jekyll's own patterns, by name."""

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_JEKYLLS_WORD = re.compile(r":([a-z_]+)")
_HUGOS_WORD = re.compile(r":(\w+)(\[[^\[\]]*\])?", re.ASCII)
_SLASHES = re.compile(r"(?<!:)/{2,}")
_CUT = re.compile(r"\[(\d{0,3}|last)(?:(:)(\d{0,3}|last))?\]", re.ASCII)


def _weekday(facts: Facts) -> int:
    return facts.local.isoweekday() % 7


def _of_collection(facts: Facts) -> tuple[str, str]:
    """The collection that a file of Jekyll's is in, and its path there."""
    folders = [facts.content.name, *facts.key.split("/")[:-1]]
    depth = max((depth for depth, name in enumerate(folders) if name.startswith("_")), default=0)
    path = "/".join(facts.key.split("/")[depth:]).rpartition(".")[0]
    return folders[depth][1:] if folders[depth].startswith("_") else "posts", path


def _pretty(text: str) -> str:
    """Jekyll's slug that keeps letter case and some marks."""
    kept = "".join(char if unicodedata.category(char)[0] in "LMN" or char in "._~!$&'()+,;=@" else "-" for char in text)
    return "-".join(part for part in kept.split("-") if part)


_OF_DATE: dict[str, Callable[[Facts], str]] = {
    "year": lambda facts: f"{facts.local.year:04}",
    "month": lambda facts: f"{facts.local.month:02}",
    "day": lambda facts: f"{facts.local.day:02}",
}
_JEKYLLS: dict[str, Callable[[Facts], str]] = {
    **_OF_DATE,
    "short_year": lambda facts: f"{facts.local.year % 100:02}",
    "i_month": lambda facts: str(facts.local.month),
    "short_month": lambda facts: MONTHS[facts.local.month - 1][:3].upper(),
    "long_month": lambda facts: MONTHS[facts.local.month - 1],
    "i_day": lambda facts: str(facts.local.day),
    "y_day": lambda facts: f"{facts.local.timetuple().tm_yday:03}",
    "w_year": lambda facts: str(facts.local.isocalendar().year),
    "week": lambda facts: f"{facts.local.isocalendar().week:02}",
    "w_day": lambda facts: str(facts.local.isoweekday()),
    "short_day": lambda facts: _DAYS[_weekday(facts)][:3].upper(),
    "long_day": lambda facts: _DAYS[_weekday(facts)],
    "hour": lambda facts: f"{facts.local.hour:02}",
    "minute": lambda facts: f"{facts.local.minute:02}",
    "second": lambda facts: f"{facts.local.second:02}",
    "title": lambda facts: _pretty(facts.slug),
    "slug": lambda facts: slugify(facts.slug),
    "name": lambda facts: slugify(stem_of(facts.key)),
    "path": lambda facts: _of_collection(facts)[1],
    "collection": lambda facts: _of_collection(facts)[0],
    "categories": _categories,
    "slugified_categories": lambda facts: "/".join(
        dict.fromkeys(slugify(category.term) for category in facts.categories)
    ),
    "output_ext": lambda facts: ".html",
}


def _sections(facts: Facts) -> list[str]:
    """The folders below Hugo's content folder; a bundle's own is none."""
    above = [facts.content.name] if facts.content.parent.name == "content" else []
    folders = [*above, *facts.key[len(facts.language_folder) :].lstrip("/").split("/")[:-1]]
    return folders[:-1] if stem_of(facts.key).partition(".")[0] == "index" else folders


def _urlized(text: str) -> str:
    """Hugo's slug: spaces are hyphens, and what is no letter, digit or one of a few marks goes."""
    kept = "".join(
        char if unicodedata.category(char)[0] in "LMN" or char in "._-#+~@" else " " if char.isspace() else ""
        for char in text
    )
    return re.sub(r"[ -]* [ -]*", "-", kept.strip()).lower()


_HUGOS: dict[str, Callable[[Facts], str]] = {
    **_OF_DATE,
    "monthname": lambda facts: MONTHS[facts.local.month - 1],
    "weekday": lambda facts: str(_weekday(facts)),
    "weekdayname": lambda facts: _DAYS[_weekday(facts)],
    "yearday": lambda facts: str(facts.local.timetuple().tm_yday),
    "section": lambda facts: next(iter(_sections(facts)), ""),
    "title": lambda facts: _urlized(facts.title or facts.slug),
    "slug": lambda facts: _urlized(facts.own_slug or facts.title or facts.slug),
    **dict.fromkeys(("filename", "contentbasename"), lambda facts: _urlized(name_of(facts.key))),
    **dict.fromkeys(
        ("slugorfilename", "slugorcontentbasename"), lambda facts: _urlized(facts.own_slug or name_of(facts.key))
    ),
}


def expanded(written: str, spelling: str, facts: Facts) -> str:
    """An address of the front matter with its engine's words filled in.

    Args:
        written: `permalink`, in Jekyll's words or the name of one of its styles, or `url`, in Hugo's.
        spelling: its key.

    Returns: as it was written where it has none of these words, which are percent-encoded.

    Raises:
        ValueError: it has one that the engine does not know beside one that it knows.

    Source: Jekyll's documentation, "Permalinks"; Hugo's, "URL management".
    """
    if spelling == "permalink":
        return _filled(STYLES.get(written, written), _JEKYLLS_WORD, lambda found: _jekylls(found, facts))
    if spelling == "url":
        pieces = written.split("\\:")
        return ":".join(_filled(piece, _HUGOS_WORD, lambda found: _hugos(found, facts)) for piece in pieces)
    return written


def _filled(pattern: str, word: re.Pattern[str], meaning: Callable[[re.Match[str]], str | None]) -> str:
    found = {match[0]: meaning(match) for match in word.finditer(pattern)}
    known: Mapping[str, str] = {name: text for name, text in found.items() if text is not None}
    unknown = [name for name in found if name not in known]
    if known and unknown:
        raise ValueError(f"Nothing stands for {unknown[0]}: write a path below the site, e.g. /2026/tides/")
    if not known:
        return pattern
    filled = word.sub(lambda match: quote(known[match[0]], safe=IN_PATH, errors="replace"), pattern)
    # What stands for nothing leaves no part of the path.
    return _SLASHES.sub("/", filled)


def _jekylls(found: re.Match[str], facts: Facts) -> str | None:
    name = found[1]
    if name not in _JEKYLLS and name.endswith("_"):
        # Of /:year_:title/ the underscore is no part of the word.
        return f"{_JEKYLLS[name[:-1]](facts)}_" if name[:-1] in _JEKYLLS else None
    return _JEKYLLS[name](facts) if name in _JEKYLLS else None


def _hugos(found: re.Match[str], facts: Facts) -> str | None:
    if found[1] == "sections":
        return "/".join(_cut(_sections(facts), found[2] or "[:]"))
    known = _HUGOS.get(found[1])
    return known(facts) + (found[2] or "") if known else None


def _cut(names: list[str], cut: str) -> list[str]:
    """Of the sections those that [1:], [:last] or [last] names."""
    found = _CUT.fullmatch(cut)
    if not found:
        return []
    low, high = (len(names) - 1 if end == "last" else int(end) if end else None for end in (found[1], found[3]))
    if not found[2]:
        return names[low : low + 1] if low is not None and low >= 0 else []
    return names[low:high]
