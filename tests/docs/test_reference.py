"""The reference pages say what is there."""

from __future__ import annotations

import argparse
import re

import pytest

from feedwright.articles.fields import FIELDS
from feedwright.cli import parser
from feedwright.config.validators import PLACEHOLDERS
from tests.docs.reference import DOCS, GENERATED, TABLES, filled


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


@pytest.mark.parametrize("page", GENERATED)
def test_what_a_page_has_from_the_code_is_what_the_code_says(page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == filled(page)


def test_every_command_and_option_is_in_the_reference() -> None:
    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert len(commands()) >= 6
    for command in commands():
        section = text.partition(f"### {command.prog}\n")[2].partition("\n### ")[0]
        assert section, command.prog
        options = {name for action in command._actions for name in action.option_strings if name.startswith("--")}
        assert not {name for name in options - {"--help"} if name not in section}


def test_every_key_of_the_configuration_is_in_the_reference() -> None:
    text = (DOCS / "reference" / "site-toml.md").read_text(encoding="utf-8")
    assert [key for _, known in TABLES.values() for key in known if f"| `{key}` |" not in text] == []


def test_every_field_of_front_matter_is_explained() -> None:
    text = (DOCS / "reference" / "front-matter.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"(?m)^\| (`[^|]+) \|", text))))
    plain = {name.replace("_", "") for name in explained}
    assert [name for name, row in FIELDS.items() if not plain & set(row.spellings)] == []


def test_every_permalink_placeholder_is_explained() -> None:
    text = (DOCS / "reference" / "site-toml.md").read_text(encoding="utf-8")
    explained = text.partition("## Permalink patterns")[2].partition("All placeholders")[0]
    assert set(re.findall(r"\{(\w+)\}", explained)) >= PLACEHOLDERS
