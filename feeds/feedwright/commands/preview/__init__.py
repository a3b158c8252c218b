"""A feed as three readers would show it: from the published document, read back as they read it."""

from __future__ import annotations

from feedwright.commands.preview.html import rendered
from feedwright.commands.preview.reader_view import Feed, read
from feedwright.config import Config
from feedwright.errors import FeedsError, Problem

__all__ = ["Feed", "preview"]


def preview(content: bytes, name: str, config: Config | None = None) -> bytes:
    """The page that shows a feed as a list, as cards, and as articles; UTF-8, with its style, without script.

    Args:
        content: RSS, Atom or JSON Feed.
        name: its path or address, which problems carry, and which links may be relative to.
        config: of the site whose pictures are shown as they are on the disk; None for those on the web.

    Raises:
        FeedsError: it is no feed.
    """
    feed = read(content, name)
    if not feed.entries and not feed.title:
        raise FeedsError(
            Problem("error", "feed-empty", name, "has neither a title nor entries: there is nothing to see")
        )
    if config is not None:
        from feedwright.commands.preview.pictures import pictures_of, with_pictures  # anybody's feed needs none

        feed = with_pictures(feed, pictures_of(config))
    return rendered(feed, name)
