"""Builds of a very large site, ours alone: `python -m tests.benchmarks.million [COUNT] [--folder FOLDER]`."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tests.benchmarks.versus import MADE, measure, prepare, show, warm


def run(folder: Path, count: int) -> None:
    start = time.process_time()
    prepare(folder, count)
    print(f"{count} articles, written in {time.process_time() - start:.0f} s of CPU", flush=True)
    show(measure(folder, ["ours"], 1))
    print(f"{sum(path.is_file() and path.name[0] != '.' for path in (folder / MADE['ours'][0]).rglob('*'))} files")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.million", description=__doc__)
    parser.add_argument("count", metavar="COUNT", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--folder", type=Path, help="a folder to write the site to, and to keep; a new one")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        warm(Path(name) / "warm", ["ours"])
        run(asked.folder or Path(name) / "site", asked.count)


if __name__ == "__main__":
    main()
