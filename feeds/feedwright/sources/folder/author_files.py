"""The site's own data on its authors: `_data/authors.yml`, `authors.yml`, `content/authors/NAME/_index.md`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from feedwright.articles.context import named
from feedwright.articles.permalinks import slugify
from feedwright.model import Person
from feedwright.sources.model import OF_DATA
from feedwright.text.characters import composed
from feedwright.text.plain_text import plain
from feedwright.text.urls import absolute

if TYPE_CHECKING:
    from feedwright.config import Config

MOST_AUTHORS = 5000
LARGEST = 1024 * 1024

_PAGES = (".md", ".markdown", ".html")


def of_site(config: Config, places: Sequence[str]) -> dict[str, Person]:
    """Every author that the site's data names, by id and by the slug of the name.

    Args:
        places: files of such data, and folders with one file an author.

    Returns: what cannot be read is passed over.
    """
    homes = tuple({f"{os.path.realpath(config.root / one).rstrip('/')}/" for one in ("", *config.content)})
    found: dict[str, Person] = {}
    for path in places:
        if os.path.isdir(path):  # noqa: PTH112
            _add(found, _in_folder(path, homes, config))
        else:
            _add(found, _people(_values(path, homes), config))
    return found


def _add(found: dict[str, Person], more: Mapping[str, Person]) -> None:
    for id_, person in sorted(more.items())[:MOST_AUTHORS]:
        found.setdefault(id_, person)
        found.setdefault(slugify(id_), person)
        found.setdefault(slugify(person.name), person)


def _in_folder(folder: str, homes: tuple[str, ...], config: Config) -> dict[str, Person]:
    """One author a file: jane.yml, jane.md, jane/_index.md."""
    found = {}
    for name in sorted(os.listdir(folder))[:MOST_AUTHORS]:  # noqa: PTH208
        path = os.path.join(folder, name)  # noqa: PTH118
        stem, suffix = os.path.splitext(name)  # noqa: PTH122
        files = [path] if suffix else [f"{path}/{page}{kind}" for page in ("_index", "index") for kind in _PAGES]
        for file in files:
            if not name.startswith((".", "_")) and file.lower().endswith(OF_DATA + _PAGES) and os.path.isfile(file):  # noqa: PTH113
                values = _values(file, homes)
                key = named(values, "id", "username", "shortname") if isinstance(values, dict) else None
                person = _person(values, stem, config)
                if person:
                    found[str(key or stem)] = found[stem] = person
                break
    return found


def _values(path: str, homes: tuple[str, ...]) -> object:
    """What a file of data, or a page's front matter, says; None where it cannot be read, or is outside of `homes`."""
    from feedwright.articles.frontmatter import toml, yaml
    from feedwright.articles.frontmatter.split import split_front_matter

    if not os.path.realpath(path).startswith(homes):
        return None
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            text = file.read(LARGEST).decode("utf-8-sig").replace("\r\n", "\n")
        if path.lower().endswith(_PAGES):
            return split_front_matter(text).values
        if path.lower().endswith(".toml"):
            return toml.load(text)[0]
        return yaml.load(text).value
    except (OSError, ValueError):
        return None


def _people(values: object, config: Config) -> dict[str, Person]:
    """A map of ids, or a list of maps that have them."""
    if isinstance(values, dict) and len(values) == 1 and isinstance(values.get("authors"), (dict, list)):
        values = values["authors"]
    if isinstance(values, list):
        ids = [named(entry, "id", "username", "shortname", "slug", "key", "name") for entry in _maps(values)]
        values = {str(id_): entry for id_, entry in zip(ids, _maps(values), strict=True) if id_ is not None}
    if not isinstance(values, dict):
        return {}
    found = {str(id_): _person(entry, str(id_), config) for id_, entry in values.items()}
    return {id_: person for id_, person in found.items() if person}


def _maps(values: Iterable[object]) -> list[dict[object, object]]:
    return [entry for entry in values if isinstance(entry, dict)]


def _person(value: object, id_: str, config: Config) -> Person | None:
    if isinstance(value, str):
        return Person(composed(plain(value))) if plain(value) else None
    if not isinstance(value, dict):
        return None
    params = named(value, "params", "extra")
    known = {**params, **value} if isinstance(params, dict) else value
    name = named(known, "name", "fullname", "displayname", "title", "nickname")
    first, last = named(known, "firstname", "givenname"), named(known, "lastname", "familyname")
    if name is None and (first or last):
        name = " ".join(str(part) for part in (first, last) if part)
    written = composed(plain(str(name))) if name is not None and not isinstance(name, (dict, list)) else ""
    url = named(known, "url", "uri", "website", "web", "homepage", "site", "link", "href")
    email = named(known, "email", "mail")
    address = absolute(url, config.site.url) if isinstance(url, str) else None
    mail = str(email) if isinstance(email, str) and "@" in email and " " not in email else None
    return Person(written or composed(id_), mail, address)
