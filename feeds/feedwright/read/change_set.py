"""What a run found in the content folder: what the steps after that hand on to one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedwright.articles.model import Around
from feedwright.errors import Problem

if TYPE_CHECKING:
    from feedwright.read.at_hand import ArticlesAtHand

Touched = Sequence[tuple[int, Sequence[str]]]
"""Numbers of feeds, and why each is to be looked at, in words."""


@dataclass(slots=True, eq=False)
class ChangeSet:
    """What a refresh found: filled in while it goes on, and left as it is after that.

    Args:
        around: what is known from beside the articles' files.
        at_hand: articles as they were read; None where none was.
        problems: of the folder as a whole.
        together: problems of several articles together; those of single articles are in the catalog.
        causes: number of a feed -> what touched it, in words.
        files: how many files there are.
        changed: numbers of articles that came, went, changed, or changed sides between shown and not.
        arrived: those of them that were not shown before this run.
        stale: numbers of articles whose text is to be made anew.
        vanished: files of published articles that are gone, and not found elsewhere.
        broken: files of articles that were published and cannot be read now, where that is new.
        relinked: files of published articles that have another address than before.
        withdrawn: files of articles that were published, and are protected now, or more so than before.
        newest: when the newest article was published that began to be shown, in seconds since 1970.
        new_rules: whether the configuration has changed what a file's content comes to.
        new_texts: whether all texts are to be made anew.
        idle: whether there is nothing to do.
        noted: whether the ledger was told something of articles.
        renamed: feeds that have another name: kind, term before, term now.
    """

    around: Around
    at_hand: ArticlesAtHand | None = None
    problems: list[Problem] = field(default_factory=list)
    together: list[Problem] = field(default_factory=list)
    causes: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    files: int = 0
    changed: set[int] = field(default_factory=set)
    arrived: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)
    vanished: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    relinked: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    newest: int | None = None
    new_rules: bool = False
    new_texts: bool = False
    idle: bool = False
    noted: bool = False
    renamed: list[tuple[str, str, str]] = field(default_factory=list)

    def count_changed(self, left_out: Set[int]) -> int:
        """How many articles changed, where some that were to be shown could not be."""
        return len(self.changed - (self.arrived & left_out) | (left_out - self.arrived))

    def note_change(self, n: int, *, was: bool, now: bool) -> None:
        """Note what became of an article; one that comes and goes in the same run is as it was.

        Args:
            was, now: whether it was shown before that, and is.
        """
        if now and not was:
            self.arrived.add(n)
        if now or (was and n not in self.arrived):
            self.changed.add(n)
        elif was:
            self.arrived.discard(n)
            self.changed.discard(n)
