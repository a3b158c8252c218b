"""Feedwright: a folder of articles -> every feed a site needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedwright.errors import FeedsError, Problem
from feedwright.model import Article, Feed, Site

if TYPE_CHECKING:
    from feedwright.checks import check
    from feedwright.pipeline import build
    from feedwright.publish.report import Report

__all__ = ["Article", "Feed", "FeedsError", "Problem", "Report", "Site", "build", "check"]


def __getattr__(name: str) -> Any:
    """Import the heavier parts when they are first asked for (PEP 562)."""
    if name == "build":
        from feedwright import pipeline

        return pipeline.build
    if name == "Report":
        from feedwright.publish import report

        return report.Report
    if name == "check":
        from feedwright import checks

        return checks.check
    raise AttributeError(f"module 'feedwright' has no attribute {name!r}")
