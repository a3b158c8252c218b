"""Files that change while a run dies: the ledger names them before, the catalog after, and what is between was untold.

The ledger goes on naming them until they were told, so that a catalog that is lost loses no announcement.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger

_FACT = "untold"


def _untold(known: Ledger) -> dict[str, int]:
    """Path below the output folder -> number of the run that was about to change it."""
    found: dict[str, int] = json.loads(known.fact(_FACT) or "{}")
    return found


def unsure(known: Ledger, catalog: Catalog) -> set[str]:
    """Files that may have been changed by a run that the catalog does not know of, because that or the catalog died."""
    last = int(catalog.fact("run") or 0)
    return {path for path, run in _untold(known).items() if run > last}


def about_to_change(known: Ledger, paths: Iterable[str], run: int) -> None:
    """Note files that a run may change, before it does; the caller commits.

    Args:
        paths: below the output folder.
        run: its number.
    """
    _write(known, {**_untold(known), **dict.fromkeys(paths, run)})


def forget_told(known: Ledger, waiting: Collection[str]) -> None:
    """Forget all files but those that somebody is still to be told of, and make that last."""
    before = _untold(known)
    after = {path: run for path, run in before.items() if path in waiting}
    if after != before:
        _write(known, after)
        known.commit()


def _write(known: Ledger, untold: dict[str, int]) -> None:
    known.note(_FACT, json.dumps(untold, ensure_ascii=False, sort_keys=True) if untold else "")
