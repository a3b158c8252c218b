"""Time and peak memory of first and second builds: `python -m tests.benchmarks.build [COUNT ...]`."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.generate import write_site


def run(folder: Path) -> tuple[float, float, int]:
    """One `feeds build`: wall seconds, CPU seconds, peak resident bytes."""
    code = (
        "import resource, sys; from feedwright.cli import main; code = main(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    arguments = ["build", str(folder / "content"), "--out", str(folder / "out"), "--quiet"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, int(done.stderr.split()[-1]) * 1024


def main(counts: list[int]) -> None:
    print(f"{'articles':>9} {'build':>7} {'wall s':>8} {'CPU s':>8} {'peak MB':>8}")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            write_site(Path(folder) / "content", count, "[related]\nauto = 3\n")
            for name in ("first", "again"):
                wall, cpu, peak = run(Path(folder))
                print(f"{count:>9} {name:>7} {wall:>8.2f} {cpu:>8.2f} {peak / 1e6:>8.0f}")


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [1000, 10000])
