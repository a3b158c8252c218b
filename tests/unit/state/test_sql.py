"""SQL stands in `state` alone: whoever wants something of a store asks for it by a name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import feedwright

ROOT = Path(feedwright.__file__).parent
STATEMENT = re.compile(
    r"\b(SELECT .+ FROM|INSERT (OR \w+ )?INTO|DELETE FROM|UPDATE \w+ SET|CREATE (TABLE|INDEX)|DROP TABLE|PRAGMA)\b",
    re.S,
)


def _faults(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("execute", "executemany", "executescript"):
            yield f"{node.lineno}: .{node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr == "db":
            yield f"{node.lineno}: .db"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and STATEMENT.search(node.value):
            yield f"{node.lineno}: {node.value[:40]}"


def test_no_module_outside_state_has_sql() -> None:
    found = {
        str(path.relative_to(ROOT)): faults
        for path in sorted(ROOT.rglob("*.py"))
        if path.relative_to(ROOT).parts[0] != "state" and (faults := list(_faults(ast.parse(path.read_text()))))
    }
    assert found == {}


def test_what_is_looked_for_is_in_state() -> None:
    found = [path for path in (ROOT / "state").rglob("*.py") if list(_faults(ast.parse(path.read_text())))]
    assert len(found) > 8
