"""What the gate costs of a first build: `python -m tests.benchmarks.gate [COUNT ...] [--runs N]`."""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import ParamSpec, TypeVar

from tests.benchmarks.generate import write_site

P = ParamSpec("P")
T = TypeVar("T")

SITES = ("all that a site gets by itself", "RSS and Atom alone")
BUILD = "--build"


def timed(work: Callable[P, T], spent: list[float]) -> Callable[P, T]:
    """The same function, which notes the processor time of each call."""

    def call(*args: P.args, **rest: P.kwargs) -> T:
        began = time.process_time()
        try:
            return work(*args, **rest)
        finally:
            spent.append(time.process_time() - began)

    return call


def build(arguments: list[str]) -> int:
    """One build; prints the seconds that its checks took. What they load when they are first asked for counts too."""
    from feedwright import cli
    from feedwright.publish import stage
    from feedwright.render import entries

    spent: list[float] = []
    modules: tuple[ModuleType, ...] = (entries, stage)
    for module in modules:
        module.refused = timed(module.refused, spent)  # type: ignore[attr-defined]
    code = cli.main(["build", *arguments, "--quiet"])
    assert spent, "no check was asked"
    print(sum(spent))
    return code


def measured(folder: Path) -> tuple[float, float]:
    """Seconds of processor time of a first build: the gate's, and all of the process."""
    for made in (folder / "out", folder / "content" / ".feeds"):
        shutil.rmtree(made, ignore_errors=True)
    arguments = [str(folder / "content"), "--out", str(folder / "out")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "tests.benchmarks.gate", BUILD, *arguments]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(said), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(counts: list[int], runs: int) -> None:
    print(f"{'articles':>9}  {'site':<30} {'gate s':>7} {'build s':>8} {'share':>7}   of {runs} runs: the median, all")
    for count in counts:
        for name in SITES:
            with tempfile.TemporaryDirectory() as folder:
                content = Path(folder) / "content"
                write_site(content, count)
                if name == SITES[0]:
                    settings = (content / "site.toml").read_text().splitlines(keepends=True)
                    usual = [line for line in settings if not line.startswith(("formats", "extras"))]
                    (content / "site.toml").write_text("".join(usual))
                found = sorted((measured(Path(folder)) for _ in range(runs)), key=lambda one: one[0] / one[1])
            gate, whole = found[runs // 2]
            every = " ".join(f"{100 * one / all_:.1f}" for one, all_ in found)
            print(f"{count:>9}  {name:<30} {gate:>7.2f} {whole:>8.2f} {100 * gate / whole:>6.1f}%   {every}")


if __name__ == "__main__":
    if sys.argv[1:2] == [BUILD]:
        sys.exit(build(sys.argv[2:]))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    main(given.counts, given.runs)
