"""A plan -> documents in the output folder, and a note of what each was made from: the commit protocol."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from feedwright.errors import Problem
from feedwright.model import Feed, PublishedFeed, Way, named
from feedwright.publish import extras, guards, swap
from feedwright.publish.archives import publish as archiving
from feedwright.publish.extras.model import Extra
from feedwright.publish.plan import Plan, Shown
from feedwright.publish.stage import Done, Pending, Staging, Work, held_back, stage
from feedwright.render import entries
from feedwright.run import Run
from feedwright.select import size_limits
from feedwright.select.window import ways_of
from feedwright.state import archive_records, ledger_facts
from feedwright.state.catalog import Catalog, facts, stamp
from feedwright.state.ledger import Ledger


def publish(run: Run, plan: Plan, beside: Sequence[Extra], keep: Callable[[], None]) -> Done:
    """Make, check and publish the documents that are not as they would be made now, by the commit protocol.

    Args:
        beside: what there is to be besides feeds.
        keep: is called once the ledger knows all, before anything is committed or written.

    Returns: what became of the documents; of a run that is only tried, what would.

    Raises:
        FeedsError: nothing was published; or, where the disk failed between two renames, not all.
    """
    ledger, catalog = run.ledger, run.catalog
    done = Done()
    taken = _paths(plan, done)
    pending = _pending(catalog, plan, taken)
    more = [one for one in _free(beside, taken, done) if one.hash != catalog.document_hash(one.path)]
    _note_feeds(ledger, catalog, plan, run.time.now)
    if run.options.dry_run:
        return _tried(run.out, done, plan, pending, more)
    archived, faults = archiving.settle(run.config.state, ledger, catalog, plan)
    work = Work(plan, archived, [one for one in pending if not held_back(catalog, one, faults)], more)
    # All that the ledger has to say is read before anything is written: a damaged one is found in time.
    wanted = {*taken, *(one.path for one in beside), *archive_records.documents(ledger)}
    ours = ledger.files()
    keep()
    over = {path for path in ours - wanted if extras.is_one(path)}
    if work.paths() or plan.feeds or over or ledger.changes:
        guards.note_time(run)  # a run that has nothing to note leaves the ledger's file alone
    if work.paths():
        _commit(run, work, ours, done)
    elif ledger.changes:
        ledger.commit()
    if archived:
        catalog.forget_unshown()  # their entries are kept in them
    _remove_extras(run.out, ledger, over)
    catalog.keep_documents(wanted)
    done.problems += size_limits.large(catalog)
    return done


def _commit(run: Run, work: Work, ours: set[str], done: Done) -> None:
    """The commit protocol: a run may die at any of its steps; each document is whole then, and the next run goes on.

    1. Claim: the ledger notes, after the feeds as they are to be and what archives hold, the number of the run, and as
       ours each path where nobody else's file is. New archive documents are in the state folder by now.
    2. Intent: where somebody is told of changes, it names the files that may change. With that it is committed, and
       ahead of the catalog until the end: a run that finds them so removes what was staged (`recover`), looks at each
       document again, and tells of what was named and is new.
    3. Make, check, stage: each document is made, checked, and written beside its place, flushed to disk. One that
       would be invalid is left as it was. Where one cannot be written, what was staged goes: nothing was published.
    4. Swap: each takes its place at once, archives first, then feeds, then what names these; folders are flushed.
    5. Record: the catalog notes what each was made from and how its file looks; the ledger gives up what is not ours.
    6. Commit: of the catalog, with the report of the run, by whoever opened it. What dies before is found by stamps.

    Args:
        ours: files that were before, below the output folder.
    """
    _claim(run, work, ours)
    unsure = _note_intent(run, work)
    run.ledger.commit()
    staging = Staging(run, ours, done, run.catalog.checksums(work.paths()))
    with staging.undone_on_error(work):
        stage(staging, work)
        swap.swap(staging.staged)
    _record(run, work, staging, unsure)


def _claim(run: Run, work: Work, ours: set[str]) -> None:
    """Note the number of the run, and that what it writes is ours.

    Args:
        ours: files that were before, below the output folder.

    Raises:
        PublishError: none was, and there are feeds of another site.
    """
    ledger, out = run.ledger, run.out
    ledger.note(ledger_facts.RUN, ledger.fact(ledger_facts.RUN) + 1)
    if not ours:
        feeds = [feed for _, feed, _ in work.pending]
        guards.refuse_others(out, feeds, moved=run.options.allow_relink)
    ledger.claim(path for path in work.paths() if path in ours or not swap.foreign(out, path))


def _note_intent(run: Run, work: Work) -> set[str]:
    """Note what this run may change; what one that died may have changed before, of which nobody was told."""
    if not run.config.announces:
        return set()
    from feedwright.state import unannounced  # many sites tell nobody

    unsure = unannounced.unsure(run.ledger, run.catalog)
    unannounced.about_to_change(run.ledger, {*work.paths(), *unsure}, run.ledger.fact(ledger_facts.RUN))
    return unsure


def _record(run: Run, work: Work, staging: Staging, unsure: set[str]) -> None:
    """Note in the catalog what is in place now, and forget in the ledger what turned out to be somebody else's.

    Args:
        unsure: files that a run that died may have changed.
    """
    done, made = staging.done, {one.path for one in staging.made}
    run.catalog.record(one._replace(stamp=stamp(run.out / one.path)) for one in staging.made)
    done.written = sorted(one.path for one in staging.staged)
    done.changed.update(done.written, unsure & made)
    run.catalog.note(facts.RUN, run.ledger.fact(ledger_facts.RUN))
    _leave_to_others(run.ledger, {*(work.paths() - made - staging.ours), *done.foreign}, done)


def _note_feeds(ledger: Ledger, catalog: Catalog, plan: Plan, now: datetime) -> None:
    """Note the feeds that something touched as they are to be published."""
    if plan.feeds:
        published = ledger.feeds()
        ledger.publish((one.selection.name, _known(one, published.get(one.selection.name), now)) for one in plan.feeds)
        kept = catalog.kept_any_feed()
        catalog.keep_feeds(ledger.feed_rows([one.selection.name for one in plan.feeds] if kept else None))


def _tried(out: Path, done: Done, plan: Plan, pending: Sequence[Pending], more: Sequence[Extra]) -> Done:
    """What would be written."""
    beside = {one.path for one in more}
    former = {feed.path for _, feed, _ in pending if feed.former}
    for path in (*archiving.planned(plan), *(feed.path for _, feed, _ in pending), *(one.path for one in more)):
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


def _leave_to_others(ledger: Ledger, paths: set[str], done: Done) -> None:
    """Forget documents in whose places there is or will be what is not ours."""
    if done.lost:
        ledger.publish(
            (name, replace(one, former=tuple(place for place in one.former if place[1] not in done.lost)))
            for name, one in ledger.feeds().items()
            if any(path in done.lost for _, path in one.former)
        )
    if paths:
        ledger.release(paths)
        ledger.commit()


def _free(beside: Sequence[Extra], taken: Mapping[str, object], done: Done) -> Iterator[Extra]:
    """Those extras in whose places there is no feed."""
    for one in beside:
        if one.path in taken:
            what = "would be where a feed is"
            hint = "Give the feed another path, or leave this out of `extras`."
            done.problems.append(Problem("error", "path-taken", one.path, what, hint))
        else:
            yield one


def _remove_extras(out: Path, ledger: Ledger, over: Collection[str]) -> None:
    """Remove extras that are no longer made: nobody subscribes to them, and they would go on saying what they said."""
    # Not before the run after that: where this one dies, what was to be removed may be there again.
    gone = {path for path in over if not swap.is_ours(out, path)}
    swap.remove(out, over)
    if over:
        ledger.release(gone)
        ledger.commit()


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
            for way, some in ways_of((feed.format, feed.options), shown.articles, shown.brief):
                numbers.setdefault(way, set()).update(some)
    return {way: catalog.entry_hashes(*named(way), some) for way, some in numbers.items()}


def _hash(feed: Feed, shown: Shown, hashes: Mapping[Way, Mapping[int, bytes]]) -> bytes:
    ways = ways_of((feed.format, feed.options), shown.articles, shown.brief)
    of_entries = {n: hashes[way][n] for way, some in ways for n in some}
    return entries.document_hash(feed, (of_entries[n] for n in shown.articles))


def _known(shown: Shown, before: PublishedFeed | None, now: datetime) -> PublishedFeed:
    feed = shown.shapes[0]
    paths = {one.format: one.path for one in shown.shapes if not one.former}
    former = tuple((one.format, one.path) for one in shown.shapes if one.former)
    since = before.since if before else now
    return PublishedFeed(shown.selection.file, feed.id, since, feed.updated, paths, feed.entries, former)
