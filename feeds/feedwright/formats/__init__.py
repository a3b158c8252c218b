"""Feed formats by name: each turns articles into entries, and a feed with its entries into documents.

A format is a module. None is imported before it is asked for: they bring feedgen and lxml with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from feedwright.config.model import FORMATS
from feedwright.model import Article, EntryOptions, Feed, Site

NAMES = FORMATS
"""The names of all formats, in the order in which they are offered to readers."""


class Format(Protocol):
    """What a format's module holds at its top level.

    Args:
        name: under which it is registered, e.g. "rss".
        media_type: without parameters, e.g. "application/rss+xml".
        file_name: of a feed's document where the configuration names none, e.g. "rss.xml".
    """

    name: str
    media_type: str
    file_name: str

    def entry(self, article: Article, site: Site, options: EntryOptions) -> bytes:
        """Render one article, to be set into any number of feeds.

        Args:
            article: with a clean body, and its related stories looked up.
            site: that it belongs to.
            options: what feeds may differ in.

        Returns: UTF-8, without declaration of any kind, not indented where it begins, no newline at the end.

        Raises:
            ValueError: the article cannot be said in this format; the message is the reason.
        """
        ...

    def documents(self, feed: Feed, entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
        """Set entries into the feed's own head.

        Args:
            feed: the feed; its `format` is this one.
            entries: what `entry` made, in the feed's order; may be none.

        Returns: pairs of a path below the output folder and the document's bytes.

        Raises:
            ValueError: the feed cannot be said in this format; the message is the reason.
        """
        ...

    def related(self, href: str) -> bytes:
        """How an entry says that it has a related link: bytes that stand in what `entry` made."""
        ...


@cache
def load(name: str) -> Format:
    """Import a format.

    Args:
        name: one of `NAMES`.

    Returns: the format's module.

    Raises:
        ValueError: no format has that name.
    """
    if name not in NAMES:
        raise ValueError(f"{name!r} is not a format; there are {', '.join(NAMES)}")
    return cast(Format, import_module(f"feedwright.formats.{name}"))


if TYPE_CHECKING:
    from feedwright.formats import atom, json, rss

    _KEEP_THE_PROTOCOL: tuple[Format, ...] = (rss, atom, json)
