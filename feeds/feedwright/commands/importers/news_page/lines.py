"""The lines of a plain-text page: spacing mended, and hard-wrapped paragraphs each on one line again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby, pairwise

from feedwright.commands.importers.news_page import vocabulary
from feedwright.text.characters import xml_safe

WIDEST = 120
"""Columns; who wraps by hand or machine wraps before."""
NARROWEST = 30

_BREAK = re.compile(r"\r\n?|[\n\x0b\x0c\u2028\u2029]")
_SPACE = re.compile(r"\s+")
_BEFORE_STOP = re.compile(r"(?<=[^\s.,]) (?=[.,](?:[\s\"'”’»)\]]|$))(?!\.\s*\.)")
_BEFORE_MARK = re.compile(r"(?<=\w) (?=[;:!?](?:\s|$))")
_MARK = re.compile(r"\w[;:!?](?:\s|$)")
_BEFORE_WIDE_STOP = re.compile(r"(?<=\S) (?=[，。；：！？、])")
_NO_BREAK = "\u00a0\u202f"
_ENDED = re.compile(r"(?:[.!?…。．！？।॥።؟۔။។։]|\.{3})[\"'”’»›」』）)\]*]*$")
_INNER_STOP = re.compile(r"[.!?…][\"'”’»)]* +[^\W_]|[。！？][^\W_]")
_BRACKETED = re.compile(r"[(（\[【].*[)）\]】]")
_BROKEN_WORD = re.compile(r"\w[-‐]$")


def split_lines(text: str) -> list[str]:
    """The lines that say something, each with its spacing mended, each paragraph on one.

    Words stay as they are. Runs of spaces, tabs and no-break spaces become one space, but a no-break space stays where
    it belongs to the spelling: « a », 10 000.

    Args:
        text: of a page, with any line ends; a byte order mark and characters that XML forbids are dropped.

    Returns: none of them blank.
    """
    written = [_spaced(xml_safe(line)) for line in _BREAK.split(text)]
    blocks = [list(block) for said, block in groupby(written, key=bool) if said]
    width = _wrap_width(blocks)
    joined = [line for number, block in enumerate(blocks) for line in _unwrapped(block, width, number == 0)]
    spaces_marks = _spaces_marks(joined)
    return [_punctuated(line, spaces_marks) for line in joined]


def columns(text: str) -> int:
    """How wide a text is: East Asian wide characters take two columns, combining marks none."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char) for char in text)


def is_ended(text: str) -> bool:
    """Whether a text ends as sentences do, or stands in brackets."""
    return _ENDED.search(text) is not None or _BRACKETED.fullmatch(text) is not None


def has_inner_stop(text: str) -> bool:
    """Whether a text is more than one sentence."""
    return _INNER_STOP.search(text) is not None


def key(text: str) -> str:
    """What is left to compare when spacing, case, punctuation and typographic variants do not count."""
    kept = "".join(
        char for char in unicodedata.normalize("NFKC", text).casefold() if unicodedata.category(char)[0] in "LMN"
    )
    return kept or text


def _spaced(line: str) -> str:
    def one(run: re.Match[str]) -> str:
        before, after = line[run.start() - 1 : run.start()], line[run.end() : run.end() + 1]
        belongs = before in ("«", "‹") or after in tuple("»›;:!?%€") or (before.isdigit() and after.isdigit())
        return run[0] if run[0] in tuple(_NO_BREAK) and belongs else " "

    line = line.replace("\ufeff", "")
    spaced = _SPACE.sub(one, line).strip()
    invisible = all(unicodedata.category(char) in ("Cf", "Cc") for char in spaced)
    return "" if invisible else spaced


def _spaces_marks(joined: Sequence[str]) -> bool:
    """Whether the page is written as French is, with a space before ":" and its like."""
    page = "\n".join(joined)
    return len(_BEFORE_MARK.findall(page)) > len(_MARK.findall(page)) or f"{_NO_BREAK[0]}:" in page


def _punctuated(line: str, spaces_marks: bool) -> str:
    line = _BEFORE_WIDE_STOP.sub("", _BEFORE_STOP.sub("", line))
    return line if spaces_marks else _BEFORE_MARK.sub("", line)


def _wrap_width(blocks: Sequence[Sequence[str]]) -> int:
    """The column that the page is wrapped at; 0 where it is not.

    A line shows it that breaks off in the middle of a sentence, with the rest on the next.
    """
    broken: list[tuple[str, str]] = []
    surely = False
    for block in blocks:
        for line, following in pairwise(block):
            small = following[0].islower()
            caseless = unicodedata.category(following[0]) == "Lo" and is_ended(block[-1])
            narrow = NARROWEST <= columns(line) <= WIDEST and columns(following) <= WIDEST
            if narrow and not is_ended(line) and (small or caseless):
                broken.append((line, following))
                surely = surely or small
    width = max((columns(line) for line, _ in broken), default=0)
    full = [pair for pair in broken if _fills(*pair, width)]
    enough = len(broken) > 1 or surely
    return width if enough and len(full) >= 0.7 * len(broken) else 0


def _fills(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word did not fit on this one."""
    wide = columns(following[0]) == 2
    first = 6 if wide else columns(following.split(" ", 1)[0]) + 1
    return columns(line) + first > width


def _unwrapped(block: Sequence[str], width: int, is_first: bool) -> list[str]:
    if not width:
        return list(block)
    done: list[str] = []
    chain = [block[0]]
    for line, following in pairwise(block):
        goes_on = following[0].islower() and not is_ended(line)
        if (goes_on or _fills(line, following, width)) and _may_go_on(line, following, width):
            chain.append(following)
        else:
            done += _joined(chain, is_first)
            chain = [following]
    return done + _joined(chain, is_first)


def _may_go_on(line: str, following: str, width: int) -> bool:
    """Whether the next line may be of the same paragraph: no repeated headline, no list item, nothing of the site."""
    own = any(vocabulary.is_furniture(one) or vocabulary.is_label(one) for one in (line, following))
    # The page's limit may be a little above the widest line that was seen to break off.
    fits = columns(line) <= width + 10 >= columns(following)
    return fits and not own and key(line) != key(following) and vocabulary.unbulleted(following) == following


def _joined(chain: Sequence[str], is_first: bool) -> list[str]:
    """The lines of a chain as one; where it does not end as prose does, only what goes on in lower case is joined."""
    prose = is_first or is_ended(chain[-1])
    done = [chain[0]]
    for line in chain[1:]:
        if prose or line[0].islower():
            done[-1] += _seam(done[-1], line) + line
        else:
            done.append(line)
    return done


def _seam(before: str, after: str) -> str:
    if columns(before[-1]) == columns(after[0]) == 2:
        return ""
    return "" if _BROKEN_WORD.search(before) and after[0].islower() else " "
