"""All that the page shows, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from feedwright.model import Site

LABELS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed", "jsonfeed": "JSON Feed"}
"""What people call the formats; others go by their names."""


class Address(NamedTuple):
    """Where a feed is in one format."""

    format: str
    media_type: str
    url: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed as the page lists it.

    Args:
        kind: as `Feed` has it.
        name: what it is called among its kind.
        title: what readers call it.
        description: empty where it says no more than the site's.
        language: a BCP 47 tag; empty where unknown.
        addresses: of its documents, at least one, the first for those who do not choose.
        count: how many articles it selects.
        newest: the day when the newest of them was published, in its offset; None where it has no date.
    """

    kind: str
    name: str
    title: str
    description: str
    language: str
    addresses: tuple[Address, ...]
    count: int = 0
    newest: date | None = None


class Story(NamedTuple):
    """An article as the page lists it; `published` is the day in its own offset, None where it has no date."""

    title: str
    url: str
    published: date | None = None
    language: str = ""


class Page(NamedTuple):
    """All that the page shows.

    Args:
        feeds: in the order in which they are listed.
        stories: the newest articles, newest first.
        totals: kind -> how many feeds of it there are, where `feeds` has not all.
        whole_list: the address of the list of all feeds in one document (OPML); empty where there is none.
    """

    site: Site
    feeds: tuple[Listed, ...]
    stories: tuple[Story, ...] = ()
    totals: tuple[tuple[str, int], ...] = ()
    whole_list: str = ""


def label(format_: str) -> str:
    """What people call a format."""
    return LABELS.get(format_, format_.replace("_", " ").title())
