"""Every code is in the table of codes, with the severities that its problems have."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import feedwright
from feedwright import checks, errors

ROOT = Path(feedwright.__file__).parent
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SEVERITIES = ("error", "warning", "info")

COMPOSED: Mapping[str, Collection[str]] = {
    "{file.stem}-unusable": ("catalog-unusable", "ledger-unusable"),
    "{file.stem}-newer": ("catalog-newer", "ledger-newer"),
    "{what}-missing": ("article-missing", "feed-missing"),
    "{kind}-unknown": ("code-unknown", "profile-unknown"),
}
"""Codes that are put together where the problem is made."""

ELSEWHERE: Mapping[str, Collection[str]] = {"CODES[0]": ("hub-given-up",)}
"""Codes that are named where they are not made."""

SOFTENED = frozenset(("front-matter-invalid", "not-ours"))
"""Errors that some places make warnings of."""

NO_PROBLEMS = frozenset(("Code", "Explanation", "Failure", "Rule", "_explanation", "explain", "explained"))
"""What takes a `code` and makes no problem of it."""


class Maker(NamedTuple):
    """A class or function that takes a code, and what it makes a problem of.

    Args:
        names: of its parameters that may be given by place.
        defaults: of its parameters, where they have some.
        severities: of the problems that it makes, where it is not told.
        private: whether only its own module calls it.
    """

    names: list[str]
    defaults: Mapping[str, ast.expr]
    severities: frozenset[str]
    private: bool

    def given(self, call: ast.Call, name: str) -> ast.expr | None:
        """What a call gives for a parameter."""
        by_name = [keyword.value for keyword in call.keywords if keyword.arg == name]
        place = self.names.index(name) if name in self.names else len(call.args)
        by_place = call.args[place : place + 1]
        return next(iter((*by_name, *by_place)), self.defaults.get(name))


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """The modules that make problems of their own; rules have rules, and shortcodes tell the names of tags alone."""
    for path in sorted(ROOT.rglob("*.py")):
        if path.parent not in (ROOT / "checks", ROOT / "render/shortcodes"):
            yield path.relative_to(ROOT), ast.parse(path.read_text())


def makers(tree: ast.Module) -> dict[str, Maker]:
    """What in a module takes a code, by name."""
    found = {}
    methods = [method for node in tree.body if isinstance(node, ast.ClassDef) for method in node.body]
    public = {id(node) for node in (*tree.body, *methods)}
    for node in ast.walk(tree):
        private = id(node) not in public
        if isinstance(node, ast.ClassDef):
            fields = [one for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
            defaults = {ast.unparse(one.target): one.value for one in fields if one.value}
            found[node.name] = Maker([ast.unparse(one.target) for one in fields], defaults, frozenset(), private)
        elif isinstance(node, ast.FunctionDef):
            names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
            values = dict(zip(reversed(names), reversed(node.args.defaults), strict=False))
            inner = frozenset(
                severity
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and called(call) == "Problem" and call.args
                for severity in literals(call.args[0], {})
            )
            own = [name for name in names if name not in ("self", "cls")]
            found[node.name] = Maker(own, values, inner, private or node.name[0] == "_")
    return {name: maker for name, maker in found.items() if "code" in maker.names and name not in NO_PROBLEMS}


def constants(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What a module gives names to, in functions as well, and what these stand for."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                found[ast.unparse(target)].append(node.value)
    return found


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    return ast.unparse(call.func).rpartition(".")[2]


def literals(value: ast.expr | None, names: Mapping[str, list[ast.expr]]) -> list[str]:
    """What a value may be, where that is written down."""
    if isinstance(value, ast.IfExp):
        return [*literals(value.body, names), *literals(value.orelse, names)]
    if isinstance(value, ast.Name) and value.id in names:
        return [one for said in names[value.id] for one in literals(said, {})]
    if isinstance(value, ast.JoinedStr):
        return list(COMPOSED[ast.unparse(value).strip("f'\"")])
    if value is not None and ast.unparse(value) in ELSEWHERE:
        return list(ELSEWHERE[ast.unparse(value)])
    return [value.value] if isinstance(value, ast.Constant) and isinstance(value.value, str) else []


def made() -> dict[str, set[str]]:
    """Code -> the severities with which it is made."""
    found: dict[str, set[str]] = defaultdict(set)
    parsed = list(trees())
    everywhere = {name: maker for _, tree in parsed for name, maker in makers(tree).items() if not maker.private}
    shared = {name: values for _, tree in parsed for name, values in constants(tree).items() if name.isupper()}
    for _, tree in parsed:
        known, names = everywhere | makers(tree), shared | constants(tree)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in known):
            maker = known[called(call)]
            for code in literals(maker.given(call, "code"), names):
                if CODE.fullmatch(code):
                    found[code].update(literals(maker.given(call, "severity"), names) or maker.severities)
    return dict(found)


def test_every_code_that_is_made_is_in_the_table_and_no_other_with_its_severities() -> None:
    table = {code: set(said.severities) for code, said in errors.codes().items()}
    for code in SOFTENED:
        table[code].remove("warning")
    assert made() == table


def test_the_table_is_in_order_and_says_of_each_code_in_sentences_what_it_means_and_what_to_do() -> None:
    assert list(errors.codes()) == sorted(errors.codes())
    for code, said in errors.codes().items():
        assert CODE.fullmatch(code)
        assert said.means.endswith(".") and said.do.endswith((".", "?")), code
        assert said.severities == tuple(one for one in SEVERITIES if one in said.severities) != (), code
        assert bool(said.wrong) == bool(said.right)


def test_no_code_is_that_of_a_rule_and_of_a_build() -> None:
    assert not errors.codes().keys() & checks.CODES.keys()
