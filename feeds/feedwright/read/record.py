"""What was decided about articles, written into catalog and ledger, with what that touches: in this place alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from feedwright.articles.link_names import names_of, site_page
from feedwright.model import FeedName
from feedwright.read.at_hand import ArticlesAtHand
from feedwright.read.change_set import ChangeSet
from feedwright.read.decide import Decision, Rules, as_read
from feedwright.read.files import Found, Keep
from feedwright.run import Run
from feedwright.select.feeds import feeds_of
from feedwright.state.catalog import Catalog, Row, article_of, built_site
from feedwright.state.ledger import Ledger, Remembered
from feedwright.state.serialise import seconds

if TYPE_CHECKING:
    from feedwright.articles.story_words import StoryText
    from feedwright.state.catalog.stories import StoryRow

_Memberships = list[tuple[int, int, int]]
"""Numbers of feeds, moments of articles, numbers of these."""


@dataclass(slots=True, eq=False)
class Record:
    """Writes down, in chunks, what was decided.

    Args:
        changes: what it comes to.
        keep: is told articles that may be shown, as they are read.
        number: of the next article that is new.
        was_empty: whether the catalog was, so that nothing is told from how it was before.
        names: of articles that changed: what was made with these is stale.
        pages: of the site, where these are: what links there is stale, too.
        new: files of articles that are published for the first time, where others were before.
        read: numbers of articles that were read.
        late: files of articles that were published before, and not when this run began.
    """

    rules: Rules
    catalog: Catalog
    changes: ChangeSet
    keep: Keep
    number: int
    was_empty: bool
    names: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    read: set[int] = field(default_factory=set)
    _rows: list[Row] = field(default_factory=list)
    _notes: list[Remembered] = field(default_factory=list)
    _sketches: list[built_site.SketchRow] = field(default_factory=list)
    _stories: list[StoryRow] = field(default_factory=list)
    _joining: _Memberships = field(default_factory=list)
    _leaving: _Memberships = field(default_factory=list)

    def decide(self, found: Found, before: Row | None, old: Remembered | None) -> None:
        """Decide about an article as it was read, as `as_read` does."""
        if before is not None:
            n = before.n
        else:
            n = self.number
            self.number += 1
        self.read.add(n)
        if found.sketch:
            self._sketches.append((n, *found.sketch))
        decision = as_read(self.rules, n, found, before, old)
        if self.rules.config.related.auto:
            self._note_story(decision.row, found.story)
        self.take(decision)

    def _note_story(self, row: Row, story: StoryText | None) -> None:
        """Note what an article is found by; while it cannot be read, that is what the catalog has of it."""
        if row.state == "broken":
            from feedwright.articles.story_words import story_text  # many sites have none found

            story = story_text(article_of(row))
        if story and row.state in ("ok", "broken"):
            self._stories.append((row.n, row.published, *story))

    def take(self, decision: Decision) -> None:
        """Take note of what becomes of an article."""
        row, note = decision.row, decision.note
        for key in decision.forget:
            self.rules.ledger.forget(key)
        if note:
            self._note(decision.old, note)
        self._rows.append(row)
        if decision.verb:
            self._touch(decision.before, row, decision.feeds, decision.verb)
        elif row.state == "broken":
            self.stay(row)
        if decision.withdrawn:
            self.changes.withdrawn.append(row.key)
        if decision.relinked:
            self.changes.relinked.append(row.key)
        if decision.broken:
            self.changes.broken.append(row.key)
        if decision.problem:
            self.changes.problems.append(decision.problem)

    def _note(self, old: Remembered | None, note: Remembered) -> None:
        if note != old:
            self._notes.append(note)
        if old and old.url not in ("", note.url):
            self.rules.ledger.note_former_url(old.url, note.id)
        if old is None:
            if self.rules.any_known:
                self.new.add(note.key)
        elif old.gone or not old.shown:
            self.late.add(note.key)

    def remember(self, note: Remembered) -> None:
        """Have the ledger say something else of an article that is in no feed."""
        self._notes.append(note)

    def stay(self, row: Row) -> None:
        """Leave an article in the feeds that select it, whatever else was decided anew."""
        if row.shown:
            feeds = feeds_of(self.rules.config, article_of(row))
            self._joining += ((self.catalog.number(name), row.published, row.n) for name in feeds)

    def join(self, row: Row, feeds: Iterable[FeedName], cause: str) -> None:
        """Have an article be in feeds."""
        for f in map(self.catalog.number, feeds):
            self._joining.append((f, row.published, row.n))
            self.changes.causes[f].append(cause)

    def remove(self, row: Row) -> None:
        """Drop an article whose file is gone."""
        if row.shown:
            article = article_of(row)
            self.rules.ledger.record_removed(row.id, article.updated, feeds_of(self.rules.config, article))
        self._touch(row, row._replace(shown=0, state="unread"), (), "is gone")
        self.catalog.drop([row.n])
        if self.rules.config.related.auto:
            from feedwright.state.catalog import stories  # many sites have none found

            stories.drop(self.catalog, [row.n])

    def _touch(self, before: Row | None, row: Row, feeds: Sequence[FeedName], verb: str) -> None:
        """Note which feeds, and which other articles, are touched by what became of one."""
        number, changes = self.catalog.number, self.changes
        now = [(number(name), row.published, row.n) for name in feeds] if row.shown else []
        self._joining += now
        if now and (changes.newest is None or row.published > changes.newest):
            changes.newest = row.published
        changes.note_change(row.n, was=before is not None and bool(before.shown), now=bool(now))
        if self.was_empty and before is None:
            return
        was: _Memberships = []
        if before is not None and before.shown:
            was = [(number(name), before.published, row.n) for name in feeds_of(self.rules.config, article_of(before))]
            self._leaving += (one for one in was if one not in now)
        if was or now:
            cause = f"{row.key} {verb}"
            for f in {f for f, _, _ in was} | {f for f, _, _ in now}:
                changes.causes[f].append(cause)
        changes.stale.add(row.n)
        if before is not None and _as_others_see(before) == _as_others_see(row):
            return
        for one in (before, row):
            if one is not None and one.state != "unread":
                self.names.update(names_of(article_of(one)))
                urls = (one.url, *one.aliases.split("\n"))
                self.pages.update(site_page(url, self.rules.config.site) for url in urls)

    def write(self) -> None:
        """Write down what was decided so far."""
        self.catalog.remove_members(self._leaving)
        # In their order they are written twice as fast.
        self._joining.sort()
        self.catalog.add_members(self._joining)
        self.catalog.put(self._rows)
        built_site.put_sketches(self.catalog, self._sketches)
        if self._stories:
            from feedwright.state.catalog import stories  # many sites have none found

            stories.put(self.catalog, self._stories)
        self.rules.ledger.remember(self._notes)
        if not self.was_empty:
            self.catalog.index_names((row.n, names_of(article_of(row))) for row in self._rows if row.state != "unread")
        for done in (self._leaving, self._joining, self._rows, self._notes, self._sketches, self._stories):
            done.clear()

    def finish(self) -> None:
        """Mark what was made with what has changed."""
        if self.was_empty:
            cause = "the catalog was rebuilt" if self.rules.any_known else "it is the first build"
            for f in self.catalog.numbers.values():
                self.changes.causes[f].append(cause)
        else:
            self.changes.stale |= self.catalog.made_with(self.names) | self.catalog.linking_to(self.pages - {""})
            self.catalog.mark_stale(self.changes.stale)


def begun(run: Run, changes: ChangeSet) -> Record:
    """A record of what a run decides."""
    catalog, ledger = run.catalog, run.ledger
    was_empty = catalog.is_empty()
    if was_empty:
        catalog.clear_name_index()
    rules = Rules(run.config, run.time, ledger, ledger.knows_any(), _this_run(run, ledger))
    changes.at_hand = ArticlesAtHand()
    return Record(rules, catalog, changes, changes.at_hand.keep, catalog.next_number(), was_empty)


def _this_run(run: Run, ledger: Ledger) -> Callable[[], int]:
    # Runs follow each other, whatever the clock says.
    return cache(lambda: max(seconds(run.time.now), ledger.last_seen() + 1))


def _as_others_see(row: Row) -> tuple[object, ...]:
    """What of an article may be in another's text, or decides whether it can be."""
    why_hidden = () if row.shown else (row.draft, row.expires, row.terms, row.exclusion, row.protected)
    names = (row.id, row.guid, row.title, row.url, row.key, row.path, row.slug, row.aliases)
    return (*names, row.section, row.language, row.published, row.state == "unread", why_hidden, row.shown)
