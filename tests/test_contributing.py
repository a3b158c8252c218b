"""The recipes of CONTRIBUTING.md, followed: each is applied to a copy of the package, and its tests are run there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text()
RECIPES = re.findall(r"^### (.+)\n([\s\S]+?)(?=^##|\Z)", PAGE.partition("\n## Recipes\n")[2], re.MULTILINE)
GOES_ON_FROM = {"Add an element to RSS and Atom": "Add a front matter key"}


def files_of(text: str, language: str, sign: str) -> list[tuple[str, str]]:
    """Path and lines of each file in the blocks of a language; a line with a sign before the path begins one."""
    blocks = re.findall(rf"^```{language}\n([\s\S]+?^)```$", text, re.MULTILINE)
    files = rf"^{re.escape(sign)} (\S+/\S+|\S+\.md)\n([\s\S]+?)(?=^{re.escape(sign)} |\Z)"
    return [found for block in blocks for found in re.findall(files, block, re.MULTILINE)]


def changed(old: str, diff: str) -> str:
    """A text with the hunks of a diff, each of which fits in one place; without any, the diff is the whole text."""
    if not diff.startswith("@@"):
        assert not old
        return "".join(f"{line[1:]}\n" for line in diff.splitlines())
    for hunk in re.split(r"^@@\n", diff, flags=re.MULTILINE)[1:]:
        lines = hunk.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        assert f"\n{old}".count(f"\n{before}") == 1, f"fits in {old.count(before)} places:\n{before}"
        old = f"\n{old}".replace(f"\n{before}", f"\n{after}")[1:]
    return old


def follow(recipe: str, copy: Path) -> list[str]:
    """Take the steps of a recipe; the files of its tests."""
    for path, diff in files_of(recipe, "diff", "+++"):
        file = copy / path
        file.write_text(changed(file.read_text() if file.exists() else "", diff))
    tests = files_of(recipe, "python", "#")
    for path, text in tests:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text)
    return [path for path, _ in tests]


@pytest.mark.longer
@pytest.mark.parametrize(("title", "recipe"), RECIPES, ids=[title.replace(" ", "-") for title, _ in RECIPES])
def test_a_recipe_can_be_followed(title: str, recipe: str, tmp_path: Path) -> None:
    for folder in ("feeds", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "tests/__init__.py", "tests/conftest.py", "tests/site_schema.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    if title in GOES_ON_FROM:
        follow(dict(RECIPES)[GOES_ON_FROM[title]], tmp_path)
    tests = follow(recipe, tmp_path)
    assert tests
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    path = f"{tmp_path / 'feeds'}:{tmp_path}"
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin"}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    code = "import feedwright; print(feedwright.__file__)"
    where = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": path})
    assert where.stdout.startswith(str(tmp_path))


def test_there_is_a_recipe_for_what_is_added_most() -> None:
    wanted = {"a feed kind", "a front matter key", "an element to RSS and Atom", "a check", "an engine", "a source"}
    assert {title.removeprefix("Add ") for title, _ in RECIPES} >= wanted


def test_what_the_page_names_is_there() -> None:
    prose = re.sub(r"^```[\s\S]+?^```$", "", PAGE, flags=re.MULTILINE)
    links = [link for link in re.findall(r"\]\(([^)#]+)", prose) if not link.startswith("http")]
    paths = re.findall(r"`((?:feeds|tests|docs|\.ci)/[\w./-]*)`", prose)
    assert links and paths
    assert [path for path in {*links, *paths} if not (ROOT / path).exists()] == []
