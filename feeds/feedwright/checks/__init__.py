"""Checks of documents: bytes in, problems out. The gate that every document passes before it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedwright.errors import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from feedwright.checks.explanations import Explanation
    from feedwright.checks.profiles import Profile

    CODES: Mapping[str, Explanation]
    PROFILES: Mapping[str, Profile]

__all__ = ["CODES", "PROFILES", "check", "explain", "refused"]


def check(
    data: bytes,
    *,
    media_type: str | None = None,
    profile: str | None = None,
    now: datetime | None = None,
    address: str | None = None,
    ignore: Collection[str] = (),
    min_severity: Severity = "info",
    file: str = "",
) -> list[Problem]:
    """Check a feed, an OPML file or a sitemap against its specification, its extensions' and good practice.

    Args:
        data: the whole document, whose format is told from its content: RSS 2.0, Atom 1.0, JSON Feed 1.0 and 1.1,
            OPML, sitemaps; of RSS 0.9x, RSS 1.0 and Atom 0.3 the XML alone is judged. Nothing outside it is
            read: no DTD, no entity, no network.
        media_type: as the server sent it, with its charset; where it does not fit the content, that is a problem.
        profile: whose demands are checked too: a name of `PROFILES`.
        now: aware; dates later than this are problems. Without it dates in the future are not looked for.
        address: that the document was found at, which its link to itself should have. Without it that is not judged.
        ignore: codes of problems that are let through.
        min_severity: what is as grave as this, or graver, is told before all else where there is too much to be told.
        file: the name that the problems carry.

    Returns: the problems, by line and column, then by code; at most `gate.MOST` and one that counts the rest,
        which are warnings before they are errors.

    Raises:
        ValueError: there is no such profile. Nothing else, whatever the bytes.
    """
    # lxml is loaded here, so that `import feedwright.checks` costs nothing.
    from feedwright.checks import gate, profiles

    if profile:
        profiles.rules_of(profile)
    asked = gate.Asked(media_type, profile, now, address, frozenset(ignore), min_severity)
    return gate.problems(data, asked, file)


def refused(document: bytes, *, file: str = "") -> list[Problem]:
    """Check a document for what a build does not publish.

    Args:
        document: all of it.
        file: the name that the problems carry.

    Returns: of what `check` finds, the errors and the warnings in `rule.REFUSED`.
    """
    from feedwright.checks import gate

    return gate.refused(document, file)


def explain(code: str) -> Explanation | None:
    """What a rule says, with an example of wrong and right; None where there is no such code."""
    from feedwright.checks import explanations

    return explanations.every().get(code)


if not TYPE_CHECKING:  # what reads types sees the true names alone, and tells of misspelt ones

    def __getattr__(name: str) -> object:
        """Read what `--explain` and `--profiles` show when it is first asked for (PEP 562)."""
        if name == "CODES":
            from feedwright.checks import explanations

            return explanations.every()
        if name == "PROFILES":
            from feedwright.checks import profiles

            return profiles.every()
        raise AttributeError(f"module 'feedwright.checks' has no attribute {name!r}")
