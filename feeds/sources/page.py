"""A news page as plain text -> an article: headline, dateline, paragraphs, and the headlines of related stories.

What belongs to the site and not to the story is left out, line by line, and listed. Where it is not certain that a line
does, it stays in the text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto

from feeds.errors import FeedsError, Problem
from feeds.html import xml_safe
from feeds.sources import pagelines, pagewords
from feeds.sources.pagelines import columns, key
from feeds.sources.permalinks import slugify

LONGEST_SLUG = 80
LONGEST_HEADLINE = 250
PROSE = 40
"""Columns: so long is a sentence that shows where a story's text is."""
LONG_PROSE = 160
"""Columns: so long a line is prose without a full stop, too; not every script has one."""
SUBHEADING = 80


class PageError(FeedsError):
    """A page holds no article that can be understood."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article as it was understood.

    Args:
        title: the headline, without the site's name.
        place: of the dateline, "New Delhi"; empty where there is none.
        paragraphs: each on one line; the first begins with its dateline.
        related: headlines of other stories.
        dropped: the lines that were left out, in order: the site's furniture, and the byline and date.
        author: "Jane Doe and John Roe"; empty where the page does not say.
        date: as the page says it, in a form that `feeds.sources.dates` reads; empty where it does not say.
        agency: "Reuters"; empty where none is named.
        subheadings: which paragraphs are sub-headings, counted from 0.
    """

    title: str
    place: str
    paragraphs: tuple[str, ...]
    related: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    author: str = ""
    date: str = ""
    agency: str = ""
    subheadings: tuple[int, ...] = ()


class Kind(Enum):
    """What a line looks like, wherever it stands."""

    FURNITURE = auto()
    LABEL = auto()
    ALSO = auto()
    PROSE = auto()
    SENTENCE = auto()
    QUESTION = auto()  # or a headline that ends like a sentence
    FRAGMENT = auto()


_HEADLINE_END = re.compile(r"(?:[?!？！…]|\.{3}|(?<![^\W\d_])(?:[^\W\d_]\.){2,})[\"'”’»」』)]*$")
_INNER_STOP = re.compile(r"[.!?…][\"'”’»)]* +[^\W_]|[。！？][^\W_]")


def parse(text: str) -> Page:
    """Understand a page.

    Args:
        text: the page as plain text: lines in any wrapping, with whatever the site put around the story.

    Raises:
        PageError: it holds no headline or no paragraph.
    """
    lines = pagelines.lines(text)
    if not lines:
        raise _error("the page is empty")
    kinds = [_kind(line) for line in lines]
    first = _first_prose(kinds)
    title, after, dropped = _headline(lines, kinds, first)
    story = _Story(title, lines, kinds, dropped=dropped)
    last = _last_of_text(kinds, after)
    credited = _read_head(story, after, min(max(_first_prose(kinds, after), after), last + 1))
    _read_text(story, credited, last + 1)
    _read_tail(story, last + 1)
    if not story.paragraphs:
        raise _error("the page has a headline, but no paragraph")
    return _page(story)


def to_markdown(page: Page, *, url: str | None, date: datetime | None, categories: Sequence[str]) -> str:
    """Write an article with front matter, as the content folder holds it.

    Args:
        page: what was understood.
        url: the page's permanent address, absolute; None for the site's own pattern.
        date: aware; None leaves the article without one, and so out of every feed.
        categories: of the article.

    Returns: YAML front matter and Markdown that reads back as the same text.
    """
    front = [f"title: {_quoted(page.title)}"]
    if date:
        front.append(f"date: {date.isoformat(timespec='seconds')}")
    if url:
        front.append(f"url: {_quoted(url)}")
    for name, values in (("categories", categories), ("authors", _people(page.author))):
        if values:
            front.append(f"{name}: [{', '.join(_quoted(value) for value in values)}]")
    front += [f"{name}: {_quoted(value)}" for name, value in (("place", page.place), ("agency", page.agency)) if value]
    if page.related:
        front += ["related:", *(f"  - title: {_quoted(headline)}" for headline in page.related)]
    body = []
    for number, paragraph in enumerate(page.paragraphs):
        if written := _escaped(paragraph):
            body.append(f"## {written}" if number in page.subheadings else written)
    return "\n".join(("---", *front, "---", "", "\n\n".join(body), ""))


def slug(title: str) -> str:
    """A file name for a title, without suffix.

    Args:
        title: in any script; accents on Latin letters go, other scripts stay.

    Returns: at most 80 characters and 240 bytes, cut between words where it can be; "article" where nothing is left.
    """
    whole = slugify("".join(_folded(char) for char in unicodedata.normalize("NFC", xml_safe(title))))
    cut = whole[: LONGEST_SLUG + 1].encode()[:240].decode("utf-8", "ignore")
    if cut != whole:
        at_word = cut.rpartition("-")[0]
        cut = at_word if len(at_word) > LONGEST_SLUG // 2 else cut[:LONGEST_SLUG]
    short = cut.strip("-") or "article"
    # Files of these names are no articles, or stand for their folder.
    return f"{short}-article" if short in ("index", "readme") else short


# --- What each line is ---


@dataclass(slots=True)
class _Story:
    """What was found so far, on the way through the lines."""

    title: str
    lines: Sequence[str]
    kinds: Sequence[Kind]
    dropped: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    subheadings: list[int] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    credit: pagewords.Credit = pagewords.Credit()

    def add_related(self, headline: str) -> None:
        """Once each; a page that names itself is left out."""
        known = {key(self.title), *(key(other) for other in self.related)}
        (self.dropped if key(headline) in known else self.related).append(headline)

    def add_credit(self, said: pagewords.Credit, line: str) -> None:
        """What was said first counts."""
        names = ("author", "date", "updated", "agency")
        self.credit = replace(
            self.credit, **{name: getattr(self.credit, name) or getattr(said, name) for name in names}
        )
        self.dropped.append(line)


def _kind(line: str) -> Kind:
    if pagewords.is_label(line):
        return Kind.LABEL
    if pagewords.also_read(line):
        return Kind.ALSO
    if pagewords.is_furniture(line):
        return Kind.FURNITURE
    wide = columns(line)
    if not pagelines.is_ended(line):
        return Kind.PROSE if wide >= LONG_PROSE else Kind.FRAGMENT
    if wide < LONG_PROSE and _HEADLINE_END.search(line) and not _INNER_STOP.search(line):
        return Kind.QUESTION
    return Kind.PROSE if wide >= PROSE else Kind.SENTENCE


def _first_prose(kinds: Sequence[Kind], after: int = 0) -> int:
    """Where the text surely begins: -1 for nowhere. A page of short sentences alone has text, too."""
    for wanted in (Kind.PROSE, Kind.SENTENCE, Kind.QUESTION):
        start = after if wanted is Kind.PROSE else max(after, 1)
        if wanted in kinds[start:]:
            return kinds.index(wanted, start)
    return -1


def _last_of_text(kinds: Sequence[Kind], after: int) -> int:
    """The last line of the text: the last prose, and the short sentences that follow it."""
    wanted = next((kind for kind in (Kind.PROSE, Kind.SENTENCE, Kind.QUESTION) if kind in kinds[after:]), None)
    last = max((number for number in range(after, len(kinds)) if kinds[number] is wanted), default=after - 1)
    while last + 1 < len(kinds) and kinds[last + 1] is Kind.SENTENCE:
        last += 1
    listed = (Kind.FRAGMENT, Kind.LABEL, Kind.QUESTION, Kind.ALSO)
    if kinds[last + 1 : last + 2] == [Kind.QUESTION] and not any(kind in listed for kind in kinds[last + 2 :]):
        last += 1
    return last


# --- The headline ---


def _headline(lines: Sequence[str], kinds: Sequence[Kind], first: int) -> tuple[str, int, list[str]]:
    """The headline, where the lines after it begin, and what was left out before that."""
    if first < 0:
        raise _error("the page has no paragraph")
    # One sentence of a teaser may stand between a page's title and its headline.
    second = _first_prose(kinds, first + 1)
    head = range(first if second < 0 else second)
    sites = {key(name) for line in lines if (name := pagewords.copyright_holder(line))}
    candidates = [number for number in range(first) if _may_be_headline(lines[number], kinds[number], sites)]
    if not candidates and second > 0 and columns(lines[first]) <= LONGEST_HEADLINE and first == 0:
        if not _INNER_STOP.search(lines[0]) and not pagewords.dateline(lines[0]):
            candidates = [0]
    if not candidates:
        raise _error("the page has no headline above its first paragraph")
    chosen = next((number for number in candidates if _copies(lines, number, head)[1:]), candidates[0])
    copies = _copies(lines, chosen, head)
    title = _best([lines[number] for number in copies], sites)
    dropped = []
    for number in range(copies[-1] + 1):
        line = lines[number]
        if number in copies:
            if key(line) != key(title):
                dropped.append(line)
        elif kinds[number] is not Kind.PROSE or line in lines[copies[-1] :]:
            dropped.append(line)
    return _once(title), copies[-1] + 1, dropped


def _may_be_headline(line: str, kind: Kind, sites: set[str]) -> bool:
    if kind not in (Kind.FRAGMENT, Kind.QUESTION, Kind.SENTENCE) or key(line) in sites or pagewords.is_crumbs(line):
        return False
    return pagewords.credit(line) is None


def _copies(lines: Sequence[str], number: int, head: range) -> list[int]:
    """Where else in the head the headline stands, with or without the site's name behind it."""
    own = {key(lines[number]), key(pagewords.split_suffix(lines[number])[0])}
    return [
        other
        for other in head
        if other >= number and (key(lines[other]) in own or key(pagewords.split_suffix(lines[other])[0]) in own)
    ]
