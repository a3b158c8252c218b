"""Real readers against the running server: the second poll of an unchanged feed costs next to nothing."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError

import feedparser
import pytest

from tests.conftest import SiteOnDisk
from tests.serve.folder import free_port, serving

LITTLE = 500
"""Bytes, header and all."""


@dataclass
class Wire:
    """What stands between a reader and the server, and reads along."""

    port: int
    replies: list[bytes] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def last(self) -> tuple[int, int]:
        """Status and bytes of the last reply."""
        return int(self.replies[-1].split()[1]), len(self.replies[-1])


@contextmanager
def wired(to: int) -> Iterator[Wire]:
    """A relay to a port; each connection is one reply, as it lets none be used twice."""
    wire = Wire(free_port())
    with socket.create_server(("127.0.0.1", wire.port)) as listening:
        listening.settimeout(0.1)
        over = threading.Event()

        def relay() -> None:
            while not over.is_set():
                try:
                    near, _ = listening.accept()
                except TimeoutError:
                    continue
                with near, socket.create_connection(("127.0.0.1", to), timeout=20) as far:
                    near.settimeout(20)
                    asked = b""
                    while b"\r\n\r\n" not in asked:
                        asked += near.recv(1 << 16)
                    lines = [line for line in asked.split(b"\r\n") if not line.lower().startswith(b"connection:")]
                    far.sendall(b"\r\n".join([lines[0], b"Connection: close", *lines[1:]]))
                    came = b""
                    while piece := far.recv(1 << 16):
                        came += piece
                    wire.replies.append(came)
                    near.sendall(came)

        thread = threading.Thread(target=relay)
        thread.start()
        try:
            yield wire
        finally:
            over.set()
            thread.join()


@pytest.fixture
def wire(site: SiteOnDisk) -> Iterator[Wire]:
    site.configure().article("first.md", "Water comes and goes. " * 200).build()
    with serving(site.out, "--content", str(site.content)) as server, wired(server.port) as one:
        yield one


def publish_more(site: SiteOnDisk) -> None:
    site.article("second.md", date="2024-02-01").build()


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml"])
def test_feedparser(site: SiteOnDisk, wire: Wire, path: str) -> None:
    first = feedparser.parse(wire.url(path))
    assert (first.status, len(first.entries)) == (200, 1)
    for known in ({"etag": first.etag}, {"modified": first.modified}, {"etag": first.etag, "modified": first.modified}):
        again = feedparser.parse(wire.url(path), **known)
        assert (again.status, again.entries) == (304, [])
        assert wire.last()[1] < LITTLE
    publish_more(site)
    after = feedparser.parse(wire.url(path), etag=first.etag, modified=first.modified)
    assert (after.status, len(after.entries)) == (200, 2)
    assert feedparser.parse(wire.url(path), etag=after.etag, modified=after.modified).status == 304


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml"])
def test_reader(site: SiteOnDisk, wire: Wire, path: str) -> None:
    from reader import make_reader

    with closing(make_reader(":memory:")) as reader:
        reader.add_feed(wire.url(path))
        reader.update_feeds(scheduled=False)
        assert wire.last()[0] == 200
        assert reader.get_entry_counts().total == 1
        reader.update_feeds(scheduled=False)
        status, size = wire.last()
        assert (status, size < LITTLE) == (304, True)
        publish_more(site)
        reader.update_feeds(scheduled=False)
        assert reader.get_entry_counts().total == 2
        reader.update_feeds(scheduled=False)
        assert wire.last()[0] == 304


@pytest.mark.skipif(not shutil.which("newsboat"), reason="needs Debian's newsboat")
def test_newsboat(site: SiteOnDisk, wire: Wire, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "urls").write_text(wire.url("rss.xml") + "\n")
    (home / "config").write_text("")
    command = ["newsboat", "-u", f"{home}/urls", "-c", f"{home}/cache", "-C", f"{home}/config"]
    environment = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8"}

    def poll() -> int:
        subprocess.run([*command, "-x", "reload"], check=True, env=environment, timeout=60)
        unread = subprocess.run([*command, "-x", "print-unread"], check=True, env=environment, capture_output=True)
        return int(unread.stdout.split()[0])

    assert poll() == 1
    assert wire.last()[0] == 200
    # At its first poll, newsboat notes validators before the feed has a row to note them in: they are lost.
    assert poll() == 1
    assert poll() == 1
    status, size = wire.last()
    assert (status, size < LITTLE) == (304, True)
    # It takes what has the Last-Modified of before for what it has, whatever the ETag says.
    time.sleep(1.1)
    publish_more(site)
    assert (poll(), wire.last()[0]) == (2, 200)
    assert poll() == 2
    assert wire.last()[0] == 304


@pytest.mark.parametrize("coding", ["gzip, br", "gzip", "identity"])
def test_a_reader_that_sends_both_validators_back_as_they_came(site: SiteOnDisk, wire: Wire, coding: str) -> None:
    """As Miniflux and FreshRSS do."""

    def poll(known: dict[str, str]) -> tuple[int, dict[str, str]]:
        request = urllib.request.Request(wire.url("atom.xml"), headers={"Accept-Encoding": coding, **known})
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                status, fields = response.status, response.headers
        except HTTPError as error:
            status, fields = error.code, error.headers
        return status, {"If-None-Match": fields["ETag"], "If-Modified-Since": fields["Last-Modified"]}

    status, known = poll({})
    assert status == 200
    status, same = poll(known)
    assert (status, same) == (304, known)
    assert wire.last()[1] < LITTLE
    publish_more(site)
    status, changed = poll(known)
    assert status == 200
    assert changed["If-None-Match"] != known["If-None-Match"]
    assert poll(changed)[0] == 304
