"""`CONTENT/ids.tsv`: the ids beside the articles, for those who build on machines that are thrown away."""

from __future__ import annotations

from pathlib import Path

from feedwright import bounded
from feedwright.config import Config
from feedwright.errors import FeedsError, Problem, StateError
from feedwright.state.catalog import Catalog, stamp
from feedwright.state.catalog.facts import IDS_TABLE
from feedwright.state.ids_file import new_ids, table
from feedwright.state.ledger import Ledger, Remembered
from feedwright.state.whole_file import write_whole

NAME = "ids.tsv"
"""Of the table."""

LARGEST = 100 * 2**20
"""Bytes of a table that are read."""

CODES = frozenset(("ids-unreadable", "ids-left-alone"))


def take_over(config: Config, ledger: Ledger, catalog: Catalog) -> tuple[Problem, ...]:
    """Note the articles of the table that the ledger does not have, where the table is not as it was left.

    Returns: what is wrong with the table, which is then left alone.

    Raises:
        StateError: it cannot be used, and there are no other ids.
    """
    file = config.root / NAME
    if catalog.fact(IDS_TABLE) == _stamp(file):
        return ()
    try:
        articles, problems = table.articles_of(bounded.read_regular(file, LARGEST), file)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        hint = "Correct its permissions." if isinstance(error, PermissionError) else ""
        articles, problems = [], [Problem("error", "ids-unreadable", str(file), what, hint)]
    if problems:
        catalog.note(IDS_TABLE, "")
        if not ledger.knows_any() and catalog.is_empty():
            hint = "Nothing was published: without these, articles would get other ids than they have."
            raise StateError(*problems, Problem("error", "ids-left-alone", str(file), "is the only place of ids", hint))
        what, hint = "is neither read nor kept up until it is corrected", "The ids are those of the ledger."
        return (*problems, Problem("error", "ids-left-alone", str(file), what, hint))
    new_ids.take(ledger, catalog, unknown(config, ledger, articles))
    return ()


def unknown(config: Config, ledger: Ledger, articles: list[Remembered]) -> list[Remembered]:
    """Those of some articles of which the ledger knows neither file nor id."""
    there, ids = set(), set()
    for one in ledger.articles():
        there.add(one.key)
        ids.add(one.id)
    new = (one for one in articles if one.key not in there and one.id not in ids)
    return [one if (config.root / one.key).is_file() else one._replace(gone=1) for one in new]


def keep_up(config: Config, ledger: Ledger, catalog: Catalog) -> None:
    """Write the table where it does not say what the ledger says.

    Raises:
        StateError: it cannot be written.
    """
    file = config.root / NAME
    now = table.text_of(ledger.articles())
    try:
        if file.stat().st_size != len(now) or bounded.read_regular(file, len(now)) != now:
            write_whole(file, now)
    except OSError as error:
        raise StateError(_unwritable(file, error)) from error
    catalog.note(IDS_TABLE, _stamp(file))


def is_as_left(config: Config, catalog: Catalog) -> bool:
    """Whether nobody but us has changed the table."""
    return catalog.fact(IDS_TABLE) == _stamp(config.root / NAME)


def exported(file: Path, ledger: Ledger) -> int:
    """Write all ids into a file; how many.

    Raises:
        FeedsError: it cannot be written.
    """
    articles = list(ledger.articles())
    try:
        write_whole(file, table.text_of(articles))
    except OSError as error:
        raise FeedsError(_unwritable(file, error)) from error
    return len(articles)


def _stamp(file: Path) -> str:
    return repr(stamp(file))


def _unwritable(file: Path, error: OSError) -> Problem:
    hint = "Nothing was published: every feed is as it was." if file.name == NAME else ""
    return Problem("error", "ids-unwritable", str(file), f"cannot be written: {error.strerror}", hint)
