"""Related stories: those that an author named, looked up, and those that are found; and articles by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedwright.render.related.references import (
    Index,
    Resolved,
    link,
    named,
    resolve,
)

if TYPE_CHECKING:
    from feedwright.render.related.similarity import RULE, features, find

__all__ = [
    "RULE",
    "Index",
    "Resolved",
    "features",
    "find",
    "link",
    "named",
    "resolve",
]


def __getattr__(name: str) -> Any:
    """Load what finds stories when it is first asked for: many sites let none be found (PEP 562)."""
    if name in ("RULE", "features", "find"):
        from feedwright.render.related import similarity

        return getattr(similarity, name)
    raise AttributeError(f"module 'feedwright.render.related' has no attribute {name!r}")
