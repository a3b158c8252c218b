"""What is there before a page's first command is run, by the note above it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import feedwright
from tests.docs.pages import ROOT


def sample(work: Path) -> None:
    """The sample newsroom with its feeds, a page of its site, and the feed of the tool that it had before."""
    shutil.copytree(ROOT / "content", work / "content", ignore=shutil.ignore_patterns(".feeds"))
    feedwright.build(work / "content", work / "out")
    (work / "public").mkdir()
    (work / "public" / "index.html").write_text("<!doctype html><title>The Tidewater Courier</title>")
    shutil.copy(work / "out" / "rss.xml", work / "old-feed.xml")


def hugo(work: Path) -> None:
    """A site of Hugo that was not built yet."""
    (work / "content" / "posts").mkdir(parents=True)
    (work / "hugo.toml").write_text('baseURL = "https://blog.example/"\ntitle = "Tides and ink"\n')
    (work / "content" / "posts" / "tide.md").write_text("---\ntitle: A tide\ndate: 2026-03-02\n---\nWater.\n")


PREPARED: dict[str, Callable[[Path], None]] = {
    "": sample,
    "in the sample": sample,
    "in a site of Hugo": hugo,
    "in an empty folder": lambda work: None,
}
