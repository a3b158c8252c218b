"""feeds build --watch, as a process of its own."""

from __future__ import annotations

import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedwright.cli import main
from tests.conftest import SiteOnDisk


class Watching:
    """A process that watches, and the lines that it prints."""

    def __init__(self, site: SiteOnDisk) -> None:
        command = [sys.executable, "-m", "feedwright", "build", str(site.content), "--out", str(site.out), "--watch"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        assert "first build" in self.line()
        assert "watching" in self.line()
        time.sleep(0.5)  # until the system watches

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def line(self, seconds: float = 10) -> str:
        return self.lines.get(timeout=seconds)

    def until(self, said: str) -> str:
        while said not in (line := self.line()):
            pass
        return line


@contextmanager
def watching(site: SiteOnDisk) -> Iterator[Watching]:
    one = Watching(site)
    try:
        yield one
    finally:
        one.process.kill()
        one.process.communicate()


def shows(file: Path, text: str, seconds: float) -> float:
    """How long it takes until a file holds a text."""
    began = time.monotonic()
    while text.encode() not in file.read_bytes():
        assert time.monotonic() - began < seconds
        time.sleep(0.005)
    return time.monotonic() - began


def test_a_save_is_published_at_once(site: SiteOnDisk) -> None:
    site.article("a.md").article("b.md", tags="[x]")
    with watching(site) as one:
        took = []
        for number in range(3):
            site.article("a.md", body=f"Body number {number}.")
            took.append(shows(site.out / "atom.xml", f"Body number {number}.", 5))
            assert "a.md: 1 changed, 3 feeds written" in one.until("a.md: ")
        assert min(took) < 1  # 0.07 s where nothing else is at work


def test_errors_are_said_and_the_next_change_mends_them(site: SiteOnDisk) -> None:
    site.article("a.md")
    with watching(site) as one:
        site.configure("limit = x\n")
        assert "not done" in one.until("site.toml: ")
        site.configure("limit = 5\n")
        one.until("site.toml: ")
        site.article("b.md")
        one.until("b.md: ")
        assert site.titles() == ["b", "a"]


def test_an_article_appears_when_it_is_due(site: SiteOnDisk) -> None:
    due = datetime.now(UTC) + timedelta(seconds=4)
    site.article("a.md").article("due.md", date=due.isoformat(timespec="seconds"))
    with watching(site) as one:
        assert site.titles() == ["a"]
        one.until("an article is due")
        assert set(site.titles()) == {"a", "due"}


@pytest.mark.parametrize(("kind", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_ends_cleanly(site: SiteOnDisk, kind: int, code: int) -> None:
    site.article("a.md")
    with watching(site) as one:
        one.process.send_signal(kind)
        assert one.process.wait(timeout=5) == code
        assert one.process.stderr is not None
        assert one.process.stderr.read() == ""


def test_without_its_library_it_says_what_to_install(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.article("a.md")
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert main(["build", str(site.content), "--out", str(site.out), "--watch"]) == 2
    assert "feedwright[watch]" in capsys.readouterr().err


def test_the_folders_of_a_whole_site_are_watched_and_its_configuration(tmp_path: Path) -> None:
    site = SiteOnDisk(tmp_path).configure('content = ["posts", "../notes"]\n')
    site.article("posts/a.md").article("../notes/b.md").write("node_modules/x.md", "x")
    with watching(site) as one:
        site.write("node_modules/x.md", "another text")
        site.article("../notes/b.md", body="Body one.")
        shows(site.out / "atom.xml", "Body one.", 5)
        assert " ../notes/b.md: 1 changed" in one.line()
        site.article("posts/a.md", body="Body two.")
        shows(site.out / "atom.xml", "Body two.", 5)
        assert " posts/a.md: 1 changed" in one.until("posts/a.md: ")
        site.configure('content = ["posts", "../notes"]\nlimit = 1\n')
        one.until("site.toml: ")
        assert len(site.titles()) == 1


def test_the_built_site_is_watched_though_its_engine_makes_its_folder_anew(site: SiteOnDisk) -> None:
    public = site.root / "public"

    def deploy(text: str) -> None:
        shutil.rmtree(public, ignore_errors=True)
        (public / "tides").mkdir(parents=True)
        links = '<a href="/tides/">Tides of the sea</a>'
        for name, title, body in (("index.html", "Home", links), ("tides/index.html", "Tides of the sea", text)):
            html = (
                f"<html><head><title>{title}</title></head><body>{links}<article><p>{body}</p></article></body></html>"
            )
            (public / name).write_text(html)

    text = "Water comes and goes twice a day, pulled by the moon and, less, by the sun."
    site.configure('[pages]\nfolder = "../public"\nbody = "article"\n')
    site.article("tides.md", text, title="Tides of the sea")
    deploy(text)
    with watching(site):
        assert shows(site.out / "atom.xml", "pulled by the moon", 10)
        deploy(text.replace("the sun", "the sun behind it"))
        assert shows(site.out / "atom.xml", "the sun behind it", 10)
