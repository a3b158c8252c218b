"""Feedwright: a folder of articles -> every feed a site needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.errors import FeedsError, Problem
from feeds.model import Article, Feed, Site

if TYPE_CHECKING:
    from feeds.checks import check
    from feeds.pipeline import build
    from feeds.report import Report

__all__ = ["Article", "Feed", "FeedsError", "Problem", "Report", "Site", "build", "check"]


def __getattr__(name: str) -> Any:
    """Import the heavier parts when they are first asked for (PEP 562)."""
    if name == "build":
        from feeds import pipeline

        return pipeline.build
    if name == "Report":
        from feeds import report

        return report.Report
    if name == "check":
        from feeds import checks

        return checks.check
    raise AttributeError(f"module 'feeds' has no attribute {name!r}")
