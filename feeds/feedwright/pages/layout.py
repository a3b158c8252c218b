"""Where in a page's elements its words stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from feedwright.pages.words import RUN, hashes_of, words_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NEARLY_ALL = 0.97
_MOST_RUNS = 500
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg"))
_BLOCKS = frozenset(("body", "main", "article", "section", "div", "td", "center", "form"))


class Layout:
    """The elements of a page in the order of the document, each with the range of its words."""

    def __init__(self, body: LexborNode) -> None:
        self.nodes: list[LexborNode] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.parents: list[int] = []
        self.words: list[str] = []
        self._read(body)

    def _read(self, body: LexborNode) -> None:
        node: LexborNode | None = body
        around: list[int] = []
        while node is not None:
            tag = node.tag or ""
            below = None
            if tag == "-text":
                self.words += words_of(node.text())
            elif not tag.startswith("-") and tag not in _UNSEEN:
                self.parents.append(around[-1] if around else -1)
                around.append(len(self.nodes))
                self.nodes.append(node)
                self.starts.append(len(self.words))
                self.ends.append(-1)
                below = node.first_child
                if below is None:
                    self.ends[around.pop()] = len(self.words)
            node = below or self._after(node, around)

    def _after(self, node: LexborNode, around: list[int]) -> LexborNode | None:
        """The next node in the order of the document, whose parent is the last of `around`."""
        while around:
            after = node.next
            if after is not None:
                return after
            index = around.pop()
            self.ends[index] = len(self.words)
            node = self.nodes[index]
        return None

    def children(self) -> dict[int, list[int]]:
        """The elements in each element, by their indexes."""
        found: dict[int, list[int]] = {}
        for index, parent in enumerate(self.parents):
            found.setdefault(parent, []).append(index)
        return found

    def places(self, runs: Collection[int]) -> dict[int, list[int]]:
        """Where each of some runs begins that the page has."""
        found: dict[int, list[int]] = {}
        for place, run in enumerate(hashes_of(self.words)):
            if run in runs:
                found.setdefault(run, []).append(place)
        return found

    def held(self, index: int, places: Collection[list[int]]) -> int:
        """How many of some runs stand in an element as a whole."""
        start, last = self.starts[index], self.ends[index] - RUN
        return sum((at := bisect_left(of_run, start)) < len(of_run) and of_run[at] <= last for of_run in places)

    def covered(self, runs: Collection[int]) -> list[bool]:
        """Of each word, whether it is part of one of some runs."""
        found = [False] * len(self.words)
        for place, run in enumerate(hashes_of(self.words)):
            if run in runs:
                found[place : place + RUN] = [True] * min(RUN, len(found) - place)
        return found

    def smallest_index(self, runs: Collection[int]) -> int:
        """The smallest block that holds nearly all that the page has of a text's runs; -1 where there is none."""
        places = [of_run for _, of_run in sorted(self.places(runs).items())[:_MOST_RUNS]]
        if not places:
            return -1
        children = self.children()
        index = 0
        while True:
            inner = next(self._holding(children.get(index, ()), places), None)
            if inner is None:
                return self._outwards(index)
            index = inner

    def _holding(self, indexes: Collection[int], places: Collection[list[int]]) -> Iterator[int]:
        return (index for index in indexes if self.held(index, places) >= _NEARLY_ALL * len(places))

    def _outwards(self, index: int) -> int:
        while index > 0 and self.nodes[index].tag not in _BLOCKS:
            index = self.parents[index]
        return index

    def smallest(self, runs: Collection[int]) -> LexborNode | None:
        """The smallest block that holds nearly all that the page has of a text's runs; never the whole page."""
        index = self.smallest_index(runs)
        return self.nodes[index] if index > 0 else None
