"""Content that changes while it is read, and content that is strange: never an invalid feed, never what is outside."""

from __future__ import annotations

import os
import socket
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from feedwright.pipeline import build
from tests.faults.newsroom import Newsroom, article, assert_valid, documents

pytestmark = pytest.mark.longer


@contextmanager
def meanwhile(step: Callable[[int], None]) -> Iterator[None]:
    """Do something over and over while the body runs."""
    done = threading.Event()

    def go() -> None:
        number = 0
        while not done.is_set():
            step(number)
            number += 1
            time.sleep(0.001)

    thread = threading.Thread(target=go)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def rewrite(newsroom: Newsroom, number: int) -> None:
    """Rewrite an article, in place or by another file in its place; it is of one length whatever it says."""
    random = Random(number)
    name = random.choice(sorted(newsroom.articles))
    path = newsroom.content / name
    text = newsroom.articles[name] + f"\n{number:09}\n"
    if number % 3:
        path.write_text(text)
    else:
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(text)
        beside.replace(path)
    (newsroom.twin / "content" / name).write_text(text)


def build_while_rewritten(newsroom: Newsroom, builds: int) -> None:
    newsroom.now = None
    for number in range(builds):
        with meanwhile(lambda step, number=number: rewrite(newsroom, number * 100_000 + step)):
            outcome = newsroom.run()
        injected = f"build {number}, with articles rewritten all the while"
        assert "Traceback" not in outcome.err, f"{injected}: {outcome.err}"
        assert outcome.code in (0, 1, 2), f"{injected}: {outcome}"
        assert outcome.code < 2 or "[content-broken]" in outcome.err, f"{injected}: {outcome}"
        for path, held in documents(newsroom.out).items():
            assert_valid(path, held, injected)
        assert newsroom.run().code == 0, injected
        newsroom.build_twin()
        differing = [
            path for path, held in documents(newsroom.twin / "out").items() if documents(newsroom.out).get(path) != held
        ]
        assert not differing, f"{injected}: the next run left {differing} as they were"


def test_articles_that_are_rewritten_while_they_are_read(tmp_path: Path) -> None:
    build_while_rewritten(Newsroom(tmp_path).found(20), 2)


@pytest.mark.slow
def test_articles_that_are_rewritten_during_100_builds(tmp_path: Path) -> None:
    build_while_rewritten(Newsroom(tmp_path).found(60), 100)


def swap_links(newsroom: Newsroom, builds: int) -> int:
    """Build while articles turn into links to outside and back; how often a link was met."""
    outside = newsroom.root / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("---\ntitle: SECRET\ndate: 2024-01-01\n---\nSECRET\n")
    names = sorted(newsroom.articles)
    for name in names:
        (outside / Path(name).parent).mkdir(exist_ok=True)
        (outside / name).write_text("---\ntitle: SECRET\ndate: 2024-01-01\n---\nSECRET\n")

    def swap(number: int) -> None:
        name = names[number % len(names)]
        path = newsroom.content / name
        beside = path.with_name(f".{path.name}.tmp")
        beside.symlink_to(outside / "secret.md")
        beside.replace(path)
        time.sleep(0.0005)
        beside.write_text(newsroom.articles[name] + f"\n{number}\n")
        beside.replace(path)
        if number % 10 == 0:
            folder = newsroom.content / Path(name).parent
            folder.rename(newsroom.content / ".away")
            folder.symlink_to(outside / Path(name).parent)
            time.sleep(0.0005)
            folder.unlink()
            (newsroom.content / ".away").rename(folder)

    met = 0
    for number in range(builds):
        with meanwhile(swap):
            outcome = newsroom.run("--allow-shrink")
        injected = f"build {number}, with articles that turn into links to outside"
        assert "Traceback" not in outcome.err, f"{injected}: {outcome.err}"
        met += "link-outside" in outcome.err
        for path, held in documents(newsroom.out).items():
            assert b"SECRET" not in held, f"{injected}: {path} holds what is outside"
            assert_valid(path, held, injected)
    return met


def test_an_article_that_turns_into_a_link_to_outside_is_never_followed(tmp_path: Path) -> None:
    swap_links(Newsroom(tmp_path).found(12), 2)


@pytest.mark.slow
def test_articles_that_turn_into_links_during_100_builds(tmp_path: Path) -> None:
    met = swap_links(Newsroom(tmp_path).found(60), 100)
    print(f"a link to outside was met in {met} of 100 builds")
    assert met > 0


def test_names_that_differ_in_case_or_normal_form_alone(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path).found(6)
    names = ("Tide.md", "tide.md", "TIDE.md", "marée.md", unicodedata.normalize("NFD", "marée.md"), "ß.md", "ss.md")
    for number, name in enumerate(names):
        tag = name.removesuffix(".md")
        newsroom.write(
            name, f"---\ntitle: Names {number}\ndate: 2024-05-{number + 1:02}\ntags: [{tag}]\n---\n{number}\n"
        )
    newsroom.build_twin()
    outcome = newsroom.run()
    assert outcome.code in (0, 1), outcome
    assert "Traceback" not in outcome.err
    found = documents(newsroom.out)
    assert found == documents(newsroom.twin / "out")
    folded = [unicodedata.normalize("NFC", path).casefold() for path in found]
    assert len(set(folded)) == len(folded), "paths that are equal but for case or normal form"
    for path, held in found.items():
        assert_valid(path, held, "names that differ in case alone")


def test_pipes_sockets_and_deep_folders_stop_nothing(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path).found(6)
    os.mkfifo(newsroom.content / "pipe.md")
    os.mkfifo(newsroom.content / "north/pipe.meta")
    here = Path.cwd()
    os.chdir(newsroom.content)  # a socket's path is short
    listening = socket.socket(socket.AF_UNIX)
    try:
        listening.bind("socket.md")
    finally:
        os.chdir(here)
    (newsroom.content / "loop").symlink_to(newsroom.content)
    (newsroom.content / "null.md").symlink_to("/dev/null")
    deep = newsroom.content.joinpath(*"d" * 70)
    deep.mkdir(parents=True)
    (deep / "deep.md").write_text(article(1, Random(1))[1])
    newsroom.write("new.md", "---\ntitle: New\ndate: 2024-06-02\n---\nNew.\n")
    newsroom.build_twin()
    outcome = newsroom.run(timeout=30)
    listening.close()
    assert outcome.code == 1, outcome
    assert "Traceback" not in outcome.err
    assert "[folder-too-deep]" in outcome.err
    assert documents(newsroom.out) == documents(newsroom.twin / "out")


def test_an_article_that_turns_into_a_pipe_is_gone_until_it_is_back(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path).found(6)
    name, text = sorted(newsroom.articles.items())[0]
    newsroom.remove(name)
    os.mkfifo(newsroom.content / name)
    newsroom.build_twin()
    newsroom.assert_right_after(newsroom.run(timeout=30), f"{name} turned into a pipe")
    (newsroom.content / name).unlink()
    newsroom.write(name, text)
    newsroom.build_twin()
    newsroom.assert_right_after(newsroom.run(timeout=30), f"{name} was a pipe, and is back")


def test_an_article_that_was_another_one_for_a_moment_is_shown_as_it_is(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path).found(6)
    name, text = sorted(newsroom.articles.items())[0]
    newsroom.write(name, text + "\nAs it is.\n")

    def change(step: str, done: int) -> None:
        if step == "read" and done:
            (newsroom.content / name).write_text(text + "\nFor a moment.\n")

    build(newsroom.content, newsroom.out, now=newsroom.now, progress=change)
    newsroom.write(name, text + "\nAs it is.\n")
    newsroom.build_twin()
    newsroom.assert_right_after(newsroom.run(), f"{name} was another one between two readings")


@pytest.mark.slow
def test_100_000_articles_in_one_folder(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "all").mkdir(parents=True)
    (content / "site.toml").write_text('title = "Tides"\nurl = "https://tides.example/"\n')
    for number in range(100_000):
        day = f"{2000 + number % 24}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        (content / f"all/{number}.md").write_text(f"---\ntitle: Tide {number}\ndate: {day}\n---\nWater {number}.\n")
    began = time.monotonic()
    first = build(content, tmp_path / "out")
    took = time.monotonic() - began
    assert (first.articles, first.exit_code) == (100_000, 0)
    time.sleep(2.1)
    build(content, tmp_path / "out")
    began = time.monotonic()
    again = build(content, tmp_path / "out")
    print(f"100,000 articles in {took:.1f} s, and again in {time.monotonic() - began:.1f} s")
    assert again.written == ()
    for path, held in documents(tmp_path / "out").items():
        assert_valid(path, held, "100,000 articles")
