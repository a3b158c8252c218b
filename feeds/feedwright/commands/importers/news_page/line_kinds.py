"""What each line of a plain-text page looks like, and where by that its text begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from feedwright.commands.importers.news_page import lines, vocabulary
from feedwright.commands.importers.news_page.lines import columns

PROSE = 40
"""Columns: so long is a sentence that shows where a story's text is."""
LONG_PROSE = 160
"""Columns: so long a line is prose without a full stop, too; not every script has one."""


class Kind(Enum):
    """What a line looks like, wherever it stands."""

    FURNITURE = auto()
    LABEL = auto()
    ALSO = auto()
    PROSE = auto()
    SENTENCE = auto()
    QUESTION = auto()  # or a headline that ends as a sentence may
    FRAGMENT = auto()


_TEXT = (Kind.PROSE, Kind.SENTENCE, Kind.QUESTION)
LIKE_HEADLINES = (Kind.FRAGMENT, Kind.QUESTION)
_HEADLINE_END = re.compile(r"(?:[?!？！…]|\.{3}|(?<![^\W\d_])(?:[^\W\d_]\.){2,})[\"'”’»」』)]*$")


def kind_of(line: str) -> Kind:
    """What a line looks like."""
    if vocabulary.is_label(line):
        return Kind.LABEL
    if vocabulary.also_read(line):
        return Kind.ALSO
    if vocabulary.is_furniture(line):
        return Kind.FURNITURE
    line = vocabulary.unbulleted(line)
    wide = columns(line)
    if not lines.is_ended(line):
        return Kind.PROSE if wide >= LONG_PROSE else Kind.FRAGMENT
    if wide < LONG_PROSE and _HEADLINE_END.search(line) and not lines.has_inner_stop(line):
        return Kind.QUESTION
    return Kind.PROSE if wide >= PROSE else Kind.SENTENCE


def first_prose(kinds: Sequence[Kind], after: int = 0) -> int:
    """Where text begins from a line on, -1 for nowhere: prose, or short sentences where there is none."""
    for wanted in _TEXT:
        # A short sentence that the page begins with is its headline.
        start = after if wanted is Kind.PROSE else max(after, 1)
        if wanted in kinds[start:]:
            return kinds.index(wanted, start)
    return -1


def end_of_text(kinds: Sequence[Kind], after: int) -> int:
    """Where the tail begins: after the last prose and the short sentences that follow it."""
    wanted = next((looked for looked in _TEXT if looked in kinds[after:]), None)
    end = max((number + 1 for number in range(after, len(kinds)) if kinds[number] is wanted), default=after)
    while end < len(kinds) and kinds[end] is Kind.SENTENCE:
        end += 1
    listed = (*LIKE_HEADLINES, Kind.LABEL, Kind.ALSO)
    # A question at the very end is the story's; one among headlines is a headline.
    asks = kinds[end : end + 1] == [Kind.QUESTION] and not any(other in listed for other in kinds[end + 1 :])
    return end + asks
