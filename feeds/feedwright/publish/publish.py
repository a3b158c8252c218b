"""A plan -> documents in the output folder, and a note of what each was made from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from feedwright.errors import Problem
from feedwright.model import Feed, PublishedFeed, Way, named
from feedwright.publish import extras, guards, swap
from feedwright.publish.archives import publish
from feedwright.publish.extras.model import Extra
from feedwright.publish.plan import Plan, Shown
from feedwright.publish.stage import Done, Pending, Work, held_back, write
from feedwright.render import entries
from feedwright.select import size_limits
from feedwright.state import archive_records, ledger_facts
from feedwright.state.catalog import Catalog, facts
from feedwright.state.ledger import Ledger


def put_in_place(
    out: Path,
    state: Path,
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
        state: the folder of what must last, where archive documents are kept.
        beside: what there is to be besides feeds.
        now: aware; when feeds that are new are first known.
        dry_run: write nothing, and say what would be written.
        announces: somebody is to be told what has changed.

    Raises:
        FeedsError: nothing was published; or, where the disk failed between two renames, not all.
    """
    done = Done()
    taken = _paths(plan, done)
    pending = _pending(catalog, plan, taken)
    more = [one for one in _free(beside, taken, done) if one.hash != catalog.document_hash(one.path)]
    _note_feeds(known, catalog, plan, now)
    if dry_run:
        return _tried(out, done, plan, pending, more)
    archived, faults = publish.settle(state, known, catalog, plan)
    work = Work(plan, archived, [one for one in pending if not held_back(catalog, one, faults)], more)
    # All that the ledger has to say is read before anything is written: a damaged one is found in time.
    paths = {*taken, *(one.path for one in beside), *archive_records.documents(known)}
    ours = known.files()
    over = {path for path in ours - paths if extras.is_one(path)}
    if work.paths():
        _publish(out, state, known, catalog, work, ours, done, announces=announces)
    elif plan.feeds:
        known.commit()
    if archived:
        catalog.forget_unshown()  # their entries are kept in them
    _remove_extras(out, known, over)
    catalog.keep_documents(paths)
    done.problems += size_limits.large(catalog)
    return done


def _note_feeds(known: Ledger, catalog: Catalog, plan: Plan, now: datetime) -> None:
    """Note the feeds that something touched as they are to be published."""
    if plan.feeds:
        published = known.feeds()
        known.publish((one.selection.name, _known(one, published.get(one.selection.name), now)) for one in plan.feeds)
        kept = catalog.kept_any_feed()
        catalog.keep_feeds(known.feed_rows([one.selection.name for one in plan.feeds] if kept else None))


def _tried(out: Path, done: Done, plan: Plan, pending: Sequence[Pending], more: Sequence[Extra]) -> Done:
    """What would be written."""
    beside = {one.path for one in more}
    former = {feed.path for _, feed, _ in pending if feed.former}
    for path in (*publish.planned(plan), *(feed.path for _, feed, _ in pending), *(one.path for one in more)):
        fault = swap.foreign(out, path)
        if fault is None:
            done.written.append(path)
        elif path not in former:
            done.problems.append(extras.not_ours(path, fault) if path in beside else fault)
    done.why = {feed.path: plan.causes.get(shown.number, ()) for shown, feed, _ in pending}
    return done


def _pending(catalog: Catalog, plan: Plan, taken: Mapping[str, tuple[int, str]]) -> list[Pending]:
    """The documents of feeds that are not as they would be made now.

    Args:
        taken: path -> number and format of the feed that has it.
    """
    hashes = _hashes(catalog, plan)
    return [
        (shown, feed, hash_)
        for shown in plan.feeds
        for feed in shown.shapes
        if taken.get(feed.path) == (shown.number, feed.format)
        and (hash_ := _hash(feed, shown, hashes)) != catalog.document_hash(feed.path)
    ]


def _note_intent(known: Ledger, catalog: Catalog, paths: set[str], run: int) -> set[str]:
    """Note what this run may change; what one that died may have changed before, of which nobody was told."""
    from feedwright.state import unannounced  # many sites tell nobody

    unsure = unannounced.unsure(known, catalog)
    unannounced.about_to_change(known, {*paths, *unsure}, run)
    return unsure


def _publish(
    out: Path, state: Path, known: Ledger, catalog: Catalog, work: Work, ours: set[str], done: Done, *, announces: bool
) -> None:
    """Write documents, and note in ledger and catalog that they are ours.

    Args:
        ours: files that were before, below the output folder.
    """
    run = known.fact(ledger_facts.RUN) + 1
    known.note(ledger_facts.RUN, run)
    if not ours:
        guards.refuse_others(out, [feed for _, feed, _ in work.pending])
    paths = work.paths()
    known.claim(path for path in paths if path in ours or not swap.foreign(out, path))
    unsure = _note_intent(known, catalog, paths, run) if announces else set()
    known.commit()
    made = write(out, state, known, catalog, work, ours, done)
    done.changed.update(done.written, unsure & made)
    catalog.note(facts.RUN, run)
    _leave_to_others(known, {*(paths - made - ours), *done.foreign}, done)


def _leave_to_others(known: Ledger, paths: set[str], done: Done) -> None:
    """Forget documents in whose places there is or will be what is not ours."""
    if done.lost:
        known.publish(
            (name, replace(one, former=tuple(place for place in one.former if place[1] not in done.lost)))
            for name, one in known.feeds().items()
            if any(path in done.lost for _, path in one.former)
        )
    if paths:
        known.release(paths)
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


def _remove_extras(out: Path, known: Ledger, over: Collection[str]) -> None:
    """Remove extras that are no longer made: nobody subscribes to them, and they would go on saying what they said."""
    # Not before the run after that: where this one dies, what was to be removed may be there again.
    gone = {path for path in over if not swap.is_ours(out, path)}
    swap.remove(out, over)
    if over:
        known.release(gone)
        known.commit()


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


def _hashes(catalog: Catalog, plan: Plan) -> dict[Way, dict[int, bytes]]:
    """What is shown in each way -> what it was made from, by number."""
    numbers: dict[Way, set[int]] = {}
    for shown in plan.feeds:
        for feed in shown.shapes:
            numbers.setdefault((feed.format, feed.options), set()).update(shown.articles)
    return {way: catalog.entry_hashes(*named(way), some) for way, some in numbers.items()}


def _hash(feed: Feed, shown: Shown, hashes: Mapping[Way, Mapping[int, bytes]]) -> bytes:
    of_entries = hashes[feed.format, feed.options]
    return entries.document_hash(feed, (of_entries[n] for n in shown.articles))


def _known(shown: Shown, before: PublishedFeed | None, now: datetime) -> PublishedFeed:
    feed = shown.shapes[0]
    paths = {one.format: one.path for one in shown.shapes if not one.former}
    former = tuple((one.format, one.path) for one in shown.shapes if one.former)
    since = before.since if before else now
    return PublishedFeed(shown.selection.file, feed.id, since, feed.updated, paths, feed.entries, former)
