"""What a run refuses to publish, because it can hardly be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.config import Config
from feedwright.errors import FeedsError, Problem, PublishError
from feedwright.model import Feed
from feedwright.publish import swap
from feedwright.publish.report import located
from feedwright.read.change_set import ChangeSet
from feedwright.run import Moment, Run
from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog
from feedwright.state.ids_file.beside import IDS
from feedwright.state.ledger import Ledger
from feedwright.state.serialise import loads, moment, seconds

if TYPE_CHECKING:
    from feedwright.publish.plan import Plan

FEWEST = 5
"""Articles of which more than a third may not be lost at once."""

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""Before this, a clock is not set."""

_AUTHORITY = re.compile(rb">tag:([A-Za-z0-9@._-]{1,253}),\d{4}-")
_EXAMPLES = 3
_ENTRIES = (b"<item>", b"<entry>", b"<entry xml:lang=", b'"items": [\n')
"""With one of these begins what a document of ours shows."""

_MOVE_AWAY = "Nothing was published. Are they the right folders? If you mean it, move this file away."
_AS_IT_WAS = "Nothing was published: every feed is as it was."


class RefusedError(FeedsError):
    """A run would do what can hardly be meant."""


def at(now: datetime, ledger: Ledger, catalog: Catalog) -> Moment:
    """The time of a run.

    Args:
        now: as the clock has it, aware, UTC.
        catalog: knows of the newest article as well, where the ledger was lost.
    """
    if now >= _latest(ledger, catalog):
        return Moment(now)
    last = ledger.fact(ledger_facts.LAST)
    return Moment(now, doubtful=True, last=moment(last) if last is not None else None)


def clock_behind(run: Run) -> tuple[Problem, ...]:
    """A warning where the time of a run cannot be right."""
    if not run.time.doubtful:
        return ()
    latest = _latest(run.ledger, run.catalog)
    what = f"the clock says {run.time.now:%Y-%m-%d %H:%M} UTC, which is before {latest:%Y-%m-%d %H:%M} UTC"
    why = "That is before the newest article" if latest > EARLIEST else "No clock that is set is so far behind"
    hint = f"{why}: until it is set right, nothing appears or expires by it."
    return (Problem("warning", "clock-behind", "", what, hint),)


def _latest(ledger: Ledger, catalog: Catalog) -> datetime:
    """The moment before which no clock can be right: that of the newest article that was ever published."""
    newest = ledger.fact(ledger_facts.NEWEST)
    if newest is None:
        newest = catalog.newest()
    return max(EARLIEST, moment(newest) if newest is not None else EARLIEST)


def note_newest(run: Run, changes: ChangeSet) -> None:
    """Note the date of the newest article that was ever published, unless the time of a run is doubtful."""
    ledger = run.ledger
    newest = ledger.fact(ledger_facts.NEWEST)
    if not run.time.doubtful and changes.newest is not None and (newest is None or changes.newest > newest):
        ledger.note(ledger_facts.NEWEST, changes.newest)


def note_time(run: Run) -> None:
    """Note the time of a run, unless it is doubtful."""
    if not run.time.doubtful:
        run.ledger.note(ledger_facts.LAST, seconds(run.time.now))


def refuse_what_cannot_be_meant(run: Run, changes: ChangeSet, published: int) -> None:
    """Publish nothing where what was found cannot be meant.

    Args:
        published: how many articles were before, and had their files.

    Raises:
        FeedsError: it says why.
    """
    config, catalog, options = run.config, run.catalog, run.options
    if not options.allow_shrink:
        refuse_shrinking(config, catalog, changes, published)
    if not options.allow_relink and (changes.new_rules or config.pages):
        refuse_relinking(config, catalog, changes)
    refuse_nothing(config, catalog, (*changes.problems, *catalog.problems()))


def refuse_nothing(config: Config, catalog: Catalog, problems: tuple[Problem, ...]) -> None:
    """Keep a folder of which nothing can be used from making empty feeds.

    Raises:
        FeedsError: there are articles, and none can be used; or there is no folder.
    """
    for folder in (config.root / one for one in config.content):
        if not folder.is_dir():
            raise FeedsError(Problem("error", "content-missing", str(folder), "is not a folder"))
    unread = catalog.count_unread()
    if unread and unread == catalog.count():
        what = f"none of {unread} articles can be used"
        known = located(problems, config, catalog)
        raise FeedsError(*known, Problem("error", "nothing-usable", str(config.root), what, _AS_IT_WAS))


def refuse_none(run: Run, planned: Plan, problems: Sequence[Problem]) -> None:
    """Keep a first build of a folder that holds no article from making empty feeds.

    Args:
        planned: what would be published.
        problems: that were found in the folder.

    Raises:
        FeedsError: no feed was ever published, and there is no article.
    """
    config = run.config
    if run.catalog.any_article() or run.ledger.feeds():
        return
    refuse_others(run.out, [feed for _, feed in planned.shapes], moved=run.options.allow_relink)
    but = f", but for {', '.join(config.exclude)}" if config.exclude else ""
    hint = f"Nothing was published. Looked for: {', '.join(config.include)}{but}. Is it the right folder?"
    raise FeedsError(*problems, Problem("error", "nothing-found", str(config.root), "holds no article", hint))


def refuse_shrinking(config: Config, catalog: Catalog, changes: ChangeSet, published: int) -> None:
    """Keep an unmounted disk, a wrong folder or a bad glob from emptying feeds.

    Args:
        published: how many articles were published before and had their files.

    Raises:
        RefusedError: all of these are lost at once, or more than a third and at least five. Of a handful, those are not
            lost that others came for in the same run, as when a first article of no meaning gives way to real ones.
    """
    lost = sorted({*changes.vanished, *changes.broken})
    if not lost or not (len(lost) >= published or (len(lost) >= FEWEST and 3 * len(lost) > published)):
        return
    if published < FEWEST and not changes.broken and len(changes.arrived) >= len(lost):
        return
    gone, broken = len(set(changes.vanished)), len(set(changes.broken))
    parts = [
        f"{gone} {'is' if gone == 1 else 'are'} gone" if gone else "",
        f"{broken} cannot be read" if broken else "",
    ]
    what = f"of {published} published articles, {' and '.join(part for part in parts if part)}: {_examples(lost)}"
    hint = f"{_AS_IT_WAS} Is it the right folder, and is its disk there? If you mean it: --allow-shrink."
    code = "content-vanished" if gone else "nothing-usable" if broken >= published else "content-broken"
    why = located((p for row in catalog.among(lost).values() for p in loads(row.problems or "[]")), config, catalog)
    raise RefusedError(*why, Problem("error", code, str(config.root), what, hint))


def refuse_relinking(config: Config, catalog: Catalog, changes: ChangeSet) -> None:
    """Keep a slip in the configuration from giving every article another address.

    Raises:
        RefusedError: more than half of them have another address than before.
    """
    published = catalog.count_shown()
    # What is hidden now has an address, too, and is none of those that may be shown.
    moved = sorted(key for key, row in catalog.among(changes.relinked).items() if row.shown)
    if 2 * len(moved) <= published or not moved:
        return
    what = f"{len(moved)} of {published} published articles would get another URL: {_examples(moved)}"
    where = "the built site" if config.pages else "`permalink`"
    hint = f"{_AS_IT_WAS} Look at `url` and {where}. If you mean it: --allow-relink."
    raise RefusedError(Problem("error", "links-changed", str(config.file), what, hint))


def refuse_others(out: Path, feeds: Sequence[Feed], *, moved: bool = False) -> None:
    """Keep a first run over a wrong folder from taking the place of another site's feeds, or from emptying its own.

    Args:
        out: the output folder, in which none of our files is known.
        feeds: that are to be written there.
        moved: the site may be at another address than it was: its feeds are known by the ids of articles as well.

    Raises:
        PublishError: there are feeds of another site, and none of this one; or there are feeds that show something
            where none of these does.
    """
    there = [(feed, held) for feed in feeds if (held := _document(out / feed.path)) is not None]
    if there and not any(_is_of(feed, held) or (moved and _shares(feed, held)) for feed, held in there):
        what = f"is the feed of another site than {there[0][0].site.url}"
        hint = _MOVE_AWAY + (_same_site(*there[0]) if any(_shares(*one) for one in there) else "")
        raise PublishError(Problem("error", "out-other-site", str(out / there[0][0].path), what, hint))
    if any(feed.entries for feed in feeds):
        return
    for feed, held in there:
        if any(start in held for start in _ENTRIES):
            what = "shows articles, of which nothing is known here: there is none in the content folder"
            raise PublishError(Problem("error", "content-empty", str(out / feed.path), what, _MOVE_AWAY))


def _document(file: Path) -> bytes | None:
    """A document that Feedwright once wrote; None where there is none."""
    try:
        return swap.marked(file)
    except PublishError:
        return None


def _is_of(feed: Feed, held: bytes) -> bool:
    """Whether a document may be an older one of a feed: after a move to another domain, its id is still the same."""
    marks = (feed.id, feed.self_url, feed.site.url)
    return any(mark.encode() in held or mark.replace("&", "&amp;").encode() in held for mark in marks)


def _shares(feed: Feed, held: bytes) -> bool:
    """Whether a document names the id of an article that a feed shows."""
    return any(id_.encode() in held or id_.replace("&", "&amp;").encode() in held for id_ in feed.entries)


def _same_site(feed: Feed, held: bytes) -> str:
    """What to do where it is the same site at another address, and the state is lost."""
    before = _AUTHORITY.search(held)
    write = f', with `authority = "{before[1].decode()}"` for articles to come' if before else ""
    return (
        f" If this is the same site, which has moved: --allow-relink keeps the ids that its feeds name{write}; and an "
        f"`{IDS}` beside site.toml keeps them where the state does not last."
    )


def _examples(keys: list[str]) -> str:
    return ", ".join(keys[:_EXAMPLES]) + (", ..." if len(keys) > _EXAMPLES else "")
