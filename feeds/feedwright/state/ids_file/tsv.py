"""`CONTENT/ids.tsv`: what the ledger keeps, beside the articles, for machines that are thrown away."""

from __future__ import annotations

from pathlib import Path

from feedwright import bounded
from feedwright.config import Config
from feedwright.errors import FeedsError, Problem, StateError
from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog, stamp
from feedwright.state.catalog.facts import IDS_TABLE
from feedwright.state.ids_file import lines, new_ids, reading, table, take
from feedwright.state.ids_file.model import Kept, of_ledger
from feedwright.state.ledger import Ledger, Remembered
from feedwright.state.whole_file import write_whole

NAME = "ids.tsv"
"""Of the file."""

LARGEST = 100 * 2**20
"""Bytes of a file that are read."""

CODES = frozenset(("ids-unreadable", "ids-left-alone"))


def take_over(config: Config, ledger: Ledger, catalog: Catalog) -> tuple[Problem, ...]:
    """Note what the file says and the ledger does not know, where the file is not as it was left.

    Returns: what is wrong with the file, which is then left alone.

    Raises:
        StateError: it cannot be used, and there are no other ids.
    """
    file = config.root / NAME
    if is_known(config, ledger, catalog):
        return ()
    try:
        kept, problems = reading.kept_of(bounded.read_regular(file, LARGEST), file)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        hint = "Correct its permissions." if isinstance(error, PermissionError) else ""
        kept, problems = Kept(), [Problem("error", "ids-unreadable", str(file), what, hint)]
    if problems:
        catalog.note(IDS_TABLE, "")
        if not ledger.knows_any() and catalog.is_empty():
            hint = "Nothing was published: without these, articles would get other ids than they have."
            raise StateError(*problems, Problem("error", "ids-left-alone", str(file), "is the only place of ids", hint))
        what, hint = "is neither read nor kept up until it is corrected", "The ids are those of the ledger."
        return (*problems, Problem("error", "ids-left-alone", str(file), what, hint))
    new = unknown(config, ledger, kept, first=catalog.is_empty())
    new_ids.take(ledger, catalog, new)
    take.take_over(ledger, catalog, kept, new)
    return ()


def unknown(config: Config, ledger: Ledger, kept: Kept, *, first: bool = False) -> list[Remembered]:
    """Those of the articles that are kept of which the ledger knows neither file nor id.

    Args:
        first: nothing else is known of files: one that is gone is found to be so by the run, as any other.
    """
    there, ids = set(), set()
    for one in ledger.articles():
        there.add(one.key)
        ids.add(one.id)
    return [
        one if _is_there(config, one, unsure=not first or one.key in kept.unsure) else one._replace(gone=1)
        for one in kept.articles.values()
        if one.key not in there and one.id not in ids
    ]


def _is_there(config: Config, one: Remembered, *, unsure: bool) -> bool:
    """Whether an article's file is there, or is for the run to find gone.

    Args:
        unsure: whether that has to be looked at here.
    """
    # No file has such a name: another article has that of its file.
    return not one.key.endswith("/") and (not unsure or (config.root / one.key).is_file())


def keep_up(config: Config, ledger: Ledger, catalog: Catalog) -> None:
    """Write the file where it does not say what the ledger says.

    Raises:
        StateError: it cannot be written.
    """
    file = config.root / NAME
    now = lines.text_of(of_ledger(ledger))
    try:
        if not _says(file, now):
            write_whole(file, now)
    except OSError as error:
        raise StateError(_unwritable(file, error)) from error
    catalog.note(IDS_TABLE, _stamp(file))
    ledger.note(ledger_facts.KEPT, _stamp(file))


def _says(file: Path, text: bytes) -> bool:
    """Whether a file says this, be it with the line ends that git may give it."""
    size, more = file.stat().st_size, text.count(b"\n")
    if size not in (len(text), len(text) + more):
        return False
    held = bounded.read_regular(file, len(text) + more)
    return held == text or held.replace(b"\r\n", b"\n") == text


def is_as_left(config: Config, catalog: Catalog) -> bool:
    """Whether nobody but us has changed the file."""
    return catalog.fact(IDS_TABLE) == _stamp(config.root / NAME)


def is_known(config: Config, ledger: Ledger, catalog: Catalog) -> bool:
    """The same, and that neither ledger nor catalog was lost since."""
    return is_as_left(config, catalog) and ledger.fact(ledger_facts.KEPT) == catalog.fact(IDS_TABLE)


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
