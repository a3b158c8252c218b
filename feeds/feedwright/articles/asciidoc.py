"""AsciiDoc: metadata in the document's header; the body as text, for want of a library that renders it."""

from __future__ import annotations

import re
from dataclasses import replace

from feedwright.articles import unrendered_markup
from feedwright.articles.frontmatter.model import LARGEST, FrontMatter, too_large
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.errors import Problem

_TITLE = re.compile(r"[=#][ \t]+(?P<text>\S.*)")
_ATTRIBUTE = re.compile(r":(?P<unset>!)?(?P<key>[A-Za-z0-9_][\w-]*)!?:(?:[ \t]+(?P<value>.*))?")
_NAME = r"[^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){0,2}(?: <[^<>]+>)?"
_AUTHORS = re.compile(rf"{_NAME}(?:; {_NAME})*")
_REVISION = re.compile(r"(?:v?[\d.]+\w*,[ \t]*)?(?P<date>[^:]*\d{1,4}[^:]*(?: \d\d?:\d\d(?::\d\d)?)?)(?::.*)?|v[\d.]+")
LONGEST = 200
_OF_SITES = ("page-", "jbake-")


def split(text: str) -> FrontMatter:
    """Take an AsciiDoc file apart.

    Args:
        text: as `split.split` takes it.

    Returns: with the header's attributes as values (`page-` and `jbake-` before a name do not count), `title`, `author`
        and `revdate` from its first lines; the body without them.
    """
    front = split_front_matter(text)
    if any(problem.severity == "error" for problem in front.problems):
        return front
    values, end = _header(front.body)
    if end > LARGEST:
        return too_large(front.body_line)
    body_line = front.body_line + front.body.count("\n", 0, end)
    if front.syntax == "none":
        block = front.body[:end]
        return FrontMatter(values, front.body[end:], body_line, front.problems, "asciidoc", block, front.body_line)
    return replace(front, values={**values, **front.values}, body=front.body[end:], body_line=body_line)


def _header(text: str) -> tuple[dict[str, object], int]:
    """The header's values, and where the text goes on."""
    values: dict[str, object] = {}
    position = end = 0
    expected = ""
    for line in text.split("\n"):
        row = line.rstrip()
        position += len(line) + 1
        if not row and "title" in values:
            break
        if not row or row.startswith("//"):
            continue
        if found := _ATTRIBUTE.fullmatch(row):
            expected = ""
            if not found["unset"]:
                values.setdefault(_name(found["key"]), _value(found["value"] or ""))
        elif "title" not in values and (found := _TITLE.fullmatch(row)):
            values["title"] = found["text"]
            expected = "author"
        elif expected == "author" and len(row) < LONGEST and _AUTHORS.fullmatch(row):
            values["authors"] = row
            expected = "revision"
        elif expected == "revision" and len(row) < LONGEST and (found := _REVISION.fullmatch(row)):
            values["revdate"] = (found["date"] or "").strip()
            expected = ""
        else:
            break
        end = position
    return values, min(end, len(text))


def _name(key: str) -> str:
    key = key.lower()
    return next((key.removeprefix(prefix) for prefix in _OF_SITES if key.startswith(prefix)), key)


def _value(text: str) -> str:
    text = text.strip().removesuffix(" \\")
    return text[1:-1] if text[:1] == "[" and text[-1:] == "]" else text


def body(front: FrontMatter) -> FrontMatter:
    """The text of an AsciiDoc file as HTML, with the warning that it is not rendered."""
    hint = "Paragraphs, headings, links and code were kept, the rest is as it was written."
    what = "AsciiDoc cannot be rendered"
    problem = Problem("warning", "asciidoc-unrendered", "", what, hint, front.body_line)
    return replace(front, body=unrendered_markup.to_html(front.body), problems=(*front.problems, problem))
