"""Articles that appeared and articles that are gone: which of them are the same, in another file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import quote

from feedwright.articles.model import Around
from feedwright.articles.permalinks import slug_of
from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.read.decide import DOUBTED, Deciding, with_problem
from feedwright.read.files import Found, dated, read_some
from feedwright.read.ids import own
from feedwright.read.moves import match
from feedwright.read.moves.match import Arrival
from feedwright.read.moves.swaps import Changed, displaced
from feedwright.select.feeds import feeds_of
from feedwright.sources.folder.git_dates import first_known
from feedwright.state.catalog import Row, article_of
from feedwright.state.ledger import Remembered, aside
from feedwright.state.serialise import moment, seconds


def place(deciding: Deciding, gone: Sequence[str], around: Around) -> None:
    """Decide about articles that wait for a date or may have moved, and about those whose files are gone."""
    config, catalog, arrivals = deciding.config, deciding.catalog, deciding.arrivals
    for row in catalog.undated_rows():
        if row.key not in gone:
            deciding.undated.setdefault(row.key, Found(row.key, row))
    displaced = _displaced(deciding)
    missing = _missing(deciding, gone) | {key: old for key, (_, old) in displaced.items() if old}
    waiting = (*arrivals.values(), *deciding.undated.values())
    moved, _ = match.matched((_arrival(config, one) for one in waiting), missing.values())
    _date(deciding, around, displaced.keys(), moved)
    moved, doubtful = match.matched((_arrival(config, one) for one in arrivals.values()), missing.values())
    elsewhere = {old.key for old in moved.values()}
    back = {key: missing[key] for key in arrivals.keys() & missing.keys() - moved.keys() - elsewhere}
    left = {row.key: row for row in catalog.among(gone).values()}
    left |= {key: row for key, (row, _) in displaced.items() if row}
    # The row of a file whose article is elsewhere is that article's.
    unread = catalog.among(arrivals.keys() - displaced.keys())
    _settle(deciding, moved | back, set(doubtful) - set(back), left, unread)
    for row in left.values():
        if row.shown:
            article = article_of(row)
            deciding.known.depart(row.id, article.updated, feeds_of(config, article))
        deciding.touch(row, row._replace(shown=0, state="unread"), (), "is gone")
        catalog.drop([row.n])
    _give_up(deciding, missing, {old.key for old in (moved | back).values()}, moved.keys() | back.keys())
    deciding.write()


def _settle(
    deciding: Deciding,
    moved: Mapping[str, Remembered],
    unsure: Collection[str],
    left: dict[str, Row],
    unread: Mapping[str, Row],
) -> None:
    """Decide about articles that waited.

    Args:
        moved: file -> what is remembered of its article, which was in another one, or is back.
        unsure: files of articles that may be one of several.
        left: rows of articles whose files are gone, or hold another one; those that are found are taken out.
        unread: rows of files that were there before, and held no article.
    """
    arrivals = deciding.arrivals
    for key, old in sorted(moved.items()):
        deciding.settle(arrivals[key], left.pop(old.key, None) or unread.get(key), old)
    # What moved away is to be known where it is now, before another one gets an id by the name that it had.
    deciding.write()
    for key, arrival in sorted(arrivals.items()):
        if key not in moved:
            before = left.pop(key, None) or unread.get(key)
            deciding.settle(_doubted(arrival) if key in unsure else arrival, before, None)


def _displaced(deciding: Deciding) -> dict[str, tuple[Row | None, Remembered | None]]:
    """Files that hold another article now -> what they held.

    They are arrivals from here on; of the others that waited with them it is decided that they were edited.
    """
    config = deciding.config
    undated = deciding.known.among(deciding.undated) if deciding.any_known else {}
    waiting = dict(deciding.held)
    waiting.update({key: (deciding.undated[key], None, old) for key, old in undated.items() if not old.gone})
    changed = [
        Changed(_arrival(config, now), old, bool(now.row and old and _stays(config, now.row, old)))
        for now, _, old in waiting.values()
        if now.row and not (old and old.hash == now.row.hash)
    ]
    arrivals = [_arrival(config, one) for one in deciding.arrivals.values()]
    found = displaced(changed, arrivals, deciding.vanishing) if changed else set()
    for key, (now, before, old) in deciding.held.items():
        if key in found:
            deciding.arrivals[key] = now
        else:
            deciding.settle(now, before, old)
    deciding.write()
    rows = deciding.catalog.among(found)
    return {key: (rows.get(key), waiting[key][2]) for key in sorted(found)}


def _stays(config: Config, row: Row, old: Remembered) -> bool:
    """Whether a file that was edited still says of itself that it holds the same article.

    By its own id or guid, by an address that its front matter gives it, or by title and date.
    """
    if own(config, row) == match.name(old):
        return True
    own_address = quote(slug_of(row.key)) not in row.url
    same = match.headline(_row_as_arrival(config, row))
    return (own_address and row.url == old.url) or (same is not None and same == match.headline(old))


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
    missing = {one.key: one for one in known.vanished()}
    missing.update(known.among(gone))
    if deciding.was_empty:
        there = deciding.catalog.keys() | deciding.arrivals.keys() | deciding.undated.keys()
        missing.update({one.key: one for one in known.present() if one.key not in there})
    return missing


def _date(deciding: Deciding, around: Around, displaced: Collection[str], moved: Mapping[str, Remembered]) -> None:
    """Read articles that wait for a date again, with the one that is known of them; the others stay unread.

    Args:
        displaced: files that hold another article than before.
        moved: file -> what is remembered of its article, which was in another one.
    """
    undated, config, now = deciding.undated, deciding.config, deciding.at.now
    keys = sorted(undated)
    if not keys:
        return
    remembered = deciding.known.among(keys)
    elsewhere = {old.key for old in moved.values()}
    known = {key: one for key, one in remembered.items() if key not in elsewhere} | dict(moved)
    before = {key: moment(one.dated) for key, one in known.items() if one.dated is not None}
    rows = deciding.catalog.among(keys)
    known_by_commit = {key for key, row in rows.items() if row.by_commit and key in before}
    unsure = {key for key in before if key not in rows or rows[key].state == "unread"}
    waiting = {key: row.undated for key in keys if (row := undated[key].row)}
    dates, by_commit = first_known(config, waiting, before, now, unsure)
    by_commit |= known_by_commit
    again = read_some(
        config, dated(around, dates), now, [key for key in keys if key in dates], {}, deciding.out.at_hand.keep
    )
    for found in (*again, *(undated[key] for key in keys if key not in dates)):
        row = found.row
        if row and row.state == "ok":
            row = row._replace(by_commit=int(found.key in by_commit))
            found = found._replace(row=row, dated=seconds(dates[found.key]))
        may_have_moved = deciding.may_have_moved(rows.get(found.key), remembered.get(found.key))
        if row and row.state == "ok" and (found.key in displaced or may_have_moved):
            deciding.arrivals[found.key] = found
        elif found.key in displaced:
            # What is known of the file is its former article's, which is decided about by itself.
            deciding.settle(found, None, None)
        else:
            deciding.settle(found, rows.get(found.key), remembered.get(found.key))


def _arrival(config: Config, found: Found) -> Arrival:
    return _row_as_arrival(config, found.row) if found.row else Arrival(found.key, b"")


def _row_as_arrival(config: Config, row: Row) -> Arrival:
    return Arrival(row.key, row.hash, row.title, row.published, own(config, row))
