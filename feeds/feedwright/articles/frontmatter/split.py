"""The front matter of an article, in any of its syntaxes: YAML, TOML, JSON, or lines without fences."""

from __future__ import annotations

import re
from collections import Counter

from feedwright.articles.frontmatter import toml, unfenced, yaml
from feedwright.articles.frontmatter.errors import BlockError
from feedwright.articles.frontmatter.model import (
    LARGEST,
    FrontMatter,
    Syntax,
    broken,
    next_line,
    repeated_key,
    too_large,
)
from feedwright.articles.frontmatter.yaml import MOST_NODES
from feedwright.errors import IN_NO_FEED, Problem
from feedwright.text import nesting

_MOST_REPEATED = 50
"""Keys of JSON of which it is said that they stand there more than once: to find each takes time."""

_DOTS_OR_DASHES = re.compile(r"\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
"""With the line end before it: a pattern that begins with a character is searched for much faster."""
_PLUSES = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_SEMICOLONS = re.compile(r"^;;;[ \t]*$", re.MULTILINE)
_JSON_START = re.compile(r'\{\s*["}]')
_BLANK = re.compile(r"[\s\ufeff\u200b\u2060]+")
_INDENTED_FENCE = re.compile(r"(?:---(?:ya?ml|toml|json)?|\+\+\+|;;;)[ \t]*\n[ \t]*[\"{]?[\w-]+\"?[ \t]*[:=]")
_YAML_LIKE = re.compile(r"(?:[\w-]+[ \t]*:(?:[ \t].*)?|[ \t]+\S.*|-[ \t].*|#.*)")
_CLOSING = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
_DASHES = re.compile(r"-{2,}[ \t]*")
_RIGHT = (
    "Put text with a colon or quotes in it, or with a sign such as @ or * at its start, in quotes.",
    "Indent by spaces: YAML takes no tabs there.",
)


def split_front_matter(text: str) -> FrontMatter:
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
    blank = _BLANK.match(text)
    begin = blank.end() if blank else 0
    start = text.rfind("\n", 0, begin) + 1
    if start < begin and _begins_indented(text, begin):
        start = begin
    first_line = text[start : next_line(text, start)].rstrip()
    above = text.count("\n", 0, start)
    if first_line in ("---", "---yaml", "---yml"):
        return _yaml(text, start, above + 2)
    if first_line in ("+++", "---toml"):
        return _toml(text, start, above + 2, _PLUSES if first_line == "+++" else _CLOSING)
    if first_line in (";;;", "---json"):
        return _json(text, start, above, _SEMICOLONS if first_line == ";;;" else _CLOSING)
    if _JSON_START.match(text, start):
        return _json(text, start, above, None)
    closed = _closed_yaml(text, start, above + 1) if ":" in first_line else None
    return closed or unfenced.split(text, start, above) or FrontMatter(body=text)


def _begins_indented(text: str, begin: int) -> bool:
    """Whether front matter begins behind white space, and not a text that shows some: code is indented, too."""
    if _JSON_START.match(text, begin):
        front = _json(text, begin, text.count("\n", 0, begin), None)
        # One that cannot be read is said to be that, but where it may be code.
        indent = text[text.rfind("\n", 0, begin) + 1 : begin]
        is_code = indent.expandtabs(4).startswith("    ")
        return not is_code if front.syntax == "none" else _says_something(front) or not is_code
    return _INDENTED_FENCE.match(text, begin) is not None


def _says_something(front: FrontMatter) -> bool:
    # The table of fields needs much that most front matter does not.
    from feedwright.articles.fields import is_known

    return any(map(is_known, front.values))


def _yaml(text: str, start: int, line: int) -> FrontMatter:
    begin = next_line(text, start)
    end = _DOTS_OR_DASHES.search(text, begin - 1)
    if end is None:
        return _unclosed(text, begin, line) or FrontMatter(body=text)
    block = text[begin : end.start() + 1]
    if large := _too_large(block, line):
        return large
    try:
        read = yaml.load(block)
    except BlockError as error:
        unclosed = _unclosed(text, begin, line)
        return unclosed if unclosed and unclosed.values else _unreadable("YAML", error, block, line)
    problems = [_mend_of(number + line - 1, what) for number, what in read.mends] if read.mends else []
    if read.repeated:
        problems += _repeated(block, line)
    return _mapping(read.value, "yaml", block, line, text, next_line(text, end.end()), problems)


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
        hint = "Write --- on a line of its own above that one."
        return broken("YAML", "its closing --- is missing", len(lines) + 1, line, hint)
    try:
        value = yaml.load(block).value
    except BlockError as error:
        return _unreadable("YAML", error, block, line)
    consumed = min(begin + len(block) + 1 + (len(following) + 1 if following.strip() else 0), len(text))
    problem = Problem(
        severity="warning",
        code="front-matter-unclosed",
        file="",
        line=line + len(lines),
        what="the front matter has no closing line",
        hint=f"Write --- on line {line + len(lines)}. What looks like front matter was read as such.",
    )
    return _mapping(value, "yaml", block, line, text, consumed, [problem])


def _closed_yaml(text: str, start: int, line: int) -> FrontMatter | None:
    """YAML that has a closing line alone, as Hexo takes it; None where it is none, or lacks a title and a date."""
    end = _CLOSING.search(text, start, start + LARGEST)
    block = text[start : end.start()] if end else ""
    rows = block.split("\n")[:-1]
    if end is None or not rows or ":" not in rows[0] or not all(_YAML_LIKE.fullmatch(row) for row in rows if row):
        return None
    try:
        read = yaml.load(block)
    except BlockError:
        return None
    # What would have to be mended is `Key: value` metadata.
    keys = {str(key).lower() for key in read.value} if isinstance(read.value, dict) else set()
    if read.mends or not keys & {"title", "date"}:
        return None
    problems = _repeated(block, line) if read.repeated else []
    return _mapping(read.value, "yaml", block, line, text, next_line(text, end.start()), problems)


def _toml(text: str, start: int, line: int, closing: re.Pattern[str]) -> FrontMatter:
    begin = next_line(text, start)
    end = closing.search(text, begin)
    if end is None:
        return broken("TOML", "its closing line is missing", 0, line, _close_with(text, start))
    block = text[begin : end.start()]
    if large := _too_large(block, line):
        return large
    try:
        value, repeated = toml.load(block)
    except BlockError as error:
        return _unreadable("TOML", error, block, line)
    problems = [repeated_key(key, number + line - 1) for key, number in repeated]
    return _mapping(value, "toml", block, line, text, next_line(text, end.start()), problems)


def _json(text: str, start: int, above: int, closing: re.Pattern[str] | None) -> FrontMatter:
    # Most sites have none.
    import json

    repeated: dict[str, None] = {}

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        repeated.update((key, None) for key, times in Counter(key for key, _ in items).items() if times > 1)
        return dict(items)

    decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_float=str)
    begin = next_line(text, start) if closing else start
    line = above + 2 if closing else above + 1
    end = closing.search(text, begin) if closing else None
    if closing and end is None:
        return broken("JSON", "its closing line is missing", 0, line, _close_with(text, start))
    block = text[begin : end.start() if end else begin + LARGEST]
    source = block if not closing or block.lstrip().startswith("{") else "{" + block + "}"
    if closing:
        source = source.lstrip()
    try:
        nesting.refuse_deep_json(source)
        value, length = decoder.raw_decode(source)
    except nesting.TooDeepError as error:
        return _unreadable("JSON", BlockError(error.what, error.line), block, line)
    except json.JSONDecodeError as error:
        return _unreadable("JSON", BlockError(error.msg, error.lineno), block, line)
    except ValueError:
        return _unreadable("JSON", BlockError("a number has more digits than any program reads", 0), block, line)
    if end is None:
        block = block[:length]
    after = next_line(text, end.start()) if end else begin + length
    problems = [
        repeated_key(key, line + block[: block.rfind(f'"{key}"')].count("\n")) for key in [*repeated][:_MOST_REPEATED]
    ]
    return _mapping(value, "json", block, line, text, after, problems)


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
            hint=f"Write lines such as `title: Tides`. {IN_NO_FEED}",
        )
        return FrontMatter(problems=(problem,), syntax=syntax, block=block, block_line=line)
    if len(block) > MOST_NODES and _has_too_many(value):
        return broken(
            "syntax", f"it has more than {MOST_NODES:,} values", 0, line, "Write less there: the text comes below it."
        )
    values = {key if type(key) is str else str(key): entry for key, entry in value.items()}
    body_line = text.count("\n", 0, after) + 1
    return FrontMatter(values, text[after:], body_line, tuple(problems), syntax, block, line)


def _has_too_many(value: object) -> bool:
    """Whether there are more values than any article has, those of lists and maps within it with them."""
    count = 0
    waiting = [value]
    while waiting and count <= MOST_NODES:
        one = waiting.pop()
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, (list, tuple, set, frozenset)) else ()
        count += len(inner)
        waiting.extend(inner)
    return count > MOST_NODES


def _too_large(block: str, line: int) -> FrontMatter | None:
    return too_large(line) if len(block) > LARGEST else None


def _unreadable(syntax: str, error: BlockError, block: str, line: int) -> FrontMatter:
    from feedwright.articles.frontmatter.cures import cure  # hardly any article needs it

    return broken(syntax, error.what, error.line, line, cure(syntax, error.what, block, error.line))


def _close_with(text: str, start: int) -> str:
    fence = text[start : next_line(text, start)].strip()
    fence = "---" if fence.startswith("---") else fence
    return f"Write {fence} on a line of its own below the last key."


def _mend_of(line: int, what: str) -> Problem:
    return Problem(
        severity="warning",
        code="front-matter-mended",
        file="",
        line=line,
        what="the YAML of the front matter is broken here",
        hint=f"{_RIGHT[what.startswith('a tab')]} {what[0].upper()}{what[1:]}.",
    )


def _repeated(block: str, line: int) -> list[Problem]:
    seen: set[str] = set()
    problems: dict[str, Problem] = {}
    for key, number in yaml.key_lines(block):
        if key in seen:
            problems[key] = repeated_key(key, number + line - 1)
        seen.add(key)
    return list(problems.values()) or [repeated_key("", line)]
