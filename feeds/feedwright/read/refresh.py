"""The content folder -> the catalog: what changed since the last run, and which feeds that touches."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.articles.model import Around
from feedwright.config import Config
from feedwright.read.change_set import Moment, Progress, Refreshed, Workers
from feedwright.read.changed_files import Difference, folders_now, gone_and_changed, settled
from feedwright.sources.engines.find import engine_of
from feedwright.sources.folder.site_data import look
from feedwright.sources.model import Listing
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger
from feedwright.state.serialise import seconds
from feedwright.state.versions import versions

if TYPE_CHECKING:
    from feedwright.read.decide import Deciding


def digest(*parts: object) -> str:
    """What tells one set of settings from another."""
    return sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def refresh(
    config: Config,
    known: Ledger,
    catalog: Catalog,
    at: Moment,
    *,
    everything: bool = False,
    workers: Workers = lambda _: None,
    progress: Progress | None = None,
) -> Refreshed:
    """Bring the catalog up to date with the content folder, and note the ids of articles that are new.

    Args:
        everything: read every file, changed or not, and decide about every article anew.

    Raises:
        FeedsError: the content folder cannot be read.
    """
    everything = not _same(catalog, "versions", versions()) or everything
    if everything:
        catalog.distrust()
    settings = _however_spelt(config)
    same_config = _same(catalog, "config", settings)
    same_walk = _same(catalog, "walk", config.include, config.exclude, str(settings.state)) and not everything
    before = catalog.listings()
    found, problems = folders_now(config, before if same_walk else {})
    around = _around(config, catalog, {one.folder: len(one.articles) for one in found})
    out = Refreshed(around, problems=problems, files=sum(len(one.articles) for one in found))
    same_rules = _same(catalog, "reading", *_for_reading(config), around)
    same_reading = same_rules and not everything
    same_selection = _same(catalog, "selection", *_for_selection(config)) and not everything
    same_texts = _same(catalog, "texts", *_for_texts(config)) and same_reading
    out.new_rules = not same_rules
    difference = gone_and_changed(config, before, found, problems, all_again=not same_reading)
    waiting = difference.count or difference.gone or difference.hidden or catalog.count("undated")
    out.idle = same_config and same_reading and not waiting and _nothing_due(catalog, at)
    noted = known.db.total_changes
    if not out.idle:
        from feedwright.read.decide import Deciding  # brings all that reads articles

        cause = "all is made anew" if everything else "what all articles depend on has changed"
        _doubt(catalog, out, cause, members=not (same_selection and same_reading), texts=not same_texts)
        deciding = Deciding(config, known, catalog, at, out)
        deciding.expect(difference.gone)
        deciding.read(difference.changed, difference.count, around, same_reading, workers, progress)
        anew, free = not same_selection and same_reading, not same_texts and same_reading
        _decide(deciding, difference, anew=anew, free=free)
    out.noted = known.db.total_changes > noted
    _list(catalog, at, before, found, difference)
    return out


def _around(config: Config, catalog: Catalog, folders: Mapping[str, int]) -> Around:
    """What is known from beside the articles, with the engine that makes the site."""
    noted = catalog.fact("engine")
    engine, now = engine_of(config.content, folders, noted)
    if now != noted:
        catalog.note("engine", now)
    return look(config, folders)._replace(engine=engine)


def _list(
    catalog: Catalog, at: Moment, before: Mapping[str, Listing], found: Sequence[Listing], difference: Difference
) -> None:
    """Note what folders hold now."""
    other = [one for one in found if before.get(one.folder) != one]
    catalog.relist(one for one in settled(other, at.now) if before.get(one.folder) != one)
    catalog.unlist(sorted(set(before) - {one.folder for one in found} - difference.closed))


def _decide(deciding: Deciding, difference: Difference, *, anew: bool, free: bool) -> None:
    """Decide about what was not read: what is gone, due, over, or another's, and what new rules change.

    Args:
        anew: which feeds select which articles has to be decided again.
        free: what could not be shown may be shown by new rules.
    """
    from feedwright.read.duplicates import one_address_each, one_id_each
    from feedwright.read.moves.resolve import place

    if anew:
        deciding.select_anew()
    if free:
        deciding.free()
    place(deciding, difference.gone, deciding.out.around)
    deciding.hold(difference.hidden)
    deciding.keep_time()
    one_id_each(deciding)
    one_address_each(deciding)
    deciding.finish()


def _nothing_due(catalog: Catalog, at: Moment) -> bool:
    decided = catalog.fact("decided")
    next_ = min(int(catalog.fact(name) or 2**62) for name in ("upcoming", "extras_due", "retractions_due"))
    return bool(decided) and not at.doubtful and int(decided) <= seconds(at.now) < next_


def _same(catalog: Catalog, name: str, *parts: object) -> bool:
    """Whether settings are those of the last run; they are noted."""
    now = digest(*parts)
    same = catalog.fact(name) == now
    if not same:
        catalog.note(name, now)
    return same


def _however_spelt(config: Config) -> Config:
    """The same for the same folders, whatever way to them was named."""
    content, file, state = (Path(os.path.realpath(way)) for way in (config.content, config.file, config.state))
    return replace(config, content=content, file=file, state=state)


def _for_reading(config: Config) -> tuple[object, ...]:
    """The settings that what is read of a file depends on."""
    site = config.site
    return (
        *(site.url, site.language, site.timezone, site.authority, site.authors),
        *(config.permalink, config.date_order, config.undated, config.protected, sorted(config.authors.items())),
    )


def _for_selection(config: Config) -> tuple[object, ...]:
    """The settings that decide which feeds select an article."""
    kinds = [(kind, one.enabled, one.only, one.excepted) for kind, one in config.kinds.items()]
    own = [(one.name, one.include, one.exclude) for one in config.feeds]
    return config.all_languages, config.site.language, kinds, own


def _for_texts(config: Config) -> tuple[object, ...]:
    """The settings that an article's text and links are made with."""
    site = config.site
    return config.embed_hosts, config.related.auto, site.url, site.title, site.description


def _doubt(catalog: Catalog, out: Refreshed, cause: str, *, members: bool, texts: bool) -> None:
    """What depends on settings that have changed is to be decided, or made, anew.

    Args:
        cause: in words.
        members: which feeds select which articles.
        texts: the texts of all articles.
    """
    if members:
        for (f,) in catalog.db.execute("SELECT f FROM feed"):
            out.causes[f].append(cause)
        catalog.db.execute("DELETE FROM member")
    if texts:
        out.new_texts = True
        out.stale.update(n for (n,) in catalog.db.execute("SELECT n FROM whole"))
