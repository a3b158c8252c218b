"""Signals that end a command."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from feedwright.signals import SIGNALS

AGAIN = 0.01
"""Seconds after which what was lost is raised once more."""


@contextmanager
def heeded(heard: list[int]) -> Iterator[None]:
    """SIGTERM ends a command as Ctrl-C does: where it is, and what was begun is taken back on the way out.

    Neither signal does so twice: taking back is not to be broken off.

    Args:
        heard: the signal is added to it; libraries may turn what is raised here into an exception of their own.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Whoever has SIGINT ignored for us (a shell's background job) means it.
    before = {kind: signal.getsignal(kind) for kind in SIGNALS if signal.getsignal(kind) is not signal.SIG_IGN}

    def heed() -> None:
        for kind in before:
            signal.signal(kind, end)

    def end(number: int, _: FrameType | None) -> None:
        for kind in before:
            signal.signal(kind, signal.SIG_IGN)
        heard.append(number)
        raise KeyboardInterrupt

    heed()
    try:
        with _raised_again(heard, heed):
            yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


@contextmanager
def _raised_again(heard: list[int], heed: Callable[[], None]) -> Iterator[None]:
    """Where Python lets no exception through (in a destructor), what a signal raises is raised a little later."""
    timers: list[threading.Timer] = []
    usual = sys.unraisablehook

    def note(lost: Any) -> None:
        if not heard or lost.exc_type is not KeyboardInterrupt:
            usual(lost)
            return
        heed()
        main = threading.main_thread().ident
        timers.append(threading.Timer(AGAIN, signal.pthread_kill, (main, heard[0])))
        timers[-1].start()

    sys.unraisablehook = note
    try:
        yield
    finally:
        sys.unraisablehook = usual
        for timer in timers:
            timer.cancel()
            timer.join()
