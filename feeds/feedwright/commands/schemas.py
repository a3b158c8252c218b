"""JSON Schemas beside `site.toml`, by which editors complete and check it and articles' front matter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from feedwright import bounded
from feedwright.state.whole_file import write_whole

SITE_SCHEMA = ".site.schema.json"
"""Beside `site.toml`: no engine publishes a file whose name begins with a dot."""
ARTICLE_SCHEMA = ".article.schema.json"
"""Likewise, of articles' front matter."""
LINE = f"#:schema ./{SITE_SCHEMA}"
"""The first line of a `site.toml`: taplo, and editors that ask it, find the schema by it."""
LARGEST = 2**20


def as_file(schema: Mapping[str, Any]) -> bytes:
    """A schema as it stands in its file."""
    return (json.dumps(schema, indent=1, ensure_ascii=False) + "\n").encode()


def is_named(file: Path) -> bool:
    """Whether a `site.toml` names a schema, as far as it can be read."""
    try:
        text = bounded.read_regular(file, LARGEST).decode("utf-8", "replace")
    except (OSError, ValueError):
        return False
    return any(line.startswith("#:schema ") for line in text.removeprefix("\ufeff").splitlines())


def put(file: Path, schema: Mapping[str, Any]) -> Literal["written", "unchanged", "foreign"]:
    """Write a schema beside a `site.toml`; a file of that name that we did not write is left as it is.

    Raises:
        OSError: it cannot be written.
    """
    content = as_file(schema)
    try:
        there = bounded.read_regular(file, LARGEST, links=False)
    except FileNotFoundError:
        there = None
    except (OSError, ValueError):
        return "foreign"
    if there == content:
        return "unchanged"
    if there is not None and not _is_ours(there, schema):
        return "foreign"
    write_whole(file, content)
    return "written"


def _is_ours(content: bytes, schema: Mapping[str, Any]) -> bool:
    try:
        there = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(there, dict) and there.get("title") == schema["title"]
