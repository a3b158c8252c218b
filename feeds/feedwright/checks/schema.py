"""Documents against our RELAX NG schemas."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from threading import Lock

from lxml import etree

from feedwright.checks.node import Node
from feedwright.checks.rule import Format
from feedwright.errors import Problem

_FILES: dict[Format, str] = {
    "rss": "rss20.rng",
    "atom": "atom10.rng",
    "sitemap": "sitemap09.rng",
}
_SOURCES: dict[Format, str] = {
    "rss": "RSS 2.0",
    "atom": "RFC 4287",
    "sitemap": "sitemaps.org 0.9, Google News sitemaps",
}
_LOCK = Lock()
_WHOLE = re.compile(r"(?:failed to validate|has extra) content|in interleave|Invalid sequence")


def has(form: Format) -> bool:
    """Whether there is a schema of the format."""
    return form in _FILES


@cache
def schema(form: Format) -> etree.RelaxNG:
    """The compiled schema of a format; once for each process."""
    return etree.RelaxNG(file=str(Path(__file__).parent / "schemas" / _FILES[form]))


def faults(tree: etree._ElementTree[etree._Element], form: Format) -> list[tuple[int, str]]:
    """Validate a document.

    Args:
        tree: of lxml.
        form: whose schema.

    Returns: for each fault its line (0 where libxml2 names none) and libxml2's message, the most specific first.
    """
    validator = schema(form)
    # The list of errors belongs to the validator, which threads share.
    with _LOCK:
        if validator.validate(tree):
            return []
        found = [(error.line, error.message) for error in validator.error_log]
    return sorted(dict.fromkeys(found), key=lambda fault: bool(_WHOLE.search(fault[1])))


def problem(root: Node, form: Format, found: list[tuple[int, str]], file: str) -> Problem:
    """Say what a schema found, for want of a rule that says it better.

    Args:
        root: the tree that rules look at, to name the element.
        found: at least one fault.
    """
    line, message = next((fault for fault in found if fault[0]), found[0])
    said = dict.fromkeys(message for at, message in found if at in (line, 0))
    what = f"the document does not follow the schema: {'; '.join(list(said)[:3]) or message}"
    nodes = [root, *(node for node in _all(root) if node.line == line)]
    key = nodes[-1].path if line else root.name
    hint = "Compare the element with its specification."
    return Problem("error", f"{form}-schema", file, what, hint, line=line, key=key, source=_SOURCES[form])


def _all(root: Node) -> list[Node]:
    found = [root]
    for node in found:
        found.extend(node.children)
    return found
