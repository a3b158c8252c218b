"""Blocks of code between fences, which say nothing of the text around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def outside(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines that are neither a fence nor between two, each with its place, from 0.

    Source: CommonMark 0.31 §4.5.
    """
    fence = ""
    for place, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and (not fence or (mark[1].startswith(fence) and line.strip() == mark[1])):
            fence = "" if fence else mark[1]
        if not (fence or mark):
            yield place, line
