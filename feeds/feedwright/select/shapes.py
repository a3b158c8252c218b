"""A feed as each of its documents has it: every format, every address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from feedwright import formats
from feedwright.config import Config
from feedwright.model import Feed, PublishedFeed, Tombstone, Window
from feedwright.select.archived_window import linked
from feedwright.select.feeds import Selection, formats_of, former_shapes, shape
from feedwright.select.window import View


def shapes(
    config: Config, known: PublishedFeed | None, selection: Selection, window: Window, since: datetime
) -> Iterator[Feed]:
    """A feed in each of its formats, then as it is at addresses that it had before.

    Args:
        known: what is remembered of it.
        since: aware; what an empty feed that was never known before gets as its `updated`.
    """
    now = [
        shape(config, selection, window, name, formats.load(name).file_name, known, since)
        for name in formats_of(config, selection)
    ]
    yield from now
    if known:
        yield from former_shapes(config, now, known)


def shapes_of_view(
    config: Config,
    known: PublishedFeed | None,
    selection: Selection,
    view: View,
    tombstones: tuple[Tombstone, ...],
    since: datetime,
) -> tuple[Feed, ...]:
    """The same with all that its documents' heads say.

    Args:
        tombstones: what it has to tell, the latest first.
    """
    found = tuple(replace(feed, options=view.options) for feed in shapes(config, known, selection, view.window, since))
    if view.archiving:
        found = tuple(linked(feed, view.archiving.now) for feed in found)
    if tombstones:
        latest = max(one.told for one in tombstones)
        found = tuple(replace(one, tombstones=tombstones, updated=max(one.updated, latest)) for one in found)
    return found
