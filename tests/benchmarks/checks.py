"""How long a check takes: python tests/benchmarks/checks.py [FOLDER of feeds, default ../shared/feeds]."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from feeds.checks import assembled, check

SIZE = 50_000
ROUNDS = 10
SHARED = Path(__file__).resolve().parents[3] / "shared" / "feeds"


def seconds(data: bytes, what: object = check) -> float:
    """The best of some rounds, in processor time."""
    assert callable(what)
    best = 9.0
    for _ in range(ROUNDS):
        started = time.process_time()
        what(data)
        best = min(best, time.process_time() - started)
    return best


def of_size(data: bytes) -> bytes:
    """A feed cut, or its entries repeated, so that it has some 50 KB."""
    name = b"item" if b"<item" in data else b"entry"
    head, start, rest = data.partition(b"<" + name)
    body, end, tail = rest.rpartition(b"</" + name + b">")
    entries = [entry + end for entry in (start + body).split(end)] if end else []
    made, place = head, 0
    while entries and len(made) < SIZE and place < 10_000:
        made += entries[place % len(entries)]
        place += 1
    return made + tail


def main() -> None:
    """Print milliseconds for 50 KB of each feed, and how many such files a second can be checked."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    feeds = {path.name: of_size(path.read_bytes()) for path in sorted(folder.rglob("*.xml"))}
    feeds = {name: data for name, data in feeds.items() if len(data) >= SIZE}
    times = {name: seconds(data) * SIZE / len(data) for name, data in feeds.items()}
    for name, taken in sorted(times.items(), key=lambda pair: -pair[1])[:10]:
        print(f"{taken * 1000:6.2f} ms  {name}")
    mean = sum(times.values()) / len(times)
    middle = sorted(times.values())[len(times) // 2]
    print(f"{len(times)} feeds of 50 KB: mean {mean * 1000:.2f} ms, median {middle * 1000:.2f} ms")
    print(f"{1 / mean:.0f} such files a second")
    quick = {name: seconds(data, assembled) * SIZE / len(data) for name, data in feeds.items()}
    print(f"assembled: mean {sum(quick.values()) / len(quick) * 1000:.2f} ms")
    started = time.perf_counter()
    first = "import sys, feeds.checks; feeds.checks.check(sys.stdin.buffer.read())"
    subprocess.run([sys.executable, "-c", first], input=next(iter(feeds.values())), check=True)
    print(f"start to first verdict: {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
