"""feeds init on a terminal: what it asks, and what it shows before it writes anything."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import jsonschema
import pytest

from feedwright.cli import main
from feedwright.config import load_config
from tests.test_init import POST, files, hugo, jekyll, write

COMMAND = [sys.executable, "-m", "feedwright", "init"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which commands are run."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def asked(*arguments: str, answers: list[str], piped: bool = False) -> tuple[int, str]:
    """Run the command on a terminal: each answer is typed once it asks.

    Args:
        piped: whether its standard output goes into a pipe instead.

    Returns: the exit code, and all that the terminal showed.
    """
    ours, theirs = pty.openpty()
    out = subprocess.PIPE if piped else theirs
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=theirs,
        stdout=out,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that Ctrl-C is one
    )
    os.close(theirs)
    shown, typed = b"", list(answers)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.05)[0]:
            try:
                piece = os.read(ours, 65_536)
            except OSError:
                piece = b""
            if not piece:
                break
            shown += piece
        elif typed and shown.endswith((b": ", b"] ")):
            os.write(ours, typed.pop(0).encode())
            shown += b"|"
    os.close(ours)
    if process.stdout:
        process.stdout.read()
        process.stdout.close()
    return process.wait(30), shown.decode()


def test_it_asks_for_title_and_url_shows_the_file_and_writes_it(root: Path) -> None:
    code, shown = asked(answers=["The Tides\n", "https://tides.example\n", "\n"])
    assert code == 0
    assert "Title of the site (such as My site): " in shown
    assert "URL of the site (such as https://www.example.org/): " in shown
    before = shown[: shown.index("Write this? [Y/n] ")]
    assert 'title = "The Tides"' in before
    assert "content/site.toml: written" not in before
    assert "content/site.toml: written" in shown
    config = load_config(root / "content")
    assert (config.site.title, config.site.url) == ("The Tides", "https://tides.example/")
    assert "Next: run: feeds build content" in shown


@pytest.mark.parametrize("last", ["n\n", "no\n", "\x04"])
def test_what_is_not_wanted_is_not_written(last: str, root: Path) -> None:
    code, shown = asked(answers=["T\n", "https://t.example\n", last])
    assert code == 2
    assert "nothing was written" in shown
    assert files(root) == []


def test_it_ends_where_the_terminal_does(root: Path) -> None:
    code, shown = asked(answers=["\x04"])
    assert (code, files(root)) == (2, [])
    assert "Traceback" not in shown


def test_ctrl_c_writes_nothing(root: Path) -> None:
    code, shown = asked(answers=["T\n", "\x03"])
    assert (code, files(root)) == (130, [])
    assert "Traceback" not in shown


def test_what_cannot_be_used_is_asked_for_again(root: Path) -> None:
    code, shown = asked(answers=["T\n", "tides\n", "The Tides\n", "https://tides.example\n", "y\n"])
    assert code == 0
    assert "https://tides" in shown
    assert load_config(root / "content").site.title == "The Tides"


def test_nothing_typed_leaves_the_examples_and_says_so(root: Path) -> None:
    code, shown = asked(answers=["\n", "\n", "\n"])
    assert code == 0
    assert "Next: set title and url in content/site.toml" in shown


def test_what_is_given_is_not_asked_for(root: Path) -> None:
    code, shown = asked("--title", "T", answers=["https://t.example\n", "y\n"])
    assert code == 0
    assert "Title of the site" not in shown
    assert load_config(root / "content").site.title == "T"


def test_what_was_found_is_shown_and_holds_where_nothing_is_typed(root: Path) -> None:
    hugo(root)
    code, shown = asked(answers=["\n", "\n", "y\n"])
    assert code == 0
    assert "in a site of Hugo, with its articles in content/posts" in shown[: shown.index("Title of the site [Sea]: ")]
    assert "URL of the site [https://sea.example/]: " in shown
    assert "# hugo.toml: title" in (root / "site.toml").read_text()
    assert load_config(root).site.title == "Sea"


@pytest.mark.parametrize("given", [["--yes"], ["-y"]])
def test_with_yes_it_asks_nothing(given: list[str], root: Path) -> None:
    code, shown = asked(*given, answers=[])
    assert code == 0
    assert "Title of the site" not in shown and "[Y/n]" not in shown
    assert 'title = "My site"' in shown


def test_a_site_that_is_there_is_not_asked_about(root: Path) -> None:
    assert main(["init", "--title", "T", "--url", "https://t.example"]) == 0
    code, shown = asked(answers=[])
    assert code == 0
    assert "already exists, left as it is" in shown and "[Y/n]" not in shown


def test_where_its_output_goes_into_a_file_the_terminal_is_asked_all_the_same(root: Path) -> None:
    code, shown = asked(answers=["T\n", "https://t.example\n", "y\n"], piped=True)
    assert code == 0
    assert "Write this? [Y/n] " in shown
    assert load_config(root / "content").site.title == "T"


def test_where_standard_input_is_no_terminal_it_never_asks(root: Path) -> None:
    done = subprocess.run(COMMAND, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Title of the site" not in done.stdout and "[Y/n]" not in done.stdout
    piped = subprocess.run(
        [*COMMAND, "new"], input="n\nn\nn\n", capture_output=True, text=True, check=False, timeout=60
    )
    assert piped.returncode == 0
    assert (root / "new/site.toml").exists()


# --- What is written ---


def refused(folder: Path) -> list[str]:
    """What a validator says of a `site.toml`, by the schema that the file names."""
    import tomllib

    text = (folder / "site.toml").read_text()
    (line,) = [line for line in text.splitlines() if line.startswith("#:schema ")]
    assert line == text.splitlines()[0]
    schema = json.loads((folder / line.split()[1]).read_text())
    return [error.message for error in jsonschema.Draft4Validator(schema).iter_errors(tomllib.loads(text))]


@pytest.mark.parametrize("more", [[], ["--all-keys"]])
@pytest.mark.parametrize("engine", [None, hugo, jekyll])
def test_the_file_names_a_schema_beside_it_that_accepts_it(engine: object, more: list[str], root: Path) -> None:
    if callable(engine):
        engine(root)
    assert main(["init", *more]) == 0
    (file,) = root.rglob("site.toml")
    assert refused(file.parent) == []
    load_config(file.parent)


def test_a_new_file_is_short_and_has_every_key_where_that_is_wanted(root: Path) -> None:
    from feedwright.config.keys import AFTER_PUBLISH, FEED, KIND, PAGES, SITE

    assert main(["init", "a"]) == 0
    assert main(["init", "b", "--all-keys"]) == 0
    short, whole = ((root / name / "site.toml").read_text() for name in ("a", "b"))
    assert len(short.splitlines()) <= 14
    assert "--all-keys" in short
    for keys in (SITE, PAGES, KIND, FEED, AFTER_PUBLISH):
        assert all(f"\n# {key} = " in whole or f"\n{key} = " in whole for key in keys)


def test_all_keys_of_an_engines_site_are_shown_where_they_would_count(root: Path) -> None:
    import tomllib

    hugo(root)
    assert main(["init", "--all-keys"]) == 0
    lines = (root / "site.toml").read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("# description = "))
    lines[at] = lines[at].removeprefix("# ")
    assert tomllib.loads("\n".join(lines))["description"]


def test_schemas_are_made_for_a_site_that_is_there_and_for_front_matter(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, site_DOT_toml='title = "T"\nurl = "https://t.example/"\n', a_DOT_md=POST)
    assert main(["init", "--schema"]) == 0
    printed = capsys.readouterr().out
    assert ".site.schema.json: written" in printed and ".article.schema.json: written" in printed
    assert "write this as its first line: #:schema ./.site.schema.json" in printed
    assert (root / "site.toml").read_text() == 'title = "T"\nurl = "https://t.example/"\n'
    of_articles = json.loads((root / ".article.schema.json").read_text())
    assert not list(jsonschema.Draft4Validator(of_articles).iter_errors({"title": "Ebb", "date": "2024-01-01"}))
    before = {path: path.stat().st_mtime_ns for path in root.iterdir()}
    assert main(["init", "--schema"]) == 0
    assert {path: path.stat().st_mtime_ns for path in root.iterdir()} == before


def test_a_schema_of_another_version_is_made_anew_and_one_of_others_stays(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"]) == 0
    file = root / "content/.site.schema.json"
    now = file.read_text()
    file.write_text(now.replace('"limit"', '"limits"'))
    assert main(["init"]) == 0
    assert file.read_text() == now
    file.write_text('{"title": "mine"}')
    capsys.readouterr()
    assert main(["init", "--schema"]) == 0
    assert "is not a schema of Feedwright's, left as it is" in capsys.readouterr().out
    assert file.read_text() == '{"title": "mine"}'


def test_schemas_change_no_feed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--title", "T", "--url", "https://t.example"]) == 0
    assert main(["build"]) == 0
    assert main(["init", "--schema"]) == 0
    before = {path: path.stat().st_mtime_ns for path in (root / "out").rglob("*")}
    capsys.readouterr()
    assert main(["build"]) == 0
    assert "0 changed, 0 feeds written" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in (root / "out").rglob("*")} == before


# --- What is around it ---


def test_it_says_what_git_should_not_keep(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / ".git").mkdir()
    assert main(["init"]) == 0
    assert "Add to .gitignore: /content/.feeds/ /out/" in capsys.readouterr().out
    (root / ".gitignore").write_text(".feeds\nout/\n")
    assert main(["init", "new"]) == 0
    assert ".gitignore" not in capsys.readouterr().out


def test_it_says_how_the_feeds_and_the_pages_get_together(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hugo(root)
    assert main(["init"]) == 0
    printed = capsys.readouterr().out
    assert "publish public/, and then out/ over it" in printed
    assert "`feeds build . --out public`, with Hugo's own feeds switched off: `disableKinds" in printed


def test_feeds_are_not_built_into_a_folder_that_its_engine_empties(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jekyll(root)
    assert main(["init"]) == 0
    printed = capsys.readouterr().out
    assert "Do not build the feeds into _site/" in printed
    assert "exclude: [out]" in printed


def test_feeds_in_the_engines_own_folder_touch_none_of_its_pages(root: Path) -> None:
    hugo(root)
    write(root, public__index_DOT_html="<title>home</title>", public__posts__ebb__index_DOT_html="<p>Text.</p>")
    assert main(["init", "--yes"]) == 0
    assert main(["build", ".", "--out", "public"]) == 0
    assert (root / "public/index.html").read_text() == "<title>home</title>"
    assert (root / "public/index.xml").is_file()
