"""reStructuredText: metadata in fields below the title; the body by docutils where it is installed."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO

from feedwright.articles import unrendered_markup
from feedwright.articles.frontmatter.model import LARGEST, FrontMatter, too_large
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.errors import Problem

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*")
_FIELD = re.compile(r":(?P<key>[A-Za-z][^:\n]*):(?:[ \t]+(?P<value>.*))?")
_UNKNOWN = re.compile(r"""Unknown (directive type|interpreted text role|role) "([^"]+)"|No role entry for "([^"]+)\"""")
MOST_WORK = 3_000
"""Of `_work`: some two seconds of docutils, and ten times what a long article takes."""

_MARKS = re.compile(r"[*`_|]")
_LISTS = frozenset(("tags", "categories", "category", "keywords", "authors", "author"))
_SETTINGS = {
    "_disable_config": True,  # never the configuration file of whoever runs us
    "file_insertion_enabled": False,  # no other file gets into a feed
    "doctitle_xform": False,
    "docinfo_xform": False,
    "initial_header_level": 2,
    "halt_level": 5,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "math_output": "LaTeX",
    "input_encoding": "unicode",
    "language_code": "en",
}


def split(text: str) -> FrontMatter:
    """Take a reST file apart.

    Args:
        text: as `split.split` takes it.

    Returns: with `title` from the first heading where no metadata name one, and the body as reST without it.
    """
    front = split_front_matter(text)
    values, end, block, start = _head(front.body)
    if len(block) > LARGEST:
        return too_large(front.body_line)
    if front.syntax == "none" and not any(problem.severity == "error" for problem in front.problems):
        line = front.body_line + front.body.count("\n", 0, start)
        body_line = front.body_line + front.body.count("\n", 0, end)
        return FrontMatter(values, front.body[end:], body_line, front.problems, "rest", block, line)
    if "title" in front.values or "title" not in values:
        return front
    body_line = front.body_line + front.body.count("\n", 0, end)
    return replace(front, values={**values, **front.values}, body=front.body[end:], body_line=body_line)


def _head(text: str) -> tuple[dict[str, object], int, str, int]:
    """The title and the fields at the top; where the text goes on; the fields as they stand, and where they do."""
    lines = text.split("\n")
    values: dict[str, object] = {}
    number = last = 0
    first_field: int | None = None
    fields_end = 0
    while number < len(lines):
        line = lines[number].rstrip()
        if not line:
            number += 1
            continue
        taken = 0 if "title" in values else _title(lines, number)
        if taken:
            values["title"] = lines[number + (taken == 3)].strip()
        elif found := _FIELD.fullmatch(line):
            taken, value = _field(lines, number, found["key"].lower(), found["value"] or "")
            values[found["key"].strip().lower()] = value
            first_field = number if first_field is None else first_field
            fields_end = number + taken
        else:
            break
        number = last = number + taken
    ends = [0]
    for line in lines[:last]:
        ends.append(ends[-1] + len(line) + 1)
    start = first_field or 0
    return values, min(ends[last], len(text)), "\n".join(lines[start:fields_end]), ends[start]


def _title(lines: list[str], number: int) -> int:
    """How many lines a title with its adornment takes, from this one on; 0 for none."""
    here, below, further = (line.rstrip() for line in (*lines[number : number + 3], "", "")[:3])
    if _is_rule(here, further) and here == further and below.strip() and not _ADORNMENT.fullmatch(below.strip()):
        return 3
    if here[:1] not in ("", " ", "\t") and not _ADORNMENT.fullmatch(here) and _is_rule(below, here):
        return 2
    return 0


def _is_rule(line: str, text: str) -> bool:
    return _ADORNMENT.fullmatch(line) is not None and len(line) >= min(4, len(text)) and len(line) > 1


def _field(lines: list[str], number: int, key: str, value: str) -> tuple[int, str]:
    parts = [value.strip()]
    taken = 1
    while number + taken < len(lines) and lines[number + taken][:1] in (" ", "\t") and lines[number + taken].strip():
        parts.append(lines[number + taken].strip().removeprefix("- "))
        taken += 1
    return taken, (", " if key in _LISTS else " ").join(part.rstrip(",") for part in parts if part)


def body(front: FrontMatter) -> FrontMatter:
    """The text of a reST file as HTML.

    Returns: with its problems: directives and roles that docutils does not know, or that docutils is not there.
    """
    if _work(front.body) > MOST_WORK:
        what = "the reStructuredText is too much to be rendered"
        hint = "Write fewer lists, tables and directives, shorter paragraphs, or several articles. It is in no feed."
        problem = Problem("error", "rst-too-large", "", what, hint, front.body_line)
        return replace(front, body="", problems=(*front.problems, problem))
    try:
        # Large, and for these files only.
        import docutils.core  # noqa: F401
    except ImportError:
        hint = "Install docutils: pip install feedwright[rst]. The text was taken as it stands."
        missing = Problem("warning", "rst-unrendered", "", "reStructuredText cannot be rendered", hint, front.body_line)
        return replace(front, body=unrendered_markup.to_html(front.body), problems=(*front.problems, missing))
    html, said = _rendered(front.body, 3)
    if not said:
        return replace(front, body=html)
    names = {found[2] or found[3] for found in _UNKNOWN.finditer(said)}
    html, _ = _rendered(_without(front.body, names), 5)
    problems = [_unknown(name, front) for name in sorted(names)]
    return replace(front, body=html, problems=(*front.problems, *problems))


def _work(text: str) -> int:
    """How much work docutils has with a text: blocks, marks within paragraphs, cells; told in linear time.

    For each paragraph it grows with the square, as what follows a mark is copied, and that of a table with its cells.
    """
    work = marks = length = indent = 0
    for line in (*text.split("\n"), ""):
        said = line.lstrip()
        if not said:
            work += marks * length // 20_000
            marks = length = 0
            continue
        deep = len(line) - len(said)
        work += not length or deep != indent or not said[0].isalnum()
        work += said.count("+") if said[0] == "+" else 0
        found = len(_MARKS.findall(said))
        work += found // 5
        marks, length, indent = marks + found, length + len(line), deep
    return work


def _unknown(name: str, front: FrontMatter) -> Problem:
    hint = "Its text was kept. Write it as HTML (`.. raw:: html`) to have more in feeds."
    what = f'the directive or role "{name}" is not known'
    return Problem("warning", "directive-unknown", "", what, hint, front.body_line, name)


def _rendered(text: str, level: int) -> tuple[str, str]:
    """HTML, and what docutils had to say from a level on."""
    from docutils.core import publish_parts
    from docutils.writers.html5_polyglot import Writer

    said = StringIO()
    settings = {**_SETTINGS, "report_level": level, "warning_stream": said}
    return str(publish_parts(text, writer=Writer(), settings_overrides=settings)["body"]), said.getvalue()


def _without(text: str, names: set[str]) -> str:
    """A text without these directives and roles: what they hold stays."""
    if not names:
        return text
    known = "|".join(re.escape(name) for name in sorted(names))
    text = re.sub(rf":(?:{known}):`([^`]*)`", r"\1", text)
    directive = re.compile(rf"(?P<indent>[ \t]*)\.\.[ \t]+(?:\|[^|]*\|[ \t]+)?(?:{known})::.*")
    kept: list[str] = []
    indent: int | None = None
    options = False
    for line in text.split("\n"):
        deep = len(line) - len(line.lstrip())
        if indent is not None and line.strip() and deep <= indent:
            indent = None
        if found := directive.fullmatch(line):
            indent, options = len(found["indent"]), True
            kept.append("")
        elif indent is None or not line.strip():
            options = False
            kept.append(line)
        elif options and _FIELD.fullmatch(line.strip()):
            continue
        else:
            options = False
            kept.append(line[:indent] + line.lstrip())
    return "\n".join(kept)
