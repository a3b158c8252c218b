"""Language tags as people and engines write them."""

from __future__ import annotations

import re
from collections.abc import Collection

_TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|\d{3}))?"
    r"(?P<rest>(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*(?:-x(?:-[A-Za-z0-9]{1,8})+)?)",
    re.ASCII,
)
_ISO_639_1 = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
    ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_CODES = frozenset(_ISO_639_1.split())
_SUFFIXES_OF_THINGS = frozenset(("cs", "ia", "ie", "io", "ml", "my", "pl", "sh", "so", "st", "to", "ts", "vo"))
_PROGRAMS = frozenset(("sh", "ts"))
_INDEXES = ("index", "_index")

_FOLDER = re.compile(r"[A-Za-z]{2}(?:[-_](?:[A-Za-z]{2}|(?i:hans|hant|latn|cyrl|arab)))?")
_CERTAIN = frozenset(("da", "de", "en", "es", "fa", "fr", "hu", "ja", "ko", "nb", "nl", "nn", "pt", "ru", "sv", "zh"))


def is_code(name: str) -> bool:
    """Whether a folder's name can stand for a language: a two-letter code, alone or with a region or script."""
    return name[:2].lower() in _CODES and _FOLDER.fullmatch(name) is not None


def is_certain(name: str) -> bool:
    """Whether a code is no usual name for anything else, as `it`, `ml`, `uk` and `eu` are."""
    return name[:2].lower() in _CERTAIN or name[3:].isupper()


def tag(written: str) -> str:
    """A BCP 47 tag in its usual letter case: "en_gb" and "en-GB.UTF-8" are "en-GB".

    Args:
        written: as people and engines write it.

    Raises:
        ValueError: it is no language tag, e.g. "english".

    Source: RFC 5646 §2.1.1.
    """
    text = written.strip().partition(".")[0].replace("_", "-")
    found = _TAG.fullmatch(text)
    if not found or (len(found["language"]) == 2 and found["language"].lower() not in _CODES):
        raise ValueError("Write a language tag, e.g. en or pt-BR")
    script, region = found["script"], found["region"]
    parts = (found["language"].lower(), script and script.title(), region and region.upper())
    return "-".join(part for part in parts if part) + found["rest"].lower()


def split_suffix(stem: str, languages: Collection[str] = ()) -> tuple[str, str]:
    """A file's name without its language suffix, and the language: "index.es" -> ("index", "es").

    Only a two-letter code counts, alone or with a region or script, and none that names are known to end in for
    another reason (crates.io, index.ts), unless the site has such a language, or the file is the index of a folder;
    the language is empty where there is none.

    Args:
        stem: the file's name without ".md" or the like.
        languages: that the site has, in lower case.
    """
    name, dot, last = stem.rpartition(".")
    if not dot or not name or last[:2].lower() not in _CODES:
        return stem, ""
    if last in _SUFFIXES_OF_THINGS and last not in languages and (name not in _INDEXES or last in _PROGRAMS):
        return stem, ""
    if len(last) > 2 and last[2] not in "-_":
        return stem, ""
    try:
        return name, tag(last)
    except ValueError:
        return stem, ""
