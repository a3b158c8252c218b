"""Where code is in a text, and where what is looked for comes next, each found out once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import islice

_FENCE = re.compile(r"`{3,}(?=[^`\n]*+(?:\n|\Z))|~{3,}")
_BEFORE_FENCE = re.compile(r"\n(?:[ \t>]|(?:[*+-]|\d{1,9}[.)])[ \t])*+\Z")
_TICKS = re.compile(r"`+")
_BLANK = re.compile(r"\n[ \t]*\n")
_ELEMENT = re.compile(r"<(pre|code|script|style|textarea)", re.IGNORECASE)
_RAW = re.compile(r"\{%[-+~]?\s*+(end)?(raw|verbatim)\s*+[-+~]?%\}")
_SHOWN_SHORTCODE = re.compile(r"(\{\{[<%]-?)/\*((?:[^{\n]|\{(?!\{))*?)\*/(-?[>%]\}\})")
_INDENTED = re.compile(r"\n(?: {4}| {0,3}\t)")
_LONGEST_LINE = 400
_NEAR = 12


def outside_escapes(code: str) -> str:
    """Code as an engine would show it: without what keeps that from reading tags in it."""
    if "raw" in code or "verbatim" in code:
        code = _without_raw(code)
    return _SHOWN_SHORTCODE.sub(r"\1\2\3", code) if "/*" in code and "{{" in code else code


def _without_raw(code: str) -> str:
    pieces: list[str] = []
    kept = 0
    opened: re.Match[str] | None = None
    for found in _RAW.finditer(code):
        if opened is None:
            opened = found if not found[1] else None
        elif found[1] and found[2] == opened[2]:
            pieces += (code[kept : opened.start()], code[opened.end() : found.start()])
            kept, opened = found.end(), None
    return "".join((*pieces, code[kept:]))


class Code:
    """Where code ends that begins at a place, and other places ahead; asked from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._next: dict[str, int] = {}
        self._first: dict[int, int] = {}
        self._held: dict[str, re.Match[str] | None] = {}
        self._runs: dict[int, list[int]] | None = None
        self._blank = -1
        self._blocks: list[tuple[int, int]] | None = None

    def next(self, mark: str, start: int) -> int:
        """Where a mark comes next; -1 where it does not."""
        known = self._next.get(mark, start - 1)
        if 0 <= known < start or mark not in self._next:
            known = self._next[mark] = self.text.find(mark, start)
        return known

    def first(self, patterns: tuple[re.Pattern[str], ...], start: int) -> int:
        """Where the first of patterns comes next; -1 where none does."""
        best = -1
        for pattern in patterns:
            # By identity: to hash a pattern takes as long as a short search.
            known = self._first.get(id(pattern))
            if known is None or -1 < known < start:
                found = pattern.search(self.text, start)
                known = self._first[id(pattern)] = found.start() if found else -1
            if known >= 0 and (best < 0 or known < best):
                best = known
        return best

    def next_outside_quotes(self, mark: str, start: int) -> int:
        """The same, but not within a text in quotes, as far as that can be told from what is near."""
        close = first = self.next(mark, start)
        for _ in range(4):
            if close < 0 or close - start > _LONGEST_LINE * 25:
                return first
            inside = self.text[start:close]
            if inside.count('"') % 2 == 0 and inside.count("`") % 2 == 0:
                return close
            close = self.text.find(mark, close + 1, close + _LONGEST_LINE * 25)
        return first

    def held(self, end_tag: str, start: int) -> tuple[int, str | None]:
        """What stands from a place to an end tag, and where that ends; None where it never comes."""
        found = self._held.get(end_tag)
        if end_tag not in self._held or (found is not None and found.start() < start):
            found = self._held[end_tag] = re.compile(end_tag).search(self.text, start)
        return (found.end(), self.text[start : found.start()]) if found else (start, None)

    def span_end(self, start: int) -> int:
        """Where a code span ends that backticks at a place begin; where these end if they begin none."""
        found = _TICKS.match(self.text, start)
        end = found.end() if found else start + 1
        if self.text[start - 1] == "\\":
            return start + 1
        limit = self._paragraph_end(end)
        for run in islice(_TICKS.finditer(self.text, end, limit), _NEAR):
            if run.end() - run.start() == end - start:
                return run.end()
        if self._runs is None:
            self._runs = {}
            for run in _TICKS.finditer(self.text):
                self._runs.setdefault(run.end() - run.start(), []).append(run.start())
        places = self._runs.get(end - start, [])
        index = bisect_left(places, end)
        if index == len(places) or places[index] > limit:
            return end
        return places[index] + end - start

    def _paragraph_end(self, start: int) -> int:
        if self._blank < start:
            found = _BLANK.search(self.text, start)
            self._blank = found.start() if found else len(self.text)
        return self._blank

    def fence_end(self, start: int) -> int:
        """Where a fenced block ends whose fence is at a place; that place where there is none."""
        found = _FENCE.match(self.text, start)
        line = self.text.rfind("\n", max(0, start - _LONGEST_LINE), start)
        if found is None or line < 0 or not _BEFORE_FENCE.match(self.text[line:start]):
            return start
        mark = found[0]
        close = re.compile(rf"\n[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*(?=\n|\Z)").search(self.text, found.end())
        return close.end() if close else len(self.text)

    def element_end(self, start: int) -> int:
        """Where an element ends that holds code, a script or a comment; where its "<" ends if it is never closed."""
        found = _ELEMENT.match(self.text, start)
        mark = "-->" if found is None else f"</{found[1]}"
        close = self.next(mark, start + 1)
        return close + len(mark) if close >= 0 else start + 1

    def indented(self, place: int) -> bool:
        """Whether a place is in code because of its indentation."""
        line = self.text.rfind("\n", max(0, place - _LONGEST_LINE), place)
        if line < 0 or not _INDENTED.match(self.text, line):
            return False
        before = self.text[max(0, self.text.rfind("\n", max(0, line - _LONGEST_LINE), line)) + 1 : line]
        if before[:1].isalnum() and not before[0].isdecimal():
            # It goes on with a paragraph.
            return False
        if self._blocks is None:
            self._blocks = _code_blocks(self.text)
        index = bisect_right(self._blocks, (place, len(self.text))) - 1
        return index >= 0 and place < self._blocks[index][1]


def _code_blocks(text: str) -> list[tuple[int, int]]:
    """Where indented code begins and ends."""
    # Only few texts have tags that are indented.
    import pyromark

    found = []
    for event, place in pyromark.events_with_range(text):
        if isinstance(event, dict) and event.get("Start") == {"CodeBlock": "Indented"}:
            found.append((place["start"], place["end"]))
    if text.isascii():
        return found
    written = text.encode()
    blocks = []
    at = count = 0
    for start, end in found:
        first = count + len(written[at:start].decode())
        count = first + len(written[start:end].decode())
        at = end
        blocks.append((first, count))
    return blocks
