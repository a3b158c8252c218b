"""Facts of the stores: one name, one type, one place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import feedwright
from feedwright.errors import Problem
from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog, facts
from feedwright.state.catalog.pages import SITEMAP, Month
from feedwright.state.fact import CatalogFact, Fact, LedgerFact
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened

ROOT = Path(feedwright.__file__).parent
PROBLEM = Problem("warning", "a-code", "a.md", "is so", "Do that.", 3, "title")
OF_CATALOG = [one for one in vars(facts).values() if isinstance(one, CatalogFact)]
OF_LEDGER = [one for one in vars(ledger_facts).values() if isinstance(one, LedgerFact)]


def text(catalog: Catalog, name: str) -> str:
    ((value,),) = catalog.db.execute("SELECT value FROM fact WHERE name = ?", (name,))
    return str(value)


@pytest.mark.parametrize(
    ("of", "value", "stored"),
    [
        (facts.RUN, 12, "12"),
        (facts.DECIDED, 0, "0"),
        (facts.OUT, "/srv/out", "/srv/out"),
        (facts.NAMED, True, "1"),
        (facts.SPELLINGS, True, "NFC"),
        (facts.TOUCHED_MONTHS, set(), "[]"),
        (facts.TOUCHED_MONTHS, {"2024-03", "2024-01"}, '["2024-01", "2024-03"]'),
        (facts.RETIRED, ("Tides: old",), '["Tides: old"]'),
        (facts.SHORTENED, {"b": ["b.xml", True, False], "a": []}, '{"a": [], "b": ["b.xml", true, false]}'),
        (facts.PROBLEMS, (PROBLEM, PROBLEM), None),
        (SITEMAP, ("u", (Month("2024-01", 2, 9, b"\1\2"),)), '{"url": "u", "months": [["2024-01", 2, 9, "0102"]]}'),
    ],
)
def test_a_fact_is_read_as_it_was_noted(
    tmp_path: Path, of: CatalogFact[object], value: object, stored: str | None
) -> None:
    with opened(Catalog, tmp_path) as catalog:
        assert catalog.fact(of) == of.default
        catalog.note(of, value)
        assert catalog.fact(of) == value
        assert stored is None or text(catalog, of.name) == stored
        catalog.note(of, of.default)
        assert catalog.fact(of) == of.default
        assert text(catalog, of.name) == ""


def test_what_is_noted_of_the_ledger_as_it_is_changes_nothing(tmp_path: Path) -> None:
    with opened(Ledger, tmp_path) as ledger:
        ledger.note(ledger_facts.UNTOLD, {"a.xml": 3})
        before = ledger.changes
        ledger.note(ledger_facts.UNTOLD, {"a.xml": 3})
        ledger.note(ledger_facts.NEWEST, None)
        assert ledger.changes == before


@pytest.mark.parametrize("every", [OF_CATALOG, OF_LEDGER], ids=["catalog", "ledger"])
def test_each_fact_has_a_name_of_its_own(every: list[Fact[object]]) -> None:
    assert len(every) > 5
    assert len({one.name for one in every}) == len(every)


@pytest.mark.parametrize("module", [facts, ledger_facts])
def test_each_fact_says_what_it_is(module: object) -> None:
    body = ast.parse(Path(str(vars(module)["__file__"])).read_text()).body
    assigned = [place for place, node in enumerate(body) if isinstance(node, ast.AnnAssign)]
    assert len(assigned) > 5
    for place in assigned:
        said = body[place + 1] if place + 1 < len(body) else None
        assert isinstance(said, ast.Expr), ast.unparse(body[place])


def test_no_module_says_the_name_of_a_fact() -> None:
    called = [
        (path.name, node.lineno)
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("fact", "note")
        if node.args and isinstance(node.args[0], ast.Constant)
    ]
    assert called == []
