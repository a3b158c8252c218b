"""Authors and contributors: names, ids of `[authors]`, maps, and lists of these."""

from __future__ import annotations

import re

from feeds.html import absolute, plain
from feeds.model import Person
from feeds.sources.place import Place, as_list, named

_WITH_EMAIL = re.compile(r"(?P<name>[^<>()]*?)\s*[<(]\s*(?P<email>[^\s<>()@]+@[^\s<>()@]+)\s*[>)]")
_EMAIL = re.compile(r"[^\s<>()@,;:\"\\]+@[^\s<>()@,;:\"\\]+\.[^\s<>()@,;:\"\\.]+")
_SEVERAL = re.compile(r"\s*;\s*")
_LISTED = re.compile(r"\s*,\s*(?:(?:and|und|et|y|e)\s+|&\s*)?")


def people(value: object, place: Place) -> tuple[Person, ...] | None:
    """The people that a value names, each once, in order; None for none.

    A text under `authors` (the plural) holds several names, apart by commas, or by semicolons where there is one; under
    `author` it is one name: "Josh Aas, ISRG Executive Director".
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and place.spelling.lower().endswith("s") and value not in place.config.authors:
        value = (_SEVERAL if ";" in value else _LISTED).split(value)
    found = [person for entry in as_list(value) if (person := _person(entry, place))]
    return tuple(dict.fromkeys(found)) or None


def _person(value: object, place: Place) -> Person | None:
    if isinstance(value, dict):
        return _from_map(value, place)
    text = str(value).strip()
    if known := place.config.authors.get(text):
        return known
    if found := _WITH_EMAIL.fullmatch(text):
        name = plain(found["name"]) or found["email"]
        return Person(name, _email(found["email"]))
    name = plain(text)
    return Person(name) if name else None


def _from_map(value: dict[object, object], place: Place) -> Person | None:
    known = place.config.authors.get(str(named(value, "id", "key", "username", "name")))
    name = named(value, "name", "displayname", "fullname", "label")
    if name is None or isinstance(name, (dict, list)):
        if known is None:
            place.left_out(value, "person", "Give it a name")
        return known
    if known:
        return known
    url = named(value, "url", "uri", "link", "homepage", "website", "web", "href")
    written = plain(str(name))
    if not written:
        return None
    address = absolute(url, place.config.site.url) if isinstance(url, str) else None
    return Person(written, _email(named(value, "email", "mail")), address)


def _email(value: object) -> str | None:
    text = str(value).strip().removeprefix("mailto:")
    return text if _EMAIL.fullmatch(text) else None
