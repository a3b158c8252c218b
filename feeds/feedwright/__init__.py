"""Feedwright: a folder of articles -> every feed a site needs.

`build` and `check` are all that a program needs; what they take and give is here by name. Nothing heavy is imported
before one of them is called.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

from feedwright.errors import FeedsError, Problem, Severity

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from feedwright.publish.report import Report
    from feedwright.run import Options

__all__ = ["FeedsError", "Options", "Problem", "Report", "Severity", "build", "check"]


def build(
    content: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    file: str | os.PathLike[str] | None = None,
    state: str | os.PathLike[str] | None = None,
    now: datetime | None = None,
    progress: Callable[[str, int], None] | None = None,
    options: Options | None = None,
    executor: Executor | None = None,
) -> Report:
    """Make every feed of a content folder; only what changed is made again.

    Args:
        content: the site's folder, which holds its `site.toml`; with `file`, that of articles may be meant.
        out: the folder that the feeds are written to.
        file: the configuration; None for `site.toml` in `content`.
        state: the folder of what must last; None for what the configuration says.
        now: aware; None for the clock's.
        progress: is told each step, and how many articles or documents of it are done. If it has a method `expect`,
            that is told each step before it begins, and how many there are to do.
        options: how the build goes; None for `Options()`.
        executor: reads files in its processes or threads; None for this one. What is made is the same.

    Returns: what the build did, and what is wrong.

    Raises:
        FeedsError: nothing was published; its problems say why.
        TypeError, ValueError: an argument is no such thing; nothing was looked at.
    """
    from feedwright import arguments, pipeline, run

    if options is not None and not isinstance(options, run.Options):
        raise TypeError(
            f"options is {arguments.shown(options)}: give feedwright.Options(...), such as Options(dry_run=True)"
        )
    if progress is not None and not callable(progress):
        raise TypeError(f"progress is {arguments.shown(progress)}: give a function that takes a step and a number")
    return pipeline.build(
        arguments.path("content", content),
        arguments.path("out", out),
        file=None if file is None else arguments.path("file", file),
        state=None if state is None else arguments.path("state", state),
        now=arguments.moment(now),
        progress=progress,
        options=options or run.Options(),
        executor=executor,
    )


def check(
    data: bytes | bytearray | memoryview,
    *,
    media_type: str | None = None,
    profile: str | None = None,
    now: datetime | None = None,
    address: str | None = None,
    ignore: Collection[str] = (),
    min_severity: Severity = "info",
    file: str | os.PathLike[str] = "",
) -> list[Problem]:
    """Say what is wrong with a feed, an OPML file or a sitemap, anybody's.

    Args:
        data: the whole document, as bytes or any other buffer; its format is told from its content.
        media_type: as the server sent it, with its charset; where it does not fit the content, that is a problem.
        profile: whose demands are checked too: a name that `feeds check --profiles` lists.
        now: aware; dates later than this are problems. Without it dates in the future are not looked for.
        address: that the document was found at, which its link to itself should have. Without it that is not judged.
        ignore: codes of problems that are let through.
        min_severity: what is as grave as this, or graver, comes first where there is too much to tell.
        file: the name that the problems carry.

    Returns: the problems, by line and column, then by code.

    Raises:
        TypeError, ValueError: an argument is no such thing, or there is no such profile. Nothing else, whatever the
            bytes.
    """
    from feedwright import arguments, checks

    if isinstance(ignore, (str, bytes)) or not isinstance(ignore, Collection):
        raise TypeError(f'ignore is {arguments.shown(ignore)}: give a list of codes, such as ["rss-self-missing"]')
    if min_severity not in ("error", "warning", "info"):
        raise ValueError(f'min_severity is {arguments.shown(min_severity)}: give "error", "warning" or "info"')
    return checks.check(
        arguments.document(data),
        media_type=arguments.text("media_type", media_type),
        profile=arguments.text("profile", profile),
        now=arguments.moment(now),
        address=arguments.text("address", address),
        ignore=ignore,
        min_severity=min_severity,
        file=os.fspath(arguments.path("file", file)) if file != "" else "",
    )


if not TYPE_CHECKING:  # what reads types sees the true names alone, and tells of misspelt ones

    def __getattr__(name: str) -> object:
        """Import the heavier types when they are first asked for (PEP 562)."""
        if name == "Options":
            from feedwright.run import Options

            return Options
        if name == "Report":
            from feedwright.publish.report import Report

            return Report
        raise AttributeError(f"module 'feedwright' has no attribute {name!r}")
