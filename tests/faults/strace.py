"""Faults injected into system calls, by strace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.newsroom import ended, has

CHANGING = (
    "write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir",
    "mkdirat", "ftruncate", "openat",
)  # fmt: skip
"""The calls that change a disk, and the one that begins it."""

_LINE = re.compile(r"^\d+ +(?P<call>\w+)\((?P<rest>.*)$")


class Hit(NamedTuple):
    """A call that a fault was injected into; `text` is as strace has it."""

    call: str
    text: str

    def __str__(self) -> str:
        return f"{self.call}({self.text}"


def needed() -> pytest.MarkDecorator:
    """Skip where strace is missing or may not look into processes."""
    usable = has("strace") and ended(["strace", "-f", "-o", "/dev/null", "true"]).code == 0
    return pytest.mark.skipif(not usable, reason="needs strace, and leave to use it")


def injecting(log: Path, calls: Sequence[str], what: str, nth: int, paths: Sequence[Path | str] = ()) -> list[str]:
    """What goes before a command to inject a fault into the nth of some calls.

    Args:
        log: where strace writes what was called.
        what: as strace takes it: "signal=SIGKILL", "error=ENOSPC".
        paths: count only calls on these; none for all.
    """
    named = ",".join(calls)
    where = [word for path in paths for word in ("-P", str(path))]
    counted = ["-e", f"inject={named}:{what}:when={nth}"]
    return ["strace", "-f", "-qq", "-y", "-s", "32", "-o", str(log), "-e", f"trace={named}", *counted, *where]


def hits(log: Path) -> list[Hit]:
    """The calls that a fault was injected into."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    matched = (_LINE.match(line) for line in lines if "(INJECTED)" in line)
    return [Hit(one["call"], one["rest"]) for one in matched if one]


def last_call(log: Path) -> str:
    """The last call that a process made, in words."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if _LINE.match(line)]
    return lines[-1][:160] if lines else "no call"
