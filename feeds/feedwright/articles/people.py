"""Authors and contributors: names, ids of `[authors]`, maps, and lists of these.

An e-mail address that stands in front matter, or in the data of the site's engine, is never taken: importers write
those of accounts there. Only that of `[authors.ID]` in `site.toml` is published.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from feedwright.articles.context import LONGEST_REMEMBERED, Place, as_list, bounded, named
from feedwright.articles.permalinks import slugify
from feedwright.articles.user_info import cut
from feedwright.model import Person
from feedwright.text.characters import composed
from feedwright.text.mail_addresses import first_address, has_address, without_addresses
from feedwright.text.plain_text import plain
from feedwright.text.urls import absolute

_BY_LINE = re.compile(r"\s*[,;]?\s*\n\s*(?:-\s+)?")
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
            value = (_BY_LINE if "\n" in value.strip() else _SEVERAL if ";" in value else _LISTED).split(value.strip())
        else:
            person = _person(value, place) if value else None
            return (person,) if person else None
    found = [person for entry in bounded(as_list(value), place) if (person := _person(entry, place))]
    return tuple(dict.fromkeys(found)) or None


def _known(text: str, place: Place) -> Person | None:
    """Who is meant by an id: of `[authors]`, else of the site's own data, where letter case does not count.

    An e-mail address of `[authors]` is an id as well.
    """
    ours, theirs = place.config.authors, place.around.authors
    text = composed(text)
    if address := first_address(text):
        by_address = (one for one in ours.values() if one.email and one.email.lower() == address)
        return ours.get(text) or next(by_address, None)
    if text in ours or not theirs:
        return ours.get(text)
    found = theirs.get(text) or theirs.get(slugify(text))
    return _for_all(found) if found else None


@lru_cache(maxsize=4096)
def _for_all(person: Person) -> Person | None:
    """Somebody of the site's own data, without addresses of mail."""
    name = name_of(person.name)
    url = None if person.url and has_address(person.url) else person.url
    return Person(name, None, url) if name else None


def _person(value: object, place: Place) -> Person | None:
    if isinstance(value, dict):
        return _from_map(value, place)
    text = str(value).strip()
    if known := _known(text, place):
        return known
    read = _often_named if len(text) <= LONGEST_REMEMBERED else _often_named.__wrapped__
    person = read(text, _address_of(place))
    if person is None and has_address(text):
        _report_address(place)
    return person


@lru_cache(maxsize=4096)
def _often_named(text: str, address: str | None) -> Person | None:
    name = name_of(text)
    return Person(name, None, address) if name else None


def name_of(text: str) -> str:
    """A name as plain text, without the e-mail addresses beside it; empty where nothing else is there."""
    # Where it is markup, "<bob@example.org>" is a link.
    text = unescape(text) if "&" in text and "@" in text else text
    return composed(without_addresses(plain(without_addresses(text))))


def page_of(url: object, base: str) -> str | None:
    """The address of somebody's page; None where it is none, or one of mail."""
    found = absolute(url, base) if isinstance(url, str) else None
    return None if found and has_address(found) else found


def _report_address(place: Place) -> None:
    what = "an e-mail address names an author"
    hint = "It is published nowhere, and was left out. Write a name, or the `email` of [authors.ID] in site.toml."
    place.report("author-address", what, hint)


def _address_of(place: Place) -> str | None:
    """The page of an article's one author where it stands beside the name: `author_url`."""
    key = f"{place.spelling}_url"
    return page_of(cut(key, place.front.values.get(key), place), place.config.site.url)


_IDS = ("id", "key", "username", "login", "slug", "name", "email", "mail")
_NAMES = ("name", "displayname", "fullname", "label", "nickname", "nicename", "login", "username", "slug", "id")


def _from_map(value: dict[object, object], place: Place) -> Person | None:
    ids = (str(given) for key in _IDS if isinstance(given := named(value, key), (str, int)))
    known = next(filter(None, (_known(id_, place) for id_ in ids)), None)
    if known:
        return known
    given = [one for key in _NAMES if isinstance(one := named(value, key), (str, int, float))]
    if first := _first_and_last(value):
        given.insert(0, first)
    written = next(filter(None, (name_of(str(name)) for name in given)), "")
    if not written:
        if any(has_address(str(name)) for name in (*given, named(value, "email", "mail"))):
            _report_address(place)
        else:
            place.left_out(value, "person", "Give it a name")
        return None
    url = named(value, "url", "uri", "link", "homepage", "website", "web", "href")
    return Person(written, None, page_of(url, place.config.site.url))


def _first_and_last(value: dict[object, object]) -> str:
    if named(value, "name", "displayname", "fullname") is not None:
        return ""
    parts = named(value, "firstname", "givenname"), named(value, "lastname", "familyname")
    return " ".join(str(part) for part in parts if isinstance(part, str))
