"""The content folder -> the catalog: what changed since the last run, and which feeds that touches."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.articles.model import Around
from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.read.change_set import ChangeSet, Touched
from feedwright.read.changed_files import Difference, folders_now, gone_and_changed, settled
from feedwright.run import Moment, Run
from feedwright.sources.engines.find import engine_of
from feedwright.sources.folder.site_data import below, look
from feedwright.sources.model import Listing
from feedwright.state.catalog import Catalog, built_site, facts
from feedwright.state.fact import CatalogFact
from feedwright.state.serialise import seconds
from feedwright.state.versions import versions

_WITHOUT_WORDS = (
    "this Python's SQLite has no FTS5, so related stories are found by categories, tags and titles alone",
    "Install an SQLite with FTS5 to have them found by their texts, too.",
)

if TYPE_CHECKING:
    from feedwright.read.pages.folder import BuiltSite


def digest(*parts: object) -> str:
    """What tells one set of settings from another."""
    return sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def refresh(run: Run, touched: Touched = ()) -> ChangeSet:
    """Bring the catalog up to date with the content folder, and note the ids of articles that are new.

    Args:
        touched: feeds that are to be looked at, whatever has changed.

    Raises:
        FeedsError: the content folder cannot be read.
    """
    config, catalog = run.config, run.catalog
    everything = not _same(catalog, facts.VERSIONS, versions()) or run.options.full
    if everything:
        catalog.invalidate_all()
    settings = _however_spelt(config)
    same_config = _same(catalog, facts.CONFIG, settings)
    same_walk = (
        _same(catalog, facts.WALK, config.include, config.exclude, str(settings.state), *_named(config))
        and not everything
    )
    before = catalog.listings()
    found, problems = folders_now(config, before if same_walk else {})
    around = _around(config, catalog, {one.folder: len(one.articles) for one in found})
    changes = ChangeSet(around, problems=problems, files=sum(len(one.articles) for one in found))
    same_rules = _same(catalog, facts.READING, *_for_reading(config), around)
    begins = _begins_index(config, catalog, changes, again=everything or not same_rules)
    same_reading = same_rules and not everything and not begins
    same_selection = _same(catalog, facts.SELECTION, *_for_selection(config)) and not everything
    same_texts = _same(catalog, facts.TEXTS, *_for_texts(config)) and same_reading
    changes.new_rules = not same_rules
    difference = gone_and_changed(config, before, found, problems, all_again=not same_reading)
    site = _built_site(run, again=everything)
    waiting = difference.count or difference.gone or difference.hidden or catalog.any_undated()
    same_site = site is None or site.is_as_before
    changes.idle = same_config and same_reading and same_site and not waiting and _nothing_due(catalog, run.time)
    noted = run.ledger.changes
    if not changes.idle:
        cause = "everything is rebuilt" if everything else "what all articles depend on has changed"
        _doubt(catalog, changes, cause, members=not (same_selection and same_reading), texts=not same_texts)
        anew, again = not same_selection and same_reading, not same_texts and same_reading
        _decide(run, changes, difference, site, same_reading=same_reading, anew=anew, again=again)
    changes.noted = run.ledger.changes > noted
    _list(catalog, run.time, before, found, difference)
    _look_at(catalog, changes, touched)
    return changes


def _look_at(catalog: Catalog, changes: ChangeSet, touched: Touched) -> None:
    """Have feeds be looked at, whatever has changed."""
    for f, causes in touched:
        changes.causes[f].extend(causes)
    if touched and changes.idle:
        from feedwright.read.duplicates import one_address_each  # what is wrong is said again

        changes.together += one_address_each(catalog)
        changes.idle = False


def _around(config: Config, catalog: Catalog, folders: Mapping[str, int]) -> Around:
    """What is known from beside the articles; what is known of their engine is noted for the next run."""
    noted = catalog.fact(facts.ENGINE)
    around, now = around_of(config, folders, noted)
    if now != noted:
        catalog.note(facts.ENGINE, now)
    return around


def _built_site(run: Run, *, again: bool) -> BuiltSite | None:
    """The site as its engine built it, looked at anew; None where that does not count."""
    if run.config.pages is None:
        if run.catalog.fact(facts.PAGES):
            built_site.clear(run.catalog)
            run.catalog.note(facts.PAGES, "")
        return None
    from feedwright.read.pages.folder import look  # few sites have their pages read

    return look(run, again=again)


def around_of(config: Config, folders: Mapping[str, int], noted: str = "") -> tuple[Around, str]:
    """What is known from beside the articles, with the engine that makes the site.

    Args:
        folders: that hold articles, from the site's -> how many.
        noted: as `engine_of` takes it; a line for each content folder.

    Returns: it, and what is to be noted.
    """
    around = look(config, folders)
    if not around.of_folders:
        engine, now = engine_of(config.root, folders, noted)
        return around._replace(engine=engine), now
    last = dict(zip_longest(config.content, noted.split("\n")[: len(config.content)], fillvalue=""))
    each = {one: engine_of(config.root / one, below(one, folders), last[one], config.root) for one in config.content}
    of_folders = {one: around.of_folders[one]._replace(engine=engine) for one, (engine, _) in each.items()}
    return around._replace(of_folders=of_folders), "\n".join(note for _, note in each.values())


def _list(
    catalog: Catalog, run_time: Moment, before: Mapping[str, Listing], found: Sequence[Listing], difference: Difference
) -> None:
    """Note what folders hold now."""
    other = [one for one in found if before.get(one.folder) != one]
    catalog.relist(one for one in settled(other, run_time.now) if before.get(one.folder) != one)
    catalog.unlist(sorted(set(before) - {one.folder for one in found} - difference.closed))


def _decide(
    run: Run,
    changes: ChangeSet,
    difference: Difference,
    site: BuiltSite | None,
    *,
    same_reading: bool,
    anew: bool,
    again: bool,
) -> None:
    """Read what changed, and decide about all articles: new, edited, moved, gone, due, over, or another's.

    Args:
        changes: is told what has changed.
        site: as its engine built it; None where that does not count.
        same_reading: the same content gives the same article as before.
        anew: which feeds select which articles has to be decided again.
        again: what could not be shown may be shown by new rules.
    """
    # These bring all that reads articles.
    from feedwright.read import record as records
    from feedwright.read import untouched
    from feedwright.read.duplicates import one_address_each, one_id_each
    from feedwright.read.moves.resolve import place, texts_of
    from feedwright.read.waiting import read_changed

    record = records.begun(run, changes)
    texts = texts_of(record.rules, difference.gone)
    run.expected("read", difference.count)
    waiting = read_changed(run, record, difference.changed, changes.around, same_reading=same_reading)
    if anew:
        untouched.select_anew(record)
    if again:
        untouched.try_again(record)
    changes.vanished += place(record, waiting, difference.gone, texts, changes.around)
    changes.broken += untouched.keep_hidden(record, difference.hidden)
    if site and not site.is_away and (record.read or difference.gone or not site.is_as_before):
        from feedwright.read.pages.pairs import pair_articles  # few sites have their pages read

        pair_articles(run, record, site)
    untouched.keep_time(record)
    one_id_each(record)
    changes.together += one_address_each(run.catalog)
    record.finish()


def _nothing_due(catalog: Catalog, run_time: Moment) -> bool:
    decided = catalog.fact(facts.DECIDED)
    moments = (catalog.fact(of) for of in (facts.UPCOMING, facts.EXTRAS_DUE, facts.RETRACTIONS_DUE))
    next_ = min((moment for moment in moments if moment is not None), default=2**62)
    return decided is not None and not run_time.doubtful and decided <= seconds(run_time.now) < next_


def _same(catalog: Catalog, of: CatalogFact[str], *parts: object) -> bool:
    """Whether settings are those of the last run; they are noted."""
    now = digest(*parts)
    same = catalog.fact(of) == now
    if not same:
        catalog.note(of, now)
    return same


def _begins_index(config: Config, catalog: Catalog, changes: ChangeSet, *, again: bool) -> bool:
    """Whether the index of related stories is begun, so that all articles are to be read for it.

    Args:
        again: it is made anew, whatever it is like.
    """
    wanted, kept = bool(config.related.auto), catalog.fact(facts.STORIES)
    if not wanted and not kept:
        return False
    from feedwright.state.catalog import stories  # many sites have none found

    if wanted and stories.is_possible():
        if kept > 0 and not again and not stories.is_worn(catalog):
            return False
        stories.begin(catalog)
        return True
    if wanted and kept != stories.NOT_THERE:
        changes.problems.append(Problem("warning", "related-without-words", config.file.name, *_WITHOUT_WORDS))
    stories.end(catalog, stories.NOT_THERE if wanted else stories.NOT_KEPT)
    return False


def _however_spelt(config: Config) -> Config:
    """The same for the same folders, whatever way to them was named."""
    root, file, state = (Path(os.path.realpath(way)) for way in (config.root, config.file, config.state))
    pages = config.pages and config.pages._replace(folder=Path(os.path.realpath(config.pages.folder)))
    return replace(config, root=root, file=file, state=state, pages=pages)


def _named(config: Config) -> tuple[str, ...]:
    """The content folders, where they are named."""
    return config.content if config.content != ("",) else ()


def _for_reading(config: Config) -> tuple[object, ...]:
    """The settings that what is read of a file depends on."""
    site = config.site
    return (
        *(site.url, site.language, site.timezone, site.authority, site.authors),
        *(config.permalink, config.date_order, config.undated, config.protected, sorted(config.authors.items())),
        *((config.pages.takes_address, config.pages.missing, config.pages.languages) if config.pages else ()),
        *_named(config),
    )


def _for_selection(config: Config) -> tuple[object, ...]:
    """The settings that decide which feeds select an article."""
    kinds = [(kind, one.enabled, one.only, one.excepted) for kind, one in config.kinds.items()]
    own = [(one.name, one.include, one.exclude) for one in config.feeds]
    return config.all_languages, config.site.language, kinds, own


def _for_texts(config: Config) -> tuple[object, ...]:
    """The settings that an article's text and links are made with."""
    site = config.site
    links = config.embed_hosts, config.related.auto, config.related.linked
    return *links, site.url, site.title, site.description, *_for_bodies(config)


def _for_bodies(config: Config) -> tuple[object, ...]:
    """The settings by which a body is taken of its page."""
    pages = config.pages
    return (pages.bodies, pages.drop, pages.takes_body) if pages else ()


def _doubt(catalog: Catalog, changes: ChangeSet, cause: str, *, members: bool, texts: bool) -> None:
    """What depends on settings that have changed is to be decided, or made, anew.

    Args:
        cause: in words.
        members: which feeds select which articles.
        texts: the texts of all articles.
    """
    if members:
        for f in catalog.feed_numbers():
            changes.causes[f].append(cause)
        catalog.forget_members()
    if texts:
        changes.new_texts = True
        changes.stale.update(catalog.all_whole())
