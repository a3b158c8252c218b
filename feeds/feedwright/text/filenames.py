"""File names for terms of any script: stable, readable, and never two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256

LONGEST = 80
"""Bytes in UTF-8: file systems take 255 for a name, and URLs spell each byte with three characters."""


def file_names(terms: Iterable[str], known: Mapping[str, str], others: Iterable[str] = ()) -> dict[str, str]:
    """A file name for each term.

    A name is the term in NFC and lower case, with a hyphen for each run of what is no letter, mark, digit or
    underscore. Where this loses more than case and single spaces, would be another's name (but for case), or the name
    of a device on Windows, six hex digits of the term's SHA-256 follow.

    Args:
        terms: in any order.
        known: term -> the name that it was given before, and keeps.
        others: names that no new term gets either.

    Returns: term -> name.
    """
    names = dict(known)
    taken = {_folded(name) for name in (*known.values(), *others)}
    new = sorted(set(terms) - set(known))
    for term in sorted(new, key=lambda term: readable(term) != term):
        name = readable(term)
        plain = "-".join(_normal(term).split(" "))
        is_whole = bool(name) and name == plain and len(name.encode()) <= LONGEST
        digits = 0 if is_whole and not _DEVICES.fullmatch(name) else 6
        candidate = _with_hash(term, name, digits)
        while _folded(candidate) in taken:
            digits = digits + 1 if digits else 6
            candidate = _with_hash(term, name, digits)
        names[term] = candidate
        taken.add(_folded(candidate))
    return {term: names[term] for term in set(new) | set(known)}


_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])")
"""Names that are no files' on Windows, where `out/` may be unpacked or served."""


def readable(term: str) -> str:
    """What stays of a term in a file name; may be empty."""
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c == "_" else "-" for c in _normal(term))
    return "-".join(part for part in kept.split("-") if part)


def _normal(term: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", term).lower())


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def _with_hash(term: str, name: str, digits: int) -> str:
    if not digits:
        return name
    short = name.encode()[: LONGEST - digits - 1].decode("utf-8", "ignore").strip("-")
    return "-".join(part for part in (short, sha256(term.encode()).hexdigest()[:digits]) if part)
