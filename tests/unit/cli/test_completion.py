"""Shell completion, loaded in the shells that are here."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feedwright.cli import main, parser
from feedwright.cli.completion import SHELLS
from feedwright.cli.index import COMMANDS

TYPED = [
    ("feeds buil", {"build"}),
    ("feeds pr", {"preview", "prune"}),
    ("feeds import ", {"page"}),
    ("feeds build --dry", {"--dry-run"}),
    ("feeds build --allow", {"--allow-shrink", "--allow-relink"}),
    ("feeds check --format s", {"sarif"}),
    ("feeds check --severity ", {"error", "warning", "info"}),
    ("feeds snippets git", {"github-pages"}),
    ("feeds completion f", {"fish"}),
    ("feeds help anno", {"announce"}),
    ("feeds list fold", {"folder"}),
    ("feeds check fil", {"file.xml"}),
    ("feeds build --out fo", {"folder"}),
    ("feeds build --config fi", {"file.xml"}),
    ("feeds import page fi", {"file.xml"}),
]


@pytest.fixture
def here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with a file, a folder, and the scripts of all shells."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.xml").write_text("<rss/>")
    for shell in SHELLS:
        assert main(["completion", shell]) == 0
        (tmp_path / f"{shell}.completion").write_text(capsys.readouterr().out)
    return tmp_path


def printed(here: Path, *command: str) -> str:
    environment = {**os.environ, "HOME": str(here), "XDG_CONFIG_HOME": str(here), "TERM": "xterm"}
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def in_bash(here: Path, typed: str) -> set[str]:
    words = typed.split(" ")
    quoted = " ".join(f"'{word}'" for word in words)
    ask = f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _shtab_feeds; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    asked = f"set -u; compopt() {{ :; }}; source ./bash.completion; {ask}"
    return {line.rstrip("/") for line in printed(here, "bash", "--norc", "-c", asked).splitlines() if line}


def in_fish(here: Path, typed: str) -> set[str]:
    found = printed(here, "fish", "--no-config", "-c", f"source ./fish.completion; complete --do-complete '{typed}'")
    return {line.partition("\t")[0].rstrip("/") for line in found.splitlines()}


def in_zsh(here: Path, typed: str) -> set[str]:
    """What zsh adds to its matches, when somebody presses the tabulator on a terminal."""
    setup = (
        "PS1='> '; autoload -Uz compinit; compinit -D -u; eval \"$(<zsh.completion)\"\n"
        'compadd() { builtin compadd -O found "$@"; print -rl -- $found >>seen; builtin compadd "$@" }\n'
        "print ready-$((40+2))\n"
    )
    (here / "seen").unlink(missing_ok=True)
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(here)
        os.execvpe("zsh", ["zsh", "-f", "-i"], {**os.environ, "HOME": str(here), "TERM": "dumb"})
    try:
        os.write(terminal, setup.encode())
        _read_until(terminal, "ready-42")
        os.write(terminal, f"{typed}\t".encode())
        deadline = time.monotonic() + 10
        while not (here / "seen").exists() and time.monotonic() < deadline:
            _read_until(terminal, "\0", 0.2)
        _read_until(terminal, "\0", 0.5)
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(terminal)
    found = (here / "seen").read_text().splitlines() if (here / "seen").exists() else []
    return {line.rstrip("/") for line in found if line}


def _read_until(terminal: int, what: str, seconds: float = 20) -> str:
    shown, deadline = "", time.monotonic() + seconds
    while what not in shown and (left := deadline - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            shown += os.read(terminal, 4096).decode(errors="replace")
    return shown


COMPLETED = {"bash": in_bash, "fish": in_fish, "zsh": in_zsh}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_a_shell_completes_commands_options_choices_and_files(
    here: Path, shell: str, typed: str, expected: set[str]
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"needs {shell}")
    found = COMPLETED[shell](here, typed)
    assert {one for one in found if one.startswith(typed.rpartition(" ")[2])} >= expected, found


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_in_the_script(here: Path, shell: str) -> None:
    script = (here / f"{shell}.completion").read_text()
    for name, one in parser().commands().items():
        options = {option for action in one._actions for option in action.option_strings if option.startswith("--")}
        for word in (name, *options):
            assert re.search(rf"(?<!\w){re.escape(word.lstrip('-'))}(?![\w-])", script), word


def test_what_makes_completions_is_loaded_by_that_command_alone() -> None:
    assert "completion" in COMMANDS
    code = "import sys; from feedwright.cli import parser; parser(); print('shtab' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
