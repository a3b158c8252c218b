"""Tags, shortcodes and components as calls: a name, words and named parameters, whoever's syntax it was."""

from __future__ import annotations

import re
from typing import NamedTuple

_PARAMETER = re.compile(
    r"""(?P<key>[@\w.-]+)\s*(?:=|:(?!//))\s*(?P<value>"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|`[^`]*+`|[^\s,"'`)]+)"""
    r"""|(?P<quoted>"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|`[^`]*+`)"""
    r"""|(?P<bare>[^\s,]\S*+)""",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Word(NamedTuple):
    """A parameter without a name."""

    text: str
    quoted: bool


class Call(NamedTuple):
    """What an author called.

    Args:
        name: in lower case.
        words: parameters without a name, in order.
        named: name in lower case -> value.
    """

    name: str
    words: tuple[Word, ...]
    named: dict[str, str]

    def first(self, *keys: str) -> str:
        """The first parameter that is there and not empty; empty where there is none."""
        named = self.named
        return next((named[key] for key in keys if named.get(key)), "") if named else ""

    def word(self, index: int = 0) -> str:
        """A word by its place; empty where there is none."""
        return self.words[index].text.rstrip(",") if index < len(self.words) else ""


def call(name: str, parameters: str) -> Call:
    """Take the parameters of a tag apart, in any engine's way of writing them.

    Args:
        name: of the tag.
        parameters: `src="a.png" alt=b`, `"a.png", "b"`, `lang:python`, `(id="x")`, with backticks for quotes, too.
    """
    inside = parameters.strip()
    if inside.startswith("(") and inside.endswith(")"):
        inside = inside[1:-1]
    words: list[Word] = []
    named: dict[str, str] = {}
    for found in _PARAMETER.finditer(inside):
        if found["key"]:
            named.setdefault(found["key"].lower(), unquoted(found["value"]))
        elif found["quoted"]:
            words.append(Word(unquoted(found["quoted"]), quoted=True))
        else:
            words.append(Word(found["bare"], quoted=False))
    return Call(name.lower(), tuple(words), named)


def unquoted(text: str) -> str:
    """A literal's text: without its quotes and what escapes them; other text as it is."""
    if len(text) < 2 or text[0] != text[-1] or text[0] not in "\"'`":
        return text
    return text[1:-1] if text[0] == "`" or "\\" not in text else _ESCAPED.sub(r"\1", text[1:-1])
