"""Signals end a command wherever it is, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from feedwright.cli import main
from feedwright.cli.exit_signals import heeded
from feedwright.render.html.sanitise import sanitised
from feedwright.signals import undisturbed

KINDS = pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])


class Destroyed:
    """What does something when it is let go: there Python only prints what is raised."""

    def __init__(self, do: Callable[[], None]) -> None:
        self.do = do

    def __del__(self) -> None:
        self.do()


def tell(kind: signal.Signals) -> None:
    os.kill(os.getpid(), kind)


@contextmanager
def raised(kind: signal.Signals) -> Iterator[None]:
    def end(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(kind, end)
    try:
        yield
    finally:
        signal.signal(kind, before)


@KINDS
def test_a_signal_in_a_destructor_ends_the_command_all_the_same(kind: signal.Signals) -> None:
    heard: list[int] = []
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), heeded(heard):
        Destroyed(lambda: tell(kind))
        time.sleep(30)
    assert set(heard) == {kind}
    assert time.monotonic() - began < 10


@KINDS
def test_a_command_that_ends_at_once_is_not_ended_later(kind: signal.Signals) -> None:
    heard: list[int] = []
    with raised(kind):
        with heeded(heard):
            Destroyed(lambda: tell(kind))
        time.sleep(0.1)
    assert heard == [kind]


def test_what_else_a_destructor_raises_is_told_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("sys.unraisablehook", lambda lost: told.append(str(lost.exc_value)))

    def fault() -> None:
        raise ValueError("mine")

    with heeded([]):
        Destroyed(fault)
    assert told == ["mine"]


@KINDS
def test_a_signal_while_html_is_sanitised_is_not_lost(kind: signal.Signals) -> None:
    def resolve(url: str) -> str:
        tell(kind)
        return f"https://example.org{url}"

    with raised(kind), pytest.raises(KeyboardInterrupt):
        sanitised('<a href="/a">a</a> <a href="/b">b</a>', resolve)


def test_a_fault_while_an_address_is_resolved_is_raised() -> None:
    def resolve(url: str) -> str:
        raise ValueError(url)

    with pytest.raises(ValueError, match="/a"):
        sanitised('<a href="/a">a</a>', resolve)


@KINDS
def test_signals_wait_where_nothing_may_break_in(kind: signal.Signals) -> None:
    done = []
    with raised(kind):
        with pytest.raises(KeyboardInterrupt), undisturbed():
            tell(kind)
            time.sleep(0.01)
            done.append("all")
        with pytest.raises(KeyboardInterrupt):
            tell(kind)
            time.sleep(1)
    assert done == ["all"]


def test_ctrl_c_while_arguments_are_read_ends_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedwright.cli.parser", lambda _: tell(signal.SIGINT))
    assert main(["build"]) == 130


INTERRUPTED = """
import os, signal, sys
from feedwright.__main__ import main

class Interrupting:
    def find_spec(self, name, *_):
        if name == "feedwright.cli":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main())
"""


def test_ctrl_c_while_the_command_is_loaded_ends_it_without_a_word() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@KINDS
def test_a_signal_within_what_is_undisturbed_twice_waits_for_the_end_of_the_outer(kind: signal.Signals) -> None:
    done: list[str] = []
    with raised(kind):
        with pytest.raises(KeyboardInterrupt), undisturbed():
            with undisturbed():
                tell(kind)
                done.append("inner")
            done.append("outer")
        assert signal.getsignal(kind) is not None
        with pytest.raises(KeyboardInterrupt):
            tell(kind)
            time.sleep(5)
    assert done == ["inner", "outer"]
