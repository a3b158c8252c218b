"""The built site's folder: what it holds, and that nothing which comes, goes or changes in it is overlooked."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.read.pages.listing import Listing, listed_before, listing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("index.html", "a/index.html", "a/picture.png", "b/c/index.htm", "styles/site.css"):
        (tmp_path / "public" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "public" / name).write_text(name)
    return tmp_path / "public"


def settled(folder: Path) -> Listing:
    """What a run notes; it notes nothing of what changed within the last seconds, as clocks of disks are coarse."""
    time.sleep(0.02)
    found = listing(folder)
    time.sleep(0.02)
    return found


def again(folder: Path, before: Listing) -> dict[str, tuple[int, int]]:
    """What the next run sees."""
    known = listed_before(folder, before.pages, before.folders)
    return listing(folder).pages if known is None else known


def test_pages_and_folders_are_listed(folder: Path) -> None:
    pages, folders = listing(folder)
    assert sorted(pages) == ["a/index.html", "b/c/index.htm", "index.html"]
    assert sorted(folders) == ["", "a", "b", "b/c", "styles"]
    assert pages["a/index.html"] == (12, (folder / "a/index.html").stat().st_mtime_ns)


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/page.html").write_text("no")
    (folder / "d").symlink_to(tmp_path / "elsewhere")
    (folder / "e.html").symlink_to(tmp_path / "elsewhere/page.html")
    assert sorted(listing(folder).pages) == ["a/index.html", "b/c/index.htm", "index.html"]


def test_no_folder_is_listed_anew_while_none_has_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = listing(folder)
    monkeypatch.setattr(os, "scandir", None)
    assert listed_before(folder, before.pages, before.folders) == before.pages


CHANGES: dict[str, Callable[[Path], object]] = {
    "a page comes": lambda folder: (folder / "a/new.html").write_text("new"),
    "a page comes where none was": lambda folder: (folder / "styles/new.html").write_text("new"),
    "a folder comes": lambda folder: shutil.copytree(folder / "a", folder / "d"),
    "a page goes": lambda folder: (folder / "a/index.html").unlink(),
    "a folder goes": lambda folder: shutil.rmtree(folder / "b"),
    "a page is renamed": lambda folder: (folder / "a/index.html").rename(folder / "a/other.html"),
    "a folder is renamed": lambda folder: (folder / "b").rename(folder / "e"),
    "a folder is put in the place of another": lambda folder: (
        shutil.copytree(folder / "b", folder.parent / "b"),
        (folder.parent / "b/new.html").write_text("new"),
        shutil.rmtree(folder / "b"),
        (folder.parent / "b").rename(folder / "b"),
    ),
    "a page changes": lambda folder: (folder / "b/c/index.htm").write_text("longer than it was"),
    "a page becomes a folder": lambda folder: ((folder / "index.html").unlink(), (folder / "index.html").mkdir()),
    "a page comes in a folder that keeps its time": lambda folder: (
        (folder / "a/new.html").write_text("new"),
        os.utime(folder / "a", ns=(1, 1)),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_is_seen(folder: Path, change: str) -> None:
    for path in (folder / "a", folder):
        os.utime(path, ns=(1, 1))
    before = settled(folder)
    CHANGES[change](folder)
    after = again(folder, before)
    assert after == listing(folder).pages
    assert after != before.pages


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(sorted(CHANGES)), unique=True, max_size=4))
def test_nothing_is_overlooked_however_much_changes(
    tmp_path_factory: pytest.TempPathFactory, changes: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("site") / "public"
    for name in ("index.html", "a/index.html", "b/c/index.htm", "styles/site.css"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    before = settled(folder)
    for change in changes:
        try:
            CHANGES[change](folder)
        except OSError:
            continue  # what an earlier change took away
        assert again(folder, before) == listing(folder).pages


def test_a_folder_that_cannot_be_looked_into_is_listed_anew_each_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refused(path: str) -> object:
        if path.endswith("/b"):
            raise PermissionError(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    pages, folders = listing(folder)
    assert folders == {}
    assert sorted(pages) == ["a/index.html", "index.html"]
    assert listed_before(folder, pages, folders) is None
