"""The parser of all commands: help with examples and exit codes, and what somebody may have meant."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any, NamedTuple, NoReturn

from feedwright.cli import printing
from feedwright.text.suggest import likest
from feedwright.visible import visible

EX_USAGE = 64
SUGGESTED = 3


class Example(NamedTuple):
    """How a command is used.

    Args:
        command: a line for the shell.
        does: what it does, in a few words that begin with a small letter.
    """

    command: str
    does: str


class Help(argparse.HelpFormatter):
    """As wide as the terminal; argparse would import all of shutil to know that, even where nobody asks for help."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
        except (OSError, ValueError):
            columns = 80
        super().__init__(prog, width=max(columns, 40) - 2)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return [line for part in text.split("\n") for line in super(Help, self)._split_lines(part, width)]


class Parser(argparse.ArgumentParser):
    """Wrong usage is exit code 64, as in sysexits.h, so that 2 can mean "not done". Nothing may be abbreviated.

    Args:
        examples: how the command is used.
        exits: exit code -> what it means, where that is the command's own.
        sections: of its help, in the place of the list of commands: heading -> rows of a term and what it means.
        meant: what is no command -> the command that is meant by it.
    """

    examples: Sequence[Example] = ()
    exits: Mapping[int, str] = {}
    sections: Mapping[str, Sequence[tuple[str, str]]] = {}
    meant: Mapping[str, str] = {}

    def __init__(self, prog: str, **given: Any) -> None:
        super().__init__(prog, formatter_class=Help, allow_abbrev=False, **given)

    def commands(self) -> dict[str, Parser]:
        """The commands below this one, by name."""
        found = (action.choices for action in self._actions if isinstance(action, argparse._SubParsersAction))
        return dict(next(found, {}))

    def format_help(self) -> str:
        """The help, as argparse has it, with our tables."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for heading, rows in self.sections.items():
            _add_table(formatter, heading, rows)
        for group in self._action_groups:
            if self.sections and group is self._subparsers:  # they are in our tables
                continue
            formatter.start_section(group.title)
            formatter.add_text(group.description)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        _add_table(formatter, "examples", self.examples)
        _add_table(formatter, "exit codes", ((str(code), means) for code, means in self.exits.items()))
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does, but nothing unknown is let through; the command that it was given to says so."""
        given = list(sys.argv[1:] if args is None else args)
        own = takewhile(lambda word: word[:1] == "-" or not self._subparsers, given)
        for word in takewhile(lambda word: word != "--", own):
            if word.startswith("--") and " " not in word and word.partition("=")[0] not in self._option_string_actions:
                self._refuse_option(word.partition("=")[0], given)
        found, left = super().parse_known_args(given, namespace)
        for word in left:
            if word[:1] == "-":
                self._refuse_option(word, given)
            self.error(f"unexpected argument {word!r}")
        return found, left

    def _refuse_option(self, option: str, given: Sequence[str]) -> NoReturn:
        known = [name for name in self._option_string_actions if name.startswith("--")]
        hint = did_you_mean(option, known)
        command = next((word for word in given if word in self.commands()), "")
        if command and not hint:
            hint = f"Options come after the command: {self.prog} {command} {option}"
        self.error(f"there is no option {option}", hint or f"`{self.prog} --help` lists all options.")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        known = [str(one) for one in action.choices]
        if not isinstance(action, argparse._SubParsersAction):
            name = "/".join(action.option_strings) or action.metavar or action.dest
            self.error(f"{name}: {value!r} is not one of {', '.join(known)}", did_you_mean(str(value), known))
        self.refuse_command(str(value))

    def refuse_command(self, name: str) -> NoReturn:
        """Say that there is no such command, and which may be meant."""
        meant = self.meant.get(name)
        hint = f"Did you mean {meant}?" if meant else did_you_mean(name, self.commands())
        self.error(f"there is no command {name!r}", hint or f"`{self.prog} --help` lists all commands.")

    def error(self, message: str, hint: str = "") -> NoReturn:
        """Say what is wrong with the arguments, and end with exit code 64."""
        self.print_usage(sys.stderr)
        text = f"{self.prog}: {message}" + (f". {hint}" if hint else "")
        # A shell puts names of files here that others have chosen.
        self.exit(EX_USAGE, f"{printing.encodable(visible(text), sys.stderr)}\n")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that names the known words that are most like one, or begin with it; empty where there are none."""
    every = sorted(set(known))
    whole = [one for one in every if len(word) > 2 and one.startswith(word)]
    near = whole[:SUGGESTED] or likest(word, every, SUGGESTED)
    return f"Did you mean {' or '.join(near)}?" if near else ""


def _add_table(formatter: argparse.HelpFormatter, heading: str, rows: Iterable[tuple[str, str]]) -> None:
    formatter.start_section(heading)
    for term, means in rows:
        formatter.add_argument(argparse.Action([], "", nargs=0, metavar=term, help=means.replace("%", "%%")))
    formatter.end_section()
