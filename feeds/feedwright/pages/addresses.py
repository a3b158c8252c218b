"""Addresses of pages below the built folder: which file one is of, and in which form it is written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal
from unicodedata import category, normalize
from urllib.parse import quote, unquote, urlsplit

from feedwright.text.language_tags import is_code

Form = Literal["folder", "bare", "html", "index"]
"""How an address is written: `blog/tides/`, `blog/tides`, `blog/tides.html`, `blog/tides/index.html`."""

FORMS: tuple[Form, ...] = ("folder", "bare", "html", "index")
_SAFE = "/:@!$&'()*+,;=~"
_PAGE_END = re.compile(r"(?:(?<![^/])index)?\.html?\Z|/?\Z")
_INDEX = re.compile(r"(?:\A|/)index\.html?\Z")
_DATE_IN_FRONT = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[-_]")


def below(url: str, base: str) -> str | None:
    """The path of an address below that of the site, percent-decoded and in NFC; None where it is elsewhere.

    Args:
        url: absolute.
        base: the site's address; ends in "/". Scheme and "www." do not count.
    """
    try:
        one, site = urlsplit(url), urlsplit(base)
    except ValueError:
        return None
    if _host(one.netloc) != _host(site.netloc) or one.scheme not in ("http", "https"):
        return None
    path, root = one.path or "/", site.path or "/"
    if not path.startswith(root):
        return "" if path + "/" == root else None
    return decoded(path[len(root) :])


def decoded(path: str) -> str:
    """A path as its file is named: percent-decoded, in NFC."""
    return normalize("NFC", unquote(path)) if "%" in path or not path.isascii() else path


@lru_cache(maxsize=64)
def host_of(url: str) -> str:
    """The host of an address, without the "www." that does not count; with its port where it has one."""
    return _host(urlsplit(url).netloc)


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")


def form_of(path: str) -> Form:
    """In which form an address is written.

    Args:
        path: below the site's, without query and fragment.
    """
    if not path or path.endswith("/"):
        return "folder"
    if _INDEX.search(path):
        return "index"
    return "html" if path.endswith((".html", ".htm")) else "bare"


@lru_cache(maxsize=65536)
def stem(path: str) -> str:
    """What all forms of a page's address have in common: `blog/tides`; of the home page nothing."""
    return _PAGE_END.sub("", path, count=1).rstrip("/")


def written(path: str, form: Form) -> str:
    """A page's address below the site's, percent-encoded.

    Args:
        path: of the page's file.
    """
    name = stem(path)
    if form == "folder":
        name += "/" if name else ""
    elif form in ("html", "index"):
        name = path
    return quote(name, safe=_SAFE, errors="replace")


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """Letters and digits of a name, in lower case: engines disagree on all others."""
    if text.isascii():
        return "".join(char for char in text.lower() if char.isalnum())
    return "".join(char for char in normalize("NFKC", text).casefold() if category(char)[0] in "LNM")


@lru_cache(maxsize=65536)
def last_name(path: str) -> str:
    """The slug of a page's last part; empty where that is a language, a number or nothing, which name no article."""
    name = stem(path).rpartition("/")[2]
    return "" if name.isdecimal() or is_code(name) else slug(name)


@lru_cache(maxsize=65536)
def parents(path: str) -> frozenset[str]:
    """The slugs of the folders around a page."""
    return frozenset(filter(None, map(slug, stem(path).split("/")[:-1])))


@lru_cache(maxsize=65536)
def own_names(key: str) -> frozenset[str]:
    """The slugs that a source's own name consists of: its file's, or where that is an index its folder's."""
    folder, _, name = key.rpartition("/")
    return names_in(folder.rpartition("/")[2] if name.partition(".")[0] in ("index", "_index") else name)


@lru_cache(maxsize=65536)
def names_in(key: str) -> frozenset[str]:
    """The slugs that a source's path consists of: of its parts whole, without a date in front, and of that date's."""
    parts = key.split("/")
    found = {slug(part) for part in parts[:-1]}
    for part in (parts[-1], parts[-1].rpartition(".")[0], *parts[:-1]):
        found.add(slug(part))
        found.update(map(slug, re.split(r"[-_.]", part)[:3] if part[:4].isdecimal() else ()))
        bare = _DATE_IN_FRONT.sub("", part)
        found |= {slug(bare), slug(bare.partition(".")[0])}
    return frozenset(found - {"", "index"})


def codes_in(path: str) -> frozenset[str]:
    """The language codes that stand in a path as a part or a suffix, in lower case: `es/tides`, `tides.es.md`."""
    return frozenset(part.lower() for part in re.split(r"[/.]", path) if is_code(part))
