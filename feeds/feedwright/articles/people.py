"""Authors and contributors: names, ids of `[authors]`, maps, and lists of these."""

from __future__ import annotations

import re
from functools import lru_cache

from feedwright.articles.context import LONGEST_REMEMBERED, Place, as_list, bounded, named
from feedwright.articles.permalinks import slugify
from feedwright.model import Person
from feedwright.render.body import plain
from feedwright.text.urls import absolute

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
    if isinstance(value, str):
        if place.spelling.lower().endswith("s") and not _known(value, place):
            value = (_SEVERAL if ";" in value else _LISTED).split(value)
        else:
            person = _person(value, place) if value else None
            return (person,) if person else None
    found = [person for entry in bounded(as_list(value), place) if (person := _person(entry, place))]
    return tuple(dict.fromkeys(found)) or None


def _known(text: str, place: Place) -> Person | None:
    """Who is meant by an id: of `[authors]`, else of the site's own data, where letter case does not count."""
    ours, theirs = place.config.authors, place.around.authors
    return ours.get(text) or (theirs.get(text) or theirs.get(slugify(text)) if theirs else None)


def _person(value: object, place: Place) -> Person | None:
    if isinstance(value, dict):
        return _from_map(value, place)
    text = str(value).strip()
    if known := _known(text, place):
        return known
    read = _often_named if len(text) <= LONGEST_REMEMBERED else _often_named.__wrapped__
    return read(text, _address_of(place))


@lru_cache(maxsize=4096)
def _often_named(text: str, address: str | None) -> Person | None:
    if found := _WITH_EMAIL.fullmatch(text):
        name = plain(found["name"]) or found["email"]
        return Person(name, _email(found["email"]))
    name = plain(text)
    return Person(name, None, address) if name else None


def _address_of(place: Place) -> str | None:
    """The page of an article's one author where it stands beside the name: `author_url`."""
    url = place.front.values.get(f"{place.spelling}_url")
    return absolute(url, place.config.site.url) if isinstance(url, str) else None


def _from_map(value: dict[object, object], place: Place) -> Person | None:
    known = _known(str(named(value, "id", "key", "username", "name")), place)
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
