"""Related stories: those that an author named, looked up, and those that are found; and articles by their names."""

from __future__ import annotations

from feedwright.render.related.references import (
    Index,
    Resolved,
    link,
    named,
    resolve,
)

__all__ = [
    "Index",
    "Resolved",
    "link",
    "named",
    "resolve",
]
