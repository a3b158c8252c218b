"""Files that change while a run dies: the ledger names them before, the catalog after, and what is between was untold.

The ledger goes on naming them until they were told, so that a catalog that is lost loses no announcement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog, facts
from feedwright.state.ledger import Ledger


def _untold(ledger: Ledger) -> dict[str, int]:
    """Path below the output folder -> number of the run that was about to change it."""
    return ledger.fact(ledger_facts.UNTOLD)


def unsure(ledger: Ledger, catalog: Catalog) -> set[str]:
    """Files that may have been changed by a run that the catalog does not know of, because that or the catalog died."""
    last = catalog.fact(facts.RUN)
    return {path for path, run in _untold(ledger).items() if run > last}


def about_to_change(ledger: Ledger, paths: Iterable[str], run: int) -> None:
    """Note files that a run may change, before it does; the caller commits.

    Args:
        paths: below the output folder.
        run: its number.
    """
    _write(ledger, {**_untold(ledger), **dict.fromkeys(paths, run)})


def forget_told(ledger: Ledger, waiting: Collection[str]) -> None:
    """Forget all files but those that somebody is still to be told of, and make that last."""
    before = _untold(ledger)
    after = {path: run for path, run in before.items() if path in waiting}
    if after != before:
        _write(ledger, after)
        ledger.commit()


def _write(ledger: Ledger, untold: dict[str, int]) -> None:
    ledger.note(ledger_facts.UNTOLD, untold)
