"""The commands of `[[after_publish]]`: each is told which files have changed, in order, until one fails."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from feedwright.config import Command, Config
from feedwright.errors import Problem

SAID = 2000
"""Bytes of what a command said last that are looked at."""


def run(config: Config, out: Path, number: int, paths: Sequence[str]) -> Problem | None:
    """Run a command, without a shell, in the output folder.

    Args:
        out: the output folder.
        number: which command, from 0.
        paths: of the files that have changed, below the output folder: it gets them on standard input, one a line.

    Returns: why it failed; None where it did not.
    """
    one = config.after_publish[number]
    with tempfile.TemporaryFile() as said:
        why = _ended(one, config, out, "".join(f"{path}\n" for path in paths), said)
        if not why:
            return None
        last = _last_line(said)
    key = f"after_publish.{number}.command"
    hint = f"It said: {last}. " if last else ""
    hint += "The feeds are published; it is tried again by the next build, or `feeds announce`, and hubs wait for it."
    line = config.lines.get(key, 0)
    return Problem("error", "after-publish-failed", str(config.file), f"{one.command[0]} {why}", hint, line, key)


def _ended(one: Command, config: Config, out: Path, told: str, said: IO[bytes]) -> str:
    """How it ended, in words; empty where it did well."""
    process: subprocess.Popen[bytes] | None = None
    try:
        with _signals_put_off():
            process = subprocess.Popen(
                _located(one.command, config),
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
                cwd=out,
                env={**os.environ, **_environment(config, out)},
                start_new_session=True,
            )
        process.communicate(told.encode("utf-8", "surrogateescape"), one.timeout)
    except (OSError, ValueError) as error:
        if process is not None:
            _end(process)
        return f"cannot be started: {getattr(error, 'strerror', None) or error}"
    except subprocess.TimeoutExpired:
        assert process is not None
        _end(process)
        return f"took more than {one.timeout} s"
    except BaseException:
        # We are told to end: what we started ends with us.
        if process is not None:
            _end(process)
        raise
    if process.returncode < 0:
        return f"was ended by signal {-process.returncode}"
    return f"ended with exit code {process.returncode}" if process.returncode else ""


@contextmanager
def _signals_put_off() -> Iterator[None]:
    """Heed signals that would end us only when what is started meanwhile is known, so that it can be ended, too."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    handlers = {kind: signal.getsignal(kind) for kind in (signal.SIGTERM, signal.SIGINT)}
    before = {kind: handler for kind, handler in handlers.items() if callable(handler)}
    try:
        for kind in before:
            signal.signal(kind, lambda number, _: heard.append(number))
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
        for number in heard:
            signal.raise_signal(number)


def _located(command: Sequence[str], config: Config) -> list[str]:
    """A program that is named by a path is looked for beside the configuration."""
    program, *rest = command
    return [str(config.file.absolute().parent / program) if "/" in program else program, *rest]


def _environment(config: Config, out: Path) -> dict[str, str]:
    return {
        "FEEDS_OUT": str(out.absolute()),
        "FEEDS_CONTENT": str(config.root.absolute()),
        "FEEDS_URL": config.site.feeds_url,
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and what it started: it leads a group of its own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.wait()
    if process.stdin is not None:
        # What it was not told any more is not told.
        with suppress(OSError):
            process.stdin.close()


def _last_line(said: IO[bytes]) -> str:
    said.seek(max(0, said.seek(0, os.SEEK_END) - SAID))
    lines = [line.strip() for line in said.read().decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else ""
