"""Deciding about an article: which one it is, whether it may be shown, and what is to be known of it from now on.

What is decided is a value: `record` writes it down.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from feedwright.config import Config
from feedwright.errors import Problem
from feedwright.model import Article, FeedName
from feedwright.read import exposure, ids, no_articles
from feedwright.read.files import Found
from feedwright.read.half_saved import as_unread, is_cut_off
from feedwright.run import Moment
from feedwright.select.eligibility import NO_PAGE, ineligibility_reason
from feedwright.select.feeds import feeds_of
from feedwright.state.catalog import Row, article_of
from feedwright.state.ledger import Ledger, Remembered
from feedwright.state.serialise import dumps, loads

DOUBTED = "move-ambiguous"
"""The problem of an article that may be one of several whose files are gone."""


class Rules(NamedTuple):
    """What is decided by.

    Args:
        ledger: the ledger, which is only asked.
        any_known: whether it knows any article.
        this_run: when this run is, as the ledger notes it of articles that are published for the first time.
    """

    config: Config
    run_time: Moment
    ledger: Ledger
    any_known: bool
    this_run: Callable[[], int]


class Decision(NamedTuple):
    """What becomes of one article.

    Args:
        before: what the catalog said of it, or of the file that it was in; None where it is new.
        row: what it is to say.
        feeds: those that select it while it is shown.
        verb: what became of it, in words; empty where that touches nothing else.
        old: what the ledger said of it, or of the file that it was in; None where it never was published.
        note: what the ledger is to say; None for nothing new.
        forget: files of which the ledger is to say nothing any more.
        problem: what is said of it in this run alone.
        withdrawn, relinked, broken: whether it was published, and is protected now, has another address, or cannot be
            read and could be.
    """

    before: Row | None
    row: Row
    feeds: Sequence[FeedName] = ()
    verb: str = ""
    old: Remembered | None = None
    note: Remembered | None = None
    forget: Sequence[str] = ()
    problem: Problem | None = None
    withdrawn: bool = False
    relinked: bool = False
    broken: bool = False


def may_have_moved(rules: Rules, before: Row | None, old: Remembered | None) -> bool:
    """Whether a file may hold an article that was in another one, even where its own name was in use before."""
    fresh = before is None or before.state == "unread"
    return rules.any_known and fresh and (old is None or bool(old.gone))


def has_changed(row: Row, before: Row | None, old: Remembered | None) -> bool:
    """Whether the file of a good article holds another text than the one that was published, or else than before."""
    known = old.hash if old else before.hash if before and before.state == "ok" else b""
    return row.state == "ok" and known not in (b"", row.hash)


def is_eligible(rules: Rules, row: Row) -> bool:
    """Whether an article may be shown, but for what bars it."""
    return not ineligibility_reason(
        article_of(row), rules.run_time.now, released=bool(row.shown) and rules.run_time.doubtful
    )


def as_read(rules: Rules, n: int, found: Found, before: Row | None, old: Remembered | None) -> Decision:
    """What becomes of an article as it was read.

    Args:
        n: its number.
        before: what the catalog says of it, or of the file that it was in before.
        old: what the ledger says of it, likewise.
    """
    row = found.row
    assert row is not None
    forget: Sequence[str] = ()
    if is_cut_off(before, row):
        row = as_unread(row)
    if row.state == "unread":
        return _unread(n, row, before, old)
    row = _with_page(rules.config, _as_doubted(row, before), old)
    if old:
        row = _as_published(rules.config, row, old)
        forget = (old.key,) if old.key != row.key else ()
    elif rules.any_known:
        row, forget = ids.under_a_free_id(rules.config, rules.ledger, row)
    why = found.why or ("" if row.url else NO_PAGE)
    if rules.run_time.doubtful and old:
        why = _ineligibility(rules, article_of(row), old)
    shown = int(not why)
    row = row._replace(n=n, shown=shown, seen=_seen(rules, shown, old) if shown or old else 0)
    note = noted(row, old, _first_known(row, old), why) if shown or old else None
    withdrawn = row.exposure != "all" and exposure.was_larger(before, old, row)
    if old is None:
        return Decision(before, row, found.feeds, _verb(before, row), None, note, forget, withdrawn=withdrawn)
    relinked = is_relinked(row, old)
    problem = no_articles.left(row) if row.page and old.shown else None
    return Decision(before, row, found.feeds, _verb(before, row), old, note, forget, problem, withdrawn, relinked)


def _unread(n: int, row: Row, before: Row | None, old: Remembered | None) -> Decision:
    """An article that cannot be read: it stays as it was last good, in the feeds that select it."""
    if old and no_articles.was_dated_by_commit(before, row, old):
        return _ended(n, row, before, old)
    broken = bool(old and old.shown and not old.gone and not (before and before.state == "broken"))
    if before is not None and before.state != "unread":
        now = before._replace(state="broken", hash=row.hash, problems=row.problems)
    else:
        now = row._replace(n=n)
    return Decision(before, now, broken=broken)


def _ended(n: int, row: Row, before: Row | None, old: Remembered) -> Decision:
    """An article that cannot be read, and should never have been shown: it leaves."""
    now = before._replace(shown=0, by_commit=0) if before else row
    now = now._replace(n=n, state="unread", hash=row.hash, problems=row.problems, undated=row.undated)
    note = old._replace(shown=0)
    return Decision(before, now, (), "is not an article", old, note, problem=no_articles.left(row))


def by_time(rules: Rules, row: Row, old: Remembered | None) -> Decision | None:
    """What becomes of an article that nobody touched; None where it is shown, or not, as before."""
    article = article_of(row)
    why = _ineligibility(rules, article, old)
    if bool(why) != bool(row.shown):
        return None
    now = int(not why)
    new = row._replace(shown=now, seen=_seen(rules, now, old))
    note = noted(new, old, old.dated if old else None, why)
    return Decision(row, new, feeds_of(rules.config, article), why or "is due", old, note)


def at_page(rules: Rules, before: Row, row: Row, old: Remembered | None) -> Decision:
    """What becomes of an article whose page was looked for.

    Args:
        row: as it is to be, with its page, but for whether it may be shown; the same as before where its page has
            changed.
    """
    article = article_of(row)
    why = _ineligibility(rules, article, old)
    may = int(not why and not row.exclusion)
    row = row._replace(shown=may, seen=_seen(rules, may, old) if may or old else 0)
    if row._replace(problems="") == before._replace(problems="") and row.problems != before.problems:
        return Decision(before, row)
    note = noted(row, old, _first_known(row, old), why) if may or old else None
    verb = (
        "has no page any more"
        if not row.built
        else "has its page"
        if row.built != before.built
        else "has a changed page"
    )
    relinked = old is not None and is_relinked(row, old)
    return Decision(before, row, feeds_of(rules.config, article), verb, old, note, relinked=relinked)


def tried_again(rules: Rules, row: Row) -> Decision:
    """What becomes of an article that could not be shown, and may be by new rules."""
    free = row._replace(exclusion="", shown=int(is_eligible(rules, row)))
    return Decision(row, free, feeds_of(rules.config, article_of(row)), "is published now")


def alone(rules: Rules, row: Row) -> Decision:
    """What becomes of an article that was left out for another's id, and has its id and guid alone now."""
    shown, ledger = int(is_eligible(rules, row)), rules.ledger
    free = row._replace(exclusion="", shown=shown)
    feeds, verb = feeds_of(rules.config, article_of(row)), "has its id alone now"
    if not shown:
        return Decision(row, free, feeds, verb)
    forget = [gone.key for gone in ledger.vanished_under(row.id, row.guid or row.id)]
    old = None if row.key in forget else ledger.article(row.key)
    free = free._replace(seen=_seen(rules, shown, old))
    return Decision(row, free, feeds, verb, old, noted(free, old, old.dated if old else None, ""), forget)


def is_relinked(row: Row, old: Remembered) -> bool:
    """Whether a published article has another address than before, in the same file."""
    return bool(row.url) and old.url not in ("", row.url) and old.key == row.key and not row.page


def noted(row: Row, old: Remembered | None, when: int | None, why: str) -> Remembered:
    """What the ledger is to say of an article.

    Args:
        old: what it says.
        when: the article was first known, in seconds since 1970; None where it has a date of its own.
        why: it may not be shown, in words.
    """
    return Remembered(
        *(row.key, row.id, when, old.related if old else "", row.title),
        *(row.url or (old.url if old else ""), row.published, row.hash, row.guid),
        shown=row.shown,
        expired=int(why.startswith("expired")),
        seen=row.seen,
        page=row.built,
    )


def _ineligibility(rules: Rules, article: Article, old: Remembered | None) -> str:
    """Why an article may not be shown; where the clock is doubted, what was published or had expired stays so."""
    doubted = old if rules.run_time.doubtful else None
    return ineligibility_reason(
        article,
        rules.run_time.now,
        released=bool(doubted and doubted.shown),
        expired=bool(doubted and doubted.expired),
    )


def _first_known(row: Row, old: Remembered | None) -> int | None:
    """When an article was first known, in seconds since 1970; None where it has a date of its own."""
    return row.first_known if old is None or row.first_known is not None else old.dated


def _seen(rules: Rules, shown: int, old: Remembered | None) -> int:
    """When an article was first published, in seconds since 1970."""
    if old and (old.seen or old.shown or not shown):
        return old.seen
    return rules.this_run()


def _as_published(config: Config, row: Row, old: Remembered) -> Row:
    """The article under the id that it was published under before."""
    guid = old.guid if old.hash else row.guid
    if (row.id, row.guid) == (old.id, guid):
        return row
    minted = ids.minted(config, row).rpartition(":")[2]
    if row.id != old.id and row.id.rpartition(":")[2] != minted:
        what = f"it was published under the id {old.id}"
        hint = f"It keeps that. To give it {row.id} anyway: feeds ids --set."
        row = with_problem(row, Problem("warning", "id-changed", row.key, what, hint, key="id"))
    return row._replace(id=old.id, guid=guid)


def _with_page(config: Config, row: Row, old: Remembered | None) -> Row:
    """The article at its page, as that was before; whether it still is, is told later."""
    if config.pages is None:
        return row
    row = row._replace(predicted=row.url, built=old.page if old else "")
    if not config.pages.takes_address or (not row.built and config.pages.missing == "formula"):
        return row
    return row._replace(url=old.url if old and row.built else "")


def _as_doubted(row: Row, before: Row | None) -> Row:
    """What could not be told when a file came is not told by reading it again."""
    if before is None or not before.problems or (before.key, before.hash) != (row.key, row.hash):
        return row
    for problem in loads(before.problems):
        if problem.code == DOUBTED and DOUBTED not in row.problems:
            row = with_problem(row, problem)
    return row


def without_problems(row: Row, codes: Collection[str]) -> Row:
    """An article of which some things are not wrong any more."""
    if not any(f'"{code}"' in row.problems for code in codes):
        return row
    left = [problem for problem in loads(row.problems) if problem.code not in codes]
    return row._replace(problems=dumps(left) if left else "")


def with_problem(row: Row, problem: Problem) -> Row:
    """An article of which one thing more is wrong."""
    return row._replace(problems=dumps([*(loads(row.problems) if row.problems else ()), problem]))


def _verb(before: Row | None, row: Row) -> str:
    if before is None:
        return "is new"
    return "has changed" if before.key == row.key else f"has moved from {before.key}"
