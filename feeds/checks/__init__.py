"""Checks of documents: bytes in, problems out. The gate that every document passes before it is published."""

from __future__ import annotations

from feeds.errors import Problem

__all__ = ["check"]


def check(data: bytes, *, media_type: str | None = None, file: str = "") -> list[Problem]:
    """Check one RSS 2.0 or Atom 1.0 document against its schema and the rules that a schema cannot say.

    Args:
        data: the whole document. Nothing outside it is read: no DTD, no entity, no network.
        media_type: which format is meant, e.g. "application/rss+xml"; where it is none that we know, and by
            default, the root element decides.
        file: the name that the problems carry.

    Returns: the problems, by line, then by code; at most `gate.MOST` and one that counts the rest, which
        are warnings before they are errors.

    Raises: nothing, whatever the bytes.
    """
    # lxml is loaded here, so that `import feeds.checks` costs nothing.
    from feeds.checks.gate import problems

    return problems(data, media_type, file)
