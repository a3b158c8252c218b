"""Files that changed, read; those that cannot be decided about yet wait until it is known what vanished."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from feedwright.articles.model import Around
from feedwright.read.decide import has_changed, may_have_moved
from feedwright.read.files import Found, read_all
from feedwright.read.record import Record
from feedwright.run import Run
from feedwright.state.catalog import Row
from feedwright.state.ledger import Remembered

HELD = 2000
"""Changed articles that are kept in memory until it is known what vanished."""


class Waiting(NamedTuple):
    """Articles that wait, by file.

    Args:
        arrivals: new articles that may be old ones, moved.
        undated: articles that wait for a date.
        held: files that hold another text than before, and may hold another article.
    """

    arrivals: dict[str, Found]
    undated: dict[str, Found]
    held: dict[str, tuple[Found, Row | None, Remembered | None]]


def read_changed(run: Run, record: Record, keys: Iterable[str], around: Around, *, same_reading: bool) -> Waiting:
    """Read files, and decide about those whose content is not what it was.

    Args:
        same_reading: the same content gives the same article as before.

    Returns: what is not decided yet.
    """
    waiting = Waiting({}, {}, {})
    asked: list[dict[str, Row]] = []
    content = run.config.root

    def hashes(chunk: Sequence[str]) -> dict[str, bytes]:
        asked.append({} if record.was_empty else run.catalog.among(chunk))
        if not same_reading:
            return {}
        # What stands beside a file (Nikola's .meta) is part of its article, and in no hash.
        beside = {key for key in chunk if (content / f"{key.rpartition('.')[0]}.meta").exists()}
        return {key: row.hash for key, row in asked[-1].items() if row.state == "ok" and key not in beside}

    done = 0
    run.progress("read", done)
    for chunk in read_all(run.config, around, run.time.now, keys, hashes, run.executor, record.keep):
        rows = asked.pop(0)
        remembered = run.ledger.among([found.key for found in chunk]) if record.rules.any_known else {}
        for found in chunk:
            _sort(record, waiting, found, rows.get(found.key), remembered.get(found.key))
        record.write()
        done += len(chunk)
        run.progress("read", done)
    return waiting


def _sort(record: Record, waiting: Waiting, found: Found, before: Row | None, old: Remembered | None) -> None:
    rules = record.rules
    if found.row is None:
        return
    if found.row.undated:
        waiting.undated[found.key] = found
    elif found.row.state == "ok" and may_have_moved(rules, before, old):
        waiting.arrivals[found.key] = found
    elif rules.any_known and len(waiting.held) < HELD and has_changed(found.row, before, old):
        waiting.held[found.key] = found, before, old
    else:
        record.decide(found, before, old)
