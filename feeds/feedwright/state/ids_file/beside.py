"""The file beside the articles, where a site has one: few have, and nothing is loaded for the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from feedwright.errors import Problem

if TYPE_CHECKING:
    from feedwright.config import Config
    from feedwright.state.catalog import Catalog
    from feedwright.state.ledger import Ledger

IDS = "ids.tsv"
"""Beside the articles, what the ledger keeps as text, where it is wanted."""


def ids_beside(config: Config, ledger: Ledger, catalog: Catalog) -> tuple[Problem, ...]:
    """Take over what the file beside the articles keeps, where there is one; what is wrong with it."""
    if not (config.root / IDS).exists():
        return ()
    from feedwright.state.ids_file import tsv  # few sites have one

    return tsv.take_over(config, ledger, catalog)


def keep_ids_beside(
    config: Config, ledger: Ledger, catalog: Catalog, problems: Sequence[Problem], *, idle: bool = False
) -> None:
    """Keep that file up, unless something is wrong with it.

    Args:
        idle: the ledger knows no more than before, but for what it took over.
    """
    if not (config.root / IDS).exists():
        return
    from feedwright.state.ids_file import tsv

    if any(problem.code in tsv.CODES for problem in problems) or (idle and tsv.is_known(config, ledger, catalog)):
        return
    tsv.keep_up(config, ledger, catalog)
    if idle:
        ledger.commit()


def keep_ids_as_left(config: Config, ledger: Ledger, catalog: Catalog) -> None:
    """The same after a command that changed the ledger; what somebody else wrote into it is for the next build."""
    if not (config.root / IDS).exists():
        return
    from feedwright.state.ids_file import tsv

    if tsv.is_as_left(config, catalog):
        tsv.keep_up(config, ledger, catalog)
