"""A command of ours in a process of its own, with bounded memory and time: what became of it, and what it took."""

from __future__ import annotations

import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

MEMORY = 2 * 2**30
INTERPRETER = 60 * 2**20
"""Bytes of an interpreter that has loaded what commands use."""

SECONDS = 5
PATIENCE = 60
"""Seconds of the wall clock, after which what neither works nor ends is killed."""

USED = ("cli.build", "cli.check", "cli.history", "cli.init", "cli.preview", "pipeline", "publish.plan", "render.body")
USED += ("articles.compose", "articles.frontmatter.split", "checks.lint", "formats.atom", "formats.rss", "formats.json")
USED += ("publish.extras", "publish.publish", "commands.init", "commands.preview", "commands.history", "articles.rst")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command.

    Args:
        code: its exit code; 128 and more for a signal that ended it.
        seconds: of CPU.
        megabytes: of memory at its highest, with the interpreter's.
        said: what it wrote to both streams.
    """

    code: int
    seconds: float
    megabytes: int
    said: str

    @property
    def fault(self) -> str:
        """What must never happen, in words; empty where it did not."""
        if self.code >= 128:
            return f"it was ended by signal {self.code - 128}"
        for sign in ("Traceback (most recent call last)", "fault of ours", "MemoryError", "RecursionError"):
            if sign in self.said:
                return f"it printed {sign!r}: {self.said[-2000:]}"
        return "" if self.code in (0, 1, 2, 64, 75) else f"it ended with exit code {self.code}"


def warm() -> None:
    """Import what commands use, so that each of the processes that follow has it."""
    for name in USED:
        import_module(f"feedwright.{name}")
    for name in ("docutils.core", "docutils.writers.html5_polyglot", "lxml.html", "yaml", "yaml_rs", "jsonschema_rs"):
        with suppress(ImportError):
            import_module(name)


def run(argv: Sequence[str], folder: Path) -> Outcome:
    """Run the command in a folder."""
    from feedwright.cli import main

    return called(lambda: main(argv), folder)


def called(function: Callable[[], int], folder: Path) -> Outcome:
    """Call what returns an exit code, in a process of its own whose working directory is `folder`."""
    log = folder / "said"
    inherited = _resident()
    child = os.fork()
    if child == 0:
        _imprisoned(function, folder, log)
    _, status, used = _waited(child)
    code = os.waitstatus_to_exitcode(status)
    scale = 1 if sys.platform == "darwin" else 2**10
    # What the tests before it have left in this process is not the command's.
    peak = used.ru_maxrss * scale - inherited + min(inherited, INTERPRETER)
    said = log.read_text(errors="replace") if log.exists() else ""
    return Outcome(128 - code if code < 0 else code, used.ru_utime + used.ru_stime, peak // 2**20, said)


def _resident() -> int:
    """Bytes of memory that this process has now; 0 where that is not told."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _waited(child: int) -> tuple[int, int, resource.struct_rusage]:
    def kill(*_: object) -> None:
        os.kill(child, signal.SIGKILL)

    before = signal.signal(signal.SIGALRM, kill)
    signal.alarm(PATIENCE)
    try:
        return os.wait4(child, 0)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _imprisoned(function: Callable[[], int], folder: Path, log: Path) -> None:
    """In the child: never returns."""
    code = 70
    try:
        streams = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        for descriptor in (1, 2):
            os.dup2(streams, descriptor)
        sys.stdin = open(os.devnull)  # noqa: PTH123, SIM115
        sys.stdout = open(1, "w", closefd=False, errors="backslashreplace")  # noqa: SIM115
        sys.stderr = open(2, "w", closefd=False, errors="backslashreplace")  # noqa: SIM115
        os.chdir(folder)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        code = function()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
