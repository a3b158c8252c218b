"""Moments at which no signal may break in."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""Those that end a run: Ctrl-C, and what a service is ended with."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Signals that would end the run by what their handlers raise do so at the end of this."""
    if threading.current_thread() is not threading.main_thread():
        # Handlers run in the main thread alone.
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    handlers = {kind: handler for kind in SIGNALS if callable(handler := signal.getsignal(kind))}
    for kind in handlers:
        signal.signal(kind, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        for kind, handler in handlers.items():
            signal.signal(kind, handler)
        for number, frame in came:
            handlers[signal.Signals(number)](number, frame)
