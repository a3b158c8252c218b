"""What selects nothing: terms and globs of the configuration, and feeds that articles name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from feedwright.config import TERM_KINDS, Config
from feedwright.config.kinds import OWN
from feedwright.config.model import nearest_line
from feedwright.errors import Problem
from feedwright.model import FeedName
from feedwright.text.suggest import likest


def unmatched(config: Config, there: There) -> Iterator[Problem]:
    """What in the configuration matches no article that may be shown."""
    for kind, rules in config.kinds.items():
        if rules.enabled:
            for key, wanted in (("only", rules.only or ()), ("except", rules.excepted)):
                yield from _missing(config, f"kinds.{kind}.{key}", wanted, kind, there)
    for number, feed in enumerate(config.feeds):
        for part, filter_ in (("include", feed.include), ("exclude", feed.exclude)):
            where = f"feed.{number}.{part}"
            for kind, wanted in filter_.terms.items():
                yield from _missing(config, f"{where}.{kind}", wanted, kind, there)
            for glob in filter_.paths:
                if not there.any_file(glob):
                    yield _unmet(config, f"{where}.path", glob, "path", ())


class There(Protocol):
    """What there is among the articles that may be shown."""

    def terms(self, kind: str) -> Collection[str]:
        """The terms of a kind that any of them has."""
        ...

    def any_file(self, glob: str) -> bool:
        """Whether the file of any of them matches."""
        ...


def _missing(config: Config, key: str, wanted: Iterable[str], kind: str, there: There) -> Iterator[Problem]:
    if not wanted:
        return
    known = there.terms(kind)
    for term in wanted:
        if term not in known:
            yield _unmet(config, key, term, kind, known)


def _unmet(config: Config, key: str, term: str, kind: str, there: Collection[str]) -> Problem:
    near = likest(term, sorted(there), 1, 0.6)
    hint = f"Did you mean {near[0]!r}?" if near else "It is kept for articles to come."
    what = f"no published article has the {kind} {term!r}"
    line = nearest_line(config.lines, key)
    return Problem("warning", "filter-matches-nothing", str(config.file), what, hint, line, key)


def unknown_feeds(named: Iterable[tuple[str, Sequence[str]]], there: Collection[FeedName]) -> Iterator[Problem]:
    """Feeds that articles name and that there are not.

    Args:
        named: an article's file, and the feeds that it names.
        there: the feeds that there are.
    """
    names = {kind for kind, _ in there} | {f"{kind}/{term}" for kind, term in there}
    names |= {term for kind, term in there if kind == OWN}
    for key, feeds in named:
        for name in feeds:
            if name not in names:
                near = likest(name, sorted(names), 1, 0.5)
                hint = f"Did you mean {near[0]!r}?" if near else f"Known are kinds ({', '.join(TERM_KINDS)}) and names."
                yield Problem("warning", "feed-unknown", key, f"there is no feed {name!r}", hint, key="feeds")
