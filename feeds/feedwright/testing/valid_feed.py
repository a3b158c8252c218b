"""The demand that a feed is valid. PYTEST_DONT_REWRITE: no assert statement is here."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from feedwright.errors import Severity


def assert_valid_feed(
    data: bytes | bytearray | memoryview,
    *,
    media_type: str | None = None,
    profile: str | None = None,
    ignore: Collection[str] = (),
    severity: Severity = "error",
    now: datetime | None = None,
    address: str | None = None,
) -> None:
    """Demand that a document has no problem.

    Args:
        data: the whole document, as bytes or any other buffer.
        media_type: the value of the Content-Type header that it is served with.
        profile: an aggregator's demands, one of `feedwright.checks.PROFILES`.
        ignore: codes of problems that are let through.
        severity: the least that fails: "warning" lets through only what is worth knowing.
        now: aware; dates later than this are problems. Without it they are not looked for.
        address: that the document is served at, which its link to itself should have.

    Raises:
        AssertionError: there are problems; its text says which, where, and what would be right.
        ValueError: a code, the profile or the severity is not known.
        TypeError: an argument is no such thing.
    """
    from feedwright import arguments
    from feedwright.checks import check
    from feedwright.checks.lint import SEVERITIES, UsageError, codes

    __tracebackhide__ = True  # pytest then shows the line of the test, not this one
    try:
        codes.demand_codes(ignore)
        codes.demand_profile(profile)
    except UsageError as error:
        raise ValueError(str(error)) from None
    failing = SEVERITIES[: SEVERITIES.index(severity) + 1]
    found = check(
        arguments.document(data),
        media_type=media_type,
        profile=profile,
        now=now,
        address=address,
        ignore=ignore,
        min_severity=severity,
        file="feed",
    )
    problems = [problem for problem in found if problem.severity in failing]
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
        raise AssertionError("\n".join([f"the feed has {count}", *(f"{one.severity}: {one}" for one in problems)]))
