"""YAML front matter: read fast, read again by a second parser, mended where it can be certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from feedwright.articles.frontmatter.errors import BlockError, ExcessError
from feedwright.text.nesting import DEEPEST
from feedwright.text.patterns import late

if TYPE_CHECKING:
    import yaml

MOST_NODES = 20_000
MOST_MENDS = 8

_KEY_LINE = re.compile(r"""([^\s#\-"'\[\]{},&*!|>%@`:][^:\n]*?|-[^\s:][^:\n]*?|"[^"\n]+"|'[^'\n]+')\s*:(?=\s|$)""")
_SCALAR_LINE = re.compile(r"(?P<head>[ ]*(?:-[ ]+)*[\w-]+:[ ]+)(?P<value>\S.*?)[ ]*")
_TABS = re.compile(r"^[ ]*\t[ \t]*|(?<=:)[ ]*\t[ \t]*|(?<=^-)\t", re.MULTILINE)
_TOO_DEEP = f"it is nested more than {DEEPEST} deep"
_WHERE = re.compile(r"at line (\d+)")
_OPENING = (": ", ":\n", "- ", "-\n", "? ", "?\n", "[", "{", "[", "{")
"""Each level of nesting has one of these of its own; a bracket may hold a pair without braces, a level as well."""
_SHALLOW = 40
"""Levels that nobody looks at closely: the fast parser bears four times as many, on the smallest stack there is."""
_FAR_IN = re.compile(rf"(?:\A|[\n\r])[ \t?:-]{{{_SHALLOW // 2}}}")
"""A line that may begin a level so far in: blocks that hold each other begin ever further in, but for lists in keys."""
_DIGITS = 3_500
"""Digits that a number may have, whatever it is written in: Python writes no number of more than 4,300."""
_HUGE_NUMBER = late(rf"[0-9a-fA-F]{{{_DIGITS}}}")
_FLAT_LIST = re.compile(r"[\[{][^\[\]{}\"'#\n]*+[\]}]")


class Block(NamedTuple):
    """What a block holds.

    Args:
        value: of any type; dates stay text.
        repeated: a key stands twice in one of its mappings; the last one counts.
        mends: the lines that were mended: 1-based number, and what was done.
    """

    value: object
    repeated: bool = False
    mends: tuple[tuple[int, str], ...] = ()


def load(block: str) -> Block:
    """Read a block of YAML 1.2.

    Args:
        block: without its delimiters, lines ending in "\\n", no NUL.

    Raises:
        BlockError: it cannot be read, nor mended.
    """
    try:
        return _parse(block)
    except ExcessError:
        raise
    except BlockError as error:
        return _mended(block, error)


def as_written(block: str) -> Mapping[object, object]:
    """The block with every number and boolean as the text that was written: `1.10`, not 1.1.

    Args:
        block: as `load` takes it. Empty where it cannot be read.
    """
    import yaml

    try:
        _weigh(yaml.parse(block, Loader=_loader(_TEXT)))
        found = yaml.load(block, Loader=_loader(_TEXT))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def key_lines(block: str) -> list[tuple[str, int]]:
    """The top-level keys with their lines, 1-based, in order; a repeated key comes as often as it stands there."""
    found = []
    for number, line in enumerate(block.split("\n"), 1):
        if line[:1] not in " \t#" and (key := _KEY_LINE.match(line)):
            found.append((key[1].strip("\"'"), number))
    return found


def _parse(block: str) -> Block:
    if len(block) > _DIGITS and (huge := _HUGE_NUMBER().search(block)):
        raise ExcessError(f"a number has more than {_DIGITS:,} digits", block.count("\n", 0, huge.start()) + 1)
    # The fast parser does not know merge keys, and goes as deep as the block.
    if "<<" in block or _may_be_deep(block):
        return Block(_parse_slowly(block))
    try:
        return _parse_fast(block)
    except (ValueError, TypeError) as error:
        refusal = str(error)
    try:
        return Block(_parse_slowly(block))
    except ExcessError:
        raise
    except BlockError as slow:
        where = _WHERE.search(refusal)
        raise BlockError(refusal.rsplit("\n", 1)[-1], int(where[1]) if where else slow.line) from slow


def _may_be_deep(block: str) -> bool:
    """Whether a block may be nested deeper than the fast parser can bear; where it is not sure, it may."""
    if "\t" not in block and "\r" not in block:
        # Nearly every block has few of these signs, wherever they stand.
        count = block.count
        signs = count(":") + count("-") + count("?") + 2 * (count("[") + count("{"))
        if signs <= _SHALLOW or sum(map(count, _OPENING)) <= _SHALLOW:
            return False
    if _FAR_IN.search(block):
        return True
    brackets = block.count("[") + block.count("{")
    return brackets > _SHALLOW // 2 and brackets - len(_FLAT_LIST.findall(block)) > _SHALLOW // 2


def _parse_fast(block: str) -> Block:
    """What yaml-rs makes of a block.

    Raises:
        ValueError, TypeError: it refuses it, or one of its keys.
    """
    once, last_wins = _fast_parsers()
    try:
        return Block(once(block))
    except ValueError as error:
        if "duplicate mapping key" not in str(error):
            raise
    return Block(last_wins(block), True)


@cache
def _fast_parsers() -> tuple[Callable[[str], object], Callable[[str], object]]:
    """What refuses a repeated key, and what takes the last one."""
    import yaml_rs

    limits = yaml_rs.AliasLimits(MOST_NODES, DEEPEST, 100)
    policies = yaml_rs.DuplicateKeyPolicy
    parser = partial(yaml_rs.loads, parse_datetime=False, alias_limits=limits)
    return (
        partial(parser, duplicate_key_policy=policies.Error),
        partial(parser, duplicate_key_policy=policies.LastWins),
    )


def _parse_slowly(block: str) -> object:
    import yaml

    try:
        _weigh(yaml.parse(block, Loader=_loader(_CORE)))
        return yaml.load(block, Loader=_loader(_CORE))
    except BlockError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        if "nesting depth" in (error.problem or ""):
            raise ExcessError(_TOO_DEEP, line) from error
        raise BlockError(error.problem or "it is not YAML", line) from error
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        raise BlockError(str(error).split("\n", 1)[0]) from error


def _weigh(events: Iterable[Any]) -> None:
    """Refuse what is huge or too deep before anything is built: aliases count as what they stand for.

    Raises:
        BlockError: it is, or an alias stands for nothing.
    """
    import yaml

    sizes: dict[str, tuple[int, int]] = {}  # nodes, and levels of nesting
    open_nodes: list[tuple[str | None, int]] = []
    deepest: list[int] = []  # that any node reaches, by level
    total = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.CollectionEndEvent):
            (anchor, before), reached = open_nodes.pop(), deepest.pop()
            if anchor:
                sizes[anchor] = total - before, reached - len(open_nodes)
        elif isinstance(event, yaml.CollectionStartEvent):
            open_nodes.append((event.anchor, total))
            deepest.append(0)
            total, reached = total + 1, len(open_nodes)
        elif isinstance(event, yaml.NodeEvent):
            is_alias = isinstance(event, yaml.AliasEvent)
            nodes, levels = sizes.get(event.anchor or "", (0, 0)) if is_alias else (1, 0)
            if not nodes:
                raise BlockError("an alias stands for nothing, or for what it is part of")
            if event.anchor:
                sizes[event.anchor] = nodes, levels
            total, reached = total + nodes, len(open_nodes) + levels
        else:
            continue
        if deepest:
            deepest[-1] = max(deepest[-1], reached)
        if reached > DEEPEST:
            raise ExcessError(_TOO_DEEP, line)
        if total > MOST_NODES:
            raise ExcessError(f"it has more than {MOST_NODES:,} values, or its aliases give it as many", line)


_CORE = (
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("merge", r"<<", ("<",)),
    ("bool", r"true|True|TRUE|false|False|FALSE", tuple("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", tuple("-+0123456789")),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", tuple("-+0123456789")),
)
_TEXT = _CORE[:2]


@lru_cache(maxsize=2)
def _loader(scalars: tuple[tuple[str, str, tuple[str, ...]], ...]) -> type[yaml.SafeLoader]:
    """A safe loader that knows these scalars alone; every other one is text: dates, 012, yes."""
    import yaml

    safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("Loader", (safe,), {"yaml_implicit_resolvers": {}})
    for name, pattern, first in scalars:
        loader.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(rf"(?:{pattern})\Z"), first)
    return cast("type[yaml.SafeLoader]", loader)


def _mended(block: str, error: BlockError) -> Block:
    mends: list[tuple[int, str]] = []
    lines = block.split("\n")
    for number, line in enumerate(lines, 1):
        spaced = _TABS.sub(lambda tab: "  " if tab.start() == 0 else " ", line)
        if spaced != line:
            lines[number - 1] = spaced
            mends.append((number, "a tab was read as spaces"))
    last = error
    for _ in range(MOST_MENDS):
        try:
            read = _parse("\n".join(lines))
            return Block(read.value, read.repeated, tuple(mends))
        except BlockError as again:
            last = again
        quoted = _quoted(lines, last.line - 1)
        if quoted is None:
            break
        number, lines[number - 1] = quoted
        mends.append((number, "the value was read as if it stood in quotes"))
    raise BlockError(error.what, last.line) from error


def _quoted(lines: list[str], index: int) -> tuple[int, str] | None:
    """The line with its value in quotes, where the whole value stands on it and is nothing but text."""
    if not 0 <= index < len(lines) or not (found := _SCALAR_LINE.fullmatch(lines[index])):
        return None
    value = found["value"]
    following = lines[index + 1] if index + 1 < len(lines) else ""
    indent = len(lines[index]) - len(lines[index].lstrip(" "))
    goes_on = following.strip() != "" and len(following) - len(following.lstrip(" ")) > indent
    if goes_on or value[0] in "|>{!" or (value[0] == "[" and not re.search(r"\][^\],]", value)):
        return None
    if value[0] in "\"'" and not (len(value) > 1 and value.count(value[0]) > 1):
        return None
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        if value[0] == "'" and inner.replace("''", "").count("'") == 0:
            return None
        value = inner.replace("''", "'") if value[0] == "'" else inner
    return index + 1, found["head"] + "'" + value.replace("'", "''") + "'"
