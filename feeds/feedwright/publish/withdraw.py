"""What was published of articles before they were protected leaves: open feeds by themselves, archives here."""

from __future__ import annotations

from pathlib import Path

from feedwright.errors import Problem, StateError
from feedwright.read.change_set import ChangeSet
from feedwright.run import Run
from feedwright.state import archive_records
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger

CODE = "article-withdrawn"


def withdraw(run: Run, changes: ChangeSet) -> list[Problem]:
    """Take out of archive documents what is not for all any more, and say what leaves.

    Args:
        changes: what has changed, with the files of articles that were published and are protected now.
    """
    ledger, catalog = run.ledger, run.catalog
    rows = list(catalog.protected_rows())
    said = dict.fromkeys(changes.withdrawn, 0)
    reasons: dict[str, str] = {}
    in_archives = _archived_versions(ledger) if rows else {}
    now = _versions_now(catalog) if in_archives else {}
    for row in rows:
        reasons[row.key] = row.protected
        versions = in_archives.get(row.id, set())
        if versions - ({now[row.id]} if row.shown and row.id in now else set()):
            said[row.key] = 0 if run.options.dry_run else len(_erased(run.config.state, ledger, row.id))
    return [_told(key, reasons[key], count) for key, count in sorted(said.items()) if key in reasons]


def _archived_versions(ledger: Ledger) -> dict[str, set[str]]:
    """The ids of articles in archive documents -> in which versions they are there."""
    found: dict[str, set[str]] = {}
    for name in sorted(archive_records.names(ledger)):
        for archive in archive_records.past(ledger, name).archives:
            for id_, version in archive.entries.items():
                found.setdefault(id_, set()).add(version)
    return found


def _versions_now(catalog: Catalog) -> dict[str, str]:
    """The versions of articles that are shown in part, or by their titles."""
    names = catalog.with_members()
    return {one.id: one.version for name in names for one in catalog.members(name) if one.is_partly_shown}


def _erased(state: Path, ledger: Ledger, id_: str) -> list[str]:
    from feedwright.publish.archives import erase  # hardly ever is anything withdrawn

    pasts = erase.archived(ledger, id_)
    try:
        return sorted(erase.erase(state, ledger, id_, pasts))
    except StateError:
        # It must not stay there, whatever became of the document.
        return erase.have_made_anew(ledger, id_, erase.archived(ledger, id_))


def _told(key: str, why: str, count: int) -> Problem:
    archives = f" and {count} archive document{'s' * (count != 1)}" if count else ""
    what = f"is protected ({why}): what was published of it left the feeds{archives}"
    return Problem("info", CODE, key, what, "Readers and other sites may have kept what they fetched before.")
