"""How we speak to people: plain technical English, one word for one thing."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import feedwright

PACKAGE = Path(feedwright.__file__).parent
INSTEAD = {
    r"(?<![Tt]here )\b(is|are) no (?!longer\b|more\b|such\b)": "is not a, is not valid",
    r"\bthere already\b": "already exists",
    r"\bmade anew\b|\bmakes? \w+ anew\b|\bderived\b": "rebuilt, rebuilt from scratch",
    r"\bmay be shown\b": "published",
    r"\bkept back\b": "held back",
    r"\bmust last\b": "state folder",
    r"\bnot well\b(?!-)": "problems",
    r"\bby the clock\b": "on a schedule",
    r"\b[Mm]end\b": "correct",
    r"\ball the same\b": "anyway",
    r"\blooked after\b": "maintained",
    r"\bpassed over\b": "skipped",
    r"\btaken back\b": "retracted",
    r"\bit is meant\b(?! to)": "you mean it",
    r"\b(web|whole|http|https|old|another|same) address(es)?\b": "URL",
}
"""What was said once, or comes to mind -> what is said."""


def literals(source: str) -> Iterator[str]:
    """The texts in a module that may be shown to somebody: those of several words, but docstrings."""
    tree = ast.parse(source)
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
        if is_text and " " in node.value.strip() and not re.search(r"\\[bsw]|SELECT|ALTER|CREATE|<", node.value):
            yield node.value


def said() -> Iterator[tuple[str, str]]:
    """Every text, with its place."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for text in literals(file.read_text()):
            yield str(file.relative_to(PACKAGE)), text
    for file in (PACKAGE / "problems.toml", *sorted((PACKAGE / "checks/examples").glob("*.toml"))):
        for code, one in tomllib.loads(file.read_text()).items():
            for key in ("means", "do", "rule", "right"):
                yield f"{file.name}: {code}", one.get(key, "") if isinstance(one, dict) else ""


def test_what_people_are_told_is_in_plain_words() -> None:
    found = [
        (place, text, instead) for place, text in said() for old, instead in INSTEAD.items() if re.search(old, text)
    ]
    assert found == []


def test_words_are_british() -> None:
    american = r"\b(color|colors|favor|license[sd] (?=under)|behavior|canceled|catalogs? of|centered|honor|organiz)\b"
    found = [(place, text) for place, text in said() if re.search(american, text) and "--no-color" not in text]
    assert found == []
