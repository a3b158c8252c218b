"""What a server says when the machine is at its end, or has not all that Linux has."""

from __future__ import annotations

import asyncio
import errno
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from feedwright.errors import ConfigError, Problem
from feedwright.serve import files, open_files, reload
from feedwright.serve.files import examine
from feedwright.serve.open_files import HeldOpen
from feedwright.serve.reload import Where, brought_up_to_date, started
from tests.serve.folder import AUDIO, FEED, Server, application, ask, free_port, laid, serving

TROUBLE = [errno.EMFILE, errno.ENFILE, errno.EIO]


@pytest.mark.parametrize("number", TROUBLE)
@pytest.mark.parametrize("call", ["open", "read", "stat", "fstat"])
def test_what_cannot_be_read_now_is_no_missing_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    app = application(laid(tmp_path))
    time.sleep(0.1)  # until the folder's files have settled, and are remembered
    ask(app, "/audio.mp3")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(files.os, call, fail)
        reply = ask(app, "/audio.mp3" if call == "stat" else "/rss.xml")
    assert (reply.status, reply["retry-after"], reply["cache-control"]) == (503, "10", "no-cache")
    assert ask(app, "/rss.xml").body == FEED
    assert ask(app, "/nothing.xml").status == 404


def test_a_configuration_that_cannot_be_read_now_is_read_when_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = Where(laid(tmp_path / "out"), tmp_path)
    first = started(where)
    (tmp_path / "site.toml").write_text('title = "Tides"\nurl = "https://tides.example/"\n')

    def fail(*_: object) -> None:
        raise ConfigError(Problem("error", "config-unreadable", "site.toml", "cannot be read: Too many open files"))

    with monkeypatch.context() as patch:
        patch.setattr(reload, "load_site", fail)
        assert brought_up_to_date(where, first) is first
    assert brought_up_to_date(where, first).delivery.site.title == "Tides"


def test_a_disk_that_fails_keeps_no_server_from_starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = Where(laid(tmp_path / "out"), tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "stat", fail)
        first = started(where)
    (tmp_path / "site.toml").write_text('title = "Tides"\nurl = "https://tides.example/"\n')
    assert brought_up_to_date(where, first).delivery.site.title == "Tides"


def test_a_server_without_descriptors_says_so_and_recovers(tmp_path: Path) -> None:
    out = laid(tmp_path, {"rss.xml": FEED, "big.mp3": os.urandom(2_000_000), "audio.mp3": AUDIO})
    command = f"import resource; resource.setrlimit({resource.RLIMIT_NOFILE}, (60, 60))"
    with started_by(out, command) as server, ExitStack() as held:
        first = held.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))
        assert status(first, "/rss.xml") == 200
        for _ in range(60):
            held.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))
        time.sleep(0.5)
        for path in ("/rss.xml", "/audio.mp3", "/big.mp3"):
            assert (path, status(first, path)) == (path, 503)
        assert status(first, "/nothing.xml") == 404
        held.close()
        for _ in range(100):
            if server.ask("/audio.mp3").status == 200:
                break
            time.sleep(0.1)
        assert server.ask("/rss.xml").body == FEED


def status(connection: socket.socket, path: str) -> int:
    """The status of one more answer over a connection."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    came = b""
    while b"\r\n\r\n" not in came:
        came += connection.recv(1 << 16)
    head, _, body = came.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split()[0])
    while len(body) < length:
        body += connection.recv(1 << 16)
    return int(head.split()[1])


@contextmanager
def started_by(out: Path, lines: str) -> Iterator[Server]:
    """A server that was begun by some lines of Python."""
    port = free_port()
    arguments = ["serve", str(out), "--content", str(out / "none"), "--port", str(port)]
    code = f"{lines}\nfrom feedwright.cli import main; main({arguments!r})"
    with subprocess.Popen([sys.executable, "-c", code], text=True, stderr=subprocess.PIPE) as process:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        try:
            yield Server(port, process)
        finally:
            process.terminate()
            process.communicate()


def test_the_limit_of_open_files_is_raised_at_the_start(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, hard))
    try:
        with serving(laid(tmp_path), "--content", str(tmp_path / "none")) as server:
            children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
            limits = [Path(f"/proc/{number}/limits").read_text() for number in children]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    line = next(line for line in limits[0].splitlines() if line.startswith("Max open files"))
    assert int(line.split()[3]) == min(65_536, hard)


def descriptors() -> int:
    """How many this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("dev", ["/dev/fd", "/nowhere"])
def test_a_large_file_is_sent_where_there_is_no_proc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dev: str) -> None:
    monkeypatch.setattr(open_files, "PROC", "/nowhere")
    monkeypatch.setattr(open_files, "DEV", dev)
    monkeypatch.setattr(open_files, "SECONDS", 0.1)
    content = os.urandom(2_000_000)
    held = examine(str(laid(tmp_path, {"big.mp3": content})), "big.mp3")
    assert held

    async def paths() -> list[str]:
        one = HeldOpen()
        found = [str(one.path(held.plain)) for _ in range(2)]
        assert [Path(path).read_bytes() for path in found] == [content] * 2
        await asyncio.sleep(0.3)
        return found

    before = descriptors()
    found = asyncio.run(paths())
    assert descriptors() == before
    assert len(set(found)) == 2 if dev == "/dev/fd" else set(found) == {held.plain.file}


@pytest.mark.parametrize("dev", ["/dev/fd", "/nowhere"])
def test_a_server_without_proc_sends_large_files(tmp_path: Path, dev: str) -> None:
    content = os.urandom(2_000_000)
    out = laid(tmp_path, {"big.mp3": content})
    lines = f"from feedwright.serve import open_files as o; o.PROC, o.DEV = '/nowhere', {dev!r}"
    with started_by(out, lines) as server:
        assert server.ask("/big.mp3").body == content
        assert server.ask("/big.mp3", ("Range", "bytes=5-1900000")).body == content[5:1_900_001]
