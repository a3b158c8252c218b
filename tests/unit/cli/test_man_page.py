"""The man page says what `feeds --help` says. `python -m tests.unit.cli.test_man_page` writes it anew."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedwright.cli import parser
from feedwright.cli.index import COMMANDS, GROUPS
from feedwright.cli.parsers import Parser

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs/feeds.1"
EXITS = {
    "0": "all is well",
    "1": "done, but something was left out: the problems say what",
    "2": "not done; every feed is as it was",
    "64": "wrong usage",
    "75": "another run is at work",
    "130, 143": "ended by Ctrl-C or SIGTERM; nothing is left half done",
}
FILES = {
    "site.toml": "the configuration, in the site's folder",
    ".feeds/": "the state folder, in the site's folder: keep it, and keep it out of what is served",
    "out/": "the feeds",
}


def roff(text: str) -> str:
    """A text as roff has it: no command at the start of a line, hyphens that can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "")
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in escaped.split("\n"))


def page() -> str:
    """The page, from the parsers of all commands."""
    top = parser()
    lines = ['.TH FEEDS 1 "" "Feedwright" "User Commands"', ".SH NAME", "feeds \\- make and check feeds of a site"]
    lines += [".SH SYNOPSIS", ".B feeds", "\\fICOMMAND\\fR [\\fIOPTION\\fR ...] [\\fIARGUMENT\\fR ...]"]
    lines += [".SH DESCRIPTION", roff(top.description or "")]
    for group, heading in GROUPS.items():
        lines.append(f".SH {roff(heading.upper())}")
        for name, one in top.commands().items():
            if COMMANDS[name].group == group:
                lines += command(one)
    lines += [".SH EXIT STATUS", *table(EXITS.items()), ".SH FILES", *table(FILES.items())]
    lines += [".SH ENVIRONMENT", *table([("NO_COLOR", "if set, nothing is printed in colours")])]
    return "\n".join(lines) + "\n"


def command(one: Parser) -> Iterator[str]:
    """A command, and those below it."""
    yield f".SS {roff(one.prog)}"
    one.usage = None
    yield roff(one.description or "")
    yield ".PP"
    yield roff(" ".join(one.format_usage().split()).removeprefix("usage: "))
    said = [one for one in one._actions if one.dest != "help" and not isinstance(one, argparse._SubParsersAction)]
    yield from table((invocation(one, action), (action.help or "").replace("%%", "%")) for action in said)
    for heading, some in (("Examples:", one.examples), ("Exit codes:", [(str(n), s) for n, s in one.exits.items()])):
        if some:
            yield from (".PP", heading, *table(some))
    for below in one.commands().values():
        yield from command(below)


def invocation(one: Parser, action: argparse.Action) -> str:
    """How an argument is written, as the help has it."""
    return one._get_formatter()._format_action_invocation(action)


def table(rows: object) -> Iterator[str]:
    """Terms and what they mean."""
    for term, means in rows:  # type: ignore[attr-defined]
        yield from (".TP", f"\\fB{roff(term)}\\fR", roff(means))


def test_the_man_page_says_what_the_help_says() -> None:
    assert PAGE.read_text() == page()


def test_every_command_option_and_example_is_in_the_man_page() -> None:
    text = PAGE.read_text().replace("\\-", "-").replace("\\(aq", "'")
    for name, one in parser().commands().items():
        assert f".SS feeds {name}\n" in text
        assert all(option in text for action in one._actions for option in action.option_strings if option != "--help")
        assert all(example.command in text for example in one.examples)


def test_the_man_page_is_installed_with_the_package() -> None:
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert hatch["shared-data"] == {"docs/feeds.1": "share/man/man1/feeds.1"}


@pytest.mark.parametrize(
    "reader", [["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-man", "-Tutf8", "-wall", "-z"]]
)
def test_what_reads_man_pages_finds_nothing_wrong(reader: list[str]) -> None:
    if not shutil.which(reader[0]):
        pytest.skip(f"needs {reader[0]}")
    done = subprocess.run([*reader, str(PAGE)], capture_output=True, text=True)
    said = [line for line in (done.stdout + done.stderr).splitlines() if "missing date" not in line]
    assert said == []


if __name__ == "__main__":
    PAGE.write_text(page())
