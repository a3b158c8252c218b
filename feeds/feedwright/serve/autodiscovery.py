"""The links by which browsers and readers find feeds from a page: of the whole site, of one feed, or of an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from feedwright import formats
from feedwright.commands.explain import is_called, looked_at
from feedwright.config import Config
from feedwright.config.kinds import BY_NAME, OWN, SITE, WITHOUT_TERMS
from feedwright.errors import FeedsError, Problem
from feedwright.model import FeedName, PublishedFeed, Window
from feedwright.publish.page.html import autodiscovery
from feedwright.publish.page.model import Address, Listed
from feedwright.run import Moment
from feedwright.select import feeds
from feedwright.select.eligibility import ineligibility_reason
from feedwright.select.feeds import Selection, formats_of
from feedwright.state.catalog import Catalog, Row, article_of
from feedwright.text.characters import composed
from feedwright.text.suggest import likest


def links(
    content: Path, file: Path | None = None, state: Path | None = None, feed: str = "", article: str = ""
) -> tuple[str, ...]:
    """The `link` elements for the head of a page; those of the whole site where nothing else is asked for.

    Args:
        content, file, state: as `pipeline.build` takes them.
        feed: its kind and term ("category/News"), the name of one of the site's own, or "site".
        article: its file, slug, address or id.

    Raises:
        FeedsError: there is no such feed, no such article, or the article is in no feed; or the configuration or the
            ledger cannot be used.
    """
    with looked_at(content, file, state) as (run, _):
        config, catalog, at = run.config, run.catalog, run.time
        published = run.ledger.feeds()
        there = catalog.with_members(feeds.most_needed(config))
        every = [one for one in feeds.selections(config, there, published) if _is_offered(one, catalog)]
        if article:
            wanted = _of_article(config, catalog, _row(catalog, article, content), at)
        elif feed:
            wanted = [_named(feed, every)]
        else:
            wanted = [one.name for one in every if one.kind in WITHOUT_TERMS]
        listed = {one.name: _listed(config, published, one, at) for one in every if one.name in wanted}
        found = [listed[name] for name in wanted if name in listed]
        return tuple(autodiscovery(map(_briefly, found) if article else found))


def _is_offered(selection: Selection, catalog: Catalog) -> bool:
    return not selection.retired and (selection.kind in WITHOUT_TERMS or bool(catalog.window(selection.name, 1)[1]))


def _briefly(feed: Listed) -> Listed:
    """A feed of an article in one format, unless it is the site's: an article may be in a dozen feeds."""
    return feed if feed.kind == SITE else replace(feed, addresses=feed.addresses[:1])


def _listed(
    config: Config, published: Mapping[FeedName, PublishedFeed], selection: Selection, run_time: Moment
) -> Listed:
    known = published.get(selection.name)
    shapes = [
        feeds.shape(config, selection, Window(), name, formats.load(name).file_name, known, run_time.now)
        for name in formats_of(config, selection)
    ]
    addresses = tuple(Address(one.format, formats.load(one.format).media_type, one.self_url) for one in shapes)
    return Listed(selection.kind, selection.term, selection.title, "", selection.language, addresses)


def _named(wanted: str, every: Sequence[Selection]) -> FeedName:
    wanted = composed(wanted)
    names = {name: one.name for one in every for name in _names_of(one)}
    if wanted in names:
        return names[wanted]
    folded = {name.casefold(): found for name, found in names.items()}
    if wanted.casefold() in folded:
        return folded[wanted.casefold()]
    raise _missing("feed", wanted, names, "Write a kind and a term, as in category/News, or a feed's own name.")


def _names_of(selection: Selection) -> tuple[str, ...]:
    if selection.kind == SITE:
        return (SITE,)
    long = f"{selection.kind}/{selection.term}"
    return (selection.term, long) if selection.kind == OWN else (long,)


def _row(catalog: Catalog, wanted: str, content: Path) -> Row:
    rows = list(catalog.rows())
    found = [row for row in rows if is_called(wanted, row, content)]
    if not found:
        names = sorted({name for row in rows for name in (row.key, row.slug)})
        raise _missing("article", wanted, names, "Name its file, slug, URL or id.")
    return next((row for row in found if row.shown), found[0])


def _of_article(config: Config, catalog: Catalog, row: Row, run_time: Moment) -> list[FeedName]:
    """The feeds that select an article, those first that are nearest to the whole site."""
    if not row.shown:
        why = ineligibility_reason(article_of(row), run_time.now) if row.state != "unread" else ""
        what = f"is in no feed: {why or 'it cannot be shown'}"
        raise FeedsError(Problem("error", "article-hidden", row.key, what, "`feeds explain` says more about it."))
    return sorted(feeds.feeds_of(config, article_of(row)), key=lambda name: BY_NAME[name[0]].nearest)


def _missing(what: str, wanted: str, names: Iterable[str], else_: str) -> FeedsError:
    near = likest(wanted, sorted(names), 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else else_
    return FeedsError(Problem("error", f"{what}-missing", "", f"there is no {what} {wanted!r}", hint))
