"""What ids are made under: a word where that changes with the site's host, before anything is lost by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from feedwright.config.model import nearest_line
from feedwright.errors import Problem
from feedwright.publish.guards import RefusedError
from feedwright.run import Run
from feedwright.state import ledger_facts
from feedwright.state.ids_file.beside import IDS


def other_authority(run: Run) -> tuple[Problem, ...]:
    """Where new ids are made under another name than those before, as the host has changed: what keeps them together.

    What this run makes ids under is noted.
    """
    config, ledger = run.config, run.ledger
    before, now = ledger.fact(ledger_facts.AUTHORITY), config.site.authority
    ledger.note(ledger_facts.AUTHORITY, now)
    if before in ("", now) or "authority" in config.lines or (config.root / IDS).exists():
        return ()
    what = f"articles that are new get ids of {now}, and those before have ids of {before}"
    hint = (
        f'They keep these as long as {config.state} is kept. Write `authority = "{before}"`, so that ids come out the '
        f"same without it; where machines are thrown away, make an empty file {IDS} beside {config.file.name}, and "
        "commit it after each build."
    )
    return (Problem("warning", "authority-changed", str(config.file), what, hint, nearest_line(config.lines, "url")),)


@contextmanager
def said_with_refusal(problems: Sequence[Problem]) -> Iterator[None]:
    """Have a run that is refused say something else as well."""
    try:
        yield
    except RefusedError as error:
        if not problems:
            raise
        raise RefusedError(*error.problems, *problems) from error
