"""What a build has to do with those who are told of changes; nothing is loaded for that where there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from feedwright.errors import Problem

if TYPE_CHECKING:
    from feedwright.config import Config
    from feedwright.publish.report import Report
    from feedwright.state.catalog import Catalog
    from feedwright.state.ledger import Ledger


def note_changes(
    config: Config, known: Ledger, catalog: Catalog, changed: set[str], topics: Mapping[str, str], now: datetime
) -> None:
    """Note who is to be told of what has changed.

    Args:
        changed: paths of files below the output folder.
        topics: path of a document -> the address that its subscribers know it by.
    """
    if not config.announces:
        return
    from feedwright.announce import queue
    from feedwright.state import ledger_facts

    queue.note(config, catalog, changed, topics, now, known.fact(ledger_facts.RUN))


def with_queue(config: Config, known: Ledger, catalog: Catalog, made: Report, now: datetime) -> Report:
    """A report that says who is to be told what, now and later."""
    if not config.announces:
        return made
    from feedwright.announce import queue
    from feedwright.state import unannounced
    from feedwright.state.catalog import announcements

    unannounced.forget_told(known, announcements.paths(catalog))
    return replace(made, waiting=queue.topics_waiting(config, catalog), due=queue.is_due(config, catalog, now))


def problems(config: Config, catalog: Catalog) -> tuple[Problem, ...]:
    """What is wrong with those who are to be told."""
    if not config.announces:
        return ()
    from feedwright.announce import queue

    return queue.problems(config, catalog)
