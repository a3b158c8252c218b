"""The running server: its limits, its end, and what a user sees of it."""

from __future__ import annotations

import builtins
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feedwright.cli import main
from tests.serve.folder import AUDIO, FEED, Server, free_port, laid, serving


def test_a_poll_that_finds_nothing_new_costs_less_than_500_bytes(server: Server) -> None:
    etag = server.ask("/rss.xml")["etag"]
    request = f"GET /rss.xml HTTP/1.1\r\nHost: x\r\nIf-None-Match: {etag}\r\nConnection: close\r\n\r\n"
    came = server.raw(request.encode())
    assert came.startswith(b"HTTP/1.1 304 ")
    assert len(came) < 500


def test_head_says_what_get_says(server: Server) -> None:
    for path in ("/rss.xml", "/audio.mp3", "/empty.txt", "/nothing.xml", "/"):
        for coding in ("gzip", "identity"):
            get = server.ask(path, ("Accept-Encoding", coding))
            head = server.ask(path, ("Accept-Encoding", coding), method="HEAD")
            assert head.body == b""
            assert (head.status, dict(head.lines) | {"date": ""}) == (get.status, dict(get.lines) | {"date": ""})


def test_several_requests_go_over_one_connection(server: Server) -> None:
    one = b"GET /audio.mp3 HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /rss.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    came = server.raw(one + one + last)
    assert came.count(b"HTTP/1.1 200 OK") == 3
    assert came.count(AUDIO) == 2
    assert came.endswith(FEED)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /rss.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", 431),
        (b"GET /rss.xml HTTP/1.1\r\nHost: x\r\n" + b"X: 1\r\n" * 200 + b"\r\n", 431),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 431),
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (b"\0\1\2\r\n\r\n", 400),
        (b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (b"GET /%2Frss.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (b"GET /rss.xml%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (b"GET /%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (b"GET /rss%2Exml?x=/../.. HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200),
        (b"GET http://elsewhere.example/rss.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200),
        (b"GET /rss.xml HTTP/1.1\r\nHost: x\r\nIf-None-Match: \xff\r\nConnection: close\r\n\r\n", 200),
        (b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 204),
        (b"POST /rss.xml HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nx", 405),
    ],
)
def test_what_a_client_may_send_has_bounds(server: Server, request_: bytes, status: int) -> None:
    came = server.raw(request_)
    assert came.startswith(b"HTTP/1.1 %d " % status)
    assert b"root:" not in came


@pytest.mark.parametrize(
    ("version", "hosts", "status"),
    [
        ("1.1", [b"x"], 200),
        ("1.1", [b"tides.example:8000"], 200),
        ("1.1", [b"[2001:db8::1]:80"], 200),
        ("1.1", [b""], 200),
        ("1.0", [], 200),
        ("1.0", [b"x"], 200),
        ("1.1", [], 400),
        ("1.1", [b"x", b"y"], 400),
        ("1.1", [b"x", b"x"], 400),
        ("1.0", [b"x", b"y"], 400),
        ("1.1", [b"x y"], 400),
        ("1.1", [b"x, y"], 400),
        ("1.1", [b"x/y"], 400),
        ("1.1", [b"ann@x"], 400),
        ("1.1", [b"x:y"], 400),
        ("1.1", [b"\xff"], 400),
    ],
)
def test_a_request_names_one_host(server: Server, version: str, hosts: list[bytes], status: int) -> None:
    fields = b"".join(b"Host: %s\r\n" % host for host in hosts)
    for target in (b"/rss.xml", b"http://x/rss.xml"):
        came = server.raw(b"GET %s HTTP/%s\r\n%sConnection: close\r\n\r\n" % (target, version.encode(), fields))
        assert came.startswith(b"HTTP/%s %d " % (version.encode(), status))


def test_after_a_wrong_host_nothing_more_is_taken_from_the_connection(server: Server) -> None:
    came = server.raw(b"GET /rss.xml HTTP/1.1\r\n\r\nGET /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
    assert came.startswith(b"HTTP/1.1 400 ") and came.count(b"HTTP/1.1") == 1


def test_a_name_in_another_script_is_found(folder: Path, server: Server) -> None:
    laid(folder, {"tag/Überlauf.xml": FEED})
    assert server.ask("/tag/%C3%9Cberlauf.xml").body == FEED


@pytest.mark.slow
def test_a_header_that_does_not_come_is_not_waited_for(server: Server) -> None:
    began = time.monotonic()
    assert server.raw(b"GET /rss.xml HTTP/1.1\r\nHost: x\r\n") == b""
    assert 5 < time.monotonic() - began < 15


def test_a_large_file_is_sent_whole_and_in_parts(folder: Path, server: Server) -> None:
    audio = os.urandom(3_000_000)
    laid(folder, {"long.mp3": audio})
    whole = server.ask("/long.mp3")
    assert (whole.status, whole["content-length"], whole.body) == (200, "3000000", audio)
    part = server.ask("/long.mp3", ("Range", "bytes=5-2500000"))
    assert (part.status, part["content-range"], part.body) == (206, "bytes 5-2500000/3000000", audio[5:2_500_001])
    assert server.ask("/long.mp3", ("Range", "bytes=-10")).body == audio[-10:]


def test_a_large_file_that_is_swapped_while_it_is_sent_comes_as_it_was(folder: Path, server: Server) -> None:
    before, after = os.urandom(1_000_000) * 16, os.urandom(1_000_000) * 16
    laid(folder, {"swapped.mp3": before})
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(b"GET /swapped.mp3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        came = connection.recv(1000)
        (folder / ".swapped.new").write_bytes(after)
        (folder / ".swapped.new").replace(folder / "swapped.mp3")
        while piece := connection.recv(1 << 20):
            came += piece
    assert came.partition(b"\r\n\r\n")[2] == before
    assert server.ask("/swapped.mp3").body == after


def test_readers_that_stall_or_leave_cost_no_memory(folder: Path, server: Server) -> None:
    from tests.benchmarks.measuring import _proportional, _tree

    laid(folder, {"huge.mp3": os.urandom(1_000_000) * 60})
    server.ask("/huge.mp3", ("Range", "bytes=0-9"))
    before = sum(map(_proportional, _tree(server.process.pid)))
    stalled = []
    for number in range(6):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        connection.sendall(b"GET /huge.mp3 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 200 OK")
        if number % 2:
            stalled.append(connection)
        else:
            connection.close()
    time.sleep(1)
    grown = sum(map(_proportional, _tree(server.process.pid))) - before
    for connection in stalled:
        connection.close()
    assert grown < 10_000_000
    assert server.ask("/rss.xml").body == FEED


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_serves_and_ends_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    out = laid(tmp_path / "out")
    with serving(out, "--content", str(tmp_path), "--log", "--workers", "2") as one:
        assert one.ask("/rss.xml?x=1").status == 200
        assert one.ask("/a%0Ab").status == 404
        assert one.ask("/%1B%C2%9B%7F%E2%80%AE").status == 404
        with socket.create_connection(("127.0.0.1", one.port)) as idle:
            idle.sendall(b"GET /empty.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            idle.recv(100)
            began = time.monotonic()
            one.process.send_signal(number)
            said, log = one.process.communicate(timeout=20)
        assert time.monotonic() - began < 5
        assert one.process.returncode == 0
        assert said == f"serving {out} at http://127.0.0.1:{one.port}/; Ctrl-C ends it\n"
        assert "GET '/rss.xml' 200" in log
        assert "GET '/a\\nb' 404" in log
        assert "GET '/\\x1b\\x9b\\x7f\\u202e' 404" in log
        assert "Traceback" not in log


def test_etags_and_dates_are_the_same_after_a_restart(tmp_path: Path) -> None:
    out = laid(tmp_path / "out")
    seen = []
    for workers in ("1", "2"):
        with serving(out, "--content", str(tmp_path), "--workers", workers) as one:
            replies = [one.ask("/rss.xml", ("Accept-Encoding", coding)) for coding in ("gzip", "br", "identity") * 2]
            seen.append([(reply["etag"], reply["last-modified"]) for reply in replies])
    assert seen[0] == seen[1]
    assert len(set(seen[0])) == 3


def test_without_granian_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    importing = builtins.__import__

    def absent(name: str, *rest: object) -> object:
        if name.partition(".")[0] == "granian":
            raise ImportError(f"No module named {name!r}")
        return importing(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", absent)
    assert main(["serve", str(laid(tmp_path / "out")), "--content", str(tmp_path)]) == 2
    assert "pip install 'feedwright[serve]'" in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["serve", str(laid(tmp_path / "out")), "--content", str(tmp_path), "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert f"port {port}" in said
    assert "--port" in said


def test_another_server_of_ours_on_the_same_port_is_found(server: Server, tmp_path: Path) -> None:
    assert main(["serve", str(laid(tmp_path / "out")), "--content", str(tmp_path), "--port", str(server.port)]) == 2


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (["nowhere"], 2, "out-missing"),
        (["--host", "256.1.1.1"], 2, "port-unusable"),
        (["--config", "nowhere.toml"], 2, "config-missing"),
    ],
)
def test_what_cannot_be_served_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], code: int, word: str
) -> None:
    folder = [] if options == ["nowhere"] else [str(laid(tmp_path / "out"))]
    assert main(["serve", *folder, "--content", str(tmp_path), *options]) == code
    assert f"[{word}]" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "70000", "-1", "http"])
def test_what_is_no_port_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", port])
    assert ended.value.code == 64
    assert port in capsys.readouterr().err


def test_a_wrong_configuration_is_said_before_anything_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site.toml").write_text("titel = 3\n")
    assert main(["serve", str(laid(tmp_path / "out")), "--content", str(tmp_path), "--port", str(free_port())]) == 2
    assert "[config-unknown]" in capsys.readouterr().err


def test_the_rest_of_the_command_does_not_load_the_server() -> None:
    code = (
        "import sys, feedwright.cli as c; c.parser('build'); print({'granian', 'brotli', 'asyncio'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
