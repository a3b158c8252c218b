"""Feeds that are given up: their documents are removed, and they are forgotten. Never what we did not write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote

from feedwright.config import Config
from feedwright.errors import FeedsError, Problem
from feedwright.pipeline import outside
from feedwright.publish import extras, former_codings, swap
from feedwright.publish.archives import store
from feedwright.select.feeds import Selection, most_needed, selections
from feedwright.sources.site import load_site
from feedwright.state import archive_records, ledger_facts
from feedwright.state.catalog import Catalog, facts
from feedwright.state.ids_file.beside import keep_ids_as_left
from feedwright.state.ledger import Ledger, Left
from feedwright.state.lock import locked
from feedwright.state.sqlite import opened


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was given up, or would be.

    Args:
        feeds: titles of feeds without a source.
        removed: documents that were removed, below the output folder: theirs, and those at addresses that feeds had
            before.
        kept: documents that are no longer as we wrote them: they stay, and are ours no more.
    """

    feeds: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def prune(
    content: Path,
    out: Path,
    *,
    file: Path | None = None,
    state: Path | None = None,
    dry_run: bool = False,
    wait: float = 0,
) -> Pruned:
    """Give up feeds that have no source, and addresses that no feed has.

    Args:
        content, out, file, state: as `pipeline.build` takes them.
        dry_run: only say what would be given up.
        wait: seconds to wait for another run to end.

    Raises:
        FeedsError: nothing was given up; or a document cannot be removed, and the next try goes on.
    """
    config = outside(load_site(content, file, state), out)
    with ExitStack() as held:
        if not dry_run:
            held.enter_context(locked(config.state, out, wait))
        ledger = held.enter_context(opened(Ledger, config.state, copy=dry_run))
        catalog = held.enter_context(opened(Catalog, config.state, copy=dry_run))
        _refuse_other_folder(out, ledger)
        _refuse_unsure(config, ledger, catalog)
        every = selections(config, catalog.with_members(most_needed(config)), ledger.feeds())
        retired = [one for one in every if one.retired]
        removed, kept = _of_nobody(out, ledger, [one for one in every if not one.retired])
        if not dry_run:
            if ledger.fact(ledger_facts.PRECOMPRESS) and (problems := former_codings.remove(out, ledger, catalog)):
                raise FeedsError(*problems)
            swap.remove(out, removed)
            ledger.note_left(_left(ledger, removed))
            _forget(config, ledger, catalog, every, {*removed, *kept})
            for path in removed:
                store.keep_only(config.state, path)
        return Pruned(tuple(one.title for one in retired), tuple(removed), tuple(kept))


def _refuse_other_folder(out: Path, ledger: Ledger) -> None:
    """Paths are those of the folder that was built into last; in another one, they are somebody else's files."""
    last = ledger.fact(ledger_facts.OUT)
    if last and last != str(out.resolve()):
        hint = f"Use --out {quote(last)}, or build into this one first. Nothing was removed."
        raise FeedsError(Problem("error", "out-other", str(out), f"the feeds were built into {last}", hint))


def _refuse_unsure(config: Config, ledger: Ledger, catalog: Catalog) -> None:
    """Without a catalog of the last build, no feed would seem to have a source."""
    if catalog.is_empty() or ledger.fact(ledger_facts.RUN) != catalog.fact(facts.RUN):
        what, hint = "does not know what there is", "Run `feeds build` first. Nothing was removed."
        raise FeedsError(Problem("error", "catalog-stale", str(config.state / "catalog.db"), what, hint))


def _of_nobody(out: Path, ledger: Ledger, every: list[Selection]) -> tuple[list[str], list[str]]:
    """Files of ours that are no current feed's document: those that can be removed, and those that somebody changed."""
    published = ledger.feeds()
    there = {path for one in every if one.name in published for path in published[one.name].paths.values()}
    current = {one.name for one in every}
    there |= {path for path, (name, _) in archive_records.documents(ledger).items() if name in current}
    removed: list[str] = []
    kept: list[str] = []
    # Extras go when they are no longer asked for.
    for path in sorted(path for path in ledger.files() - there if not extras.is_one(path)):
        (kept if swap.foreign(out, path) else removed).append(path)
    return removed, kept


def _left(ledger: Ledger, paths: list[str]) -> Iterator[Left]:
    """Paths of documents that are no more, with their feeds as far as these are known."""
    feeds = {
        path: Left(path, *name, format_)
        for name, one in ledger.feeds().items()
        for format_, path in (*one.former, *one.paths.items())
    }
    return (feeds.get(path, Left(path)) for path in paths)


def _forget(config: Config, ledger: Ledger, catalog: Catalog, every: list[Selection], paths: set[str]) -> None:
    retired = [one for one in every if one.retired]
    published = ledger.feeds()
    for one in retired:
        ledger.prune(one.name)
        archive_records.forget(ledger, one.name)
        del published[one.name]
    ledger.publish((name, replace(one, former=())) for name, one in published.items() if one.former)
    ledger.release(paths)
    keep_ids_as_left(config, ledger, catalog)
    ledger.commit()
    catalog.keep_feeds(ledger.feed_rows(), all_=True)
    catalog.forget_documents(paths)
    for one in retired:
        catalog.show(catalog.number(one.name), ())
    catalog.note(facts.RETIRED, ())
    catalog.note(facts.FORMER, ())
    catalog.commit()
