"""Holds the JSON Schema of `site.toml` against what reads the file: they have to agree, as far as a schema can."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from feedwright.config import Config
from feedwright.config import loader as reading
from feedwright.config.keys import SITE
from feedwright.config.schema import of_site
from feedwright.errors import ConfigError, Problem

BEYOND = re.compile(
    r"Write a zone's name|Write a CSS selector|Write shorter names|Two formats cannot|Write at most 100 folders"
    r"|Write a path below url, or a|Write a name, or the id of an|Give it another name|Name one of the two"
    r"|Name the folder|or no folder: those of articles|percent-encoded|Write a path below feeds_url"
    r"|Write names of hosts alone|Write a whole URL: https://|Leave one of them out|which it then leads to"
    r"|has no \{term\}|would have the same old URL"
)
"""What only the whole file, the disk, or more than a pattern can tell."""


@cache
def validator() -> jsonschema_rs.Draft4Validator:
    return jsonschema_rs.Draft4Validator(of_site())


def plain(value: Any) -> Any:
    """A value as JSON has it; dates, which no key takes, are nothing."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    if (isinstance(value, float) and value != value) or value in (float("inf"), float("-inf")):
        return 0.5
    return None if isinstance(value, (date, time)) else value


def disagreement(tree: dict[str, Any], problems: Iterable[Problem]) -> str:
    """What the schema says otherwise than what reads the file; empty where they agree.

    Args:
        problems: what is wrong with the file; none where it is read.
    """
    found = [
        f"{'.'.join(map(str, error.instance_path))}: {error.message}" for error in validator().iter_errors(plain(tree))
    ]
    wrong = [problem for problem in problems if not BEYOND.search(problem.hint)]
    told = list(problems)
    if found and not told:
        return f"the schema refuses what is read: {found}"
    if wrong and not found:
        return f"the schema accepts what is refused: {list(map(str, wrong))}"
    return ""


@contextmanager
def held_against() -> Iterator[None]:
    """While it lasts, each `site.toml` that is read is held against the schema."""
    whole = reading._Reader.config

    def config(reader: Any, state: Path | None) -> Config:
        problems: tuple[Problem, ...] = ()
        try:
            return whole(reader, state)
        except ConfigError as error:
            problems = error.problems
            raise
        finally:
            # Some tests put other keys into the table.
            if reading.SITE is SITE and (said := disagreement(reader.tree, problems)):
                raise AssertionError(f"{reader.file}: {said}")

    reading._Reader.config = config  # type: ignore[method-assign]
    try:
        yield
    finally:
        reading._Reader.config = whole  # type: ignore[method-assign]
