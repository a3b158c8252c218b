"""feeds init: in the site of an engine, in a folder that has articles, and in one that has nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from feedwright.cli import main
from feedwright.config import load_config

POST = "---\ntitle: Ebb\ndate: 2024-01-01\n---\nText.\n"
SITES = Path(__file__).parent / "unit/commands/engines"
BY_NAME = sorted(path.name for path in SITES.iterdir() if path.is_dir())


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which commands are run."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(root: Path, **files: str) -> None:
    """`__` stands for "/", `_DOT_` for "."."""
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def hugo(root: Path) -> None:
    write(root, hugo_DOT_toml='baseURL = "https://sea.example"\ntitle = "Sea"\n', content__posts__ebb_DOT_md=POST)


def jekyll(root: Path) -> None:
    write(root, _config_DOT_yml="title: Sea\nurl: https://sea.example\nmarkdown: x\n")
    write(root, **{"_posts__2024-01-01-ebb_DOT_md": POST})


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize("named", [[], ["content"], ["some/new/folder"]])
def test_in_any_engines_site_init_does_what_it_does_with_from(
    name: str, named: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SITES / name, root, dirs_exist_ok=True)
    before = files(root)
    folder = root / "website" if (root / "website").is_dir() else root
    monkeypatch.chdir(folder)
    assert main(["init", *named]) == 0
    schema, made = sorted(set(files(root)) - set(before))
    assert [Path(name).name for name in (schema, made)] == [".site.schema.json", "site.toml"]
    text = (root / made).read_text()
    assert text.startswith("#:schema ./.site.schema.json\n# Taken from the configuration of")
    (root / made).unlink()
    if not named:
        assert main(["init", "--from", "."]) == 0
        assert (root / made).read_text() == text


@pytest.mark.parametrize(
    ("where", "named"),
    [(".", []), (".", ["content"]), (".", ["content/posts"]), ("content", ["."]), ("content/posts", [])],
)
def test_in_or_below_a_hugo_site_no_article_is_written_and_it_says_why(
    where: str, named: list[str], root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hugo(root)
    before = files(root)
    monkeypatch.chdir(root / where)
    assert main(["init", *named]) == 0
    printed = capsys.readouterr().out
    assert "in a site of Hugo" in printed
    assert "as with --from" in printed
    assert set(files(root)) - set(before) == {"site.toml", ".site.schema.json"}
    config = load_config(root)
    assert (config.site.title, config.content) == ("Sea", ("content/posts",))


def test_below_the_site_of_a_repository_it_is_found_however_deep(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jekyll(root)
    (root / ".git").mkdir()
    deep = root / "a/b/c/d/e"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert main(["init"]) == 0
    assert not list(deep.iterdir())
    assert (root / "_posts/site.toml").exists()


def test_what_is_given_counts_for_more_than_what_the_engine_says(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jekyll(root)
    assert main(["init", "--title", "Mine", "--url", "https://mine.example/"]) == 0
    config = load_config(root / "_posts")
    assert (config.site.title, config.site.url) == ("Mine", "https://mine.example/")
    assert "Next: look through _posts/site.toml, then run: feeds build _posts\n" in capsys.readouterr().out


def test_what_the_engine_does_not_say_is_asked_for(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, _config_DOT_yml="title: Sea\nmarkdown: x\n", **{"_posts__2024-01-01-ebb_DOT_md": POST})
    assert main(["init"]) == 0
    assert "Next: set url in _posts/site.toml, look through it, then run" in capsys.readouterr().out
    (root / "_posts/site.toml").unlink()
    assert main(["init", "--from", ".", "--url", "https://sea.example"]) == 0
    assert "Next: look through _posts/site.toml, then run" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "next_"),
    [
        ([], "Next: set title and url in content/site.toml, then run: feeds build content\n"),
        (["--title", "T"], "Next: set url in content/site.toml, then run: feeds build content\n"),
        (["--url", "https://t.example"], "Next: set title in content/site.toml, then run: feeds build content\n"),
        (["--title", "T", "--url", "https://t.example"], "Next: run: feeds build content\n"),
    ],
)
def test_only_what_was_not_given_is_still_to_be_set(
    given: list[str], next_: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", *given]) == 0
    assert next_ in capsys.readouterr().out
    assert files(root) == ["content/.site.schema.json", "content/posts/a-first-article.md", "content/site.toml"]
    assert main(["init", *given]) == 0
    assert capsys.readouterr().out.endswith("Next: run: feeds build content\n")


def test_a_first_article_is_written_only_where_there_is_none(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, notes__deep__ebb_DOT_md=POST, empty__README_DOT_md="About.\n")
    assert main(["init", "notes"]) == 0
    assert "notes: holds articles, so no first one was written" in capsys.readouterr().out
    assert main(["init", "empty"]) == 0
    assert [name for name in files(root) if "first" in name] == ["empty/posts/a-first-article.md"]


@pytest.mark.parametrize("named", [["file"], ["file/x"], ["link"], ["--from", "file"], ["--from", "nosuch"]])
def test_what_is_no_folder_is_said_to_be_none_and_nothing_is_written(
    named: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, file="x")
    (root / "link").symlink_to("gone")
    assert main(["init", *named]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert any(words in printed.err for words in ("is a file, not a folder", "leads nowhere", "no such folder"))
    assert files(root) == ["file"]


@pytest.mark.parametrize("engine", [hugo, jekyll])
def test_a_build_without_configuration_names_the_engine_and_the_command(
    engine: object, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(engine)
    engine(root)
    for _ in range(2):
        assert main(["build"]) == 2
        printed = capsys.readouterr().err
        assert f"This is a site of {engine.__name__.title()}: `feeds init --from .` writes one" in printed
        assert "feeds init content" not in printed
    assert main(["init", "--from", "."]) == 0
    made = next(name for name in files(root) if name.endswith("site.toml"))
    capsys.readouterr()
    if made == "site.toml":
        assert main(["build"]) == 0
        return
    assert main(["build"]) == 2
    assert f"`feeds build {Path(made).parent}`" in capsys.readouterr().err
    assert main(["build", str(Path(made).parent)]) == 0
