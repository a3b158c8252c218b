"""The page on codes says what is there. `python -m tests.unit.checks.lint.test_docs` writes it anew."""

from __future__ import annotations

import re
from pathlib import Path

from feedwright import checks
from feedwright.checks import lint
from feedwright.checks.explanations import Explanation
from feedwright.checks.lint.codes import about, examples, known, sentence

PAGE = Path(__file__).parents[4] / "docs" / "checks.md"
HEAD = """\
# What `feeds check` finds

Every problem has a code, which stays the same from version to version. An **error** breaks the specification or a
reader, a **warning** is bad practice, an **info** is worth knowing. `feeds check --explain CODE` prints what stands
here, `--ignore CODE` lets a problem through, `--severity error` shows errors only.

The exit code is 0 without an error, 1 with errors, and 2 where something could not be checked.
"""


def page() -> str:
    """The page, from the codes themselves."""
    every = checks.PROFILES
    profiles = "\n".join(f"- `{name}`: {every[name].description}" for name in sorted(every))
    sections = "\n".join(_section(said) for said in known().values())
    demands = f"## Profiles\n\n`--profile NAME` adds what an aggregator demands:\n\n{profiles}\n"
    return f"{HEAD}\n{demands}\n## Codes\n\n{sections}"


def _section(said: Explanation) -> str:
    facts = " · ".join([f"**{said.severity}**", *(line.partition(": ")[2] for line in about(said).splitlines())])
    block = f"\n```text\n{examples(said)}\n```\n" if said.examples else ""
    return f"### `{said.code}`\n\n{facts}\n\n{sentence(said.rule)} {sentence(said.right)}\n{block}"


def test_the_page_has_the_codes_that_there_are_and_no_others() -> None:
    documented = re.findall(r"(?m)^### `(.+)`$", PAGE.read_text(encoding="utf-8"))
    assert documented == sorted(known())
    assert set(documented) >= set(checks.CODES)


def test_the_page_says_what_the_command_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_no_explanation_ends_its_block() -> None:
    assert [code for code in known() if "```" in lint.explain(code)] == []


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
