"""The front matter of an article, in any of its syntaxes: YAML, TOML, JSON, or `Key: value` lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from feeds.errors import Problem
from feeds.sources import yamlblock

Syntax = Literal["none", "yaml", "toml", "json", "metadata"]
LARGEST = 256 * 1024

_DOTS_OR_DASHES = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_PLUSES = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_SEMICOLONS = re.compile(r"^;;;[ \t]*$", re.MULTILINE)
_JSON_START = re.compile(r'\{\s*["}]')
_METADATA_LINE = re.compile(r"(?P<key>[A-Za-z][\w-]{0,30}):(?:[ \t]+(?P<value>.*))?")
_YAML_LIKE = re.compile(r"(?:[\w-]+[ \t]*:(?:[ \t].*)?|[ \t]+\S.*|-[ \t].*|#.*)")
_DASHES = re.compile(r"-{2,}[ \t]*")
_AT_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before an article's text, and the text.

    Args:
        values: as they were written, by top-level key; dates are text.
        body: what follows the front matter, lines ending in "\\n".
        body_line: where the body begins, 1-based.
        problems: findings without a file; an error among them means that the article cannot be read.
        syntax: "none" where there is no front matter.
        block: the front matter without its delimiters.
        block_line: where the block begins, 1-based.
    """

    values: dict[str, object] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    problems: tuple[Problem, ...] = ()
    syntax: Syntax = "none"
    block: str = ""
    block_line: int = 1

    @property
    def lines(self) -> dict[str, int]:
        """Top-level key -> the line it stands on, the last one of a repeated key. Found when it is asked for."""
        return {key: number + self.block_line - 1 for key, number in _key_lines(self.syntax, self.block)}

    def as_written(self, key: str) -> object:
        """A key's value with YAML's bare numbers and booleans as the text that was written: 1.10, not 1.1."""
        read = yamlblock.as_written(self.block) if self.syntax == "yaml" else {}
        return read.get(key, self.values[key])


def split(text: str) -> FrontMatter:
    """Take an article apart.

    Args:
        text: of the file; a byte order mark, blank lines at its start and any line ends are allowed.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        # A parser may take it for the end.
        text = text.replace("\0", "")
    text = text.removeprefix("\ufeff")
    start = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, start) + 1
    first_line = text[start:].split("\n", 1)[0].rstrip()
    above = text.count("\n", 0, start)
    if first_line == "---":
        return _yaml(text, start, above + 2)
    if first_line == "+++":
        return _toml(text, start, above + 2)
    if first_line == ";;;" or _JSON_START.match(text, start):
        return _json(text, start, above)
    return _metadata(text, start, above) or FrontMatter(body=text)


def _yaml(text: str, start: int, line: int) -> FrontMatter:
    begin = _next_line(text, start)
    end = _DOTS_OR_DASHES.search(text, begin)
    if end is None:
        return _unclosed(text, begin, line) or FrontMatter(body=text)
    block = text[begin : end.start()]
    if too_large := _too_large(block, line):
        return too_large
    try:
        read = yamlblock.load(block)
    except yamlblock.YamlError as error:
        unclosed = _unclosed(text, begin, line)
        return unclosed if unclosed and unclosed.values else _broken("YAML", error.what, error.line, line)
    problems = [_mend_of(number + line - 1, what) for number, what in read.mends]
    if read.repeated:
        problems += _repeated(block, line)
    return _mapping(read.value, "yaml", block, line, text, _next_line(text, end.start()), problems)


def _unclosed(text: str, begin: int, line: int) -> FrontMatter | None:
    """The lines that can be nothing but YAML, where they end in a blank line or the file's end and say something.

    Returns: None where the opening line is no front matter but a rule across the page.
    """
    lines: list[str] = []
    rest = text[begin : begin + LARGEST].split("\n")
    for candidate in rest:
        if not _YAML_LIKE.fullmatch(candidate):
            break
        lines.append(candidate)
    following = rest[len(lines)] if len(lines) < len(rest) else ""
    if not lines or ":" not in lines[0]:
        return None
    block = "\n".join(lines)
    if following.strip() and not _DASHES.fullmatch(following):
        return _broken("YAML", "its closing --- is missing", len(lines) + 1, line)
    try:
        value = yamlblock.load(block).value
    except yamlblock.YamlError as error:
        return _broken("YAML", error.what, error.line, line)
    consumed = min(begin + len(block) + 1 + (len(following) + 1 if following.strip() else 0), len(text))
    problem = Problem(
        severity="warning",
        code="front-matter-unclosed",
        file="",
        line=line + len(lines),
        what="the front matter has no closing line",
        mend=f"Write --- on line {line + len(lines)}. What looks like front matter was read as such.",
    )
    return _mapping(value, "yaml", block, line, text, consumed, [problem])


def _toml(text: str, start: int, line: int) -> FrontMatter:
    # Most sites have none.
    import tomllib

    begin = _next_line(text, start)
    end = _PLUSES.search(text, begin)
    if end is None:
        return _broken("TOML", "its closing +++ is missing", 0, line)
    block = text[begin : end.start()]
    if too_large := _too_large(block, line):
        return too_large
    try:
        value = tomllib.loads(block, parse_float=str)
    except (ValueError, RecursionError) as error:
        where = _AT_LINE.search(str(error))
        number = int(where[1] or block.count("\n")) if where else 0
        return _broken("TOML", _AT_LINE.sub("", str(error)), number, line)
    return _mapping(_dates_as_text(value), "toml", block, line, text, _next_line(text, end.start()), [])


def _json(text: str, start: int, above: int) -> FrontMatter:
    # Most sites have none.
    import json

    repeated: list[str] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        repeated.extend(key for key, times in Counter(key for key, _ in items).items() if times > 1)
        return dict(items)

    decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_float=str)
    fenced = text.startswith(";;;", start)
    begin = _next_line(text, start) if fenced else start
    line = above + 2 if fenced else above + 1
    end = _SEMICOLONS.search(text, begin) if fenced else None
    if fenced and end is None:
        return _broken("JSON", "its closing ;;; is missing", 0, line)
    block = text[begin : end.start() if end else begin + LARGEST]
    source = block if not fenced or block.lstrip().startswith("{") else "{" + block + "}"
    try:
        value, length = decoder.raw_decode(source.lstrip() if fenced else source)
    except (ValueError, RecursionError) as error:
        return _broken("JSON", getattr(error, "msg", "it is nested too deep"), getattr(error, "lineno", 0), line)
    if end is None:
        block = block[:length]
    after = _next_line(text, end.start()) if end else begin + length
    problems = [_repeated_key(key, line + block[: block.rfind(f'"{key}"')].count("\n")) for key in repeated]
    return _mapping(value, "json", block, line, text, after, problems)


def _metadata(text: str, start: int, above: int) -> FrontMatter | None:
    """`Title: …` lines down to a blank line or `---`, as Pelican and MultiMarkdown have them; None for none.

    It must have a title or a date, or "Note: …" at the start of a text would be one.
    """
    values: dict[str, object] = {}
    repeated: list[Problem] = []
    key = ""
    position = start
    number = above
    while position < len(text):
        number += 1
        after = _next_line(text, position)
        line = text[position:after].rstrip()
        if not line or line == "---":
            break
        found = _METADATA_LINE.fullmatch(line)
        if found:
            key = found["key"].lower()
            if key in values:
                repeated.append(_repeated_key(found["key"], number))
            values[key] = (found["value"] or "").strip()
        elif key and line[0] in " \t":
            values[key] = f"{values[key]}, {line.strip()}" if values[key] else line.strip()
        else:
            return None
        position = after
    if not values.keys() & {"title", "date"}:
        return None
    block = text[start:position]
    body = _next_line(text, position) if text.startswith("---", position) else position
    return FrontMatter(
        values, text[body:], text.count("\n", 0, body) + 1, tuple(repeated), "metadata", block, above + 1
    )


def _mapping(
    value: object, syntax: Syntax, block: str, line: int, text: str, after: int, problems: list[Problem]
) -> FrontMatter:
    if value is None:
        value = {}
    if not isinstance(value, dict):
        problem = Problem(
            severity="error",
            code="front-matter-invalid",
            file="",
            line=line,
            what="the front matter holds no keys and values",
            mend="Write lines such as `title: Tides`. The article is in no feed.",
        )
        return FrontMatter(problems=(problem,), syntax=syntax, block=block, block_line=line)
    values = {key if isinstance(key, str) else str(key): entry for key, entry in value.items()}
    body_line = text.count("\n", 0, after) + 1
    return FrontMatter(values, text[after:], body_line, tuple(problems), syntax, block, line)


def _broken(syntax: str, what: str, line_in_block: int, line: int) -> FrontMatter:
    problem = Problem(
        severity="error",
        code="front-matter-invalid",
        file="",
        line=line + line_in_block - 1 if line_in_block else line - 1,
        what=f"the {syntax} of the front matter cannot be read: {what}",
        mend="Mend that line; text with a colon or quotes in it stands in quotes. The article is in no feed.",
    )
    return FrontMatter(problems=(problem,))


def _too_large(block: str, line: int) -> FrontMatter | None:
    if len(block) <= LARGEST:
        return None
    return _broken("syntax", f"it is longer than {LARGEST // 1024} KiB", 0, line)


def _mend_of(line: int, what: str) -> Problem:
    return Problem(
        severity="warning",
        code="front-matter-mended",
        file="",
        line=line,
        what="the YAML of the front matter is broken here",
        mend=f"Text with a colon or quotes in it stands in quotes, and lines are indented by spaces: {what}.",
    )


def _repeated(block: str, line: int) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for key, number in yamlblock.key_lines(block):
        if key in seen:
            problems.append(_repeated_key(key, number + line - 1))
        seen.add(key)
    return problems or [_repeated_key("", line)]


def _repeated_key(key: str, line: int) -> Problem:
    return Problem(
        severity="warning",
        code="key-repeated",
        file="",
        line=line,
        key=key,
        what="the key stands in the front matter more than once",
        mend="Write it once. The last one was taken.",
    )


def _key_lines(syntax: Syntax, block: str) -> list[tuple[str, int]]:
    if syntax == "yaml":
        return yamlblock.key_lines(block)
    if syntax == "toml":
        pattern = r"""^\s*\[*\s*["']?([\w-]+)["']?\s*(?:=|\])"""
    elif syntax == "json":
        pattern = r"""^[\s{]*"([^"\n]+)"\s*:"""
    else:
        pattern = r"^([A-Za-z][\w-]*):"
    found = [(match[1], number) for number, row in enumerate(block.split("\n"), 1) if (match := re.match(pattern, row))]
    return [(key.lower(), number) for key, number in found] if syntax == "metadata" else found


def _dates_as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: _dates_as_text(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(entry) for entry in value]
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


def _next_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1
