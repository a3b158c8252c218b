"""Documents that are to be written -> files beside their places: made, checked and staged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from feedwright.checks import refused
from feedwright.errors import Problem
from feedwright.model import Feed, Way, named
from feedwright.publish import extras, swap
from feedwright.publish.archives import publish as archiving
from feedwright.publish.archives import store
from feedwright.publish.archives.publish import Archived
from feedwright.publish.extras.model import Extra
from feedwright.publish.plan import Plan, Shown
from feedwright.publish.swap import NotOursError, Staged
from feedwright.render.entries import FEW, AtHand, render_documents
from feedwright.run import Run
from feedwright.select.window import ways_of
from feedwright.state.catalog import Catalog, Document, stamp
from feedwright.state.checksums import checksum
from feedwright.state.serialise import dumps

_NO_FEED = 0
"""In the place of a feed's number, with documents that belong to none."""

_UNCHECKED = (".html", ".css")
"""What is no feed, list of feeds or sitemap: the checks do not know it."""


Pending = tuple[Shown, Feed, bytes]
"""A feed, its shape in one format at one address, and the hash of what that document is made from."""


@dataclass(slots=True)
class Done:
    """What became of the documents that something touched, by their paths below the output folder.

    Args:
        why: path of a document that was written -> what caused it.
        passing: what was wrong and is mended: it is said once.
        changed: those that are new to readers: what was written, and what a run that died had written.
        foreign: those in whose places there is what somebody else put there.
        lost: those among them at addresses that feeds had before: they are given up.
    """

    written: list[str] = field(default_factory=list)
    why: dict[str, Sequence[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    passing: list[Problem] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)


class Work(NamedTuple):
    """The documents that may have to be written: archive documents, those of feeds, and extras, in this order."""

    plan: Plan
    archived: Sequence[Archived]
    pending: Sequence[Pending]
    more: Sequence[Extra]

    def paths(self) -> set[str]:
        archived = (one.stored.path for one in self.archived)
        return {*archived, *(feed.path for _, feed, _ in self.pending), *(one.path for one in self.more)}

    def causes(self, f: int) -> Sequence[str]:
        return self.plan.causes.get(f, ())


def held_back(catalog: Catalog, one: Pending, faults: Mapping[int, Problem]) -> bool:
    """Whether a document stays as it was because an archive document that it would refer to is not there."""
    shown, feed, _ = one
    if shown.number in faults:
        catalog.fail(feed.path, shown.number, feed.format, dumps(faults[shown.number]))
    return shown.number in faults


@dataclass(slots=True)
class _EntryCache:
    """Entries, of which those that were made or asked for last are at hand."""

    catalog: Catalog
    at_hand: AtHand

    def of(self, way: Way, numbers: Sequence[int]) -> list[bytes]:
        known = self.at_hand.setdefault(way, {})
        missing = [n for n in numbers if n not in known]
        if len(known) + len(missing) > FEW:
            known.clear()
            missing = list(numbers)
        known.update(self.catalog.entries(*named(way), missing))
        return [known[n] for n in numbers]


@dataclass(slots=True)
class Staging:
    """Documents on their way to their places.

    Args:
        ours: files that the ledger has as ours, below the output folder.
        checksums: path -> of what we wrote there last, where that is known.
        staged, made: what waits beside its place; what is or will be in its place.
    """

    run: Run
    ours: set[str]
    done: Done
    checksums: Mapping[str, bytes]
    staged: list[Staged] = field(default_factory=list)
    made: list[Document] = field(default_factory=list)

    @contextmanager
    def undone_on_error(self, work: Work) -> Iterator[None]:
        """Remove what was staged and is not in its place, should anything go wrong."""
        try:
            yield
        except BaseException:
            # A signal may come between the staging of a document and the note of it.
            swap.discard(self.staged)
            swap.sweep(self.run.out, work.paths())
            raise

    def put(self, document: Document, content: bytes, why: Sequence[str]) -> Problem | None:
        """Stage a document where it is not there already; why it cannot be: what is there is somebody else's."""
        path, out = document.path, self.run.out
        self.run.progress("write", len(self.made))
        try:
            found = swap.look(out, path, content, self.checksums.get(path, b""))
        except NotOursError as error:
            self.done.foreign.add(path)
            return error.problems[0]
        if found != "the document":
            self.staged.append(swap.stage(out, path, content))
            self.done.why[path] = why
        if found == "altered":
            self.done.passing.append(_altered(out / path))
        self.made.append(document._replace(checksum=checksum(content)))
        return None

    def fail(self, document: Document, fault: Problem) -> None:
        """Note why a document is not in its place: until what is there instead changes, nothing is done about it."""
        path = document.path
        there = stamp(self.run.out / path) if path in self.done.foreign else None
        self.run.catalog.fail(path, document.f, document.format, dumps(fault), there)


def _altered(file: Path) -> Problem:
    hint = "It was rebuilt. If a program of yours rewrites it, have that leave the file alone."
    return Problem("warning", "document-altered", str(file), "was altered after Feedwright wrote it", hint)


def stage(staging: Staging, work: Work) -> None:
    """Make and check documents, and stage those that are not there already, each before what refers to it."""
    staging.run.expected("write", len(work.archived) + len(work.pending) + len(work.more))
    faults = _stage_archives(staging, work)
    pending = [one for one in work.pending if not held_back(staging.run.catalog, one, faults)]
    _stage_feeds(staging, work._replace(pending=pending))
    for extra in work.more:
        of_file = [cause for cause in work.causes(_NO_FEED) if cause.startswith(f"{extra.path} ")]
        _stage_extra(staging, extra, of_file or (() if extra.path in staging.ours else ("it is new",)))


def _stage_archives(staging: Staging, work: Work) -> dict[int, Problem]:
    """Stage archive documents; number of a feed -> why one of its documents cannot be."""
    state, ledger = staging.run.config.state, staging.run.ledger
    faults: dict[int, Problem] = {}
    for one in work.archived:
        path, content = one.stored.path, archiving.document(state, one)
        document = Document(path, one.f, one.format, one.hash)
        fault = archiving.lost(ledger, path) if content is None else staging.put(document, content, work.causes(one.f))
        if fault:
            faults[one.f] = fault
            staging.fail(document, fault)
        else:
            store.keep_only(state, path, one.stored.hash)
    return faults


def _stage_feeds(staging: Staging, work: Work) -> None:
    catalog = staging.run.catalog
    entries = _EntryCache(catalog, work.plan.at_hand)
    last_good = catalog.last_good_entries()
    for shown, feed, hash_ in work.pending:
        ways = list(ways_of((feed.format, feed.options), shown.articles, shown.brief))
        # An entry that is as it was last good may have what another article has by now: an id, or a guid.
        reverted = not last_good.isdisjoint((n, *named(way)) for way, some in ways for n in some)
        found = {n: entry for way, some in ways for n, entry in zip(some, entries.of(way, some), strict=True)}
        documents, fault = render_documents(feed, [found[n] for n in shown.articles], whole=reverted)
        if fault:
            # What is there stays. Its entries were good when they were made: the next run makes them anew.
            staging.fail(Document(feed.path, shown.number, feed.format, hash_), fault)
            catalog.invalidate_entries(shown.articles)
        for path, content in documents.items():
            document = Document(path, shown.number, feed.format, hash_)
            fault = staging.put(document, content, work.causes(shown.number))
            if fault and feed.former:
                _give_up(staging, path, fault)
            elif fault:
                staging.fail(document, fault)


def _give_up(staging: Staging, path: str, fault: Problem) -> None:
    """Leave an address that a feed had before to whoever has it now; it is said where the feed was ever there."""
    staging.done.lost.add(path)
    staging.run.catalog.forget_documents([path])
    if path in staging.ours:
        hint = "It stays as it is. A feed had this URL before, and is not kept up there any more."
        staging.done.passing.append(replace(fault, severity="warning", hint=hint))


def _stage_extra(staging: Staging, extra: Extra, why: Sequence[str]) -> None:
    """Make, check and stage an extra, where it is not there already.

    Args:
        why: what besides its content causes that, in words.
    """
    content = extra.make()
    if not extra.path.endswith(_UNCHECKED) and (problems := refused(content, file=extra.path)):
        hint = f"{problems[0].hint} The file stays as it was.".strip()
        staging.done.problems.append(replace(problems[0], hint=hint))
        return
    document = Document(extra.path, _NO_FEED, "", extra.hash)
    if fault := staging.put(document, content, why or ("what it says has changed",)):
        staging.fail(document, extras.not_ours(extra.path, fault))
