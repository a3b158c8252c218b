"""Articles that appeared and articles that are gone: which of them are the same, in another file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import quote

from feedwright.articles.model import Around
from feedwright.articles.permalinks import slug_of
from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.read.decide import DOUBTED, Rules, may_have_moved, with_problem
from feedwright.read.files import Found, dated, read_some
from feedwright.read.ids import own
from feedwright.read.moves import match
from feedwright.read.moves.match import Arrival
from feedwright.read.moves.swaps import Changed, displaced
from feedwright.read.record import Record
from feedwright.read.waiting import Waiting
from feedwright.sources.folder.git_dates import first_known
from feedwright.state.catalog import Row
from feedwright.state.ledger import Ledger, Remembered, aside
from feedwright.state.serialise import moment, seconds


def texts_of(rules: Rules, gone: Sequence[str]) -> set[bytes]:
    """Hashes of the texts of published articles whose files are gone, now or since an earlier run."""
    if not rules.any_known:
        return set()
    return rules.ledger.vanished_texts(gone)


def place(record: Record, waiting: Waiting, gone: Sequence[str], texts: Collection[bytes], around: Around) -> list[str]:
    """Decide about articles that wait for a date or may have moved, and about those whose files are gone.

    Args:
        texts: as `texts_of` has them, from before any file was read.

    Returns: files of published articles that are gone, and not found elsewhere.
    """
    rules, catalog = record.rules, record.catalog
    # Of a file that was read just now, the catalog has what it held before.
    read = waiting.arrivals.keys() | waiting.held.keys()
    for row in catalog.undated_rows():
        if row.key not in gone and row.key not in read:
            waiting.undated.setdefault(row.key, Found(row.key, row))
    displaced = _displaced(record, waiting, texts)
    arrivals = waiting.arrivals | {key: waiting.held[key][0] for key in displaced if key in waiting.held}
    missing = _missing(record, gone, arrivals.keys() | waiting.undated.keys())
    missing |= {key: old for key, (_, old) in displaced.items() if old}
    candidates = (*arrivals.values(), *waiting.undated.values())
    moved, _ = match.matched((_arrival(rules.config, one) for one in candidates), missing.values())
    arrivals |= _dated(record, waiting.undated, around, displaced.keys(), moved)
    moved, doubtful = match.matched((_arrival(rules.config, one) for one in arrivals.values()), missing.values())
    elsewhere = {old.key for old in moved.values()}
    back = {key: missing[key] for key in arrivals.keys() & missing.keys() - moved.keys() - elsewhere}
    left = {row.key: row for row in catalog.among(gone).values()}
    left |= {key: row for key, (row, _) in displaced.items() if row}
    # The row of a file whose article is elsewhere is that article's.
    unread = catalog.among(arrivals.keys() - displaced.keys())
    _decide(record, arrivals, moved | back, set(doubtful) - set(back), left, unread)
    for row in left.values():
        record.remove(row)
    found = {old.key for old in (moved | back).values()}
    vanished = _give_up(record, arrivals, missing, found, moved.keys() | back.keys())
    record.write()
    return vanished


def _decide(
    record: Record,
    arrivals: Mapping[str, Found],
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
    for key, old in sorted(moved.items()):
        record.decide(arrivals[key], left.pop(old.key, None) or unread.get(key), old)
    # What moved away is to be known where it is now, before another one gets an id by the name that it had.
    record.write()
    for key, arrival in sorted(arrivals.items()):
        if key not in moved:
            before = left.pop(key, None) or unread.get(key)
            record.decide(_doubted(arrival) if key in unsure else arrival, before, None)


def _displaced(
    record: Record, waiting: Waiting, texts: Collection[bytes]
) -> dict[str, tuple[Row | None, Remembered | None]]:
    """Files that hold another article now -> what they held.

    They are arrivals from here on; of the others that waited with them it is decided that they were edited.
    """
    rules, config = record.rules, record.rules.config
    undated = rules.ledger.among(waiting.undated) if rules.any_known else {}
    # What cannot be read, and could not when the last run ended, holds what it held then.
    last = {key: row.hash for key, row in record.catalog.among(undated).items() if row.state == "broken"}
    edited = dict(waiting.held)
    edited.update(
        (key, (waiting.undated[key], None, old))
        for key, old in undated.items()
        if not old.gone and not _is_as(waiting.undated[key], last.get(key))
    )
    changed = [
        Changed(_arrival(config, now), old, bool(now.row and old and _stays(config, now.row, old)))
        for now, _, old in edited.values()
        if now.row and not (old and old.hash == now.row.hash)
    ]
    arrivals = [_arrival(config, one) for one in waiting.arrivals.values()]
    found = displaced(changed, arrivals, texts) if changed else set()
    for key, (now, before, old) in waiting.held.items():
        if key not in found:
            record.decide(now, before, old)
    record.write()
    rows = record.catalog.among(found)
    return {key: (rows.get(key), edited[key][2]) for key in sorted(found)}


def _is_as(found: Found, hash_: bytes | None) -> bool:
    return found.row is not None and found.row.hash == hash_


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
    hint = "It has an id of its own. `feeds ids --set` gives it that of the right one."
    assert arrival.row is not None
    row = with_problem(arrival.row, Problem("warning", DOUBTED, arrival.key, what, hint))
    return arrival._replace(row=row)


def _give_up(
    record: Record,
    arrivals: Mapping[str, Found],
    missing: Mapping[str, Remembered],
    found: Collection[str],
    used: Collection[str],
) -> list[str]:
    """Note that articles have no files now; what is known of them outlives that.

    Args:
        found: files of those that were found elsewhere.
        used: files that hold another article now.

    Returns: the files of those that had one when the last run ended.
    """
    config, ledger = record.rules.config, record.rules.ledger
    named = {own(config, arrival.row) for arrival in arrivals.values() if arrival.row}
    given_up = {key: old for key, old in missing.items() if key not in found}
    if record.was_empty:
        _note_departed(ledger, [old for old in given_up.values() if old.shown and not old.gone])
    for key, old in given_up.items():
        if (old.guid or old.id) in named:
            # Of several articles that say they are it, one keeps its id.
            ledger.forget(key)
        elif key in used:
            record.remember(aside(old))
        elif not old.gone:
            record.remember(old._replace(gone=1))
    return [key for key, old in given_up.items() if not old.gone]


def _note_departed(ledger: Ledger, gone: Sequence[Remembered]) -> None:
    """Note the feeds that had articles which are gone, where no catalog tells: those that showed them last."""
    feeds = ledger.feeds() if gone else {}
    for old in gone:
        if had := [name for name, feed in feeds.items() if old.id in feed.entries]:
            ledger.record_removed(old.id, moment(old.published), had)


def _missing(record: Record, gone: Sequence[str], waiting: Collection[str]) -> dict[str, Remembered]:
    """Published articles whose files are not there now, by file.

    Args:
        waiting: files that are there, and of which nothing is decided yet.
    """
    if not record.rules.any_known:
        return {}
    ledger = record.rules.ledger
    missing = {one.key: one for one in ledger.vanished()}
    missing.update(ledger.among(gone))
    if record.was_empty:
        there = record.catalog.keys() | set(waiting)
        missing.update({one.key: one for one in ledger.present() if one.key not in there})
    return missing


def _dated(
    record: Record,
    undated: Mapping[str, Found],
    around: Around,
    displaced: Collection[str],
    moved: Mapping[str, Remembered],
) -> dict[str, Found]:
    """Read articles that wait for a date again, with the one that is known of them; the others stay unread.

    Args:
        displaced: files that hold another article than before.
        moved: file -> what is remembered of its article, which was in another one.

    Returns: those that may have moved; of the others it is decided.
    """
    rules, config, now = record.rules, record.rules.config, record.rules.run_time.now
    keys = sorted(undated)
    if not keys:
        return {}
    remembered = rules.ledger.among(keys)
    elsewhere = {old.key for old in moved.values()}
    known = {key: one for key, one in remembered.items() if key not in elsewhere} | dict(moved)
    before = {key: moment(one.dated) for key, one in known.items() if one.dated is not None}
    rows = record.catalog.among(keys)
    known_by_commit = {key for key, row in rows.items() if row.by_commit and key in before}
    unsure = {key for key in before if key not in rows or rows[key].state == "unread"}
    waiting = {key: row.undated for key in keys if (row := undated[key].row)}
    dates, by_commit = first_known(config, waiting, before, now, unsure)
    by_commit |= known_by_commit
    again = read_some(config, dated(around, dates), now, [key for key in keys if key in dates], {}, record.keep)
    arrivals: dict[str, Found] = {}
    for found in (*again, *(undated[key] for key in keys if key not in dates)):
        row = found.row
        if row and row.state == "ok":
            row = row._replace(by_commit=int(found.key in by_commit), first_known=seconds(dates[found.key]))
            found = found._replace(row=row)
        moves = may_have_moved(rules, rows.get(found.key), remembered.get(found.key))
        if row and row.state == "ok" and (found.key in displaced or moves):
            arrivals[found.key] = found
        elif found.key in displaced:
            # What is known of the file is its former article's, which is decided about by itself.
            record.decide(found, None, None)
        else:
            record.decide(found, rows.get(found.key), remembered.get(found.key))
    return arrivals


def _arrival(config: Config, found: Found) -> Arrival:
    return _row_as_arrival(config, found.row) if found.row else Arrival(found.key, b"")


def _row_as_arrival(config: Config, row: Row) -> Arrival:
    return Arrival(row.key, row.hash, row.title, row.published, own(config, row))
