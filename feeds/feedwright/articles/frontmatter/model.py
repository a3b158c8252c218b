"""What stands before an article's text, whatever its syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from feedwright.articles.frontmatter import yaml
from feedwright.errors import IN_NO_FEED, Problem

Syntax = Literal["none", "yaml", "toml", "json", "metadata", "nikola", "rest", "asciidoc"]

LARGEST = 256 * 1024
"""Characters of front matter."""

_KEY_LINES = {
    "toml": r"""\s*\[*\s*["']?([\w-]+)["']?\s*(?:=|\])""",
    "json": r"""[\s{]*"([^"\n]+)"\s*:""",
    "metadata": r"([A-Za-z][\w -]*?)[ \t]*:",
    "nikola": r"\.\.[ \t]+([A-Za-z][\w-]*):",
    "rest": r":([^:\n]+):",
    "asciidoc": r":(?:page-|jbake-)?([\w-]+):",
}
_IN_ANY_CASE = frozenset(("metadata", "nikola", "rest", "asciidoc"))


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

    def as_written(self, key: str, value: object) -> object:
        """A top-level key's value with YAML's bare numbers and booleans as the text that was written: 1.10, not 1.1."""
        read = yaml.as_written(self.block) if self.syntax == "yaml" and key in self.values else {}
        return read.get(key, value)


def broken(syntax: str, what: str, line_in_block: int, line: int, hint: str) -> FrontMatter:
    """Front matter that cannot be read.

    Args:
        line_in_block: 1-based; 0 where it is not known.
        line: where the block begins.
        hint: what would be right, as a sentence.
    """
    problem = Problem(
        severity="error",
        code="front-matter-invalid",
        file="",
        line=line + line_in_block - 1 if line_in_block else line - 1,
        what=f"the {syntax} of the front matter cannot be read: {what}",
        hint=f"{hint} {IN_NO_FEED}",
    )
    return FrontMatter(problems=(problem,))


def too_large(line: int) -> FrontMatter:
    """Front matter that is longer than `LARGEST`, and was not read.

    Args:
        line: where the block begins.
    """
    hint = "Write less there: the text comes below it."
    return broken("syntax", f"it is longer than {LARGEST // 1024} KiB", 0, line, hint)


def repeated_key(key: str, line: int) -> Problem:
    """A key stands more than once; `line` is the last one's."""
    return Problem(
        severity="warning",
        code="key-repeated",
        file="",
        line=line,
        key=key,
        what="the key is in the front matter more than once",
        hint="Write it once. The last one was taken.",
    )


def next_line(text: str, position: int) -> int:
    """Where the line after that of `position` begins; the text's end where there is none."""
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1


def _key_lines(syntax: Syntax, block: str) -> list[tuple[str, int]]:
    if syntax in ("yaml", "none"):
        return yaml.key_lines(block)
    pattern = re.compile(_KEY_LINES[syntax])
    found = [(match[1], number) for number, row in enumerate(block.split("\n"), 1) if (match := pattern.match(row))]
    return [(key.lower(), number) for key, number in found] if syntax in _IN_ANY_CASE else found
