"""What of the ledger is in `ids.tsv`: each column and fact was decided on, and stands in the page on architecture."""

from __future__ import annotations

import re
from pathlib import Path

from feedwright.state import ledger_facts
from feedwright.state.fact import LedgerFact
from feedwright.state.ids_file import lines, reading
from feedwright.state.ids_file.model import Kept
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened

PAGE = Path(__file__).parents[4] / "docs/architecture.md"


def rows() -> list[tuple[str, list[str], str]]:
    """Table, columns and line of each row of the page's table."""
    text = PAGE.read_text().partition("## What ids.tsv keeps")[2].partition("\n## ")[0]
    found = re.findall(r"^\| `(\w+)`: (.*?) \| (.*) \|$", text, re.MULTILINE)
    return [(table, re.findall(r"`([^`]+)`", columns), line) for table, columns, line in found]


def test_each_column_of_the_ledger_was_decided_on(tmp_path: Path) -> None:
    with opened(Ledger, tmp_path) as ledger:
        tables = [name for (name,) in ledger.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        there = {(table, row[1]) for table in tables for row in ledger.db.execute(f"PRAGMA table_info({table})")}
    there -= {("fact", "name"), ("fact", "value")}
    assert {(table, column) for table, columns, _ in rows() for column in columns if table != "fact"} == there


def test_each_fact_of_the_ledger_was_decided_on() -> None:
    facts = {one.name for one in vars(ledger_facts).values() if isinstance(one, LedgerFact)}
    decided = [name for table, columns, _ in rows() for name in columns if table == "fact"]
    assert sorted(decided) == sorted(facts)


def test_each_word_that_lines_begin_with_is_named() -> None:
    words = {"article", "feed", *reading._READERS}
    named = {word for _, _, line in rows() for word in re.findall(r"`([a-z-]+)`", line)}
    assert words <= named


def test_nothing_kept_is_a_head_alone() -> None:
    assert lines.text_of(Kept()).decode() == lines.HEAD + "\n"
    assert reading.kept_of(b"", Path("ids.tsv")) == (Kept(), [])
