"""Every example in the help of a command is run as it stands, in a site for which it is meant."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from feedwright.cli import parser
from feedwright.cli.index import COMMANDS
from feedwright.cli.parsers import Parser
from tests.conftest import SITE, SiteOnDisk


def examples(top: Parser) -> Iterator[str]:
    for one in top.commands().values():
        yield from (example.command for example in one.examples)
        yield from examples(one)


EVERY = sorted({*examples(parser()), *(one.example for one in COMMANDS.values())})
GO_ON = re.compile(r"^feeds (serve|build --watch)")
"""Those that end when they are told to."""
CODES = {"feeds check out/rss.xml --profile apple": (1,)}
"""Those that find something wrong: no podcast is here."""

PAGE = """\
Harbour bridge opens a year late

PORT ELLEN: The new bridge over the harbour opened on Monday, a year after it was promised.

Engineers had found weak steel in two of its piers, and replaced it over the winter.
"""


@pytest.fixture
def here(tmp_path: Path) -> SiteOnDisk:
    """A site whose folder is the one that we are in, built once; an engine's site at home; an old feed; a page."""
    site = SiteOnDisk(tmp_path / "here", datetime.now(UTC))
    site.configure(alone=(), more="archive = 2\nlimit = 2\n")
    for number in range(5):
        site.article(f"posts/tides{number or ''}.md", tags="[sea]", date=f"2024-01-0{number + 1}")
    site.build()
    shutil.copy(site.out / "rss.xml", site.root / "old-feed.xml")
    (site.root / "report.txt").write_text(PAGE)
    (site.root / "pages").mkdir()
    (site.root / "pages/bridge.txt").write_text(PAGE)
    (site.root / "my-site").mkdir()
    (site.root / "my-site/site.toml").write_text(SITE)
    shutil.copytree(site.content / "posts", site.root / "my-site/posts")
    posts = tmp_path / "home/blog/content/posts"
    posts.mkdir(parents=True)
    (tmp_path / "home/blog/hugo.toml").write_text('title = "Tides"\nbaseURL = "https://tides.example/"\n')
    (posts / "a.md").write_text("---\ntitle: a\ndate: 2024-01-01\n---\nText.\n")
    (tmp_path / "home/.config/fish/completions").mkdir(parents=True)
    return site


@pytest.fixture
def web(here: SiteOnDisk) -> Iterator[str]:
    """The address at which the built feeds are served."""

    class Answer(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            file = here.out / ("atom.xml" if self.path == "/feed.xml" else self.path[1:])
            self.send_response(200)
            self.send_header("Content-Type", "application/atom+xml")
            self.end_headers()
            self.wfile.write(file.read_bytes().replace(b"https://tides.example/", address.encode()))

    running = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    address = f"http://127.0.0.1:{running.server_port}/"
    Thread(target=running.serve_forever, daemon=True).start()
    yield address
    running.shutdown()
    running.server_close()


def prepared(command: str, here: SiteOnDisk, web: str) -> str:
    """The command with this machine in the place of what it names elsewhere."""
    if command.startswith("feeds retract"):
        (here.content / "posts/tides.md").unlink()
        here.build()
    if command.startswith("feeds init my-site --title"):
        shutil.rmtree(here.root / "my-site")
        return command
    if command.startswith("feeds serve"):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        return re.sub(r" --port \d+", "", command) + f" --port {port}"
    return command.replace("https://www.example.org/", web) if "check" in command or "history" in command else command


def environment(here: SiteOnDisk) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "HOME": str(here.root.parent / "home"), "BROWSER": "true"}


@pytest.mark.parametrize("command", EVERY)
def test_an_example_does_what_it_is_for(command: str, here: SiteOnDisk, web: str) -> None:
    shell = "zsh" if "zsh" in command else "bash"
    if not shutil.which(shell):
        pytest.skip(f"needs {shell}")
    line = prepared(command, here, web)
    started = "autoload -U compinit && compinit -D && " if shell == "zsh" else ""
    give = {"cwd": here.root, "env": environment(here), "text": True, "stderr": subprocess.PIPE}
    running = subprocess.Popen([shell, "-c", started + line], stdout=subprocess.PIPE, start_new_session=True, **give)
    said = ""
    if GO_ON.match(command):
        assert running.stdout
        while not re.match("serving|watching", said):
            said = running.stdout.readline()
            assert said, running.communicate()
        os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode in CODES.get(command, (0,)) or (GO_ON.match(command) and running.returncode == 130), err
    assert said + out or ">" in line or "eval" in line or "--quiet" in line
