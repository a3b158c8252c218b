"""A plan -> documents in the output folder, and a note of what each was made from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from feeds import companions, extras, guards, publish, render
from feeds.catalog import Catalog, Document
from feeds.checks import refused
from feeds.errors import Problem
from feeds.extras import Extra
from feeds.ledger import Ledger, Remembered
from feeds.model import Feed
from feeds.plain import dumps
from feeds.plan import Plan, Shown
from feeds.publish import NotOursError, Staged
from feeds.select import Known

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


def disagreeing(out: Path, known: Ledger, catalog: Catalog, *, dry_run: bool = False) -> dict[int, list[str]]:
    """Number of a feed -> its documents that are not as we left them; what a run that died had staged is removed.

    Args:
        dry_run: remove nothing.
    """
    where = str(out.resolve())
    if known.fact("out") != where:
        # Other files that are called the same are not ours.
        known.release(known.files())
        known.note("out", where)
    if catalog.fact("out") != where:
        catalog.forget_documents()
        catalog.note("out", where)
    if known.fact("run") != catalog.fact("run") and not dry_run:
        publish.sweep(out, known.files())
    touched: dict[int, list[str]] = {}
    for document in catalog.documents():
        if publish.stamp(out / document.path) != document.stamp:
            catalog.remake(document.path)
            touched.setdefault(document.f, []).append(f"{document.path} is missing or was altered")
    for f, path in catalog.failed():
        touched.setdefault(f, []).append(f"{path} could not be published before")
    return touched


def restore(state: Path, known: Ledger, catalog: Catalog) -> tuple[dict[int, list[str]], list[Problem]]:
    """Where the ledger was lost, or an older one was put in its place, write down again what the catalog knows of it.

    Args:
        state: the folder of both.

    Returns: number of a feed -> why it is to be looked at; and a warning.
    """
    # A run that dies leaves the ledger ahead, never behind.
    if int(known.fact("run") or 0) >= int(catalog.fact("run") or 0):
        return {}, []
    rows = {row.key: row for row in catalog.rows("shown")}
    if not rows:
        # Nothing that was never shown is in a ledger.
        return {}, []
    ids = {row.id for row in rows.values()}
    there = {one.key: one for one in known.articles("NOT gone")}
    for key in [one.key for one in there.values() if one.id in ids and one.key not in rows]:
        known.forget(key)
    # That an article has a date of its own as well does no harm.
    known.remember(
        Remembered(row.key, row.id, row.published, "", row.title, row.url, row.published, row.hash, row.guid)
        for row in rows.values()
        if row.key not in there
    )
    documents = list(catalog.documents())
    known.claim(document.path for document in documents)
    known.note("out", catalog.fact("out"))
    known.note("run", catalog.fact("run"))
    what = "was lost or is an older one, and was completed from the catalog"
    mend = "No id is lost by that. Retired feeds, and moves of files that were gone before, may be forgotten."
    problem = Problem("warning", "ledger-rebuilt", str(state / "ledger.db"), what, mend)
    return {document.f: ["the ledger was lost"] for document in documents}, [problem]


def put_in_place(
    out: Path,
    known: Ledger,
    catalog: Catalog,
    plan: Plan,
    now: datetime,
    beside: Sequence[Extra] = (),
    *,
    dry_run: bool = False,
    announces: bool = False,
) -> Done:
    """Make, check and publish the documents that are not as they would be made now.

    All are staged and flushed to disk before the first takes the place of an old one. The ledger is committed before,
    the catalog after that.

    Args:
        beside: what there is to be besides feeds.
        now: aware; when feeds that are new are first known.
        dry_run: write nothing, and say what would be written.
        announces: somebody is to be told what has changed.

    Raises:
        FeedsError: nothing was published; or, where the disk failed between two renames, not all.
    """
    done = Done()
    taken = _paths(plan, done)
    hashes = _hashes(catalog, plan)
    pending = [
        (shown, feed, hash_)
        for shown in plan.feeds
        for feed in shown.shapes
        if taken.get(feed.path) == (shown.number, feed.format)
        and (hash_ := _hash(feed, shown, hashes)) != catalog.document_hash(feed.path)
    ]
    more = [one for one in _free(beside, taken, done) if one.hash != catalog.document_hash(one.path)]
    if plan.feeds:
        published = known.feeds()
        known.publish((one.selection.name, _known(one, published.get(one.selection.name), now)) for one in plan.feeds)
    if dry_run:
        done.written = [*(feed.path for _, feed, _ in pending), *(one.path for one in more)]
        done.why = {feed.path: plan.causes.get(shown.number, ()) for shown, feed, _ in pending}
        return done
    if pending or more:
        _publish(out, known, catalog, plan, pending, more, done, announces=announces)
    elif plan.feeds:
        known.commit()
    paths = {*taken, *(one.path for one in beside)}
    _remove_extras(out, known, paths)
    catalog.keep_documents(paths)
    return done


def _note_intent(known: Ledger, catalog: Catalog, paths: set[str], run: int) -> set[str]:
    """Note what this run may change; what one that died may have changed before, of which nobody was told."""
    from feeds.announce import untold  # many sites tell nobody

    unsure = untold.unsure(known, catalog)
    untold.about_to_change(known, {*paths, *unsure}, run)
    return unsure


def _publish(
    out: Path,
    known: Ledger,
    catalog: Catalog,
    plan: Plan,
    pending: Sequence[Pending],
    more: Sequence[Extra],
    done: Done,
    *,
    announces: bool,
) -> None:
    """Write documents, and note in ledger and catalog that they are ours."""
    run = str(int(known.fact("run") or 0) + 1)
    known.note("run", run)
    ours = known.files()
    if not ours:
        guards.refuse_others(out, [feed for _, feed, _ in pending])
    paths = {*(feed.path for _, feed, _ in pending), *(one.path for one in more)}
    known.claim(path for path in paths if not publish.is_foreign(out / path, ours=path in ours))
    unsure = _note_intent(known, catalog, paths, int(run)) if announces else set()
    known.commit()
    made = _write(out, catalog, pending, more, ours, plan, done)
    done.changed.update(done.written, unsure & made)
    catalog.note("run", run)
    # Whatever is or will be there in their places is not ours.
    if unmade := paths - made - ours:
        known.release(unmade)
        known.commit()


def _free(beside: Sequence[Extra], taken: Mapping[str, object], done: Done) -> Iterator[Extra]:
    """Those extras in whose places there is no feed."""
    for one in beside:
        if one.path in taken:
            what = "would be where a feed is"
            mend = "Give the feed another path, or leave this out of `extras`."
            done.problems.append(Problem("error", "path-taken", one.path, what, mend))
        else:
            yield one


def _remove_extras(out: Path, known: Ledger, paths: Collection[str]) -> None:
    """Remove extras that are no longer made: nobody subscribes to them, and they would go on saying what they said.

    Args:
        paths: of all documents that there are to be.
    """
    over = {path for path in known.files() - set(paths) if extras.is_one(path)}
    # Not before the run after that: where this one dies, what was to be removed may be there again.
    gone = {path for path in over if not (out / path).exists() or publish.is_foreign(out / path, ours=False)}
    publish.remove(out, over)
    if over:
        known.release(gone)
        known.commit()


@dataclass(slots=True)
class _Entries:
    """Entries, of which those that were made or asked for last are at hand."""

    catalog: Catalog
    at_hand: render.AtHand

    def of(self, way: render.Way, numbers: Sequence[int]) -> list[bytes]:
        known = self.at_hand.setdefault(way, {})
        missing = [n for n in numbers if n not in known]
        if len(known) + len(missing) > render.FEW:
            known.clear()
            missing = list(numbers)
        known.update(self.catalog.entries(*render.named(way), missing))
        return [known[n] for n in numbers]


def _paths(plan: Plan, done: Done) -> dict[str, tuple[int, str]]:
    """Path -> number and format of the feed that has it; of several that would, the first."""
    taken: dict[str, tuple[int, str]] = {}
    for number, feed in sorted(plan.shapes, key=lambda one: one[1].former):
        if feed.former:
            taken.setdefault(feed.path, (number, feed.format))
        elif feed.path in taken:
            what = f"the feed {feed.title!r} would be where another one is"
            done.problems.append(Problem("error", "path-taken", feed.path, what, "Give one of them another path."))
        else:
            taken[feed.path] = number, feed.format
    return taken


def _hashes(catalog: Catalog, plan: Plan) -> dict[render.Way, dict[int, bytes]]:
    """What is shown in each way -> what it was made from, by number."""
    numbers: dict[render.Way, set[int]] = {}
    for shown in plan.feeds:
        for feed in shown.shapes:
            numbers.setdefault((feed.format, feed.options), set()).update(shown.articles)
    return {way: catalog.entry_hashes(*render.named(way), some) for way, some in numbers.items()}


def _hash(feed: Feed, shown: Shown, hashes: Mapping[render.Way, Mapping[int, bytes]]) -> bytes:
    of_entries = hashes[feed.format, feed.options]
    return render.document_hash(feed, (of_entries[n] for n in shown.articles))


def _known(shown: Shown, before: Known | None, now: datetime) -> Known:
    feed = shown.shapes[0]
    paths = {one.format: one.path for one in shown.shapes if not one.former}
    former = tuple((one.format, one.path) for one in shown.shapes if one.former)
    since = before.since if before else now
    return Known(shown.selection.file, feed.id, since, feed.updated, paths, feed.entries, former)


def _write(
    out: Path,
    catalog: Catalog,
    pending: Sequence[Pending],
    more: Sequence[Extra],
    ours: set[str],
    plan: Plan,
    done: Done,
) -> set[str]:
    """Stage documents and swap them in, feeds before what lists them; those that are as they should be then."""
    staged: list[Staged] = []
    made: list[Document] = []
    entries = _Entries(catalog, plan.at_hand)
    try:
        for shown, feed, hash_ in pending:
            documents, fault = render.document(feed, entries.of((feed.format, feed.options), shown.articles))
            for path, document in documents.items():
                try:
                    if not publish.is_there(out, path, document, ours=path in ours):
                        staged.append(publish.stage(out, path, document))
                        done.why[path] = plan.causes.get(shown.number, ())
                except NotOursError as error:
                    fault = error.problems[0]
            if fault:
                # What is there stays. Its entries were good when they were made: the next run makes them anew.
                catalog.fail(feed.path, shown.number, feed.format, dumps(fault))
                catalog.distrust_entries(shown.articles)
            else:
                made += (Document(path, shown.number, feed.format, hash_) for path in documents)
        for extra in more:
            if fault := _stage_extra(out, extra, ours, staged, done):
                done.problems.append(fault)
            else:
                made.append(Document(extra.path, _NO_FEED, "", extra.hash))
        done.changed.update(companions.swap(out, catalog, staged))
    except BaseException:
        # A signal may come between the staging of a document and the note of it.
        publish.discard(staged)
        publish.sweep(out, {*(feed.path for _, feed, _ in pending), *(extra.path for extra in more)})
        raise
    catalog.record(replace(one, stamp=publish.stamp(out / one.path)) for one in made)
    done.written = sorted(one.path for one in staged)
    return {one.path for one in made}


def _stage_extra(out: Path, extra: Extra, ours: set[str], staged: list[Staged], done: Done) -> Problem | None:
    """Make, check and stage an extra, where it is not there already; why it is not published."""
    document = extra.make()
    if not extra.path.endswith(_UNCHECKED) and (problems := refused(document, file=extra.path)):
        return replace(problems[0], mend=f"{problems[0].mend} The file stays as it was.".strip())
    try:
        if not publish.is_there(out, extra.path, document, ours=extra.path in ours):
            staged.append(publish.stage(out, extra.path, document))
            done.why[extra.path] = ("what it says has changed",)
    except NotOursError as error:
        mend = "It was left as it is. Move it away, or leave this out of `extras`."
        return replace(error.problems[0], severity="warning", mend=mend)
    return None
