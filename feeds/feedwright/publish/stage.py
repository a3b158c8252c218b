"""Documents that are to be written -> files: made, checked, staged, and swapped in together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from feedwright.checks import refused
from feedwright.errors import Problem
from feedwright.model import Feed
from feedwright.publish import precompress, swap
from feedwright.publish.archives import publish, store
from feedwright.publish.archives.publish import Archived
from feedwright.publish.extras import Extra
from feedwright.publish.plan import Plan, Shown
from feedwright.publish.swap import NotOursError, Staged
from feedwright.render.entries import FEW, AtHand, Way, named, render_documents
from feedwright.state.catalog import Catalog, Document
from feedwright.state.ledger import Ledger
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
        changed: those that are new to readers: what was written, and what a run that died had written.
    """

    written: list[str] = field(default_factory=list)
    why: dict[str, Sequence[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Work:
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
class _Entries:
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


def write(out: Path, state: Path, known: Ledger, catalog: Catalog, work: Work, ours: set[str], done: Done) -> set[str]:
    """Stage documents and swap them in, each before what refers to it; those that are as they should be then."""
    staged: list[Staged] = []
    made: list[Document] = []
    try:
        faults = _stage_archives(out, state, known, catalog, work, ours, staged, made, done)
        pending = [one for one in work.pending if not held_back(catalog, one, faults)]
        _stage_feeds(out, catalog, replace(work, pending=pending), ours, staged, made, done)
        for extra in work.more:
            of_file = [cause for cause in work.causes(_NO_FEED) if cause.startswith(f"{extra.path} ")]
            why = of_file or (() if extra.path in ours else ("it is new",))
            if fault := _stage_extra(out, extra, ours, staged, done, why):
                done.problems.append(fault)
            else:
                made.append(Document(extra.path, _NO_FEED, "", extra.hash))
        done.changed.update(precompress.swap_all(out, catalog, staged))
    except BaseException:
        # A signal may come between the staging of a document and the note of it.
        swap.discard(staged)
        swap.sweep(out, work.paths())
        raise
    catalog.record(replace(one, stamp=swap.stamp(out / one.path)) for one in made)
    done.written = sorted(one.path for one in staged)
    return {one.path for one in made}


def _stage_archives(
    out: Path,
    state: Path,
    known: Ledger,
    catalog: Catalog,
    work: Work,
    ours: set[str],
    staged: list[Staged],
    made: list[Document],
    done: Done,
) -> dict[int, Problem]:
    """Stage archive documents; number of a feed -> why one of its documents cannot be."""
    faults: dict[int, Problem] = {}
    for one in work.archived:
        path, document = one.stored.path, publish.document(state, one)
        try:
            if document is None:
                faults[one.f] = publish.lost(known, path)
            elif not swap.is_there(out, path, document, ours=path in ours):
                staged.append(swap.stage(out, path, document))
                done.why[path] = work.causes(one.f)
        except NotOursError as error:
            faults[one.f] = error.problems[0]
        if one.f in faults:
            catalog.fail(path, one.f, one.format, dumps(faults[one.f]))
        else:
            made.append(Document(path, one.f, one.format, one.hash))
            store.keep_only(state, path, one.stored.hash)
    return faults


def _stage_feeds(
    out: Path,
    catalog: Catalog,
    work: Work,
    ours: set[str],
    staged: list[Staged],
    made: list[Document],
    done: Done,
) -> None:
    entries = _Entries(catalog, work.plan.at_hand)
    for shown, feed, hash_ in work.pending:
        documents, fault = render_documents(feed, entries.of((feed.format, feed.options), shown.articles))
        for path, document in documents.items():
            try:
                if not swap.is_there(out, path, document, ours=path in ours):
                    staged.append(swap.stage(out, path, document))
                    done.why[path] = work.causes(shown.number)
            except NotOursError as error:
                fault = error.problems[0]
        if fault:
            # What is there stays. Its entries were good when they were made: the next run makes them anew.
            catalog.fail(feed.path, shown.number, feed.format, dumps(fault))
            catalog.distrust_entries(shown.articles)
        else:
            made += (Document(path, shown.number, feed.format, hash_) for path in documents)


def _stage_extra(
    out: Path, extra: Extra, ours: set[str], staged: list[Staged], done: Done, why: Sequence[str]
) -> Problem | None:
    """Make, check and stage an extra, where it is not there already; why it is not published.

    Args:
        why: what besides its content causes that, in words.
    """
    document = extra.make()
    if not extra.path.endswith(_UNCHECKED) and (problems := refused(document, file=extra.path)):
        return replace(problems[0], mend=f"{problems[0].mend} The file stays as it was.".strip())
    try:
        if not swap.is_there(out, extra.path, document, ours=extra.path in ours):
            staged.append(swap.stage(out, extra.path, document))
            done.why[extra.path] = why or ("what it says has changed",)
    except NotOursError as error:
        mend = "It was left as it is. Move it away, or leave this out of `extras`."
        return replace(error.problems[0], severity="warning", mend=mend)
    return None
