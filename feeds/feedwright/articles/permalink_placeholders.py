"""What the words of an address stand for: those of the site's pattern, and Jekyll's and Hugo's in front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from feedwright.articles import engine_slugs
from feedwright.articles.dates import MONTHS
from feedwright.articles.permalinks import IN_PATH, name_of, names_in, path_of, slugify, stem_of
from feedwright.model import Category
from feedwright.text.language_tags import split_suffix


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
        site_language: of articles that name none.
        languages: suffixes of files' names that stand for a language, beside those that always do.
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
    site_language: str = ""
    languages: Collection[str] = ()


def _title(facts: Facts) -> str:
    return slugify(facts.title) or facts.slug


def _categories(facts: Facts) -> str:
    """All of them, as Jekyll has them."""
    return "/".join(dict.fromkeys(category.term.lower() for category in facts.categories))


def _language(facts: Facts) -> str:
    """The article's language as its own path writes it, of which engines make a folder."""
    suffix = stem_of(facts.key).removeprefix(f"{_stem(facts)}.") if _stem(facts) != stem_of(facts.key) else ""
    above = next((name for name in facts.content.parts[-3:] if name.lower() == facts.language.lower()), "")
    return suffix or facts.language_folder.rpartition("/")[2] or above or facts.language


def _other_language(facts: Facts) -> str:
    return "" if facts.language.lower() == facts.site_language.lower() else _language(facts)


def _stem(facts: Facts) -> str:
    return split_suffix(stem_of(facts.key), facts.languages)[0]


def _hugo_path(facts: Facts) -> str:
    folders = facts.key.split("/")[:-1]
    named = (facts.language_folder.rpartition("/")[2], facts.language.lower())
    below = engine_slugs.hugo_folders(facts.content.parts, folders, named)
    stem = _stem(facts)
    if stem in ("index", "_index") and below:
        stem = below.pop()
    parts = [*map(engine_slugs.hugo_name, below), engine_slugs.hugo(facts.own_slug) or engine_slugs.hugo_name(stem)]
    return "/".join(parts)


def _docusaurus_path(facts: Facts) -> str:
    below = path_of(facts.key)[len(facts.language_folder) :].lstrip("/")
    return facts.own_slug or engine_slugs.docusaurus(below)


_OURS: dict[str, Callable[[Facts], str]] = {
    "path": lambda facts: path_of(facts.key),
    "slug": lambda facts: facts.slug,
    "stem": lambda facts: stem_of(facts.key),
    "name": lambda facts: name_of(facts.key, facts.languages),
    "title": _title,
    "slug_or_title": lambda facts: facts.own_slug or _title(facts),
    "slug_or_name": lambda facts: facts.own_slug or name_of(facts.key, facts.languages),
    "section": lambda facts: facts.section,
    "category": lambda facts: slugify(facts.categories[0].term) if facts.categories else "",
    "categories": _categories,
    "lang": lambda facts: facts.language,
    "lang_dir": _language,
    "other_lang_dir": _other_language,
    "astro_path": lambda facts: facts.own_slug or engine_slugs.astro(path_of(facts.key)),
    "docusaurus_path": _docusaurus_path,
    "hugo_path": _hugo_path,
    "hugo_slug": lambda facts: engine_slugs.hugo(facts.own_slug or facts.title.replace("/", "-")) or facts.slug,
    "jekyll_slug": lambda facts: engine_slugs.jekyll(facts.own_slug or engine_slugs.undated(stem_of(facts.key))),
    "mkdocs_slug": lambda facts: facts.own_slug or engine_slugs.mkdocs(facts.title) or facts.slug,
    "pelican_name": lambda facts: facts.own_slug or engine_slugs.pelican(stem_of(facts.key)) or facts.slug,
    "pelican_slug": lambda facts: facts.own_slug or engine_slugs.pelican(facts.title) or _title(facts),
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
    "title": lambda facts: engine_slugs.jekyll(facts.slug),
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


_HUGOS: dict[str, Callable[[Facts], str]] = {
    **_OF_DATE,
    "monthname": lambda facts: MONTHS[facts.local.month - 1],
    "weekday": lambda facts: str(_weekday(facts)),
    "weekdayname": lambda facts: _DAYS[_weekday(facts)],
    "yearday": lambda facts: str(facts.local.timetuple().tm_yday),
    "section": lambda facts: next(iter(_sections(facts)), ""),
    "title": lambda facts: engine_slugs.hugo(facts.title or facts.slug),
    "slug": lambda facts: engine_slugs.hugo(facts.own_slug or facts.title or facts.slug),
    **dict.fromkeys(
        ("filename", "contentbasename"), lambda facts: engine_slugs.hugo(name_of(facts.key, facts.languages))
    ),
    **dict.fromkeys(
        ("slugorfilename", "slugorcontentbasename"),
        lambda facts: engine_slugs.hugo(facts.own_slug or name_of(facts.key, facts.languages)),
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
