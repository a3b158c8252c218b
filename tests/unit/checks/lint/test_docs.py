"""The page on problems says what is there. `python -m tests.unit.checks.lint.test_docs` writes it anew."""

from __future__ import annotations

import re
from pathlib import Path

from feedwright import checks, errors
from feedwright.checks import lint
from feedwright.checks.explanations import Explanation
from feedwright.checks.lint.codes import about, every, examples, sentence

PAGE = Path(__file__).parents[4] / "docs" / "problems.md"
HEAD = """\
# What a problem means

Every problem has a code, which stays the same from version to version. `feeds check --explain CODE` prints what stands
here, for any code; `feeds check --codes` lists all.

An **error** says that something was left out, or that a document breaks its specification or a reader; a **warning**
that something was put right, or is bad practice; an **info** is worth knowing. What a feed shows is valid all the
same: where an article or a feed cannot be published as it should be, readers keep what was last good.

| Exit code | `feeds build` and other commands | `feeds check` |
|---|---|---|
| 0 | done, perhaps with warnings | no error |
| 1 | done, and something has an error | errors |
| 2 | not done: every feed is as it was | something could not be checked |
| 64 | wrong usage | wrong usage |
| 75 | another run is at work on the same folder | |
| 130, 143 | told to end, and left nothing half done | |

## Builds and other commands

"""
DOCUMENTS = """
## Documents

This is what `feeds check` finds in feeds, lists of feeds and sitemaps, anybody's, and what keeps a build from
publishing a document. `--ignore CODE` lets a problem through, `--severity error` shows errors only.

`--profile NAME` adds what an aggregator demands:

"""


def page() -> str:
    """The page, from the codes themselves."""
    profiles = "\n".join(f"- `{name}`: {checks.PROFILES[name].description}" for name in sorted(checks.PROFILES))
    builds, documents = (
        "\n".join(_section(every()[code]) for code in table) for table in (errors.codes(), checks.CODES)
    )
    return f"{HEAD}{builds}{DOCUMENTS}{profiles}\n\n{documents}"


def _section(said: Explanation) -> str:
    severity = " or ".join(f"**{one}**" for one in said.severities)
    facts = " · ".join([severity, *(line.partition(": ")[2] for line in about(said).splitlines())])
    block = f"\n```text\n{examples(said)}\n```\n" if said.examples else ""
    return f"### `{said.code}`\n\n{facts}\n\n{_shown(sentence(said.rule))} {_shown(sentence(said.right))}\n{block}"


def _shown(text: str) -> str:
    """A text with the elements that it names in backticks, or browsers would take them for their own."""
    return re.sub(r"(`[^`]*`)|(<[^<>`]+>)", lambda found: found[1] or f"`{found[2]}`", text)


def test_the_page_has_the_codes_that_there_are_and_no_others() -> None:
    documented = re.findall(r"(?m)^### `(.+)`$", PAGE.read_text(encoding="utf-8"))
    assert documented == [*errors.codes(), *checks.CODES]
    assert sorted(documented) == list(every())


def test_the_page_says_what_the_command_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_no_explanation_ends_its_block() -> None:
    assert [code for code in every() if "```" in lint.explain(code)] == []


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
