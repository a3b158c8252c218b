"""Readers of the values of `site.toml`: TOML's value -> ours, or ValueError that says what would be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from feedwright.config.model import FORMATS
from feedwright.text.characters import composed, xml_safe
from feedwright.text.suggest import likest
from feedwright.text.urls import absolute
from feedwright.text.user_info import has_user

TELLING_APART = frozenset(
    {"path", "slug", "slug_or_title", "slug_or_name", "stem", "name", "title"}
    | {
        "astro_path",
        "docusaurus_path",
        "hugo_path",
        "hugo_slug",
        "jekyll_slug",
        "mkdocs_slug",
        "pelican_name",
        "pelican_slug",
    }
)
"""What tells articles apart: one of these has to stand in a permalink pattern."""

LARGEST = 1_000_000_000
"""Of whole numbers: what is more is a slip of the hand, and too much for some that it is handed to."""

MOST_DAYS = 36_500

PLACEHOLDERS = TELLING_APART | frozenset(
    {"section", "category", "categories", "lang", "lang_dir", "other_lang_dir"}
    | {"year", "month", "day", "hour", "minute", "i_month", "i_day"}
)
"""What a permalink pattern may hold in braces."""


LONGEST_NAME = 200
"""Bytes of a file's name: file systems take 255, and files of ours get a few more for a time."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def line(value: Any) -> str:
    """A text on one line, without what XML cannot hold."""
    if not isinstance(value, str):
        raise ValueError('Write it in quotes: "...".')
    text = " ".join(xml_safe(value).split())
    if has_user(text):
        raise ValueError("Leave out user and password: every reader of the feeds would see them.")
    if not text:
        raise ValueError("It is empty: write something, or leave the key out.")
    return text


def name(value: Any) -> str:
    """A text on one line that is compared with others, in NFC."""
    return composed(line(value))


def names(value: Any) -> tuple[str, ...]:
    """A list of such texts, or one."""
    return tuple(map(composed, lines(value)))


def lines(value: Any) -> tuple[str, ...]:
    """A list of texts, or one."""
    if isinstance(value, str):
        return (line(value),)
    if not isinstance(value, list):
        raise ValueError('Write a list of texts: ["...", "..."].')
    return tuple(line(part) for part in value)


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("Write true or false, without quotes.")
    return value


def count(value: Any) -> int:
    """A whole number from 0 to LARGEST."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise ValueError(f"Write a whole number from 0 to {LARGEST}, without quotes.")
    return value


def from_one(unit: str, most: int) -> FromOne:
    """A reader of a whole number of units from 1."""
    return FromOne(unit, most)


@dataclass(frozen=True, slots=True)
class FromOne:
    """A reader of a whole number of units from 1 to the most, which the schema of `site.toml` names."""

    unit: str
    most: int

    def __call__(self, value: Any) -> int:
        if not 1 <= count(value) <= self.most:
            raise ValueError(f"Write a whole number of {self.unit} from 1 to {self.most}.")
        return int(value)


def number(value: Any) -> int:
    """A whole number from 1."""
    if count(value) == 0:
        raise ValueError("Write a whole number from 1, without quotes.")
    return int(value)


def days(value: Any) -> int:
    """A whole number of days from 0."""
    if count(value) > MOST_DAYS:
        raise ValueError(f"Write a whole number of days from 0 to {MOST_DAYS}.")
    return int(value)


def command(value: Any) -> tuple[str, ...]:
    """A program and its arguments, each as it is written."""
    if not isinstance(value, list) or not value or not all(isinstance(part, str) for part in value):
        raise ValueError('Write a list of texts, as no shell takes it apart: ["rsync", "-a", ...].')
    if not value[0].strip() or any("\0" in part for part in value):
        raise ValueError("Write the program first.")
    return tuple(value)


def one_of(*known: str) -> OneOf:
    """A reader of one of the `known` words."""
    return OneOf(known)


def some_of(*known: str, fewest: int = 1) -> SomeOf:
    """A reader of a list of some of the `known` words, at least `fewest`, in the order of `known`."""
    return SomeOf(known, fewest)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A reader of one of the `known` words, which the schema of `site.toml` lists."""

    known: tuple[str, ...]

    def __call__(self, value: Any) -> str:
        if value not in self.known:
            raise ValueError(f"Write one of {', '.join(self.known)}.")
        return str(value)


@dataclass(frozen=True, slots=True)
class SomeOf:
    """A reader of a list of some of the `known` words, likewise."""

    known: tuple[str, ...]
    fewest: int = 1

    def __call__(self, value: Any) -> tuple[str, ...]:
        chosen = lines(value)
        if len(chosen) < self.fewest or not set(chosen) <= set(self.known):
            raise ValueError(f"Write a list of some of {', '.join(self.known)}.")
        return tuple(word for word in self.known if word in chosen)


def url(value: Any) -> str:
    """An absolute http(s) URL, percent-encoded."""
    text = line(value)
    parts = urlsplit(text)
    found = absolute(text, "") if parts.scheme in ("http", "https") and parts.hostname else None
    if not found:
        raise ValueError(f"Write a whole URL: https://{text.removeprefix('//') if '://' not in text else '...'}")
    return found


def base_url(value: Any) -> str:
    """An absolute http(s) URL of a folder: without query or fragment, ending in a slash."""
    found = url(value)
    if "?" in found or "#" in found:
        raise ValueError("Leave out what follows the ? or the #.")
    return found if found.endswith("/") else found + "/"


def hubs(value: Any) -> tuple[str, ...]:
    """Addresses of WebSub hubs, each once, in the order of the file: every reader sees them."""
    found = dict.fromkeys(url(part) for part in ([value] if isinstance(value, str) else lines(value)))
    for one in found:
        if "#" in one:
            raise ValueError("Leave out what follows the #.")
    return tuple(found)


def email(value: Any) -> str:
    """An e-mail address without a name (RFC 5322 §3.4.1)."""
    text = line(value)
    if not re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+", text, re.ASCII):
        raise ValueError("Write the address alone: name@example.org")
    return text


def language(value: Any) -> str:
    """A language tag (BCP 47)."""
    text = line(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        near = text.replace("_", "-").split(".")[0]
        said = near if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", near) else "en, de-AT, zh-Hant"
        raise ValueError(f"Write a language tag, such as {said}.")
    return text


def timezone(value: Any) -> str:
    """The name of a time zone."""
    from zoneinfo import ZoneInfo, available_timezones

    text = line(value)
    try:
        if text in ("localtime", "posixrules", "Factory"):
            raise KeyError(text)  # another zone on another machine
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        names = sorted(available_timezones())
        near = likest(text, names, 3) or [name for name in names if text.lower() in name.lower()][:3]
        raise ValueError(f"Write a zone's name, such as {', '.join(near) or 'Europe/Berlin'}.") from None
    return text


def authority(value: Any) -> str:
    """Who mints ids: a domain name or an e-mail address, in lower case (RFC 4151 §2.1)."""
    text = line(value)
    if not re.fullmatch(r"([a-z0-9._-]+@)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", text):
        raise ValueError("Write a domain name or an e-mail address in lower case: example.org")
    return text


def _braces(text: str, known: frozenset[str]) -> set[str]:
    found = set(re.findall(r"\{([^{}]*)\}", text))
    if unknown := sorted(found - known):
        near = likest(unknown[0], sorted(known), 1)
        said = f"Did you mean {{{near[0]}}}?" if near else f"Known are {', '.join(f'{{{k}}}' for k in sorted(known))}."
        raise ValueError(f"{{{unknown[0]}}} means nothing here. {said}")
    return found


def feed_title(value: Any) -> str:
    """A pattern of feeds' titles."""
    text = line(value)
    _braces(text, frozenset({"site", "term"}))
    return text


def permalink(value: Any) -> str:
    """A pattern of addresses; it must tell articles apart."""
    text = line(value)
    if not _braces(text, PLACEHOLDERS) & TELLING_APART:
        raise ValueError("Name {slug} or {path} in it, or every article has the same URL.")
    return "/" + text.lstrip("/")


def _relative(value: Any) -> str:
    """A path below a folder: of parts that are names of files on any system."""
    path = line(value)
    if CONTROL.search(value):
        raise ValueError("Leave out control characters.")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise ValueError("Write a path below out/, without a slash or a drive in front: tag/{term}.xml")
    parts = path.removesuffix("/").split("/")
    if any(not part or part.startswith(".") for part in parts) or "\\" in path:
        raise ValueError("Write a path below out/, without dots in front of a name, empty parts or backslashes.")
    if any(len(part.encode()) > LONGEST_NAME for part in parts):
        raise ValueError(f"Write shorter names: of {LONGEST_NAME} bytes at most.")
    return path


def state_folder(value: Any) -> str:
    """The folder of what must last, below that of `site.toml`."""
    path = line(value)
    parts = path.split("/")
    if CONTROL.search(value) or path.startswith(("/", "~")) or "\\" in path or re.match(r"[A-Za-z]:", path):
        raise ValueError("Write the name of a folder below site.toml's; --state names one elsewhere.")
    if ".." in parts or set(parts) <= {".", ""}:
        raise ValueError("Write the name of a folder below site.toml's; --state names one elsewhere.")
    return path


def globs(value: Any) -> tuple[str, ...]:
    """Globs of files, from the folder of `site.toml` down."""
    found = lines(value)
    for glob in found:
        if ".." in glob.split("/") or "\\" in glob:
            raise ValueError(
                "Write globs from the content folder down, or site.toml's, with / between parts: posts/**/*.md"
            )
    return found


def some_globs(value: Any) -> tuple[str, ...]:
    """Globs, at least one."""
    if value == []:
        raise ValueError('Write at least one glob, as ["**/*.md"]: without any, no file is an article.')
    return globs(value)


def hosts(value: Any) -> tuple[str, ...]:
    """Domain names, as they stand in URLs: in lower case and punycode."""
    found = []
    for text in lines(value):
        name = urlsplit(absolute(f"https://{text}/", "") or "").hostname or ""
        if "." not in name or any(char in text for char in "/:@*?#") or text.startswith("."):
            raise ValueError("Write names of hosts alone: player.example.org; subdomains are meant as well.")
        found.append(name)
    return tuple(found)


def feed_path(value: Any) -> str:
    """A pattern of feeds' paths; it must tell feeds apart."""
    text = _relative(value)
    if _braces(text, frozenset({"kind", "term", "format"})) != {"kind", "term", "format"}:
        raise ValueError("Name {kind}, {term} and {format} in it, or two feeds have the same URL.")
    return text


def paths(value: Any) -> dict[str, str]:
    """Format -> path below out/; one ending in a slash is its index.xml."""
    table_ = table(value)
    if unknown := sorted(set(table_) - set(FORMATS)):
        raise ValueError(f"{unknown[0]} is not a format: write some of {', '.join(FORMATS)}.")
    read = {name: _relative(part) for name, part in table_.items()}
    for part in read.values():
        _braces(part, frozenset({"term"}))
    if len(set(read.values())) < len(read):
        raise ValueError("Two formats cannot have the same path.")
    return read


def old_paths(value: Any) -> dict[str, tuple[str, ...]]:
    """Format -> addresses below feeds_url, as they are once decoded (RFC 3986 §2.1)."""
    table_ = table(value)
    if unknown := sorted(set(table_) - set(FORMATS)):
        raise ValueError(f"{unknown[0]} is not a format: write some of {', '.join(FORMATS)}.")
    return {name: tuple(_old_path(part) for part in lines(found)) for name, found in table_.items()}


def _old_path(text: str) -> str:
    if "?" in text or "#" in text or "//" in text:
        raise ValueError("Write a path below feeds_url, without host, ? or #.")
    try:
        path = unquote(text, errors="strict").removeprefix("/")
    except UnicodeDecodeError:
        raise ValueError("What is percent-encoded in it is not UTF-8.") from None
    if not path or path != line(path):
        raise ValueError("Write a path below feeds_url: what comes after its last slash.")
    _braces(_relative(path), frozenset({"term"}))
    return path


def table(value: Any) -> dict[str, Any]:
    """A table."""
    if not isinstance(value, dict):
        raise ValueError("Write a table: { key = value }.")
    return value
