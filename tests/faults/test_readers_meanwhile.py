"""Whoever reads feeds while they are built never meets a missing, partial or invalid one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.newsroom import Newsroom, documents


@contextmanager
def reading(newsroom: Newsroom) -> Iterator[tuple[set[tuple[str, bytes]], list[str]]]:
    """Read every document in a loop: what was found, and what was missing."""
    seen: set[tuple[str, bytes]] = set()
    missing: list[str] = []
    there = sorted(documents(newsroom.out))
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for path in there:
                try:
                    seen.add((path, (newsroom.out / path).read_bytes()))
                except OSError as error:
                    missing.append(f"{path}: {error}")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield seen, missing
    finally:
        done.set()
        reader.join()


def read_during_builds(newsroom: Newsroom, builds: int) -> int:
    """How many different documents a reader met; each is one of those that undisturbed builds give."""
    met = 0
    for _ in range(builds):
        change = newsroom.change()
        old, new = newsroom.old_and_new()
        with reading(newsroom) as (seen, missing):
            assert newsroom.run().code == 0, change
        assert not missing, f"{change}: a reader met no {missing[:3]}"
        for path, held in seen:
            assert held in (old[path], new[path]), f"{change}: a reader met a {path} that is neither old nor new"
        met += len(seen)
        newsroom.assert_whole(old, new, change)
        newsroom.assert_right(new, change)
    return met


def test_a_reader_never_meets_a_partial_feed(tmp_path: Path) -> None:
    assert read_during_builds(Newsroom(tmp_path).found(20), 2) > 0


@pytest.mark.slow
def test_a_reader_during_100_builds(tmp_path: Path) -> None:
    met = read_during_builds(Newsroom(tmp_path).found(60), 100)
    print(f"{met} different documents were met during 100 builds")
