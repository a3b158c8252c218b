"""The README says what is there. `python -m tests.unit.test_readme` writes its table of keys anew."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from feedwright.cli import parser
from feedwright.config.keys import AFTER_PUBLISH, AUTHOR, FEED, FILTER, KIND, PAGES, RELATED, SITE

README = Path(__file__).parents[2] / "README.md"
TABLES = {
    "": SITE,
    "[pages]": PAGES,
    "[related]": RELATED,
    "[kinds.NAME]": KIND,
    "[authors.ID]": AUTHOR,
    "[[feed]]": FEED,
    "include, exclude": FILTER,
    "[[after_publish]]": AFTER_PUBLISH,
}


def keys() -> str:
    """The table of keys, as the configuration's own table has it."""
    rows = ["| table | key | meaning | for example |", "|---|---|---|---|"]
    for table, known in TABLES.items():
        shown = f"`{table}`" if table else ""
        rows += [f"| {shown} | `{name}` | {key.doc} | `{key.sample}` |" for name, key in known.items()]
    return "\n".join(rows)


def commands() -> list[argparse.ArgumentParser]:
    """Every command's parser, those of subcommands too."""
    found: list[argparse.ArgumentParser] = []
    todo = [parser()]
    while todo:
        for action in todo.pop()._actions:
            if isinstance(action, argparse._SubParsersAction):
                found += action.choices.values()
                todo += action.choices.values()
    return found


def test_every_key_of_the_configuration_is_in_the_readme() -> None:
    assert f"<!-- keys -->\n{keys()}\n<!-- /keys -->" in README.read_text()


def test_every_command_and_option_is_in_the_readme() -> None:
    text = README.read_text()
    assert len(commands()) >= 6
    for command in commands():
        assert command.prog in text
        options = {name for action in command._actions for name in action.option_strings if name.startswith("--")}
        assert not {name for name in options - {"--help"} if name not in text}


def test_every_permalink_placeholder_is_in_the_readme() -> None:
    from feedwright.config.validators import PLACEHOLDERS

    assert set(re.findall(r"\{(\w+)\}", README.read_text())) >= PLACEHOLDERS


if __name__ == "__main__":
    text = README.read_text()
    README.write_text(
        re.sub(r"(?s)<!-- keys -->.*<!-- /keys -->", lambda _: f"<!-- keys -->\n{keys()}\n<!-- /keys -->", text)
    )
