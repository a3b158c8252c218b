"""Where an article stands: its path, slug and section from its file, its address from a pattern or its own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, tzinfo
from functools import lru_cache
from urllib.parse import quote, urlsplit

from feedwright.articles.dates import date_in_key, date_in_name, date_in_path, month_in_path
from feedwright.model import NEVER
from feedwright.text.characters import composed
from feedwright.text.language_tags import split_suffix
from feedwright.text.urls import absolute

IN_PATH = "/:@!$&'()*+,;=~"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+/?")
_OF_DATE: dict[str, Callable[[datetime], str]] = {
    "year": lambda local: f"{local.year:04}",
    "month": lambda local: f"{local.month:02}",
    "day": lambda local: f"{local.day:02}",
    "hour": lambda local: f"{local.hour:02}",
    "minute": lambda local: f"{local.minute:02}",
    "i_month": lambda local: str(local.month),
    "i_day": lambda local: str(local.day),
}
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\\{}]|[\u2028\u2029]")
_UNSAFE_IN_SLUG = re.compile(r"[\x00-\x1f\x7f-\x9f/\\\u2028\u2029]+")


def path_of(key: str) -> str:
    """A file's path without suffix, and without the last part where that is `index`."""
    folder, slash, _ = key.rpartition("/")
    path = folder + slash + stem_of(key)
    return "" if path == "index" else path.removesuffix("/index")


def stem_of(key: str) -> str:
    """A file's name without suffix."""
    name = key.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def name_of(key: str, languages: Collection[str] = ()) -> str:
    """What names an article: its file without suffix and language, or its folder where the file is an `index`.

    Args:
        languages: suffixes that stand for one of the site's languages, beside those that always do.
    """
    name, _ = split_suffix(stem_of(key), languages)
    folder = key.rpartition("/")[0].rpartition("/")[2]
    return folder if name == "index" and folder else name


def day_of(key: str) -> date | None:
    """The day that a file's name, or its folders' names, stand for; None where they stand for none."""
    found = date_in_name(stem_of(key)) or date_in_name(name_of(key))
    if found:
        return found[0]
    return date_in_path(key.split("/")[:-1]) or date_in_key(path_of(key))


def month_of(key: str) -> tuple[int, int] | None:
    """The year and month that a file's name begins with, or that its folders' names stand for; None for none."""
    year, _, rest = stem_of(key).replace("_", "-").partition("-")
    return month_in_path([f"{year}-{rest.partition('-')[0]}"]) or month_in_path(key.split("/")[:-1])


def slug_of(key: str, languages: Collection[str] = ()) -> str:
    """The last part of an article's address, as its file or folder names it: without a date in front.

    Args:
        languages: as `name_of` takes them.
    """
    name = name_of(key, languages)
    dated = date_in_name(name)
    return safe_slug(dated[1] if dated and dated[1] else name) or "index"


def safe_slug(text: str) -> str:
    """A text as one part of a path: without slashes and control characters, and not only dots; may become empty."""
    slug = _UNSAFE_IN_SLUG.sub("-", text.strip().strip("/")).strip()
    return "" if slug.strip(".-") == "" else slug


def section_of(key: str, language: str = "") -> str:
    """The first folder of a file that names a part of the site; empty where there is none.

    Args:
        language: the folder that holds its language's articles, which names no part: "content/de".

    A bundle's own folder (`tides/index.md`), folders with an underscore in front (`_posts`) and numbers (`2026`) name
    none.
    """
    folder = key.rpartition("/")[0]
    if split_suffix(stem_of(key))[0] == "index":
        folder = folder.rpartition("/")[0]
    return _section(folder, language)


@lru_cache(maxsize=1024)
def _section(folder: str, language: str) -> str:
    folders = folder[len(language) :].split("/")
    return composed(next((name for name in folders if name and not name.startswith("_") and not name.isdecimal()), ""))


def slugify(text: str) -> str:
    """A text in lower case, with a hyphen for all but letters, marks and digits of any script."""
    normal = unicodedata.normalize("NFC", text).lower()
    kept = "".join(char if unicodedata.category(char)[0] in "LMN" else "-" for char in normal)
    return "-".join(part for part in kept.split("-") if part)


def from_pattern(pattern: str, site_url: str, parts: Mapping[str, str], published: datetime, zone: tzinfo) -> str:
    """An article's address as the site's pattern says.

    Args:
        pattern: with names of `config.values.PLACEHOLDERS` in braces; another name stays as it is.
        site_url: ends in "/".
        parts: the placeholders that are not of the date.
        published: aware; its day and time in `zone` go into the address.

    Returns: an absolute URL, percent-encoded.
    """
    # The end of time has no later zone.
    local = published if published == NEVER else published.astimezone(zone)
    pieces = _pieces(pattern)
    filled = "".join([text if fixed else _filling(text, parts, local) for text, fixed in pieces])
    if _PLAIN_PATH.fullmatch(filled):
        return site_url + filled[1:]
    path = "/".join(part for part in filled.split("/") if part not in ("", ".", ".."))
    slash = "/" if path and filled.endswith("/") else ""
    return site_url + quote(unicodedata.normalize("NFC", path), safe=IN_PATH, errors="replace") + slash


@lru_cache(maxsize=64)
def _pieces(pattern: str) -> tuple[tuple[str, bool], ...]:
    """Fixed text, and names of placeholders, in turn."""
    return tuple((text, index % 2 == 0) for index, text in enumerate(_PLACEHOLDER.split(pattern)) if text)


@lru_cache(maxsize=64)
def names_in(pattern: str) -> frozenset[str]:
    """The names that stand in braces in a pattern."""
    return frozenset(_PLACEHOLDER.findall(pattern))


def _filling(name: str, parts: Mapping[str, str], local: datetime) -> str:
    if name in parts:
        return parts[name]
    return _OF_DATE[name](local) if name in _OF_DATE else f"{{{name}}}"


def from_words(written: str, site_url: str) -> str:
    """An article's address as its author wrote it.

    Args:
        written: an absolute http(s) URL, or a path below the site.
        site_url: ends in "/".

    Raises:
        ValueError: it leads out of the site, or is no address.
    """
    text = written.strip()
    parts = urlsplit(text)
    if _UNSAFE.search(text) or not text:
        raise ValueError("Write a path below the site, e.g. /2026/tides/")
    if parts.scheme or parts.netloc or text.startswith("//"):
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            raise ValueError("Write a path below the site, e.g. /2026/tides/, or a whole URL with https://")
        return _absolute(text, site_url)
    if ".." in parts.path.split("/"):
        raise ValueError("It leads out of the site: write a path below it, e.g. /2026/tides/")
    path = "/".join(part for part in parts.path.split("/") if part not in ("", "."))
    # A server shows it under its folder's name.
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    path = path.rstrip("/")
    slash = "/" if path and parts.path.endswith(("/", "/index.html")) else ""
    tail = text[len(parts.path) :]
    address = _absolute(site_url + path + slash + tail, site_url)
    if not address.startswith(site_url):
        raise ValueError("It leads out of the site: write a path below it, e.g. /2026/tides/")
    return address


def _absolute(url: str, site_url: str) -> str:
    address = absolute(url, site_url)
    if address is None:
        raise ValueError("Write a path below the site, e.g. /2026/tides/")
    return address
