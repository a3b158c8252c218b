"""Moments at which no signal may break in."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""Those that end a run: Ctrl-C, and what a service is ended with."""


class _Later(list[tuple[int, FrameType | None]]):
    """A handler that notes which signals came."""

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.append((number, frame))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Signals that would end the run by what their handlers raise do so at the end of this."""
    if threading.current_thread() is not threading.main_thread():
        # Handlers run in the main thread alone.
        yield
        return
    handlers = {kind: handler for kind in SIGNALS if callable(handler := signal.getsignal(kind))}
    if any(isinstance(handler, _Later) for handler in handlers.values()):
        # Within what is undisturbed, all is.
        yield
        return
    came = _Later()
    for kind in handlers:
        signal.signal(kind, came)
    try:
        yield
    finally:
        for kind, handler in handlers.items():
            signal.signal(kind, handler)
        for number, frame in came:
            handlers[signal.Signals(number)](number, frame)
