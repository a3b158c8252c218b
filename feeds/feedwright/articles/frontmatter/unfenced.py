"""Metadata without fences: `Key: value` lines (Pelican, MultiMarkdown) and `.. key: value` lines (Nikola)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from feedwright.articles.frontmatter.model import LARGEST, FrontMatter, Syntax, next_line, repeated_key, too_large
from feedwright.errors import Problem

_KEY_LINE = re.compile(r"(?P<key>[A-Za-z][\w-]*(?: [\w-]+){0,3})[ \t]*:(?:[ \t]+(?P<value>.*))?")
_NIKOLA_LINE = re.compile(r"\.\.[ \t]+(?P<key>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*))?")
_NIKOLA_COMMENT = re.compile(r"<!--[ \t]*\n?[ \t]*(?=\.\.[ \t]+[A-Za-z][\w-]*:)")
_LISTS = frozenset(("tags", "categories", "category", "keywords", "authors", "author"))
_OF_ENGINES = frozenset(("layout", "template", "status", "draft", "css", "type", "base header level", "save_as"))


@dataclass(slots=True)
class _Lines:
    """Metadata while it is read."""

    said: dict[str, list[str]] = field(default_factory=dict)
    repeated: dict[str, Problem] = field(default_factory=dict)
    key: str = ""

    def add(self, key: str, value: str | None, number: int) -> None:
        self.key = key.lower()
        if self.key in self.said:
            self.repeated[self.key] = repeated_key(key, number)
        self.said[self.key] = [value.strip()] if value and value.strip() else []

    def go_on(self, more: str) -> None:
        """Another line of the last key's value."""
        said = self.said[self.key]
        if said:
            said.append(", " if self.key in _LISTS and not said[-1].endswith(",") else " ")
        said.append(more)

    @property
    def values(self) -> dict[str, object]:
        """Key -> what its lines say together."""
        return {key: "".join(parts) for key, parts in self.said.items()}


def split(text: str, start: int, above: int) -> FrontMatter | None:
    """Take an article apart that has metadata without fences; None where it has none.

    Args:
        text: lines ending in "\\n".
        start: where its first line with anything in it begins.
        above: how many lines stand before that.
    """
    if comment := _NIKOLA_COMMENT.match(text, start):
        return _nikola(text, comment.end(), above + text.count("\n", start, comment.end()), "-->")
    if text.startswith("..", start):
        return _nikola(text, start, above, "")
    return _keys(text, start, above)


def _keys(text: str, start: int, above: int) -> FrontMatter | None:
    """`Title: …` lines down to a blank line or `---`, or, where they say enough, to a line that is none."""
    read = _Lines()
    position, number = start, above
    cut = False
    while position < len(text):
        number += 1
        after = next_line(text, position)
        line = text[position:after].rstrip()
        if not line or (line[0] == "-" and not line.strip("-")):
            break
        if position - start > LARGEST:
            return too_large(above + 1)
        if found := _KEY_LINE.fullmatch(line):
            read.add(found["key"], found["value"], number)
        elif read.key and line[0] in " \t":
            read.go_on(line.strip())
        else:
            cut = True
            break
        position = after
    if not _is_metadata(read.values, cut):
        return None
    closed = text.startswith("--", position)
    body = next_line(text, position) if closed else position
    return _found(text, start, position, body, above, read, "metadata")


def _is_metadata(values: dict[str, object], cut: bool) -> bool:
    """Whether these lines can be nothing else: a text may well begin with "Note: …"."""
    # The table of fields needs much that most front matter does not.
    from feedwright.articles.fields import is_known

    title, date = values.get("title"), values.get("date")
    dated = isinstance(date, str) and any(char.isdecimal() for char in date)
    if not (title and dated if cut else title or dated):
        return False
    known = [key for key in values if is_known(key) or key in _OF_ENGINES]
    return bool(title and dated) or len(known) > 1 or next(iter(values)) in known


def _nikola(text: str, start: int, above: int, closing: str) -> FrontMatter | None:
    read = _Lines()
    position, number = start, above
    while position < len(text):
        number += 1
        after = next_line(text, position)
        line = text[position:after].strip()
        found = _NIKOLA_LINE.fullmatch(line)
        if found is None:
            break
        if position - start > LARGEST:
            return too_large(above + 1)
        read.add(found["key"], found["value"], number)
        position = after
    if not read.said.keys() & {"title", "date", "slug"}:
        return None
    body = position
    if closing:
        end = text.find(closing, position)
        body = end + len(closing) if end >= 0 else position
        body = next_line(text, body) if not text[body : next_line(text, body)].strip() else body
    return _found(text, start, position, body, above, read, "nikola")


def _found(text: str, start: int, end: int, body: int, above: int, read: _Lines, syntax: Syntax) -> FrontMatter:
    line = text.count("\n", 0, body) + 1
    problems = tuple(read.repeated.values())
    return FrontMatter(read.values, text[body:], line, problems, syntax, text[start:end], above + 1)
