"""What a page of the documentation has people do: files to write, and commands to run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_BLOCK = re.compile(
    r"(?m)^(?:<!-- (?P<note>[^>]+) -->\n)?(?P<fence>```+)(?P<info>[^\n`]*)\n(?P<text>(?s:.*?))^(?P=fence)$"
)


class Block(NamedTuple):
    """A fenced block.

    Args:
        language: "sh", "toml", ...; "" where none is named.
        file: the path that stands above it, for a file to be written; "" for other blocks.
        note: the comment before it: "needs Docker", "in site.toml".
        line: of the page, where it begins.
    """

    language: str
    file: str
    text: str
    note: str
    line: int


def pages() -> list[Path]:
    """Every page of the documentation, and those of the source that have commands."""
    return [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in their order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _BLOCK.finditer(text):
        info = match["info"].strip()
        title = re.search(r'title="([^"]+)"', info)
        line = text.count("\n", 0, match.start()) + 1
        language = info.partition(" ")[0]
        found.append(Block(language, title[1] if title else "", match["text"], match["note"] or "", line))
    return found


def script(page: Path) -> str:
    """What somebody does who follows a page: one script for bash."""
    parts = ["set -euo pipefail"]
    for block in blocks(page):
        here = f"echo '+ {page.name}:{block.line}'"
        if block.note.startswith("needs "):
            continue
        if block.file:
            if block.file.startswith("/"):
                continue
            parts += [here, f"mkdir -p \"$(dirname '{block.file}')\"", _document(f"> '{block.file}'", block.text)]
        elif block.note.startswith("in "):
            parts += [here, _document(f"| set_keys '{block.note[3:]}'", block.text)]
        elif block.language == "sh":
            parts += [here, block.text.rstrip()]
    return "\n".join(parts) + "\n"


def _document(to: str, text: str) -> str:
    return f"cat <<'END_OF_BLOCK' {to}\n{text}END_OF_BLOCK"
