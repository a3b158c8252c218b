"""What people type: help, slips, abbreviations."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedwright.cli import main, outline, parser
from feedwright.cli.index import COMMANDS, GROUPS, MEANT
from feedwright.cli.parsers import Parser


def tree(top: Parser) -> Iterator[Parser]:
    """Every command's parser, those of commands of commands too."""
    for one in top.commands().values():
        yield one
        yield from tree(one)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What is said of wrong arguments, in its last line."""
    with pytest.raises(SystemExit) as caught:
        main(list(words))
    assert caught.value.code == 64
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("usage: feeds")
    return printed.err.splitlines()[-1]


# --- help ---


def printed_help(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    try:
        assert main(list(words)) == 0
    except SystemExit as ended:
        assert ended.code == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def test_feeds_alone_prints_the_help_as_do_its_other_names(capsys: pytest.CaptureFixture[str]) -> None:
    alone = printed_help(capsys)
    assert [printed_help(capsys, *words) for words in (["help"], ["--help"], ["-h"])] == [alone] * 3


def test_the_help_has_every_command_in_its_group_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed_help(capsys)
    places = [text.index(f"\n{heading}:\n") for heading in GROUPS.values()]
    assert places == sorted(places)
    for name, one in COMMANDS.items():
        start = text.index(f"\n{GROUPS[one.group]}:\n")
        group = text[start : text.index("\n\n", start)]
        assert f"\n  {name} " in group
        assert f"$ {one.example}\n" in f"{group}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_is_what_its_option_help_prints(capsys: pytest.CaptureFixture[str], name: str) -> None:
    text = printed_help(capsys, "help", name)
    assert text == printed_help(capsys, name, "--help")
    assert text.startswith(f"usage: feeds {name} ")
    assert f"\nexamples:\n  feeds {name}" in text or name == "completion"


def test_help_of_a_command_of_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed_help(capsys, "help", "import", "page") == printed_help(capsys, "import", "page", "--help")


def test_every_command_has_examples_of_itself_and_every_argument_is_explained() -> None:
    for one in tree(parser()):
        assert one.examples, one.prog
        assert all(one.prog in example.command for example in one.examples)
        positional_or_option = [action for action in one._actions if not isinstance(action, argparse._SubParsersAction)]
        assert all(action.help and action.help[0] != "(" for action in positional_or_option), one.prog


def test_the_outline_names_the_same_commands_as_the_whole_tree() -> None:
    assert list(outline().commands()) == list(parser().commands()) == list(COMMANDS)


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_no_line_of_the_help_is_longer_than_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for one in (outline(), *tree(parser())):
        whole = {example.command for example in one.examples} | {f"$ {known.example}" for known in COMMANDS.values()}
        lines = [line for line in one.format_help().partition("\n\n")[2].splitlines() if line.strip() not in whole]
        longest = max(lines, key=len)
        assert len(longest) <= columns or " " not in longest.strip(), (one.prog, longest)


def test_the_help_loads_no_command() -> None:
    code = (
        "import atexit, sys\n"
        "names = ('feedwright.config', 'feedwright.checks', 'sqlite3', 'difflib', 'shtab', 'tqdm', 'lxml', 'pathlib')\n"
        "atexit.register(lambda: print(sorted(set(names) & set(sys.modules)), file=sys.stderr))\n"
        "from feedwright.cli import main; main(['--help'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


# --- slips ---


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["bild"], "build"),
        (["buidl"], "build"),
        (["lsit"], "list"),
        (["stat"], "status"),
        (["prewiev"], "preview"),
        (["import", "pages"], "page"),
        (["help", "bild"], "build"),
        (["help", "import", "pag"], "page"),
        (["build", "--dryrun"], "--dry-run"),
        (["build", "--dry_run"], "--dry-run"),
        (["build", "--ouput", "x"], "--out"),
        (["build", "--ful"], "--full"),
        (["build", "--allow-shrnk=1"], "--allow-shrink"),
        (["build", "content", "--strickt"], "--strict"),
        (["import", "page", "--dat", "2024-01-01"], "--date"),
        (["check", "--formt", "json"], "--format"),
        (["check", "--format", "jsno"], "json"),
        (["check", "--severity", "warn"], "warning"),
        (["completion", "bsh"], "bash"),
        (["snippets", "ngnix"], "nginx"),
        (["--verson"], "--version"),
    ],
)
def test_a_slip_is_answered_with_what_may_be_meant(
    capsys: pytest.CaptureFixture[str], words: list[str], meant: str
) -> None:
    assert f"Did you mean {meant}" in refused(capsys, *words)


@pytest.mark.parametrize(("word", "meant"), [(word, meant) for meant, words in MEANT.items() for word in words])
def test_what_other_tools_call_a_command_is_answered_with_ours(
    capsys: pytest.CaptureFixture[str], word: str, meant: str
) -> None:
    assert refused(capsys, word) == f"feeds: there is no command {word!r}. Did you mean {meant}?"


def test_what_is_like_nothing_is_answered_with_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "xyzzy").endswith("`feeds --help` lists all commands.")
    assert refused(capsys, "build", "--xyzzy").endswith("`feeds build --help` lists all options.")
    assert refused(capsys, "build", "-z").endswith("`feeds build --help` lists all options.")


def test_an_option_before_its_command_is_answered_with_the_right_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "--quiet", "build").endswith("Options come after the command: feeds build --quiet")


def test_what_is_one_too_many_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "build", "content", "more") == "feeds build: unexpected argument 'more'"


def test_a_file_may_be_called_like_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--", "--strange"]) == 2
    assert "--strange" in capsys.readouterr().out


def test_no_option_can_be_abbreviated(capsys: pytest.CaptureFixture[str]) -> None:
    known = parser()
    for one in tree(known):
        every = {name for action in one._actions for name in action.option_strings}
        for name in every:
            for end in range(3, len(name)):
                if name[:end] not in every:
                    assert "Did you mean" in refused(capsys, *one.prog.split()[1:], name[:end])


@given(st.lists(st.text(max_size=12), max_size=3))
@example(["\x1b[31m"])
@example(["--=", "x"])
@example(["--", "build"])
def test_whatever_is_typed_ends_in_words(words: list[str]) -> None:
    if words and words[0] in {*COMMANDS, "-h", "--help", "--version"}:
        return
    with pytest.raises(SystemExit) as caught:
        assert main(words) == 0
        raise SystemExit(64)
    assert caught.value.code == 64
