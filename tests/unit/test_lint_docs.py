"""The page on codes says what is there. `python -m tests.unit.test_lint_docs` writes it anew."""

from __future__ import annotations

import re
from pathlib import Path

from feeds import lint
from feeds.checks import CODES, PROFILES
from feeds.lint.codes import Code, known

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"
HEAD = """\
# What `feeds check` finds

Every problem has a code, which stays the same from version to version. An **error** breaks the specification or a
reader, a **warning** is bad practice, an **info** is worth knowing. `feeds check --explain CODE` prints what stands
here, `--ignore CODE` lets a problem through, `--severity error` shows errors only.

The exit code is 0 without an error, 1 with errors, and 2 where something could not be checked.
"""


def page() -> str:
    """The page, from the codes themselves."""
    profiles = "\n".join(f"- `{name}`: {PROFILES[name]}" for name in sorted(PROFILES))
    codes = "\n".join(_section(code) for code in known().values())
    return f"{HEAD}\n## Profiles\n\nWhat `--profile NAME` demands beyond:\n\n{profiles}\n\n## Codes\n\n{codes}"


def _section(code: Code) -> str:
    rest = code.explained.partition("\n")[2].strip("\n")
    return f"### `{code.code}`\n\n```text\n{rest}\n```\n"


def test_the_page_has_the_codes_that_there_are_and_no_others() -> None:
    documented = re.findall(r"(?m)^### `(.+)`$", PAGE.read_text(encoding="utf-8"))
    assert documented == sorted(known())
    assert set(documented) >= set(CODES)


def test_the_page_says_what_the_command_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_no_explanation_ends_its_block() -> None:
    assert [code for code in known() if "```" in lint.explain(code)] == []


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
