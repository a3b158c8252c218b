"""What a build has to do with those who are told of changes; nothing is loaded for that where there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from feedwright.errors import Problem
from feedwright.model import Feed

if TYPE_CHECKING:
    from datetime import datetime

    from feedwright.publish.report import Report
    from feedwright.run import Run


def note_changes(run: Run, changed: set[str], feeds: Iterable[Feed] = ()) -> None:
    """Note who is to be told of what has changed.

    Args:
        changed: paths of files below the output folder.
        feeds: all, in each of their formats.
    """
    if not run.config.announces:
        return
    from feedwright.announce import queue
    from feedwright.state import ledger_facts

    # Who subscribed at a former address did so under that address.
    former = run.config.site.feeds_url
    topics = {feed.path: former + quote(feed.path) if feed.former else feed.self_url for feed in feeds}
    queue.note(run.config, run.catalog, changed, topics, run.time.now, run.ledger.fact(ledger_facts.RUN))


def with_queue(run: Run, made: Report, now: datetime) -> Report:
    """A report that says who is to be told what, now and later."""
    config, ledger, catalog = run.config, run.ledger, run.catalog
    if not config.announces:
        return made
    from feedwright.announce import queue
    from feedwright.state import unannounced
    from feedwright.state.catalog import announcements

    unannounced.forget_told(ledger, announcements.paths(catalog))
    return replace(made, waiting=queue.topics_waiting(config, catalog), due=queue.is_due(config, catalog, now))


def problems(run: Run) -> tuple[Problem, ...]:
    """What is wrong with those who are to be told."""
    if not run.config.announces:
        return ()
    from feedwright.announce import queue

    return queue.problems(run.config, run.catalog)
