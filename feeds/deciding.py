"""Deciding about articles: which is which, what may be shown, and which feeds that touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from feeds import moves
from feeds.catalog import Catalog, Row, article_of
from feeds.config import Config
from feeds.errors import Problem
from feeds.halfsaved import as_unread, is_cut_off
from feeds.ledger import Ledger, Remembered
from feeds.moves import Arrival
from feeds.plain import dumps, moment, seconds
from feeds.reading import Found, dated, read_all, read_some
from feeds.refreshed import Moment, Progress, Refreshed, Workers
from feeds.related import names_of
from feeds.select import Name, feeds_of, why_not
from feeds.sources.around import Around
from feeds.sources.history import first_known
from feeds.sources.identity import tag_uri


@dataclass(slots=True)
class Deciding:
    """Deciding about articles one by one, and writing it down in chunks.

    Args:
        arrivals: new articles that may be old ones, moved; they wait until it is known what vanished.
        undated: articles that wait for a date.
        names: of articles that changed: what was made with these is stale.
        new: files of articles that are published for the first time, where others were before.
    """

    config: Config
    known: Ledger
    catalog: Catalog
    at: Moment
    out: Refreshed
    arrivals: dict[str, Found] = field(default_factory=dict)
    undated: dict[str, Found] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)
    joining: list[tuple[int, int, int]] = field(default_factory=list)
    leaving: list[tuple[int, int, int]] = field(default_factory=list)
    notes: list[Remembered] = field(default_factory=list)
    number: int = 0
    was_empty: bool = False
    any_known: bool = False

    def __post_init__(self) -> None:
        self.number = self.catalog.next_number()
        self.was_empty = self.catalog.is_empty()
        if self.was_empty:
            self.catalog.unname()
        self.any_known = self.known.knows_any()

    # --- reading ---

    def read(
        self,
        keys: Iterable[str],
        count: int,
        around: Around,
        same_reading: bool,
        workers: Workers,
        progress: Progress | None,
    ) -> None:
        """Read files, and decide about those whose content is not what it was.

        Args:
            same_reading: the same content gives the same article as before.
        """
        asked: list[dict[str, Row]] = []
        content = self.config.content

        def hashes(chunk: Sequence[str]) -> dict[str, bytes]:
            asked.append({} if self.was_empty else self.catalog.among(chunk))
            if not same_reading:
                return {}
            # What stands beside a file (Nikola's .meta) is part of its article, and in no hash.
            beside = {key for key in chunk if (content / f"{key.rpartition('.')[0]}.meta").exists()}
            return {key: row.hash for key, row in asked[-1].items() if row.state == "ok" and key not in beside}

        done = 0
        if progress:
            progress("read", done)
        for chunk in read_all(self.config, around, self.at.now, keys, hashes, workers(count)):
            rows = asked.pop(0)
            remembered = self.known.among([found.key for found in chunk]) if self.any_known else {}
            for found in chunk:
                self._sort(found, rows.get(found.key), remembered.get(found.key))
            self._write()
            done += len(chunk)
            if progress:
                progress("read", done)

    def _sort(self, found: Found, before: Row | None, old: Remembered | None) -> None:
        if found.row is None:
            return
        if found.row.undated:
            self.undated[found.key] = found
        elif found.row.state == "ok" and self._may_have_moved(before, old):
            self.arrivals[found.key] = found
        else:
            self._settle(found, before, old)

    def _may_have_moved(self, before: Row | None, old: Remembered | None) -> bool:
        """Whether a file may hold an article that was in another one, even where its own name was in use before."""
        fresh = before is None or before.state == "unread"
        return self.any_known and fresh and (old is None or bool(old.gone))

    def place(self, gone: Sequence[str], around: Around) -> None:
        """Decide about articles that wait for a date or may have moved, and about those whose files are gone."""
        missing = self._missing(gone)
        for row in self.catalog.rows("undated"):
            if row.key not in gone:
                self.undated.setdefault(row.key, Found(row.key, row))
        waiting = (*self.arrivals.values(), *self.undated.values())
        moved, _ = moves.matched(map(_arrival, waiting), missing.values())
        self._date(around, {key: old.dated for key, old in moved.items() if old.dated is not None})
        moved, doubtful = moves.matched(map(_arrival, self.arrivals.values()), missing.values())
        elsewhere = {old.key for old in moved.values()}
        back = {key: missing[key] for key in self.arrivals.keys() & missing.keys() - moved.keys() - elsewhere}
        moved |= back
        left = {row.key: row for row in self.catalog.among(gone).values()}
        unread = self.catalog.among(self.arrivals)
        for key, arrival in sorted(self.arrivals.items()):
            old = moved.get(key)
            before = left.pop(old.key, None) if old else None
            self._settle(arrival, before or unread.get(key), old)
        for key in (key for key in doubtful if key not in back):
            what = "may be one of several articles whose files are gone, and cannot be told from the others"
            mend = "It has an id of its own. `feeds ids --set` gives it that of the right one."
            self.out.together.append(Problem("warning", "move-ambiguous", key, what, mend))
        found_again = {old.key for old in moved.values()}
        for row in left.values():
            if row.shown:
                self.known.depart(row.id, row.updated, feeds_of(self.config, article_of(row)))
            self._touch(row, row._replace(shown=0, state="unread"), (), "is gone")
            self.catalog.drop([row.n])
        lost = [old for key, old in missing.items() if key not in found_again and not old.gone]
        self.notes += (old._replace(gone=1) for old in lost)
        self.out.vanished += (old.key for old in lost)
        self._write()

    def _missing(self, gone: Sequence[str]) -> dict[str, Remembered]:
        """Published articles whose files are not there now, by file."""
        if not self.any_known:
            return {}
        missing = {one.key: one for one in self.known.articles("gone")}
        missing.update(self.known.among(gone))
        if self.was_empty:
            there = {key for (key,) in self.catalog.db.execute("SELECT key FROM article")}
            there |= self.arrivals.keys() | self.undated.keys()
            missing.update({one.key: one for one in self.known.articles("NOT gone") if one.key not in there})
        return missing

    def _date(self, around: Around, moved: Mapping[str, int]) -> None:
        """Read articles that wait for a date again, with the one that is known of them; the others stay unread."""
        keys = sorted(self.undated)
        if not keys:
            return
        remembered = self.known.among(keys)
        before = {key: moment(one.dated) for key, one in remembered.items() if one.dated is not None}
        before.update({key: moment(when) for key, when in moved.items()})
        dates = first_known(self.config, keys, before, self.at.now)
        again = read_some(self.config, dated(around, dates), self.at.now, [key for key in keys if key in dates], {})
        rows = self.catalog.among(keys)
        for found in (*again, *(self.undated[key] for key in keys if key not in dates)):
            row = found.row
            if row and row.state == "ok":
                found = found._replace(dated=seconds(dates[found.key]))
            if row and row.state == "ok" and self._may_have_moved(rows.get(found.key), remembered.get(found.key)):
                self.arrivals[found.key] = found
            else:
                self._settle(found, rows.get(found.key), remembered.get(found.key))

    # --- deciding ---

    def _settle(self, found: Found, before: Row | None, old: Remembered | None) -> None:
        """Decide about an article as it was read.

        Args:
            before: what the catalog says of it, or of the file that it was in before.
            old: what the ledger says of it, likewise.
        """
        row = found.row
        assert row is not None
        if is_cut_off(before, row):
            row = as_unread(row)
        if row.state == "unread":
            self._unread(row, before, old)
            return
        if old:
            row = self._as_published(row, old)
        why = found.why
        if self.at.doubtful and old:
            why = why_not(article_of(row), self.at.now, released=bool(old.shown), expired=bool(old.expired))
        row = row._replace(n=self._number(before), shown=int(not why))
        if old and old.url and old.url != row.url and old.key == row.key:
            self.out.relinked.append(row.key)
        if row.shown or old:
            expired = int(why.startswith("expired"))
            self._note(row, old, found.dated if old is None or found.dated else old.dated, expired)
        self._put(before, row, found.feeds, _verb(before, row))

    def _unread(self, row: Row, before: Row | None, old: Remembered | None) -> None:
        """An article that cannot be read: it stays as it was last good."""
        good = before is not None and before.state != "unread"
        if old and not old.gone and not (before and before.state == "broken"):
            self.out.broken.append(row.key)
        if before is not None and good:
            self.rows.append(before._replace(state="broken", hash=row.hash, problems=row.problems))
            self._stay(before)
        else:
            self.rows.append(row._replace(n=self._number(before)))

    def _as_published(self, row: Row, old: Remembered) -> Row:
        """The article under the id that it was published under before."""
        guid = old.guid if old.hash else row.guid
        if (row.id, row.guid) == (old.id, guid):
            return row
        day = moment(row.published).date()
        minted = tag_uri(self.config.site.authority, day, row.path).rpartition(":")[2]
        if row.id != old.id and row.id.rpartition(":")[2] != minted:
            what = f"it was published under the id {old.id}"
            mend = f"It keeps that. To give it {row.id} all the same: feeds ids --set."
            known = row.problems and row.problems[1:-1] + ","
            said = dumps([Problem("warning", "id-changed", row.key, what, mend, key="id")])
            row = row._replace(problems=f"[{known}{said[1:-1]}]")
        return row._replace(id=old.id, guid=guid)

    def _number(self, before: Row | None) -> int:
        if before is not None:
            return before.n
        self.number += 1
        return self.number - 1

    def _note(self, row: Row, old: Remembered | None, when: int | None, expired: int) -> None:
        related = old.related if old else ""
        if old is None and self.any_known:
            self.new.add(row.key)
        new = Remembered(
            *(row.key, row.id, when, related, row.title, row.url, row.published, row.hash, row.guid),
            shown=row.shown,
            expired=expired,
        )
        if new != old:
            self.notes.append(new)
        if old and old.key != row.key:
            self.known.forget(old.key)

    def _stay(self, row: Row) -> None:
        """Leave an article in the feeds that select it, whatever else was decided anew."""
        if row.shown:
            feeds = feeds_of(self.config, article_of(row))
            self.joining += ((self.catalog.number(name), row.published, row.n) for name in feeds)

    def _put(self, before: Row | None, row: Row, feeds: Sequence[Name], verb: str) -> None:
        """Note what an article is now, and what that touches."""
        self.rows.append(row)
        self._touch(before, row, feeds, verb)

    def _touch(self, before: Row | None, row: Row, feeds: Sequence[Name], verb: str) -> None:
        number = self.catalog.number
        now = [(number(name), row.published, row.n) for name in feeds] if row.shown else []
        self.joining += now
        if now and (self.out.newest is None or row.published > self.out.newest):
            self.out.newest = row.published
        if self.was_empty and before is None:
            self.out.changed += bool(now)
            return
        was: list[tuple[int, int, int]] = []
        if before is not None and before.shown:
            was = [(number(name), before.published, row.n) for name in feeds_of(self.config, article_of(before))]
            self.leaving += (one for one in was if one not in now)
        if was or now:
            self.out.changed += 1
            cause = f"{row.key} {verb}"
            for f in {f for f, _, _ in was} | {f for f, _, _ in now}:
                self.out.causes[f].append(cause)
        self.out.stale.add(row.n)
        if before is not None and _as_others_see(before) == _as_others_see(row):
            return
        for one in (before, row):
            if one is not None and one.state != "unread":
                self.names.update(names_of(article_of(one)))

    def _write(self) -> None:
        self.catalog.leave(self.leaving)
        # In their order they are written twice as fast.
        self.joining.sort()
        self.catalog.join(self.joining)
        self.catalog.put(self.rows)
        self.known.remember(self.notes)
        if not self.was_empty:
            self.catalog.call((row.n, names_of(article_of(row))) for row in self.rows if row.state != "unread")
        for done in (self.leaving, self.joining, self.rows, self.notes):
            done.clear()

    # --- what concerns articles that were not read ---

    def free(self) -> None:
        """Articles that could not be shown may be shown by new rules; it is tried again."""
        for row in self.catalog.rows("barred != ''"):
            free = row._replace(barred="", shown=int(self._may(row)))
            self._put(row, free, feeds_of(self.config, article_of(row)), "may be shown now")
        self._write()

    def select_anew(self) -> None:
        """Which feeds select which article, by new rules."""
        number = self.catalog.number
        for row in self.catalog.rows("shown"):
            for name in feeds_of(self.config, article_of(row)):
                self.joining.append((number(name), row.published, row.n))
                self.out.causes[number(name)].append("what feeds select has changed")
        self._write()

    def hold(self, hidden: Sequence[str]) -> None:
        """Articles in folders that cannot be looked into now: all stays as it was."""
        rows = self.catalog.among(hidden) if hidden else {}
        published = self.known.among(rows) if rows else {}
        for key, row in rows.items():
            self._stay(row)
            if key in published:
                self.out.broken.append(key)
        self._write()

    def keep_time(self) -> None:
        """What time alone changes: articles that are due, or expire."""
        now = seconds(self.at.now)
        due = "NOT shown AND NOT draft AND published <= ? AND (expires IS NULL OR expires > ?)"
        over = "shown AND expires IS NOT NULL AND expires <= ?"
        good = "state != 'unread' AND barred = ''"
        rows = [*self.catalog.rows(f"{due} AND {good}", now, now), *self.catalog.rows(f"{over} AND {good}", now)]
        if not self.catalog.fact("decided"):
            # Under a clock that could not be right, what is not due yet may have been shown.
            rows = list(dict.fromkeys((*rows, *self.catalog.rows(f"shown AND published > ? AND {good}", now))))
        remembered = self.known.among([row.key for row in rows]) if rows else {}
        for row in rows:
            article, old = article_of(row), remembered.get(row.key)
            shown, expired = (bool(old.shown), bool(old.expired)) if old and self.at.doubtful else (False, False)
            why = why_not(article, self.at.now, released=shown, expired=expired)
            if bool(why) == bool(row.shown):
                verb = why or "is due"
                new = row._replace(shown=int(not why))
                self._note(new, old, old.dated if old else None, int(why.startswith("expired")))
                self._put(row, new, feeds_of(self.config, article), verb)
        self._write()
        coming = "SELECT min(published) FROM article WHERE NOT shown AND NOT draft AND published > ?"
        going = "SELECT min(expires) FROM article WHERE expires IS NOT NULL AND expires > ?"
        moments = [self.catalog.db.execute(query, (now,)).fetchone()[0] for query in (coming, going)]
        upcoming = min((moment for moment in moments if moment is not None), default=None)
        self.catalog.note("upcoming", "" if upcoming is None else str(upcoming))
        self.catalog.note("decided", "" if self.at.doubtful else str(now))

    def one_id_each(self) -> None:
        """Of articles with the same id, the one that was published first keeps it; the others are left out."""
        taken: dict[int, tuple[Row, str]] = {}
        for rows in self.catalog.twice("id"):
            may = [row for row in rows if row.state != "unread" and self._may(row)]
            if len(may) < 2:
                continue
            known = self.known.among([row.key for row in may])
            later = {row.key for row in may if row.key not in known or row.key in self.new}
            first = min(may, key=lambda row: (row.key in later, row.published, row.key))
            what, mend = f"has the id of {first.key}: {first.id}", "Give it an id of its own. It is in no feed."
            for row in (row for row in may if row is not first):
                taken[row.n] = row, dumps(Problem("error", "id-taken", row.key, what, mend, key="id"))
        for row in self.catalog.rows("barred != '' AND barred LIKE '%\"id-taken\"%'"):
            if row.n not in taken:
                free = row._replace(barred="", shown=int(self._may(row)))
                if free.shown:
                    self._note(free, self.known.article(row.key), None, 0)
                self._put(row, free, feeds_of(self.config, article_of(row)), "has its id alone now")
        for row, barred in taken.values():
            if row.barred != barred:
                self._put(row, row._replace(barred=barred, shown=0), (), "has another's id")
                self.known.forget(row.key)
        self._write()

    def one_address_each(self) -> None:
        """Articles that have the address of another."""
        for rows in self.catalog.twice("url"):
            shown = sorted((row for row in rows if row.shown), key=lambda row: (row.published, row.key))
            for first, row in ((shown[0], row) for row in shown[1:]):
                what = f"has the address of {first.key}: {first.url}"
                mend = "Give it a slug of its own, or change `permalink`: readers may take the two for one."
                self.out.together.append(Problem("warning", "address-shared", row.key, what, mend, key="slug"))

    def _may(self, row: Row) -> bool:
        """Whether an article may be shown, but for what bars it."""
        return not why_not(article_of(row), self.at.now, released=bool(row.shown) and self.at.doubtful)

    def finish(self) -> None:
        """Mark what was made with what has changed."""
        if self.was_empty:
            for f in self.catalog.numbers.values():
                self.out.causes[f].append("it is the first build")
        else:
            self.out.stale |= self.catalog.made_with(self.names)
            self.catalog.doubt(self.out.stale)


def _arrival(found: Found) -> Arrival:
    row = found.row
    return Arrival(found.key, row.hash, row.title, row.published) if row else Arrival(found.key, b"")


def _as_others_see(row: Row) -> tuple[object, ...]:
    """What of an article may be in another's text, or decides whether it can be."""
    why_hidden = () if row.shown else (row.draft, row.published, row.expires, row.terms, row.barred)
    names = (row.id, row.guid, row.title, row.url, row.key, row.path, row.slug)
    return (*names, row.section, row.language, row.state == "unread", why_hidden, row.shown)


def _verb(before: Row | None, row: Row) -> str:
    if before is None:
        return "is new"
    return "has changed" if before.key == row.key else f"has moved from {before.key}"
