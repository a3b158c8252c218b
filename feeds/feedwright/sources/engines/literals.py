"""The literal values of configuration that is a program: Python by its syntax tree, JavaScript by its look."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from feedwright.sources.engines.files import Unreadable, text_of

LONGEST = 10_000
_PROPERTY = (
    r"""(?:(?<=[{{,(])|^)[ \t]*+["']?(?P<key>{keys})["']?[ \t]*+:\s*+"""
    r"""(?P<quote>["'`])(?P<value>(?:\\.|(?!(?P=quote))[^\\\n])*+)(?P=quote)"""
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?<![:\"'`\w])//[^\n]*", re.DOTALL)


def python(root: Path, name: str, known: dict[str, object] | None = None) -> dict[str, object]:
    """The module's names that stand for literals, or for texts put together of such.

    Args:
        name: of the file, below `root`.
        known: names that were there before.

    Raises:
        Unreadable: it cannot be read, or is no Python.
    """
    text = text_of(root, name)
    values = dict(known or {})
    try:
        module = ast.parse(text)
        for statement in module.body:
            targets, value = _assignment(statement)
            read = _value(value, values) if value is not None else None
            for target in targets:
                if isinstance(target, ast.Name) and read is not None:
                    values[target.id] = read[0]
                elif isinstance(target, ast.Name):
                    values.pop(target.id, None)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        reason = (
            error.msg if isinstance(error, SyntaxError) else "it is nested too deep, or has a value that is too large"
        )
        raise Unreadable(name, f"cannot be understood: {reason}") from None
    return values


def _assignment(statement: ast.stmt) -> tuple[list[ast.expr], ast.expr | None]:
    if isinstance(statement, ast.Assign):
        return statement.targets, statement.value
    if isinstance(statement, ast.AnnAssign):
        return [statement.target], statement.value
    return [], None


def _value(node: ast.expr, known: dict[str, object]) -> tuple[object] | None:
    """What an expression stands for, in a tuple; None where only a run would tell."""
    if isinstance(node, ast.Constant):
        return (node.value,)
    if isinstance(node, ast.Name):
        return (known[node.id],) if node.id in known else None
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        parts = [_value(part, known) for part in node.elts]
        return ([part[0] for part in parts if part is not None],)
    if isinstance(node, ast.Dict):
        return (_dict(node, known),)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _joined([_value(node.left, known), _value(node.right, known)])
    if isinstance(node, ast.JoinedStr):
        return _joined(
            [_value(part.value if isinstance(part, ast.FormattedValue) else part, known) for part in node.values]
        )
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _value(node.operand, known)
        return (-inner[0],) if inner and isinstance(inner[0], (int, float)) else None
    return None


def _dict(node: ast.Dict, known: dict[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        name, read = (_value(key, known) if key else None), _value(value, known)
        if name and read and isinstance(name[0], (str, int)):
            found[str(name[0])] = read[0]
    return found


def _joined(parts: list[tuple[object] | None]) -> tuple[object] | None:
    texts = [part[0] for part in parts if part is not None and isinstance(part[0], str)]
    whole = "".join(texts) if len(texts) == len(parts) and sum(map(len, texts)) <= LONGEST else None
    return None if whole is None else (whole,)


def javascript(root: Path, name: str, *keys: str) -> dict[str, str]:
    """The first property by each of these names whose value is one text in quotes.

    Args:
        name: of the file, below `root`.

    Raises:
        Unreadable: it cannot be read.
    """
    text = _COMMENT.sub("", text_of(root, name))
    found: dict[str, str] = {}
    pattern = re.compile(_PROPERTY.format(keys="|".join(map(re.escape, keys))), re.MULTILINE)
    for match in pattern.finditer(text):
        value = re.sub(r"\\(.)", r"\1", match["value"])
        if "${" not in value or match["quote"] != "`":
            found.setdefault(match["key"], value)
    return found
