"""Each page of the documentation, followed from its first command to its last."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import feedparser
import pytest

from tests.docs import pages, stand_ins
from tests.docs.pages import DOCS, blocks
from tests.docs.preparations import sample
from tests.engines.engine import NODE_MODULES

GUIDES = sorted((DOCS / "guides").glob("*.md"))
OTHERS = [
    page
    for page in sorted(DOCS.rglob("*.md"))
    if page not in GUIDES and "contributing" not in page.parts and page.name != "commands.md"
    if any(block.language == "sh" and not block.note.startswith("needs ") for block in blocks(page))
]
NEEDS = {
    "hugo": "hugo",
    "jekyll": "jekyll",
    "pelican": "pelican",
    "other-engines": "mkdocs",
    "eleventy": "@11ty/eleventy",
    "astro": "astro",
}
"""Guide -> the engine that it has people run: a program, or a package of npm."""
NOT_RUN = {
    ("install.md", "needs the network, and is in .ci/run"),
    ("docker.md", "needs containers that run"),
}
"""Commands that no test runs, by the note above them."""


def missing(name: str, path: str) -> bool:
    """Whether an engine is not there."""
    engine = NEEDS.get(name, "")
    if name in ("eleventy", "astro"):
        return not (NODE_MODULES / engine).is_dir()
    return bool(engine) and shutil.which(engine, path=path) is None


def follow(page: Path, folder: Path) -> str:
    """Do what a page says; what it printed."""
    script = pages.script(page)
    work = folder / "work"
    work.mkdir(exist_ok=True)
    environment = stand_ins.environment(folder)
    if missing(page.stem, environment["PATH"]):
        pytest.skip(f"needs {NEEDS[page.stem]}")
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=work,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\nexit code {done.returncode}"
    return done.stdout


def feeds_in(folder: Path) -> list[Path]:
    """The site's own feeds below a folder, wherever a guide has them."""
    found = (Path(root, name) for root, _, names in os.walk(folder) for name in names)
    own = [path for path in found if path.name in ("rss.xml", "index.xml", "atom.xml", "all.atom.xml")]
    return [path for path in own if path.parent.name in ("out", "feeds", "public")]


@pytest.mark.longer
@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_a_guide_leads_from_nothing_to_a_feed_that_a_reader_reads(page: Path, tmp_path: Path) -> None:
    printed = follow(page, tmp_path)
    if page.stem == "index":
        return
    entries = [len(feedparser.parse(path.read_bytes()).entries) for path in feeds_in(tmp_path / "work")]
    assert entries and max(entries) >= 1
    assert page.stem == "publish" or "unread articles" in printed or not shutil.which("newsboat")


@pytest.mark.parametrize("page", OTHERS, ids=lambda page: page.stem)
def test_the_commands_of_a_page_can_be_run(page: Path, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    sample(tmp_path / "work")
    follow(page, tmp_path)


def test_every_guide_says_how_it_is_put_on_the_web() -> None:
    for page in GUIDES:
        text = page.read_text(encoding="utf-8")
        assert (
            page.stem == "index"
            or ("web" in text and "publish.md" in text)
            or "## 4. On the web" in text
            or (page.stem == "publish")
        ), page.name


def test_commands_that_are_pasted_together_ask_nothing() -> None:
    """`feeds init` asks on a terminal, and would take the next command for an answer."""
    for page in pages.pages():
        for block in blocks(page):
            lines = [line for line in block.text.splitlines() if line.strip()]
            asks = [line for line in lines[:-1] if line.startswith("feeds init") and "--schema" not in line]
            assert block.language != "sh" or page.name == "commands.md" or all("--yes" in line for line in asks)


def test_what_no_test_runs_is_little_and_says_why() -> None:
    notes = {(page.name, block.note) for page in pages.pages() for block in blocks(page) if block.language == "sh"}
    assert {(name, note) for name, note in notes if note.startswith("needs ")} == NOT_RUN
