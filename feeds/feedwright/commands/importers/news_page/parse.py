"""A news page as plain text -> an article: headline, dateline, paragraphs, and the headlines of other stories.

What belongs to the site and not to the story is left out, line by line, and listed. Where that is not certain of a
line, it stays in the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feedwright.commands.importers.news_page import credits, escape, vocabulary
from feedwright.commands.importers.news_page.line_kinds import LIKE_HEADLINES, Kind, end_of_text, first_prose, kind_of
from feedwright.commands.importers.news_page.lines import columns, has_inner_stop, key, split_lines
from feedwright.errors import FeedsError, Problem

LONGEST_HEADLINE = 250
SUBHEADING = 80
SECTION = 14
"""Columns: the name of a site's section, "International", is not longer."""
SHORT_HEADLINE = 12
"""Columns: what is shorter is a headline only where there is no doubt."""


LARGEST = 512 * 1024
"""Bytes of a page; the longest articles have a tenth of that."""

MOST_LINES = 10_000
"""Lines of a page."""


class PageError(FeedsError):
    """A page holds no article that can be understood."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article as it was understood.

    Args:
        title: the headline, without the site's name.
        place: of the dateline, e.g. "New Delhi"; empty where there is none.
        paragraphs: each on one line; the first of the text begins with its dateline.
        related: headlines of other stories.
        dropped: the lines that were left out: the site's furniture, and the byline and date.
        author: "Jane Doe and John Roe"; empty where the page does not say.
        date: as the page says it, in a form that `feedwright.articles.dates` reads; empty where it does not say.
        agency: e.g. "Reuters"; empty where none is named.
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


def parse(text: str) -> Page:
    """Understand a page.

    Args:
        text: the page as plain text, in any wrapping, with whatever the site put around the story.

    Raises:
        PageError: it holds no headline or no paragraph.
    """
    if len(text.encode()) > LARGEST or len(text.splitlines()) > MOST_LINES:
        raise _error(
            f"the page has more than {MOST_LINES:,} lines or {LARGEST // 1024} KiB: it is not a single article"
        )
    lines = split_lines(text)
    if not lines:
        raise _error("the page is empty")
    kinds = [kind_of(line) for line in lines]
    story, after = _read_headline(lines, kinds)
    end = end_of_text(kinds, after)
    begin = first_prose(kinds[:end], after)
    begin = begin if begin >= 0 else end
    _read_head(story, after, begin)
    above = len(story.paragraphs)
    _read_text(story, begin, end)
    _read_tail(story, end)
    if not story.paragraphs:
        raise _error("the page has a headline, but no paragraph")
    return _page(story, above)


def to_markdown(page: Page, *, url: str | None, date: datetime | None, categories: Sequence[str]) -> str:
    """Write an article with front matter, as the content folder holds it.

    Args:
        page: what was understood.
        url: the page's permanent address, absolute; None for the site's own pattern.
        date: aware; None leaves the article without one, and so out of every feed.
        categories: of the article.

    Returns: YAML front matter, and Markdown that reads back as the same text.
    """
    text = escape.yaml_text
    front = [f"title: {text(page.title)}"]
    front += [f"date: {date.isoformat(timespec='seconds')}"] if date else []
    front += [f"url: {text(url)}"] if url else []
    for name, values in (("categories", categories), ("authors", credits.names(page.author))):
        front += [f"{name}: [{', '.join(text(value) for value in values)}]"] if values else []
    front += [f"{name}: {text(value)}" for name, value in (("place", page.place), ("agency", page.agency)) if value]
    front += ["related:", *(f"  - title: {text(headline)}" for headline in page.related)] if page.related else []
    body = []
    for number, paragraph in enumerate(page.paragraphs):
        if written := escape.literal(paragraph):
            body.append(f"## {written}" if number in page.subheadings else written)
    return "\n".join(("---", *front, "---", "", "\n\n".join(body), ""))


def slug(title: str) -> str:
    """A file name for a title, without suffix.

    Args:
        title: in any script; accents on Latin letters go, other scripts stay.

    Returns: at most 80 characters and 240 bytes, cut between words where it can be; "article" where nothing is left.
    """
    return escape.slug(title)


# --- The headline ---


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
    sites: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    credit: credits.Credit = field(default_factory=credits.Credit)

    def add_related(self, line: str) -> None:
        """Once each; a page that names itself is left out."""
        headline = vocabulary.unbulleted(line)
        (self.dropped if key(headline) in self.known else self.related).append(headline)
        self.known.add(key(headline))

    def add_also(self, line: str) -> None:
        """The headline of "Also read: A headline"."""
        label, headline = vocabulary.also_read(line) or ("", line)
        self.dropped.append(label)
        self.add_related(headline)

    def is_of_the_site(self, line: str) -> bool:
        """Its name, or the way from its front page."""
        return key(line) in self.sites or vocabulary.is_crumbs(line)

    def leave_out(self, line: str) -> None:
        """Leave a line out, and keep what it credits; what was credited first counts."""
        self.dropped.append(line)
        self.credit |= credits.credit(line) or credits.Credit()


def _read_headline(lines: Sequence[str], kinds: Sequence[Kind]) -> tuple[_Story, int]:
    """The story with its headline, and where the lines after it begin."""
    first = first_prose(kinds)
    if first < 0:
        raise _error("the page has no paragraph")
    # One teaser may stand between a page's title and its headline.
    second = max(first, first_prose(kinds, first + 1))
    sites = {key(name) for line in lines if (name := vocabulary.copyright_holder(line))}
    chosen = _chosen(lines, kinds, first, second, sites)
    copies = [number for number in range(max(second, chosen + 1)) if _same(lines[number], lines[chosen])]
    title = _title([lines[number] for number in copies], sites)
    story = _Story(title, lines, kinds, sites=sites, known={key(title)})
    after = copies[-1] + 1
    for number, line in enumerate(lines[:after]):
        if number in copies:
            base, suffix, site = vocabulary.split_suffix(line)
            if key(line) in (key(title), 2 * key(title)):
                continue
            is_named = suffix != "" and key(base) == key(title)
            story.dropped.append(suffix if is_named else line)
            story.sites.update([key(site)] if is_named else [])
        elif kinds[number] is Kind.PROSE and line not in lines[after:]:
            story.paragraphs.append(line)
        else:
            story.leave_out(line)
    return story, after


def _chosen(lines: Sequence[str], kinds: Sequence[Kind], first: int, second: int, sites: set[str]) -> int:
    """Which line is the headline: one that stands there twice, or the first that may be one."""
    plausible = (Kind.FRAGMENT, Kind.QUESTION, Kind.SENTENCE)
    head = [number for number in range(first) if kinds[number] in plausible and key(lines[number]) not in sites]
    found = [number for number in head if not vocabulary.is_crumbs(lines[number]) and not _is_credit(lines, number)]
    if twice := _repeated(lines, found, second):
        return max(twice, key=lambda number: columns(lines[number]))
    # A single word above a longer line is a section of the site.
    longer = [number for number in found if " " in lines[number] or columns(lines[number]) > SECTION]
    if candidates := longer or found or head:
        return candidates[0]
    one_sentence = not has_inner_stop(lines[0]) and not credits.dateline(lines[0])
    if first == 0 < second and one_sentence and columns(lines[0]) <= LONGEST_HEADLINE:
        return 0
    raise _error("the page has no headline above its first paragraph")


def _is_credit(lines: Sequence[str], number: int) -> bool:
    said = credits.credit(lines[number])
    # What stands on top is no byline: "Von der Küste bis zum Meer" is a headline.
    return said is not None and not (number == 0 and said.author)


def _repeated(lines: Sequence[str], candidates: Sequence[int], stop: int) -> list[int]:
    """Which candidates stand there again, with or without the site's name; a short one only on the next line."""
    whole = Counter(key(line) for line in lines[:stop])
    bases = Counter(key(base) for line in lines[:stop] if (base := vocabulary.split_suffix(line)[0]) != line)
    found = []
    for number in candidates:
        line = lines[number]
        base = vocabulary.split_suffix(line)[0]
        again = whole[key(line)] > 1 or bases[key(line)] > 0 or (base != line and whole[key(base)] > 0)
        if _same(line, lines[number + 1]) or (again and columns(base) >= SHORT_HEADLINE):
            found.append(number)
    return found


def _same(one: str, other: str) -> bool:
    """Whether two lines are the same headline, with or without the site's name behind it."""
    if key(one) == key(other):
        return True
    short, long = sorted((one, other), key=len)
    return columns(short) >= SHORT_HEADLINE and key(short) == key(vocabulary.split_suffix(long)[0])


def _title(copies: Sequence[str], sites: set[str]) -> str:
    """The best copy of a headline: without the site's name, not all in capitals, with its typographic quotes."""
    shortest = min(len(key(copy)) for copy in copies)
    best = [copy for copy in copies if len(key(copy)) == shortest]
    title = min(best, key=lambda copy: (copy.isupper(), any(quote in copy for quote in "\"'")))
    base, suffix, site = vocabulary.split_suffix(title)
    is_named = suffix.startswith("|") and len(site.split()) <= 4 and columns(base) >= SHORT_HEADLINE
    if suffix and (key(site) in sites or is_named):
        title = base
    half = len(title) // 2
    # Two copies that were wrapped without a blank line between them.
    return title[:half] if title[half:] == f" {title[:half]}" else title


# --- The text ---


def _read_head(story: _Story, start: int, stop: int) -> None:
    """What stands between the headline and the text: credits and furniture go, the rest is a standfirst."""
    for number in range(start, stop):
        line, kind = story.lines[number], story.kinds[number]
        if kind is Kind.ALSO:
            story.add_also(line)
        elif kind in (Kind.FURNITURE, Kind.LABEL) or story.is_of_the_site(line) or credits.credit(line):
            story.leave_out(line)
        else:
            story.paragraphs.append(line)


def _read_text(story: _Story, start: int, stop: int) -> None:
    """The paragraphs, and the other stories' headlines that stand in boxes between them."""
    number = start
    run = start
    while number < stop:
        line, kind = story.lines[number], story.kinds[number]
        if run <= number:
            run = _run(story.kinds, number, stop)
        following = story.kinds[run] if run < stop else None
        boxed = kind is Kind.FRAGMENT and run - number > 1 and following is Kind.LABEL
        if kind is Kind.LABEL:
            story.dropped.append(line)
            number = run = _read_box(story, number + 1, stop)
        elif boxed and _run(story.kinds, run + 1, stop) == run + 1 and all(map(_is_headline, story.lines[number:run])):
            number = _read_box(story, number, run)
        else:
            if kind is Kind.ALSO:
                story.add_also(line)
            elif kind is Kind.FURNITURE:
                story.dropped.append(line)
            else:
                if kind is Kind.FRAGMENT and run == number + 1 and following is Kind.PROSE and _is_subheading(line):
                    story.subheadings.append(len(story.paragraphs))
                story.paragraphs.append(line)
            number += 1


def _read_tail(story: _Story, start: int) -> None:
    """What follows the text: headlines, labels, credits, furniture."""
    stop = len(story.lines)
    label = next((number for number in range(start, stop) if story.kinds[number] is Kind.LABEL), stop)
    above = [number for number in range(start, label) if story.kinds[number] in LIKE_HEADLINES]
    above = [number for number in above if _is_headline(story.lines[number])]
    below = any(story.kinds[number] in LIKE_HEADLINES for number in range(label, stop))
    plain = [number for number in above if vocabulary.unbulleted(story.lines[number]) == story.lines[number]]
    # A list without a label may be the story's own, and so may a single line.
    listed = set(above) if len(plain) > 1 or (label < stop and not below) else set()
    for number in range(start, stop):
        line, kind = story.lines[number], story.kinds[number]
        if kind is Kind.ALSO:
            story.add_also(line)
        elif kind in (Kind.FURNITURE, Kind.LABEL) or story.is_of_the_site(line) or key(line) == key(story.title):
            story.dropped.append(line)
        elif number in listed:
            story.add_related(line)
        elif number > label and kind in LIKE_HEADLINES:
            # Another story's date or section is no headline.
            other = credits.credit(line) is None and columns(line) >= SHORT_HEADLINE
            story.add_related(line) if other else story.dropped.append(line)
        elif credits.credit(line):
            story.leave_out(line)
        else:
            story.paragraphs.append(line)


def _run(kinds: Sequence[Kind], start: int, stop: int) -> int:
    """Where the headline-like lines from a place on end."""
    while start < stop and kinds[start] in LIKE_HEADLINES:
        start += 1
    return start


def _read_box(story: _Story, start: int, stop: int) -> int:
    """Other stories' headlines, with furniture between them. Returns where they end."""
    while start < stop and story.kinds[start] in (*LIKE_HEADLINES, Kind.FURNITURE):
        line = story.lines[start]
        story.dropped.append(line) if story.kinds[start] is Kind.FURNITURE else story.add_related(line)
        start += 1
    return start


def _is_headline(line: str) -> bool:
    """Whether a line is long enough for a headline: four words, or six characters of a script without spaces."""
    bare = vocabulary.unbulleted(line)
    return (len(bare.split()) > 3 or columns(bare[0]) == 2) and columns(bare) >= SHORT_HEADLINE


def _is_subheading(line: str) -> bool:
    return columns(line) <= SUBHEADING and vocabulary.unbulleted(line) == line


def _page(story: _Story, above: int) -> Page:
    """The story as it is handed on; its text begins after as many paragraphs as stand `above` it."""
    begin = story.paragraphs[above] if above < len(story.paragraphs) else ""
    dateline = credits.dateline(begin) or credits.Dateline()
    opening = begin[: begin.find(":") + 1]
    # Who speaks in an interview is no place.
    if opening and any(paragraph.startswith(opening) for paragraph in story.paragraphs[above + 1 :]):
        dateline = credits.Dateline()
    return Page(
        title=story.title,
        place=dateline.place,
        paragraphs=tuple(story.paragraphs),
        related=tuple(story.related),
        dropped=tuple(story.dropped),
        author=story.credit.author,
        date=story.credit.date or story.credit.updated or dateline.date,
        agency=story.credit.agency or dateline.agency or credits.signed(story.paragraphs[-1]),
        subheadings=tuple(story.subheadings),
    )


def _error(what: str) -> PageError:
    hint = "A page has its headline on a line of its own, and paragraphs below it. Nothing was written."
    return PageError(Problem("error", "page-not-understood", "", what, hint))
