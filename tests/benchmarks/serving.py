"""Requests a second of `feeds serve` beside nginx, while builds swap the feeds: `python -m tests.benchmarks.serving`.

Needs Debian's `wrk` and `nginx`, and `pip install -e '.[serve]'`. Linux only. All traffic stays on the loopback.
"""

from __future__ import annotations

import argparse
import http.client
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from feedwright.pipeline import Options, build
from feedwright.serve.files import etag_of
from tests.benchmarks.measuring import _proportional, _tree
from tests.serve.folder import free_port

PATH = "/rss.xml"
VERSIONS, ARTICLES, WORDS = 4, 20, 330
MARKS = {304: 0.35, 200: 0.3}

NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; types {{ application/rss+xml xml; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {out}; add_header Cache-Control max-age=300; }}
}}
"""


@dataclass
class Site:
    """A site whose feed of some 40 KB is in one of a few versions, and what was seen of it."""

    root: Path
    known: dict[str, bytes] = field(default_factory=dict)
    builds: int = 0
    seen: int = 0
    wrong: list[str] = field(default_factory=list)

    def lay(self) -> None:
        (self.root / "content").mkdir()
        (self.root / "content/site.toml").write_text('title = "Tides"\nurl = "https://tides.example/"\n')
        for number in range(ARTICLES):
            head = f"---\ntitle: Article {number}\ndate: 2024-01-{number + 1:02}\ntags: [t{number % 4}]\n---\n"
            (self.root / f"content/{number}.md").write_text(head + "Water comes and goes. " * (WORDS // 4) + "\n")
        for version in range(VERSIONS):
            self.turn(version)
            document = (self.root / f"out{PATH}").read_bytes()
            self.known[etag_of(iter((document,)))] = document
        assert len(self.known) == VERSIONS

    def turn(self, version: int) -> None:
        """Let every feed say something else, by a build."""
        for number in range(0, ARTICLES, 4):
            file = self.root / f"content/{number}.md"
            text = re.sub(r"\n(?:Tide \d\.\n)?\Z", "\n", file.read_text())
            file.write_text(f"{text}Tide {version}.\n")
        build(self.root / "content", self.root / "out", options=Options(full=True))
        self.builds += 1

    def check(self, port: int) -> None:
        """Fetch the feed once, as a reader does, and see whether it is one of the versions, with its own tag."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", PATH)
        response = connection.getresponse()
        document, tag = response.read(), response.headers["ETag"]
        connection.close()
        self.seen += 1
        if response.status != 200 or self.known.get(tag) != document:
            self.wrong.append(f"{response.status} {tag} {len(document)} bytes")


@contextmanager
def meanwhile(site: Site, port: int) -> Iterator[None]:
    """Builds and a reader who looks closely, as long as it lasts."""
    over = threading.Event()

    def building() -> None:
        while not over.wait(0.2):
            site.turn(site.builds % VERSIONS)

    def reading() -> None:
        while not over.wait(0.02):
            site.check(port)

    threads = [threading.Thread(target=one) for one in (building, reading)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


@contextmanager
def running(command: list[str]) -> Iterator[int]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        time.sleep(2)
        try:
            yield process.pid
        finally:
            process.terminate()


def requests_a_second(port: int, seconds: int, header: str) -> float:
    """As wrk counts them; every answer is one that was meant."""
    command = ["wrk", "-t1", "-c32", f"-d{seconds}s", "-H", header, f"http://127.0.0.1:{port}{PATH}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        sys.exit(said)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=int, default=5, help="each measurement (5)")
    arguments.add_argument("--runs", type=int, default=3, help="of which the median counts (3)")
    given = arguments.parse_args()
    if not (shutil.which("wrk") and shutil.which("nginx")):
        sys.exit("needs wrk and nginx: apt-get install wrk nginx")
    with tempfile.TemporaryDirectory() as folder:
        measure(Site(Path(folder)), given.seconds, given.runs)


def measure(site: Site, seconds: int, runs: int) -> None:
    site.lay()
    site.root.chmod(0o755)  # nginx's workers are another user
    ours, theirs = free_port(), free_port()
    (site.root / "nginx.conf").write_text(NGINX.format(folder=site.root, port=theirs, out=site.root / "out"))
    serve = [
        sys.executable,
        "-m",
        "feedwright",
        "serve",
        str(site.root / "out"),
        "--content",
        str(site.root / "content"),
    ]
    nginx = ["nginx", "-p", str(site.root), "-c", str(site.root / "nginx.conf")]
    fields = {304: ("If-None-Match: " + ", ".join(site.known), "If-None-Match: *"), 200: ("X-Y: z", "X-Y: z")}
    found: dict[tuple[int, str], list[float]] = {}
    with running([*serve, "--port", str(ours), "--workers", "2"]) as pid, running(nginx):
        with meanwhile(site, ours):
            for _ in range(runs):
                for status, (mine, others) in fields.items():
                    found.setdefault((status, "nginx"), []).append(requests_a_second(theirs, seconds, others))
                    found.setdefault((status, "ours"), []).append(requests_a_second(ours, seconds, mine))
        memory = sum(map(_proportional, _tree(pid))) / 1e6
    print(f"a feed of {len(next(iter(site.known.values())))} bytes; medians of {runs} runs of {seconds} s")
    for status, mark in MARKS.items():
        mine, others = (median(found[status, who]) for who in ("ours", "nginx"))
        print(f"{status}: {mine:,.0f} requests/s, nginx {others:,.0f}: {mine / others:.2f} (mark {mark})")
    print(f"{site.builds} builds meanwhile; {site.seen} answers looked at, {len(site.wrong)} wrong; {memory:.0f} MB")
    print(*site.wrong[:5], sep="\n", end="")


if __name__ == "__main__":
    main()
