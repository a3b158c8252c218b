"""Follow a feed into its past, as a subscriber would: is every article there, and once?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from feedwright.commands.history.documents import Documents
from feedwright.commands.history.expected import Expected
from feedwright.commands.history.page import Page
from feedwright.errors import FeedsError, Problem

MOST = 100_000
"""Documents that are followed."""

LARGEST = 100 * 2**20
"""Characters of ids and dates, of all articles, after which no further document is followed."""

_SHORT = 300
"""Characters of an id or an address that are shown."""

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
        size: characters of all these ids.
    """

    steps: list[Step] = field(default_factory=list)
    articles: dict[str, datetime | None] = field(default_factory=dict)
    size: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def repeated(self) -> int:
        """Entries that a newer document has again: corrections."""
        return sum(step.entries - step.new for step in self.steps)

    @property
    def exit_code(self) -> int:
        """0 well, 1 something is out of reach, or wrong otherwise."""
        return int(any(problem.severity == "error" for problem in self.problems))


def history(source: str, expected: Expected | None = None, root: str = "") -> History:
    """Follow a feed's `prev-archive` links, or a JSON Feed's `next_url`, to its beginning.

    Args:
        source: path or address of its subscription document.
        expected: what is known of it, where it is our own.
        root: the folder that files of a feed which is not our own have to be below; empty for its own folder.

    Raises:
        FeedsError: the subscription document cannot be read, or is no feed.
    """
    folder = expected.out if expected else root or posixpath.dirname(source) or "."
    documents = Documents(source, folder, is_own=expected is not None)
    first = documents.first()
    if isinstance(first, Problem):
        raise FeedsError(first)
    found, seen = History(), {documents.name}
    newer, page, name = None, first, documents.name
    while True:
        found.problems += _problems_of(name, page, first, newer)
        _take(found, name, page, expected)
        if not page.before:
            break
        before = _before(documents, found, first, name, page, seen)
        if isinstance(before, Problem):
            found.problems.append(before)
            break
        newer, (name, page) = page, before
    if expected:
        found.problems += _out_of_reach(documents.name, found.articles, expected)
    return found


def _before(
    documents: Documents, found: History, first: Page, name: str, page: Page, seen: set[str]
) -> tuple[str, Page] | Problem:
    """The document before another one, by its path or address; or why it is not followed."""

    def broken(code: str, what: str, hint: str = "") -> Problem:
        return Problem("error", code, name, what, hint, source="RFC 5005 §4")

    hint = "What is older is out of reach."
    try:
        target = documents.before(name, page, first.self_url)
    except ValueError as error:
        return broken("history-broken", f"the link to {_short(page.before)} leads nowhere: {error}", hint)
    if target in seen:
        return broken("history-loop", f"leads back to {_short(target)}: whoever follows it never ends")
    if len(seen) >= MOST or found.size > LARGEST:
        return broken("history-endless", f"leads on, after {len(seen)} documents: no more are followed", hint)
    seen.add(target)
    before = documents.read(target)
    if isinstance(before, Problem):
        what = f"the link to {_short(page.before)} leads nowhere: {before.what}"
        return broken("history-broken", what, f"{hint} {before.hint}".strip())
    return target, before


def _take(found: History, name: str, page: Page, expected: Expected | None) -> None:
    new, twice = 0, []
    here: set[str] = set()
    for id_, updated in page.entries:
        if id_ in here:
            twice.append(id_)
        here.add(id_)
        if id_ not in found.articles:
            found.articles[id_] = updated
            found.size += len(id_)
            new += 1
        elif updated and ((newer := found.articles[id_]) is None or updated > newer):
            what = f"has a later change of {_short(id_)} than a newer document"
            hint = "Readers take the entry that changed last: publish the correction in the feed itself."
            found.problems.append(Problem("warning", "history-older-newer", name, what, hint, source="RFC 5005 §4"))
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
        what, hint = f"is of another feed: {_short(page.id)}", "All documents of one feed have its id."
        yield Problem("error", "history-other-feed", name, what, hint, source="RFC 5005 §4")
    if newer is None or page.format == "json":
        return
    if first.self_url and page.current and page.current != first.self_url:
        what, hint = f"names {_short(page.current)} as the current document", f"It is {_short(first.self_url)}."
        yield Problem("warning", "history-current", name, what, hint, source="RFC 5005 §4")
    if page.after and newer.self_url and page.after != newer.self_url:
        what, hint = f"names {_short(page.after)} as the next one", f"It is {_short(newer.self_url)}."
        yield Problem("warning", "history-next", name, what, hint, source="RFC 5005 §4")


def _out_of_reach(source: str, articles: Mapping[str, object], expected: Expected) -> Iterator[Problem]:
    missing = sorted(expected.ids - set(articles))
    if missing:
        what = f"{len(missing)} of {len(expected.ids)} articles are out of reach: {_some(missing)}"
        hint = "With `archive = 100`, a feed gets archives that hold them." if not expected.hashes else ""
        yield Problem("error", "history-out-of-reach", source, what, hint, source="RFC 5005 §4")


def _some(ids: Sequence[str]) -> str:
    return ", ".join(map(_short, ids[:_EXAMPLES])) + (", ..." if len(ids) > _EXAMPLES else "")


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}..."
