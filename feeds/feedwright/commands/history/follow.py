"""Follow a feed into its past, as a subscriber would: is every article there, and once?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from feedwright.checks.lint.inputs import Unread
from feedwright.commands.history.expected import Expected
from feedwright.commands.history.page import Page, page_of
from feedwright.errors import FeedsError, Problem

MOST = 100_000
"""Documents that are followed."""

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One document on the way into the past.

    Args:
        name: its path or address.
        entries: how many it holds.
        new: how many of these no newer document has.
    """

    name: str
    entries: int
    new: int


@dataclass(slots=True)
class History:
    """What was found.

    Args:
        steps: the subscription document first.
        articles: id -> the latest change that any document has of it; None where none is named.
    """

    steps: list[Step] = field(default_factory=list)
    articles: dict[str, datetime | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def repeated(self) -> int:
        """Entries that a newer document has again: corrections."""
        return sum(step.entries - step.new for step in self.steps)

    @property
    def exit_code(self) -> int:
        """0 well, 1 something is out of reach, or wrong otherwise."""
        return int(any(problem.severity == "error" for problem in self.problems))


def history(source: str, expected: Expected | None = None) -> History:
    """Follow a feed's `prev-archive` links, or a JSON Feed's `next_url`, to its beginning.

    Args:
        source: path or address of its subscription document.
        expected: what is known of it, where it is our own.

    Raises:
        FeedsError: the subscription document cannot be read, or is no feed.
    """
    first = _read(source)
    if isinstance(first, Problem):
        raise FeedsError(first)
    found, seen = History(), {source}
    place = _Place(source, first.self_url)
    newer, page, name = None, first, source
    while True:
        found.problems += _problems_of(name, page, first, newer)
        _take(found, name, page, expected)
        link = urljoin(page.self_url or (name if _is_address(name) else ""), page.before) if page.before else ""
        if not link:
            break
        target = place.of(link)
        if target in seen or len(seen) > MOST:
            what = f"leads back to {target}: whoever follows it never ends"
            found.problems.append(Problem("error", "history-loop", name, what, source="RFC 5005 §4"))
            break
        seen.add(target)
        before = _read(target)
        if isinstance(before, Problem):
            what = f"the link to {link} leads nowhere: {before.what}"
            mend = "What is older is out of reach."
            found.problems.append(Problem("error", "history-broken", name, what, mend, source="RFC 5005 §4"))
            break
        newer, page, name = page, before, target
    if expected:
        found.problems += _out_of_reach(source, found.articles, expected)
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where documents are: those of a local feed are files beside it.

    Args:
        source: path or address of the subscription document.
        address: that it says it has.
    """

    source: str
    address: str

    def of(self, link: str) -> str:
        """The path or address of another document."""
        if _is_address(self.source):
            return link
        here, there = urlsplit(self.address), urlsplit(link)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            return link
        path = posixpath.relpath(unquote(there.path) or "/", unquote(posixpath.dirname(here.path)) or "/")
        if link.endswith("/"):
            path += "/index.xml"
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.source), path))


def _is_address(source: str) -> bool:
    return re.match(r"https?://", source, re.IGNORECASE) is not None


def _read(source: str) -> Page | Problem:
    if _is_address(source):
        # httpx is slow to load.
        from feedwright.checks.lint.web import fetch

        document = fetch(source)
        if isinstance(document, Unread):
            return document.problem
        return page_of(document.content, source)
    try:
        content = Path(source).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return Problem("error", "file-unreadable", source, f"it cannot be read: {reason}")
    return page_of(content, source)


def _take(found: History, name: str, page: Page, expected: Expected | None) -> None:
    new, twice = 0, []
    here: set[str] = set()
    for id_, updated in page.entries:
        if id_ in here:
            twice.append(id_)
        here.add(id_)
        if id_ not in found.articles:
            found.articles[id_] = updated
            new += 1
        elif updated and ((newer := found.articles[id_]) is None or updated > newer):
            what = f"has a later change of {id_} than a newer document"
            mend = "Readers take the entry that changed last: publish the correction in the feed itself."
            found.problems.append(Problem("warning", "history-older-newer", name, what, mend, source="RFC 5005 §4"))
    found.steps.append(Step(name, len(page.entries), new))
    if twice:
        found.problems.append(Problem("error", "history-twice", name, f"has twice: {_some(twice)}"))
    published = expected.hashes.get(page.self_url, "") if expected else ""
    if published and published != sha256(page.content).hexdigest()[:32]:
        what = "is not as it was published: archive documents never change"
        found.problems.append(Problem("error", "history-changed", name, what, "The next `feeds build` puts it right."))


def _problems_of(name: str, page: Page, first: Page, newer: Page | None) -> Iterator[Problem]:
    """What is wrong with an archive document's place among the others."""
    if page.id != first.id:
        what, mend = f"is of another feed: {page.id}", "All documents of one feed have its id."
        yield Problem("error", "history-other-feed", name, what, mend, source="RFC 5005 §4")
    if newer is None or page.format == "json":
        return
    if first.self_url and page.current and page.current != first.self_url:
        what, mend = f"names {page.current} as the current document", f"It is {first.self_url}."
        yield Problem("warning", "history-current", name, what, mend, source="RFC 5005 §4")
    if page.after and newer.self_url and page.after != newer.self_url:
        what, mend = f"names {page.after} as the next one", f"It is {newer.self_url}."
        yield Problem("warning", "history-next", name, what, mend, source="RFC 5005 §4")


def _out_of_reach(source: str, articles: Mapping[str, object], expected: Expected) -> Iterator[Problem]:
    missing = sorted(expected.ids - set(articles))
    if missing:
        what = f"{len(missing)} of {len(expected.ids)} articles are out of reach: {_some(missing)}"
        mend = "With `archive = 100`, a feed gets archives that hold them." if not expected.hashes else ""
        yield Problem("error", "history-out-of-reach", source, what, mend, source="RFC 5005 §4")


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_EXAMPLES]) + (", ..." if len(ids) > _EXAMPLES else "")
