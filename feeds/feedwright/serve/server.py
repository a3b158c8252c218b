"""Runs the application on granian."""

from __future__ import annotations

import logging
import socket
from contextlib import suppress
from functools import partial
from types import ModuleType
from typing import Any

from feedwright.errors import FeedsError, Problem, StateError
from feedwright.serve.application import Application
from feedwright.serve.reload import Where, described
from feedwright.sources.site import nearest
from feedwright.visible import visible, visible_lines

HEADER_SECONDS = 10
"""Within which a client must have sent the header of its request, the next one on the same connection too."""

HEADER_BYTES = 16_384
"""That it may have at most."""

END_SECONDS = 5
"""Within which answers that are on their way are finished when it is told to end."""

FILES = (65_536, 10_240)
"""Open files that are asked for, and if these are too many."""

_HANDLERS = {"console": "generic", "access": "access"}
_FORMATS = {"generic": "[%(levelname)s] %(message)s", "access": "%(message)s"}
_LOG_FORMAT = "%(time)s %(addr)s %(method)s %(path)r %(status)d %(dt_ms).3f ms"
"""A path is quoted: whoever asks may have put anything into it."""


def ready(where: Where, host: str, port: int) -> tuple[Problem, ...]:
    """Look at all that a server needs before it is started; what is wrong and does not keep it from serving.

    Raises:
        FeedsError: it cannot serve.
    """
    if not where.out.is_dir():
        near = nearest(where.out)
        what = "is a file, not a folder" if where.out.exists() else "there is no such folder"
        hint = "Build into it first, or name the folder that is to be served."
        hint = f"Did you mean {near}? {hint}" if near and near.is_dir() else hint
        raise FeedsError(Problem("error", "out-missing", str(where.out), what, hint))
    _granian()
    try:
        problems = described(where).delivery.problems
    except StateError as error:
        problems = error.problems
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0], address[1]) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address[4])
    except (OSError, OverflowError) as error:
        what = f"cannot listen on {host}, port {port}: {error}"
        raise FeedsError(Problem("error", "port-unusable", "", what, "Name others with --host and --port.")) from error
    return problems


def serve(where: Where, host: str = "127.0.0.1", port: int = 8000, workers: int = 1, *, log: bool = False) -> None:
    """Serve a folder until it is told to end by SIGTERM or SIGINT.

    Args:
        workers: processes.
        log: whether each request is a line on standard error.

    Raises:
        FeedsError: it cannot be served.
    """
    granian = _granian()
    _raise_limit_of_files()
    # Its parts, which it loads itself.
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    server = granian.Granian(
        "feeds",
        host,
        port,
        interface=Interfaces.RSGI,
        workers=workers,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=HEADER_BYTES),
        log_level="warning",
        log_dictconfig=_logging(),
        log_access=log,
        log_access_format=_LOG_FORMAT,
        workers_kill_timeout=END_SECONDS,
    )
    server.serve(target_loader=partial(Application, where), wrap_loader=False)


def _raise_limit_of_files() -> None:
    """Let connections and files be as many as the system lets us have: the usual limit is meant for other programs."""
    try:
        import resource  # not on every system
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in FILES:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if soft == resource.RLIM_INFINITY or soft >= most:
            return
        # macOS says that there is no limit, and has one.
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            return


def _granian() -> ModuleType:
    try:
        import granian  # an extra
    except ImportError as error:
        hint = "Install it with: pip install 'feedwright[serve]'"
        raise FeedsError(Problem("error", "serve-missing", "", f"serving needs granian: {error}", hint)) from error
    return granian


def _logging() -> dict[str, Any]:
    """All that granian says, on standard error."""
    handler = {"class": "logging.StreamHandler", "stream": "ext://sys.stderr"}
    return {
        "formatters": {form: {"()": VisibleLines, "fmt": fmt} for form, fmt in _FORMATS.items()},
        "handlers": {name: {**handler, "formatter": form} for name, form in _HANDLERS.items()},
    }


class VisibleLines(logging.Formatter):
    """A record is a line, whatever strangers have put into it; a traceback has several."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return visible(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        return visible_lines(super().formatException(ei))
