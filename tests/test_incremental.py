"""Whatever is done to a site, a build of what changed gives what a build of everything gives."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from lxml import etree

from feedwright.checks import check
from feedwright.errors import FeedsError
from feedwright.pipeline import Options, build
from feedwright.publish.report import Report
from tests.conftest import SiteOnDisk

BASE = (datetime.now(UTC) + timedelta(days=2)).replace(hour=12, minute=0, second=0, microsecond=0)
"""When the story begins: after the files are written, as in life, so that most files count as settled."""

FOLDERS = ("", "posts/", "sea/", "sea/deep/", "de/", "es/")
DATED = "2024-01-02-f"
"""A name that dates an article which has no date of its own."""
NAMES = ("a", "b", "c", "d", "e", "index", "a.de", DATED)
TAGS = ("x", "y", "Zürich", "in a box")
BAD = (b"---\ntitle: [\n---\nx", b"", b"\xff\xfe\x00", b"<<<<<<< HEAD\n---\ntitle: x\n---\n=======\n>>>>>>> b\n")
CONFIG: dict[str, tuple[str, ...]] = {
    "limit": ("3", "1", "20", "0"),
    "title": ('"Tides"', '"Tides & <more>"'),
    "url": ('"https://tides.example/"', '"https://moved.example/sub/"'),
    "permalink": ('"/{path}/"', '"/{slug}/"', '"/{year}/{slug}/"'),
    "body": ('"full"', '"summary"'),
    "language": ('"en"', '"de"'),
    "formats": ('["rss", "atom"]', '["atom"]', '["atom", "rss"]'),
    "feed_path": ("", '"feeds/{kind}/{term}.{format}"'),
    "embed_hosts": ("[]", '["player.example"]'),
    "extras": ("", "[]"),
    "stylesheet": ("true", "false"),
    "undated": ("", '"first-seen"', '"last"'),
    "author": ("", '"Jane"'),
    "all_languages": ("true", "false"),
    "exclude": ("[]", '["sea/**"]'),
    "related.auto": ("2", "0", "1"),
    "related.linked": ("", "false"),
    "related.in_body": ("", "false"),
    "kinds.tag.enabled": ("true", "false"),
    "kinds.tag.only": ("", '["x", "Zürich"]', '["none"]'),
    "kinds.tag.limit": ("", "2"),
    "kinds.category.title": ("", '"{term} of {site}"'),
    "kinds.author.except": ("", '["Jane"]'),
}
OWN = (
    "",
    '[[feed]]\nname = "mine"\n',
    '[[feed]]\nname = "mine"\nbody = "summary"\nlimit = 2\ninclude = { tag = ["x"], path = ["sea/**"] }\n',
    '[[feed]]\nname = "mine"\nexclude = { tag = ["x"] }\n[[feed]]\nname = "other"\nformats = ["rss"]\n',
)


@dataclass
class Story:
    """An article as its author knows it, whatever its file is called.

    Args:
        word: is in its text, and in no other's but a copy's.
        day: of its date, counted from `BASE`; None where it has none.
        done: what became of it since it was last built while it could be read.
        id, dates: as they were first published.
        built: its file when it was last built.
    """

    key: str
    word: str
    title: str
    day: int | None = -9
    tags: tuple[str, ...] = ()
    category: str = ""
    author: str = ""
    language: str = ""
    draft: bool = False
    expires: int | None = None
    feeds: tuple[str, ...] | None = None
    related: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    series: str = ""
    own_id: str = ""
    slug: str = ""
    text: int = 0
    broken: bytes | None = None
    copied: bool = False
    done: set[str] = field(default_factory=set)
    good: Story | None = None
    id: str = ""
    dates: tuple[str, ...] = ()
    built: str = ""

    def content(self) -> bytes:
        if self.broken is not None:
            return self.broken
        fields: dict[str, object] = {"title": self.title, "tags": list(self.tags)}
        for name in ("category", "author", "language", "draft", "series", "slug"):
            if value := getattr(self, name):
                fields[name] = value
        for name, day in (("date", self.day), ("expires", self.expires)):
            if day is not None:
                fields[name] = (BASE + timedelta(days=day)).isoformat()
        fields.update({"feeds": list(self.feeds)} if self.feeds is not None else {})
        fields.update({"related": list(self.related)} if self.related else {})
        fields.update({"aliases": list(self.aliases)} if self.aliases else {})
        fields.update({"id": self.own_id} if self.own_id else {})
        head = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
        links = "".join(f"\n[see](/{link})\n" for link in self.links)
        video = '\n<iframe src="https://player.example/1"></iframe>\n'
        body = f"{self.word} of the sea, told for the {self.text}. time.\n{links}{video}"
        return f"---\n{head}\n---\n{body}".encode()

    def hidden(self, now: datetime | None) -> bool:
        """Whether its text may be nowhere; without a time, whatever the time is."""
        if self.draft or self.feeds == ():
            return True
        if now is None:
            return False
        late = self.expires is not None and BASE + timedelta(days=self.expires) <= now
        return late or (self.day is not None and BASE + timedelta(days=self.day) > now)


@cache
def faults(document: bytes) -> tuple[str, ...]:
    return tuple(str(problem) for problem in check(document) if problem.severity == "error")


class Incremental(RuleBasedStateMachine):
    """A site whose author does whatever authors do, and a few things that befall it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.site = SiteOnDisk(Path(self.folder.name), BASE)
        self.site.content.mkdir()
        self.state = self.site.root / "state"
        self.stories: list[Story] = []
        self.gone: list[Story] = []
        self.config = {key: values[0] for key, values in CONFIG.items()}
        self.own = ""
        self.count = 0
        self.hold = 0
        self.changed = True
        self.left: set[str] = set()
        self.feed_ids: dict[str, str] = {}
        self.titles: Counter[str] = Counter()
        self.write_config()

    def teardown(self) -> None:
        self.folder.cleanup()

    # --- the author's work ---

    def pick(self, number: int) -> Story:
        return self.stories[number % len(self.stories)]

    def readable(self, number: int) -> Story | None:
        story = self.pick(number)
        return story if story.broken is None else None

    def unreadable(self, story: Story) -> bool:
        """Whether an article is as it was last good, if it ever was."""
        undated = story.day is None and DATED not in story.key
        return story.broken is not None or (undated and not self.config["undated"] and not story.draft)

    def write(self, story: Story, *done: str) -> None:
        self.site.write(story.key, story.content())
        story.done.update(done)
        self.changed = True

    def free(self, place: str) -> bool:
        """Whether a file may come there; who puts one where another was a moment ago has edited that one."""
        return not (self.site.content / place).exists() and place not in self.left

    def write_config(self) -> None:
        tables: dict[str, list[str]] = {}
        for key, value in self.config.items():
            table, _, name = key.rpartition(".")
            if value:
                tables.setdefault(table, []).append(f"{name} = {value}\n")
        top = "".join(tables.pop("", []))
        rest = "".join(f"[{table}]\n{''.join(lines)}" for table, lines in tables.items())
        self.site.write("site.toml", top + rest + self.own)
        self.changed = True

    @initialize(count=st.integers(0, 5))
    def some_articles_and_a_first_build(self, count: int) -> None:
        for number in range(count):
            self.an_article_is_written(f"{FOLDERS[number % 4]}{NAMES[number]}.md", -number, [TAGS[number % 3]])

    @rule(
        place=st.builds("{}{}.md".format, st.sampled_from(FOLDERS), st.sampled_from(NAMES)),
        day=st.integers(-12, 6) | st.none(),
        tags=st.lists(st.sampled_from(TAGS), max_size=2, unique=True),
    )
    def an_article_is_written(self, place: str, day: int | None, tags: list[str]) -> None:
        if len(self.stories) < 12 and self.free(place):
            self.count += 1
            story = Story(place, f"word{self.count}x", f"Title {self.count}", day, tuple(tags))
            self.titles[story.title] += 1
            self.stories.append(story)
            self.write(story)

    @precondition(lambda self: self.stories)
    @rule(
        number=st.integers(0, 99),
        edit=st.one_of(
            st.tuples(st.just("tags"), st.lists(st.sampled_from(TAGS), max_size=2, unique=True).map(tuple)),
            st.tuples(st.just("category"), st.sampled_from(("", "News", "Sport"))),
            st.tuples(st.just("author"), st.sampled_from(("", "Jane", "Joe"))),
            st.tuples(st.just("language"), st.sampled_from(("", "en", "de", "en-GB"))),
            st.tuples(st.just("draft"), st.booleans()),
            st.tuples(st.just("expires"), st.none() | st.integers(-3, 9)),
            st.tuples(
                st.just("feeds"), st.none() | st.sampled_from(((), ("mine",), ("site",), ("tag/x",), ("nowhere",)))
            ),
            st.tuples(st.just("series"), st.sampled_from(("", "Tides", "tides", "Moons"))),
            st.tuples(st.just("slug"), st.sampled_from(("", "own", "other"))),
            st.tuples(st.just("aliases"), st.sampled_from(((), ("/old/a/",), ("/old/b/", "/a/"), ("b",)))),
            st.tuples(st.just("text"), st.integers(0, 9)),
            st.tuples(st.just("own_id"), st.sampled_from(("", "urn:example:own"))),
        ),
    )
    def a_field_is_edited(self, number: int, edit: tuple[str, Any]) -> None:
        if story := self.readable(number):
            name, value = edit
            if name == "own_id" and (story.id or story.done or any(one.own_id for one in (*self.stories, *self.gone))):
                return
            setattr(story, name, value)
            self.write(story, "content")

    @precondition(lambda self: self.stories)
    @rule(number=st.integers(0, 99), day=st.none() | st.integers(-12, 9))
    def a_date_is_changed(self, number: int, day: int | None) -> None:
        if story := self.readable(number):
            story.day, story.dates = day, ()
            self.write(story, "content", "headline")

    @precondition(lambda self: self.stories)
    @rule(number=st.integers(0, 99), like=st.none() | st.integers(0, 99))
    def a_title_is_changed(self, number: int, like: int | None) -> None:
        if story := self.readable(number):
            self.count += 1
            story.title = f"Title {self.count}" if like is None else self.pick(like).title
            self.titles[story.title] += 1
            self.write(story, "content", "headline")

    @precondition(lambda self: self.stories)
    @rule(number=st.integers(0, 99), other=st.integers(0, 99), how=st.sampled_from(("key", "stem", "slug", "title")))
    def an_article_names_another(self, number: int, other: int, how: str) -> None:
        if story := self.readable(number):
            meant = self.pick(other)
            stem = meant.key.removesuffix(".md")
            name = {"key": meant.key, "stem": stem, "slug": stem.rpartition("/")[2], "title": meant.title}[how]
            story.related = (*story.related, name)[-2:]
            self.write(story, "content")

    @precondition(lambda self: self.stories)
    @rule(number=st.integers(0, 99), other=st.integers(0, 99))
    def an_article_links_to_anothers_file(self, number: int, other: int) -> None:
        if story := self.readable(number):
            story.links = (*story.links, self.pick(other).key)[-2:]
            self.write(story, "content")

    @precondition(lambda self: self.stories)
    @rule(
        number=st.integers(0, 99),
        other=st.integers(0, 99),
        how=st.sampled_from(("{}/", "{}", "{}/index.html?x#y", "old/{}/")),
        gone=st.booleans(),
    )
    def an_article_links_to_anothers_address(self, number: int, other: int, how: str, gone: bool) -> None:
        if story := self.readable(number):
            others = self.gone if gone and self.gone else self.stories
            stem = others[other % len(others)].key.removesuffix(".md").removesuffix("/index")
            story.links = (*story.links, how.format(stem))[-3:]
            self.write(story, "content")

    @precondition(lambda self: any(story.links for story in self.stories))
    @rule(number=st.integers(0, 99), left=st.integers(0, 1))
    def links_are_removed(self, number: int, left: int) -> None:
        linking = [story for story in self.stories if story.links and story.broken is None]
        if linking:
            story = linking[number % len(linking)]
            story.links = story.links[:left]
            self.write(story, "content")

    @precondition(lambda self: self.stories)
    @rule(
        number=st.integers(0, 99),
        place=st.builds("{}{}.md".format, st.sampled_from(FOLDERS), st.sampled_from(NAMES)),
    )
    def a_file_is_moved(self, number: int, place: str) -> None:
        if self.free(place):
            story = self.pick(number)
            (self.site.content / place).parent.mkdir(parents=True, exist_ok=True)
            (self.site.content / story.key).rename(self.site.content / place)
            self.left.add(story.key)
            if story.day is None and (DATED in story.key) != (DATED in place):
                story.dates = ()
                story.done.add("headline")
            story.key = place
            story.done.add("moved")
            self.changed = True

    @precondition(lambda self: len(self.stories) > 1)
    @rule(numbers=st.lists(st.integers(0, 99), min_size=2, max_size=3))
    def files_take_each_others_names(self, numbers: list[int]) -> None:
        circle = list({story.key: story for story in map(self.pick, numbers) if not self.unreadable(story)}.values())
        keys = [story.key for story in circle]
        for story, place in zip(circle, (*keys[1:], *keys[:1]), strict=True):
            if story.day is None and (DATED in story.key) != (DATED in place):
                story.dates = ()
                story.done.add("headline")
            story.key = place
            story.done.update(("moved", "swapped"))
            self.site.write(place, story.content())
        self.changed = True

    @precondition(lambda self: self.stories)
    @rule(number=st.integers(0, 99))
    def a_file_is_deleted(self, number: int) -> None:
        story = self.pick(number)
        (self.site.content / story.key).unlink()
        self.left.add(story.key)
        self.stories.remove(story)
        self.gone.append(story)
        self.changed = True

    @precondition(lambda self: self.gone)
    @rule(number=st.integers(0, 99))
    def a_deleted_file_comes_back(self, number: int) -> None:
        story = self.gone[number % len(self.gone)]
        if not (self.site.content / story.key).exists():
            self.gone.remove(story)
            self.stories.append(story)
            self.write(story)

    @precondition(lambda self: self.stories)
    @rule(number=st.integers(0, 99))
    def a_file_is_touched(self, number: int) -> None:
        (self.site.content / self.pick(number).key).touch()
        self.changed = True

    @precondition(lambda self: self.stories)
    @rule(number=st.integers(0, 99), place=st.sampled_from(("copy.md", "sea/copy.md")))
    def a_file_is_copied(self, number: int, place: str) -> None:
        if self.free(place):
            story = self.pick(number)
            story.copied = True
            copy = replace(story, key=place, done=set(), id="", dates=(), good=None, built="")
            self.titles[story.title] += 1
            self.stories.append(copy)
            self.write(copy)

    @precondition(lambda self: self.stories)
    @rule(number=st.integers(0, 99), bad=st.sampled_from(BAD))
    def a_file_is_broken(self, number: int, bad: bytes) -> None:
        story = self.pick(number)
        story.broken = bad
        self.write(story)

    @precondition(lambda self: any(story.broken is not None for story in self.stories))
    @rule(number=st.integers(0, 99))
    def a_broken_file_is_mended(self, number: int) -> None:
        broken = [story for story in self.stories if story.broken is not None]
        story = broken[number % len(broken)]
        story.broken = None
        self.write(story)

    @rule(key=st.sampled_from(sorted(CONFIG)), number=st.integers(0, 3))
    def the_configuration_is_changed(self, key: str, number: int) -> None:
        self.config[key] = CONFIG[key][number % len(CONFIG[key])]
        if key == "undated":
            for story in (*self.stories, *self.gone):
                story.dates = () if story.day is None else story.dates
        self.write_config()

    @rule(own=st.sampled_from(OWN))
    def feeds_of_its_own_are_declared(self, own: str) -> None:
        self.own = own
        self.write_config()

    # --- what befalls a site ---

    @rule(days=st.integers(-9, 9), hours=st.integers(0, 23))
    def the_clock_is_moved(self, days: int, hours: int) -> None:
        self.site.now = BASE + timedelta(days=days, hours=hours)
        self.changed = True

    @rule()
    def the_catalog_is_lost(self) -> None:
        (self.state / "catalog.db").unlink(missing_ok=True)
        self.changed = True

    @rule(number=st.integers(0, 99))
    def a_document_is_deleted(self, number: int) -> None:
        files = sorted(path for path in self.site.out.rglob("*.xml"))
        if files:
            files[number % len(files)].unlink()
            self.changed = True

    @rule(catalog_too=st.booleans())
    def the_ledger_is_lost(self, catalog_too: bool) -> None:
        """What is known then is what the catalog has of articles that were shown; without one, what the files say."""
        (self.state / "ledger.db").unlink(missing_ok=True)
        if catalog_too:
            (self.state / "catalog.db").unlink(missing_ok=True)
        shown: set[str] = set()
        if (self.state / "catalog.db").exists():
            with closing(sqlite3.connect(self.state / "catalog.db")) as db:
                # A first build that found nothing leaves a catalog without a table.
                if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'article'").fetchone():
                    shown = {key for (key,) in db.execute("SELECT key FROM article WHERE shown")}
        for story in (*self.stories, *self.gone):
            if story.built not in shown:
                story.id, story.dates = "", ()
        self.changed = True

    @rule(number=st.integers(0, 99), bytes_=st.none() | st.sampled_from((b"", b"junk", b"Feedwright")))
    def a_document_is_altered_or_replaced(self, number: int, bytes_: bytes | None) -> None:
        """None: altered, and still ours; else it is somebody else's, and stays."""
        files = sorted(path for path in self.site.out.rglob("*.xml"))
        if files:
            file = files[number % len(files)]
            file.write_bytes(file.read_bytes() + b"<!-- edited -->" if bytes_ is None else bytes_)
            self.changed = True

    @rule(hold=st.integers(1, 3))
    def several_things_happen_before_the_next_build(self, hold: int) -> None:
        self.hold = hold

    # --- what must hold ---

    def build(self, **options: bool) -> Report | str:
        """A build, or the codes of what it refused to do."""
        try:
            asked = Options(allow_shrink=True, allow_relink=True, **options)
            return build(self.site.content, self.site.out, state=self.state, now=self.site.now, options=asked)
        except FeedsError as error:
            return " ".join(problem.code for problem in error.problems)

    @contextmanager
    def put_aside(self, kept: Path) -> Iterator[None]:
        """Out and state as they were before, in their own places, for as long as this lasts."""
        for folder in (self.site.out, self.state):
            folder.rename(folder.with_name(f"{folder.name}-now"))
            if (kept / folder.name).exists():
                shutil.copytree(kept / folder.name, folder)
        try:
            yield
        finally:
            for folder in (self.site.out, self.state):
                shutil.rmtree(folder, ignore_errors=True)
                folder.with_name(f"{folder.name}-now").rename(folder)

    @invariant()
    def all_builds_agree_and_keep_their_promises(self) -> None:
        if self.hold or not self.changed:
            self.hold = max(0, self.hold - 1)
            return
        self.changed = False
        kept = self.site.root / "kept"
        for folder in (self.site.out, self.state):
            if folder.exists():
                shutil.copytree(folder, kept / folder.name)
        before = self.site.tree()
        report = self.build()
        after = self.site.tree()
        try:
            if isinstance(report, str):
                assert after == before
            self.agrees_with_a_full_build(report, after, kept)
            if not isinstance(report, str):
                self.agrees_with_a_build_after_a_crash(after, kept)
                self.agrees_with_a_build_without_catalog(report, after, kept)
                self.is_quiet(report)
                self.is_right(report, after)
        finally:
            shutil.rmtree(kept, ignore_errors=True)

    def agrees_with_a_full_build(self, report: Report | str, tree: dict[str, bytes], kept: Path) -> None:
        with self.put_aside(kept):
            full = self.build(full=True)
            same(self.site.tree(), tree, "full")
        if isinstance(report, str) or isinstance(full, str):
            assert report == full
            return
        for part in (lambda one: one.hidden, lambda one: one.left_out, lambda one: one.retired, documents, problems):
            assert part(full) == part(report)

    def agrees_with_a_build_without_catalog(self, report: Report, tree: dict[str, bytes], kept: Path) -> None:
        if any(map(self.unreadable, self.stories)) or self.is_any_known_by_the_catalog_alone(kept):
            return
        (kept / "state" / "catalog.db").unlink(missing_ok=True)
        with self.put_aside(kept):
            lost = self.build()
            same(self.site.tree(), tree, "catalog lost")
            assert not isinstance(lost, str)
            assert (lost.hidden, lost.left_out, documents(lost)) == (report.hidden, report.left_out, documents(report))

    def is_any_known_by_the_catalog_alone(self, kept: Path) -> bool:
        """Whether an article that was never shown is like another one: only a catalog knows that it was there before,
        so that it cannot be that one, moved."""
        file = kept / "state" / "ledger.db"
        if not file.exists() or not file.stat().st_size:
            # Without both, there is nothing to be agreed with.
            return (kept / "state" / "catalog.db").exists()
        with closing(sqlite3.connect(file)) as db:
            known = {key for (key,) in db.execute("SELECT key FROM article WHERE NOT gone")}
        unknown = [story for story in self.stories if story.key not in known]
        return any(
            one.word == other.word or (one.title, one.day) == (other.title, other.day)
            for one in unknown
            for other in (*self.gone, *self.stories)
            if other is not one
        )

    def agrees_with_a_build_after_a_crash(self, tree: dict[str, bytes], kept: Path) -> None:
        """The ledger is new, the catalog is not, and of the documents every other is."""
        ledger = (self.state / "ledger.db").read_bytes()
        with self.put_aside(kept):
            self.state.mkdir(exist_ok=True)
            (self.state / "ledger.db").write_bytes(ledger)
            for path in sorted(tree)[::2]:
                (self.site.out / path).parent.mkdir(parents=True, exist_ok=True)
                (self.site.out / path).write_bytes(tree[path])
            self.build()
            same(self.site.tree(), tree, "crash")

    def is_quiet(self, report: Report) -> None:
        def stamps() -> dict[Path, tuple[int, int]]:
            return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in self.site.out.rglob("*")}

        before = stamps()
        again = self.build()
        assert not isinstance(again, str)
        assert again.written == ()
        assert stamps() == before
        assert (problems(again), again.new_problems) == (problems(report), ())
        assert documents(again) == documents(report)

    def is_right(self, report: Report, tree: dict[str, bytes]) -> None:
        shown = {path: tree[path] for path in documents(report) if path in tree}
        for path, document in shown.items():
            assert path.endswith((".html", ".css")) or faults(document) == (), path
        doubtful = any(problem.code == "clock-behind" for problem in report.problems)
        everything = b"".join(shown.values())
        for story in self.stories:
            judged = story.good if self.unreadable(story) else story
            if judged and judged.hidden(None if doubtful else self.site.now) and not story.copied:
                assert f"{judged.word} of".encode() not in everything, story
                assert self.titles[judged.title] > 1 or f'title="{judged.title}"'.encode() not in everything, story
        for story in self.gone:
            assert story.copied or f"{story.word} of".encode() not in everything, story
        self.ids_and_dates_last(shown)
        self.left.clear()
        for story in self.stories:
            story.built = story.key
            if not self.unreadable(story):
                story.done.clear()
                story.good = replace(story)

    def ids_and_dates_last(self, shown: dict[str, bytes]) -> None:
        entries: dict[str, tuple[str, tuple[str, ...]]] = {}
        atom = "{http://www.w3.org/2005/Atom}"
        for path, document in shown.items():
            if not document.startswith(b"<?xml") or b"<feed" not in document:
                continue
            tree = etree.fromstring(document)
            id_ = tree.findtext(f"{atom}id") or ""
            if self.feed_ids.setdefault(path, id_) != id_:
                # A section all of whose articles went into another one, whose feed its subscribers are shown now.
                (own,) = (link.get("href", "") for link in tree.iter(f"{atom}link") if link.get("rel") == "self")
                now = re.sub(r"^https://[^/]+/(sub/)?", "", own)
                assert now != path
                assert self.feed_ids[now] == id_
                self.feed_ids[path] = id_
            for entry in tree.iter(f"{atom}entry"):
                text = "".join(entry.itertext())
                dates = (entry.findtext(f"{atom}published") or "", entry.findtext(f"{atom}updated") or "")
                for story in self.stories:
                    if f"{story.word} of" in text:
                        entries[story.key] = (entry.findtext(f"{atom}id") or "", dates)
        # Whose text another one has cannot be told of a file that cannot be read.
        unsure = any("swapped" in story.done and self.unreadable(story) for story in self.stories)
        for story in self.stories:
            if story.copied or self.unreadable(story):
                continue
            if "swapped" in story.done and unsure:
                story.id, story.dates = "", ()
            # Nobody can tell which article it was, whether it is shown now or comes later.
            another_title = "headline" in story.done or self.titles[story.title] > 1
            if story.done >= {"moved", "content"} and another_title:
                story.id, story.dates = "", ()
            if story.key not in entries:
                continue
            id_, dates = entries[story.key]
            assert story.id in ("", id_), story
            assert story.dates in ((), dates), story
            story.id, story.dates = id_, dates


def same(found: dict[str, bytes], wanted: dict[str, bytes], which: str) -> None:
    assert found.keys() == wanted.keys(), which
    for path, document in found.items():
        assert document.decode() == wanted[path].decode(), (which, path)


def documents(report: Report) -> list[str]:
    return sorted((*report.written, *report.unchanged))


def problems(report: Report) -> list[str]:
    """What is wrong, but for what is said once, and for two hints that age with the text they stand for.

    Said once is also that an address is given up. The hints are why an article is not shown that another one names, and
    what may be meant by a name that nothing has.
    """
    hint = re.compile(r"(which is not shown): .*|(?<=related-missing\]).*", re.DOTALL)
    once = ("authority-changed", "document-altered", "ledger-rebuilt", "state-lost")
    said = (hint.sub(r"\1", str(problem)) for problem in report.problems if problem.code not in once)
    return sorted(one for one in said if "is not kept up there any more" not in one)


def some(examples: int, steps: int, *, again: bool = False) -> settings:
    """So many; `again` for the same ones each time."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=again,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=True,
    )


def test_builds_of_what_changed_agree_with_builds_of_everything() -> None:
    run_state_machine_as_test(Incremental, settings=some(10, 15, again=True))


@pytest.mark.slow
def test_many_builds_of_what_changed_agree_with_builds_of_everything() -> None:
    run_state_machine_as_test(Incremental, settings=some(300, 30))
