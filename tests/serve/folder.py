"""A folder of documents to serve, and ways to ask for them: in process, and of a real server."""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli

from feedwright.serve.application import Application, Copied, Request
from feedwright.serve.codings import Coded, compressed
from feedwright.serve.reload import Where
from feedwright.serve.responses import Answer, Part

MODIFIED = 1_714_564_800
"""Wed, 01 May 2024 12:00:00 GMT"""

FEED = b"<rss version='2.0'><!-- Feedwright -->" + b"<item>Tides</item>" * 2000 + b"</rss>\n"
PLAIN = b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<entry>Moon</entry>" * 50 + b"</feed>\n"
AUDIO = bytes(range(256)) * 40
FILES = {
    "rss.xml": FEED,
    "atom.xml": PLAIN,
    "audio.mp3": AUDIO,
    "empty.txt": b"",
    "index.html": b"<!DOCTYPE html><title>Feeds</title>\n",
}
DECODED = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
"""The value of Content-Encoding -> what undoes it."""


@dataclass(frozen=True)
class Reply:
    """What came back, with the names of fields in lower case."""

    status: int
    lines: Sequence[tuple[str, str]]
    body: bytes

    def __getitem__(self, name: str) -> str:
        return ", ".join(value for key, value in self.lines if key == name)

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.lines)


def laid(root: Path, files: dict[str, bytes] = FILES, at: int = MODIFIED) -> Path:
    """The folder on disk."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        os.utime(file, (at, at))
    return root


def in_coding(name: str, coding: str | None) -> bytes:
    """One of the documents as it is sent in a coding."""
    return compressed(FILES[name], coding) if coding else FILES[name]


def application(out: Path, content: Path | None = None) -> Application:
    """The application of a folder."""
    return Application(Where(out, content or out / "no-content"))


def ask(app: Application, path: str, *lines: tuple[str, str], method: str = "GET") -> Reply:
    """Ask in process."""
    answer = app.answer(Request(method, path, Copied([(name.lower(), value) for name, value in lines])))
    return Reply(answer.status, answer.headers, b"" if method == "HEAD" else body(app, answer))


def body(app: Application, answer: Answer) -> bytes:
    """What an answer's body is on the wire."""
    if not isinstance(answer.body, Part):
        return answer.body
    content = answer.body.content
    if isinstance(content, Coded):
        whole = app.compressed.bytes_of(content.of, content.coding)
        assert whole is not None
    else:
        whole = Path(content.file).read_bytes()
    return whole[answer.body.start : answer.body.end]


@dataclass(frozen=True)
class Server:
    """A running `feeds serve`."""

    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, path: str, *lines: tuple[str, str], method: str = "GET") -> Reply:
        """Ask over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in lines:
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            return Reply(
                response.status, [(name.lower(), value) for name, value in response.getheaders()], response.read()
            )
        finally:
            connection.close()

    def raw(self, sent: bytes) -> bytes:
        """Send bytes, and take what comes until the server closes the connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(sent)
            came = b""
            while piece := connection.recv(1 << 16):
                came += piece
            return came


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(out: Path, *options: str) -> Iterator[Server]:
    """`feeds serve`, until it is told to end."""
    port = free_port()
    command = [sys.executable, "-m", "feedwright", "serve", str(out), "--port", str(port), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait(port, process)
            yield Server(port, process)
        finally:
            process.terminate()
            try:
                process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(port: int, process: subprocess.Popen[str]) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None:
                raise AssertionError(process.communicate()) from None
            time.sleep(0.05)
    raise AssertionError("it does not listen")
