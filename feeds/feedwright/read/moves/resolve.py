"""Articles that appeared and articles that are gone: which of them are the same, in another file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.read.decide import DOUBTED, Deciding, with_problem
from feedwright.read.files import Found, dated, read_some
from feedwright.read.ids import own
from feedwright.read.moves import match
from feedwright.read.moves.match import Arrival
from feedwright.select.feeds import feeds_of
from feedwright.sources.folder.git_dates import first_known
from feedwright.sources.folder.site_data import Around
from feedwright.state.catalog import Row, article_of
from feedwright.state.ledger import Remembered, aside
from feedwright.state.serialise import moment, seconds


def place(deciding: Deciding, gone: Sequence[str], around: Around) -> None:
    """Decide about articles that wait for a date or may have moved, and about those whose files are gone."""
    config, catalog, arrivals = deciding.config, deciding.catalog, deciding.arrivals
    overwritten = _overwritten(deciding)
    missing = _missing(deciding, gone) | {key: old for key, (_, old) in overwritten.items()}
    for row in catalog.rows("undated"):
        if row.key not in gone:
            deciding.undated.setdefault(row.key, Found(row.key, row))
    waiting = (*arrivals.values(), *deciding.undated.values())
    moved, _ = match.matched((_arrival(config, one) for one in waiting), missing.values())
    _date(deciding, around, {key: old.dated for key, old in moved.items() if old.dated is not None})
    moved, doubtful = match.matched((_arrival(config, one) for one in arrivals.values()), missing.values())
    elsewhere = {old.key for old in moved.values()}
    back = {key: missing[key] for key in arrivals.keys() & missing.keys() - moved.keys() - elsewhere}
    moved |= back
    left = {row.key: row for row in catalog.among(gone).values()}
    left |= {key: row for key, (row, _) in overwritten.items()}
    unread = catalog.among(arrivals)
    unsure = set(doubtful) - set(back)
    for key, arrival in sorted(arrivals.items()):
        old = moved.get(key)
        before = left.pop(old.key, None) if old else None
        deciding.settle(_doubted(arrival) if key in unsure else arrival, before or unread.get(key), old)
    for row in left.values():
        if row.shown:
            deciding.known.depart(row.id, row.updated, feeds_of(config, article_of(row)))
        deciding.touch(row, row._replace(shown=0, state="unread"), (), "is gone")
        catalog.drop([row.n])
    _give_up(deciding, missing, {old.key for old in moved.values()}, moved.keys())
    deciding.write()


def _overwritten(deciding: Deciding) -> dict[str, tuple[Row, Remembered]]:
    """Files that have the content of a vanished article now, or of one that was overwritten so -> what they held.

    They are arrivals from here on; of the other articles that waited with them it is decided that they changed.
    """
    found: dict[str, tuple[Row, Remembered]] = {}
    vanishing, held = set(deciding.vanishing), dict(deciding.held)
    while taken := [key for key, (now, _, _) in held.items() if now.row and now.row.hash in vanishing]:
        for key in taken:
            now, before, old = held.pop(key)
            deciding.arrivals[key] = now
            found[key] = before, old
            vanishing.add(old.hash)
    for now, before, old in held.values():
        deciding.settle(now, before, old)
    return found


def _doubted(arrival: Found) -> Found:
    what = "may be one of several articles whose files are gone, and cannot be told from the others"
    mend = "It has an id of its own. `feeds ids --set` gives it that of the right one."
    assert arrival.row is not None
    row = with_problem(arrival.row, Problem("warning", DOUBTED, arrival.key, what, mend))
    return arrival._replace(row=row)


def _give_up(
    deciding: Deciding, missing: Mapping[str, Remembered], found: Collection[str], used: Collection[str]
) -> None:
    """Note that articles have no files now; what is known of them outlives that.

    Args:
        found: files of those that were found elsewhere.
        used: files that hold another article now.
    """
    rows = (arrival.row for arrival in deciding.arrivals.values())
    named = {own(deciding.config, row) for row in rows if row}
    for key, old in missing.items():
        if key in found:
            continue
        if (old.guid or old.id) in named:
            # Of several articles that say they are it, one keeps its id.
            deciding.known.forget(key)
        elif key in used:
            deciding.notes.append(aside(old))
        elif not old.gone:
            deciding.notes.append(old._replace(gone=1))
        if not old.gone:
            deciding.out.vanished.append(key)


def _missing(deciding: Deciding, gone: Sequence[str]) -> dict[str, Remembered]:
    """Published articles whose files are not there now, by file."""
    if not deciding.any_known:
        return {}
    known = deciding.known
    missing = {one.key: one for one in known.articles("gone")}
    missing.update(known.among(gone))
    if deciding.was_empty:
        there = {key for (key,) in deciding.catalog.db.execute("SELECT key FROM article")}
        there |= deciding.arrivals.keys() | deciding.undated.keys()
        missing.update({one.key: one for one in known.articles("NOT gone") if one.key not in there})
    return missing


def _date(deciding: Deciding, around: Around, moved: Mapping[str, int]) -> None:
    """Read articles that wait for a date again, with the one that is known of them; the others stay unread."""
    undated, config, now = deciding.undated, deciding.config, deciding.at.now
    keys = sorted(undated)
    if not keys:
        return
    remembered = deciding.known.among(keys)
    before = {key: moment(one.dated) for key, one in remembered.items() if one.dated is not None}
    before.update({key: moment(when) for key, when in moved.items()})
    dates = first_known(config, keys, before, now)
    again = read_some(config, dated(around, dates), now, [key for key in keys if key in dates], {})
    rows = deciding.catalog.among(keys)
    for found in (*again, *(undated[key] for key in keys if key not in dates)):
        row = found.row
        if row and row.state == "ok":
            found = found._replace(dated=seconds(dates[found.key]))
        if row and row.state == "ok" and deciding.may_have_moved(rows.get(found.key), remembered.get(found.key)):
            deciding.arrivals[found.key] = found
        else:
            deciding.settle(found, rows.get(found.key), remembered.get(found.key))


def _arrival(config: Config, found: Found) -> Arrival:
    row = found.row
    if row is None:
        return Arrival(found.key, b"")
    return Arrival(found.key, row.hash, row.title, row.published, own(config, row))
