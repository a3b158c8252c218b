"""The ids that articles have by their files, and those that are free."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from feedwright.config import Config
from feedwright.model import NEVER
from feedwright.state.catalog import Row
from feedwright.state.ledger import Ledger
from feedwright.text.ids import tag_uri


def minted(config: Config, row: Row) -> str:
    """The id that an article would get that has none of its own."""
    published = row.when()
    # The end of time has no later zone.
    day = published if published == NEVER else published.astimezone(ZoneInfo(config.site.timezone))
    return tag_uri(config.site.authority, day.date(), row.path)


def own(config: Config, row: Row) -> str:
    """The guid, or the id, that an article's front matter gives it; empty where there is none.

    Args:
        row: as it was read, before the ledger was asked.
    """
    return row.guid or ("" if row.id in ("", minted(config, row)) else row.id)


def under_a_free_id(config: Config, ledger: Ledger, row: Row) -> tuple[Row, Sequence[str]]:
    """A new article under another id than that of an article that moved away from its name, or is gone.

    An id or guid of its own is its author's word that it is the article which had that, and is gone.

    Returns: it; and the files, which are gone, of articles that it turns out to be.
    """
    if row.guid or row.id != minted(config, row):
        return row, [gone.key for gone in ledger.vanished_under(row.id, row.guid or row.id)]
    number, first = 1, row.id
    while (other := ledger.with_id(row.id, row.key)) and (other.gone or other.url != row.url):
        number += 1
        row = row._replace(id=f"{first}-{number}")
    return row, ()
