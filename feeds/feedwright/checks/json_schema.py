"""JSON Feed against our JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedwright.checks.json_text import Path as Place
from feedwright.checks.rule import shown

if TYPE_CHECKING:
    from jsonschema_rs import Draft7Validator


@cache
def schema() -> Draft7Validator:
    """The compiled schema; once for each process."""
    import jsonschema_rs  # only where there is JSON to judge

    file = Path(__file__).parent / "schemas" / "json-feed-1.1.schema.json"
    return jsonschema_rs.Draft7Validator(json.loads(file.read_bytes()))


def fault(top: Mapping[str, Any]) -> tuple[Place, str] | None:
    """Validate a document.

    Args:
        top: as `json_text.parse` gives it.

    Returns: where the first fault is, and what; None where there is none.
    """
    try:
        if schema().is_valid(top):
            return None
        first = next(schema().iter_errors(top))
    except ValueError:
        return (), "the document holds what is not Unicode text: half a surrogate pair"
    return tuple(first.instance_path), f"the document does not follow the schema: {shown(first.message)}"
