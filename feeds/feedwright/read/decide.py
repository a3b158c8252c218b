"""Deciding about articles: which is which, what may be shown, and which feeds that touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedwright.articles.model import Around
from feedwright.articles.names import names_of
from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.model import NEVER, FeedName
from feedwright.read import exposure, ids, no_articles
from feedwright.read.change_set import Moment, Progress, Refreshed
from feedwright.read.files import Found, read_all
from feedwright.read.half_saved import as_unread, is_cut_off
from feedwright.select.eligibility import HIDDEN_ALWAYS, why_not
from feedwright.select.feeds import feeds_of
from feedwright.state.catalog import Catalog, Row, article_of, facts
from feedwright.state.ledger import Ledger, Remembered
from feedwright.state.serialise import dumps, loads, seconds

if TYPE_CHECKING:
    from concurrent.futures import Executor

DOUBTED = "move-ambiguous"
"""The problem of an article that may be one of several whose files are gone."""

HELD = 2000
"""Changed articles that are kept in memory until it is known what vanished."""


@dataclass(slots=True, eq=False)
class Deciding:
    """Deciding about articles one by one, and writing it down in chunks.

    Args:
        arrivals: new articles that may be old ones, moved; they wait until it is known what vanished.
        undated: articles that wait for a date.
        names: of articles that changed: what was made with these is stale.
        new: files of articles that are published for the first time, where others were before.
        late: files of articles that were published before, and not when this run began.
        vanishing: hashes of published articles whose files are gone.
        held: files that hold another text than before, and may hold another article: they wait like arrivals.
        this_run: when it is, as the ledger notes it of articles that are published for the first time; 0 until then.
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
    late: set[str] = field(default_factory=set)
    vanishing: set[bytes] = field(default_factory=set)
    held: dict[str, tuple[Found, Row | None, Remembered | None]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    joining: list[tuple[int, int, int]] = field(default_factory=list)
    leaving: list[tuple[int, int, int]] = field(default_factory=list)
    notes: list[Remembered] = field(default_factory=list)
    number: int = 0
    this_run: int = 0
    was_empty: bool = False
    any_known: bool = False

    def __post_init__(self) -> None:
        self.number = self.catalog.next_number()
        self.was_empty = self.catalog.is_empty()
        if self.was_empty:
            self.catalog.unname()
        self.any_known = self.known.knows_any()

    # --- reading ---

    def expect(self, gone: Sequence[str]) -> None:
        """Know which files are gone, before others are read: their articles may be in these."""
        if gone and self.any_known:
            self.vanishing = {one.hash for one in self.known.among(gone).values() if one.hash}

    def read(
        self,
        keys: Iterable[str],
        around: Around,
        same_reading: bool,
        executor: Executor | None,
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
        for chunk in read_all(self.config, around, self.at.now, keys, hashes, executor, self.out.at_hand.keep):
            rows = asked.pop(0)
            remembered = self.known.among([found.key for found in chunk]) if self.any_known else {}
            for found in chunk:
                self._sort(found, rows.get(found.key), remembered.get(found.key))
            self.write()
            done += len(chunk)
            if progress:
                progress("read", done)

    def _sort(self, found: Found, before: Row | None, old: Remembered | None) -> None:
        if found.row is None:
            return
        if found.row.undated:
            self.undated[found.key] = found
        elif found.row.state == "ok" and self.may_have_moved(before, old):
            self.arrivals[found.key] = found
        elif self.any_known and len(self.held) < HELD and _has_changed(found.row, before, old):
            self.held[found.key] = found, before, old
        else:
            self.settle(found, before, old)

    def may_have_moved(self, before: Row | None, old: Remembered | None) -> bool:
        """Whether a file may hold an article that was in another one, even where its own name was in use before."""
        fresh = before is None or before.state == "unread"
        return self.any_known and fresh and (old is None or bool(old.gone))

    # --- deciding ---

    def settle(self, found: Found, before: Row | None, old: Remembered | None) -> None:
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
        row = _as_doubted(row, before)
        if old:
            row = self._as_published(row, old)
        elif self.any_known:
            row = ids.under_a_free_id(self.config, self.known, row)
        why = found.why
        if self.at.doubtful and old:
            why = why_not(article_of(row), self.at.now, released=bool(old.shown), expired=bool(old.expired))
        row = row._replace(n=self._number(before), shown=int(not why))
        if row.exposure != "all" and exposure.was_larger(before, old, row):
            self.out.withdrawn.append(row.key)
        if old and old.url and old.url != row.url and old.key == row.key and not row.page:
            self.out.relinked.append(row.key)
        if row.page and old and old.shown:
            self.out.problems.append(no_articles.left(row))
        if row.shown or old:
            expired = int(why.startswith("expired"))
            row = self.note(row, old, found.dated if old is None or found.dated else old.dated, expired)
        self.put(before, row, found.feeds, _verb(before, row))

    def _unread(self, row: Row, before: Row | None, old: Remembered | None) -> None:
        """An article that cannot be read: it stays as it was last good."""
        if old and no_articles.was_dated_by_commit(before, row, old):
            self._end(row, before, old)
            return
        good = before is not None and before.state != "unread"
        if old and old.shown and not old.gone and not (before and before.state == "broken"):
            self.out.broken.append(row.key)
        if before is not None and good:
            self.rows.append(before._replace(state="broken", hash=row.hash, problems=row.problems))
            self._stay(before)
        else:
            self.rows.append(row._replace(n=self._number(before)))

    def _end(self, row: Row, before: Row | None, old: Remembered) -> None:
        """Let an article leave that cannot be read, and should never have been shown."""
        now = (
            before._replace(state="unread", hash=row.hash, problems=row.problems, shown=0, by_commit=0)
            if before
            else row
        )
        now = now._replace(n=self._number(before), undated=row.undated)
        self.out.problems.append(no_articles.left(row))
        self.notes.append(old._replace(shown=0))
        self.put(before, now, (), "is no article")

    def _as_published(self, row: Row, old: Remembered) -> Row:
        """The article under the id that it was published under before."""
        guid = old.guid if old.hash else row.guid
        if (row.id, row.guid) == (old.id, guid):
            return row
        minted = ids.minted(self.config, row).rpartition(":")[2]
        if row.id != old.id and row.id.rpartition(":")[2] != minted:
            what = f"it was published under the id {old.id}"
            mend = f"It keeps that. To give it {row.id} all the same: feeds ids --set."
            row = with_problem(row, Problem("warning", "id-changed", row.key, what, mend, key="id"))
        return row._replace(id=old.id, guid=guid)

    def _number(self, before: Row | None) -> int:
        if before is not None:
            return before.n
        self.number += 1
        return self.number - 1

    def note(self, row: Row, old: Remembered | None, when: int | None, expired: int) -> Row:
        """Note in the ledger what an article is now; the row, with when that was first done."""
        related = old.related if old else ""
        if old is None and self.any_known:
            self.new.add(row.key)
        elif old and (old.gone or not old.shown):
            self.late.add(row.key)
        new = Remembered(
            *(row.key, row.id, when, related, row.title, row.url, row.published, row.hash, row.guid),
            shown=row.shown,
            expired=expired,
            seen=self._seen(row, old),
        )
        if new != old:
            self.notes.append(new)
        if old and old.key != row.key:
            self.known.forget(old.key)
        return row._replace(seen=new.seen)

    def _seen(self, row: Row, old: Remembered | None) -> int:
        """When an article was first published, in seconds since 1970."""
        if old and (old.seen or old.shown or not row.shown):
            return old.seen
        if not self.this_run:
            # Runs follow each other, whatever the clock says.
            self.this_run = max(seconds(self.at.now), self.known.last_seen() + 1)
        return self.this_run

    def _stay(self, row: Row) -> None:
        """Leave an article in the feeds that select it, whatever else was decided anew."""
        if row.shown:
            feeds = feeds_of(self.config, article_of(row))
            self.joining += ((self.catalog.number(name), row.published, row.n) for name in feeds)

    def put(self, before: Row | None, row: Row, feeds: Sequence[FeedName], verb: str) -> None:
        """Note what an article is now, and what that touches."""
        self.rows.append(row)
        self.touch(before, row, feeds, verb)

    def touch(self, before: Row | None, row: Row, feeds: Sequence[FeedName], verb: str) -> None:
        """Note which feeds, and which other articles, are touched by what became of one."""
        number = self.catalog.number
        now = [(number(name), row.published, row.n) for name in feeds] if row.shown else []
        self.joining += now
        if now and (self.out.newest is None or row.published > self.out.newest):
            self.out.newest = row.published
        self.out.note_change(row.n, was=before is not None and bool(before.shown), now=bool(now))
        if self.was_empty and before is None:
            return
        was: list[tuple[int, int, int]] = []
        if before is not None and before.shown:
            was = [(number(name), before.published, row.n) for name in feeds_of(self.config, article_of(before))]
            self.leaving += (one for one in was if one not in now)
        if was or now:
            cause = f"{row.key} {verb}"
            for f in {f for f, _, _ in was} | {f for f, _, _ in now}:
                self.out.causes[f].append(cause)
        self.out.stale.add(row.n)
        if before is not None and _as_others_see(before) == _as_others_see(row):
            return
        for one in (before, row):
            if one is not None and one.state != "unread":
                self.names.update(names_of(article_of(one)))

    def write(self) -> None:
        """Write down what was decided so far."""
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
        for row in self.catalog.barred_rows():
            free = row._replace(barred="", shown=int(self.may(row)))
            self.put(row, free, feeds_of(self.config, article_of(row)), "may be shown now")
        self.write()

    def select_anew(self) -> None:
        """Which feeds select which article, by new rules."""
        number = self.catalog.number
        for row in self.catalog.shown_rows():
            for name in feeds_of(self.config, article_of(row)):
                self.joining.append((number(name), row.published, row.n))
                self.out.causes[number(name)].append("what feeds select has changed")
        self.write()

    def hold(self, hidden: Sequence[str]) -> None:
        """Articles in folders that cannot be looked into now: all stays as it was."""
        rows = self.catalog.among(hidden) if hidden else {}
        published = self.known.among(rows) if rows else {}
        for key, row in rows.items():
            self._stay(row)
            if key in published:
                self.out.broken.append(key)
        self.write()

    def keep_time(self) -> None:
        """What time alone changes: articles that are due, or expire."""
        now = seconds(self.at.now)
        rows = [*self.catalog.hidden_by_time(now, HIDDEN_ALWAYS), *self.catalog.expired_rows(now)]
        if self.catalog.fact(facts.DECIDED) is None:
            # Under a clock that could not be right, what is not due yet may have been shown.
            rows = list(dict.fromkeys((*rows, *self.catalog.early_rows(now))))
        remembered = self.known.among([row.key for row in rows]) if rows else {}
        for row in rows:
            article, old = article_of(row), remembered.get(row.key)
            shown, expired = (bool(old.shown), bool(old.expired)) if old and self.at.doubtful else (False, False)
            why = why_not(article, self.at.now, released=shown, expired=expired)
            if bool(why) == bool(row.shown):
                verb = why or "is due"
                new = row._replace(shown=int(not why))
                new = self.note(new, old, old.dated if old else None, int(why.startswith("expired")))
                self.put(row, new, feeds_of(self.config, article), verb)
        self.write()
        later = self.catalog.coming_rows(now, seconds(NEVER), HIDDEN_ALWAYS)
        coming = next((row.published for row in later if not why_not(article_of(row), row.when())), None)
        moments = (coming, self.catalog.next_expiry(now))
        self.catalog.note(facts.UPCOMING, min((moment for moment in moments if moment is not None), default=None))
        self.catalog.note(facts.DECIDED, None if self.at.doubtful else now)

    def may(self, row: Row) -> bool:
        """Whether an article may be shown, but for what bars it."""
        return not why_not(article_of(row), self.at.now, released=bool(row.shown) and self.at.doubtful)

    def finish(self) -> None:
        """Mark what was made with what has changed."""
        if self.was_empty:
            cause = "the catalog was made anew" if self.any_known else "it is the first build"
            for f in self.catalog.numbers.values():
                self.out.causes[f].append(cause)
        else:
            self.out.stale |= self.catalog.made_with(self.names)
            self.catalog.doubt(self.out.stale)


def _as_doubted(row: Row, before: Row | None) -> Row:
    """What could not be told when a file came is not told by reading it again."""
    if before is None or not before.problems or (before.key, before.hash) != (row.key, row.hash):
        return row
    for problem in loads(before.problems):
        if problem.code == DOUBTED and DOUBTED not in row.problems:
            row = with_problem(row, problem)
    return row


def _has_changed(row: Row, before: Row | None, old: Remembered | None) -> bool:
    """Whether the file of a good article holds another text than the one that was published, or else than before."""
    known = old.hash if old else before.hash if before and before.state == "ok" else b""
    return row.state == "ok" and known not in (b"", row.hash)


def with_problem(row: Row, problem: Problem) -> Row:
    """An article of which one thing more is wrong."""
    return row._replace(problems=dumps([*(loads(row.problems) if row.problems else ()), problem]))


def _as_others_see(row: Row) -> tuple[object, ...]:
    """What of an article may be in another's text, or decides whether it can be."""
    why_hidden = () if row.shown else (row.draft, row.published, row.expires, row.terms, row.barred, row.protected)
    names = (row.id, row.guid, row.title, row.url, row.key, row.path, row.slug)
    return (*names, row.section, row.language, row.state == "unread", why_hidden, row.shown)


def _verb(before: Row | None, row: Row) -> str:
    if before is None:
        return "is new"
    return "has changed" if before.key == row.key else f"has moved from {before.key}"
