"""What is printed moves no cursor and forges no line."""

from __future__ import annotations

import ast
import json
import logging
import sys
from pathlib import Path

import pytest

import feedwright
from feedwright.errors import Problem
from feedwright.serve.server import VisibleLines
from feedwright.visible import as_json, visible, visible_lines

CONTROLS = [chr(number) for number in (*range(0x20), 0x7F, *range(0x80, 0xA0))]
OTHERS = [chr(number) for number in (0x2028, 0x2029, 0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF, 0xE0041)]
BIDI = [chr(number) for number in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
LONE = ["\udcff", "\udfff", "\ud800"]


@pytest.mark.parametrize("char", [*CONTROLS, *OTHERS, *BIDI, *LONE], ids=ascii)
def test_what_steers_or_hides_is_spelled(char: str) -> None:
    spelled = visible(f"a{char}b")
    number = ord(char)
    assert spelled == (f"a\\u{number:04x}b" if number < 0x10000 else f"a\\U{number:08x}b")
    assert spelled.isprintable() and spelled.isascii()
    assert visible(spelled) == spelled


@pytest.mark.parametrize(
    "text", ["Tides", "Überlauf", "« Bonjour »", "שלום", "می‌خواهم", "👩‍🔬", "日本　語", "soft\xadly", ""]
)
def test_words_of_all_scripts_are_left_as_they_are(text: str) -> None:
    assert visible(text) == text


def test_our_own_lines_and_tabs_stay() -> None:
    assert visible_lines("a {\n\tb \x1b[2J\r\n}") == "a {\n\tb \\u001b[2J\\u000d\n}"


def test_a_problem_is_a_line_and_its_remedy_another() -> None:
    problem = Problem("error", "code", "a\nb.md", "is \x1b[31mred\r", "Mend\nit.\u202e", 3, "x\x9b")
    assert str(problem) == "a\\u000ab.md:3: x\\u009b: is \\u001b[31mred\\u000d [code]\n    Mend\\u000ait.\\u202e"


def test_json_has_no_control_character_either() -> None:
    every = "".join([*CONTROLS, *OTHERS, *BIDI, *LONE])
    written = as_json({"x": every})
    assert written.isascii() and written.isprintable()
    assert json.loads(written)["x"] == every


def test_a_record_of_a_log_is_a_line() -> None:
    formatter = VisibleLines("[%(levelname)s] %(message)s")
    record = logging.LogRecord("a", logging.WARNING, "a.py", 1, "odd %s", ("\x1b]0;x\x07\n[ERROR] forged",), None)
    assert formatter.format(record) == "[WARNING] odd \\u001b]0;x\\u0007\\u000a[ERROR] forged"
    try:
        raise ValueError("\x1b[2J")
    except ValueError:
        record.exc_info = sys.exc_info()
    assert "ValueError: \\u001b[2J" in formatter.format(record).splitlines()


def test_only_the_printing_module_prints() -> None:
    root = Path(feedwright.__file__).parent
    printing = {"print", "input", "sys.stdout.write", "sys.stderr.write", "warnings.warn"}
    found = set()
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in printing:
                found.add((path.relative_to(root).as_posix(), ast.unparse(node)))
    allowed = {
        ("cli/__init__.py", "print(f\"Feedwright {version('feedwright')}\")"),
        ("cli/prune.py", "input('Remove all this? [y/N] ')"),
    }
    assert {one for one in found if one[0] != "cli/printing.py"} == allowed
