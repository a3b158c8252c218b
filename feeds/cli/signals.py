"""Signals that end a command."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


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
    kinds = (signal.SIGTERM, signal.SIGINT)
    # Whoever has SIGINT ignored for us (a shell's background job) means it.
    before = {kind: signal.getsignal(kind) for kind in kinds if signal.getsignal(kind) is not signal.SIG_IGN}

    def end(number: int, _: FrameType | None) -> None:
        for kind in before:
            signal.signal(kind, signal.SIG_IGN)
        heard.append(number)
        raise KeyboardInterrupt

    for kind in before:
        signal.signal(kind, end)
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
