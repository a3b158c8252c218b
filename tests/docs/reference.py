"""What the reference pages have from the code. `python -m tests.docs.reference` writes it anew."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from feedwright import cli
from feedwright.articles.drafts import _KEEPING_BACK
from feedwright.articles.fields import FIELDS
from feedwright.config.keys import AFTER_PUBLISH, AUTHOR, FEED, FILTER, KIND, PAGES, RELATED, SITE, Key
from feedwright.config.validators import PLACEHOLDERS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TABLES: dict[str, tuple[str, Mapping[str, Key]]] = {
    "The site": ("Keys that stand at the top of the file, before any table.", SITE),
    "[pages]": ("The site as its engine built it.", PAGES),
    "[related]": ("Related articles.", RELATED),
    "[kinds.NAME]": ("Feeds of one kind: `site`, `category`, `tag`, `author`, `section` or `language`.", KIND),
    "[authors.ID]": ("A person. Front matter may name them by ID.", AUTHOR),
    "[[feed]]": ("A feed that you choose articles for. There may be several.", FEED),
    "include, exclude": ("Of a `[[feed]]`: which articles it has.", FILTER),
    "[[after_publish]]": ("A command to run when feeds have changed. There may be several.", AFTER_PUBLISH),
}
"""Heading -> what the table is for, and its keys."""


def keys() -> str:
    """The keys of site.toml, table by table."""
    parts = []
    for title, (meaning, known) in TABLES.items():
        rows = [f"| `{name}` | {_cell(key.doc)} | `{key.sample}` |" for name, key in known.items()]
        heading = title if " " in title and "," not in title else f"`{title}`"
        parts.append(_table(f"### {heading}\n\n{meaning}", ("key", "meaning", "for example"), rows))
    return "\n\n".join(parts)


def placeholders() -> str:
    """The words that a permalink pattern may hold."""
    return ", ".join(f"`{{{name}}}`" for name in sorted(PLACEHOLDERS))


def spellings() -> str:
    """The names under which each thing is found in front matter."""
    rows = [f"| {name.replace('_', ' ')} | {_names(row.spellings)} |" for name, row in FIELDS.items()]
    rows.append(f"| kept out of feeds | {_names(_KEEPING_BACK)} |")
    return _table("", ("what", "names, the first one found in this order counts"), rows)


def commands() -> str:
    """Every command with its arguments, in the groups of `feeds --help`."""
    top = _commands(cli.parser())
    parts = []
    for group, members in _groups(top).items():
        parts += [f"## {group}"] if group else []
        for name in members:
            parts += [_command(command) for command in (top[name], *_commands(top[name]).values())]
    return "\n\n".join(parts)


def _groups(top: Mapping[str, argparse.ArgumentParser]) -> dict[str, list[str]]:
    if not (index := getattr(cli, "index", None)):
        return {"": [*top]}
    return {
        heading[0].upper() + heading[1:]: [name for name, command in index.COMMANDS.items() if command.group == group]
        for group, heading in index.GROUPS.items()
    }


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _command(command: argparse.ArgumentParser) -> str:
    actions = [action for action in command._actions if not isinstance(action, argparse._SubParsersAction)]
    places = " ".join(_place(action) for action in actions if not action.option_strings)
    inner = " COMMAND" if _commands(command) else ""
    parts = [f"### {command.prog}", (command.description or "").strip()]
    parts.append(f"```text\n{f'{command.prog}{inner} {places}'.rstrip()} [OPTIONS]\n```")
    rows = [_argument(action) for action in actions if action.dest != "help"]
    parts += [_table("", ("argument", "meaning"), rows)] if rows else []
    examples = getattr(command, "examples", ())
    parts += ["\n".join(["```sh", *(f"{one.command}  # {one.does}" for one in examples), "```"])] if examples else []
    exits = getattr(command, "exits", {})
    if exits:
        parts.append(_table("", ("exit code", "meaning"), [f"| {code} | {text} |" for code, text in exits.items()]))
    return "\n\n".join(part for part in parts if part)


def _place(action: argparse.Action) -> str:
    name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    shown = f"{name}..." if action.nargs in ("*", "+") else name
    return f"[{shown}]" if action.nargs in ("?", "*") else shown


def _argument(action: argparse.Action) -> str:
    takes = ""
    if action.nargs != 0 and action.option_strings:
        given = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        takes = f" {'|'.join(map(str, action.choices)) if action.choices else given}"
    shown = ", ".join(f"`{name}{takes}`" for name in action.option_strings) or f"`{_place(action)}`"
    return f"| {_cell(shown)} | {_cell((action.help or '').replace('%%', '%'))} |"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _table(above: str, head: tuple[str, ...], rows: Iterable[str]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *rows]
    return f"{above}\n\n" * bool(above) + "\n".join(lines)


def contributing() -> str:
    """CONTRIBUTING.md without its recipes, as a page of the site."""
    before, _, after = _of_contributing()
    return f"{before}\n\n{after}"


def recipes() -> str:
    """The recipes of CONTRIBUTING.md, as a page of the site."""
    return re.sub(r"(?m)^### ", "## ", _of_contributing()[1])


def _of_contributing() -> tuple[str, str, str]:
    """What stands before the recipes, the recipes without their heading, and the sections after them."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n")[2]
    text = re.sub(r"\]\(docs/contributing/", "](", text)
    text = re.sub(r"\]\(docs/", "](../", text)
    text = re.sub(r"\[([\w.]+)\]\((?:[A-Z]+\.md)\)", r"`\1`", text)
    before, _, rest = text.partition("\n## Recipes\n")
    found, heading, after = rest.partition("\n## ")
    return before.strip("\n"), found.strip("\n"), (heading + after).strip("\n")


GENERATED: dict[str, dict[str, Callable[[], str]]] = {
    "reference/commands.md": {"commands": commands},
    "reference/site-toml.md": {"keys": keys, "placeholders": placeholders},
    "reference/front-matter.md": {"spellings": spellings},
    "contributing/index.md": {"contributing": contributing},
    "contributing/recipes.md": {"recipes": recipes},
}
"""Page -> mark in it -> what stands between `<!-- MARK -->` and `<!-- /MARK -->`."""


def filled(page: str) -> str:
    """A page as it should be."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for mark, made in GENERATED[page].items():
        pattern, block = rf"(?s)<!-- {mark} -->.*?<!-- /{mark} -->", f"<!-- {mark} -->\n{made()}\n<!-- /{mark} -->"
        text, count = re.subn(pattern, lambda _, block=block: block, text)
        assert count == 1, f"{page} has {count} places for {mark}"
    return text


if __name__ == "__main__":
    from tests.unit.checks.lint import test_docs

    for name in GENERATED:
        (DOCS / name).write_text(filled(name), encoding="utf-8")
    test_docs.PAGE.write_text(test_docs.page(), encoding="utf-8")
