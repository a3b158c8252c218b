"""Processes that share the work of one run, and end with it."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import Empty, SimpleQueue
from traceback import format_exception
from typing import Any, ParamSpec, TypeVar

from feedwright.signals import SIGNALS, undisturbed

P = ParamSpec("P")
T = TypeVar("T")


class _Processes(ThreadPoolExecutor):
    """An executor of processes, of which each is asked through a pipe of its own.

    The pool of the standard library has one pipe for all results: where a process is killed while it writes into that,
    the others, and the run, wait for ever.
    """

    def __init__(self, jobs: int) -> None:
        super().__init__(jobs)
        self.idle: SimpleQueue[Connection] = SimpleQueue()
        self.over = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See `Executor.submit`."""
        return super().submit(self._asked, fn, args, kwargs)

    def _asked(self, work: Callable[..., T], args: tuple[Any, ...], rest: dict[str, Any]) -> T:
        try:
            connection = self.idle.get_nowait()
            connection.send((work, args, rest))
            result, error = connection.recv()
        except (Empty, EOFError, OSError):
            if self.over:
                raise BrokenExecutor("the run is over") from None
            # The system, short of memory, ends processes; what one was asked is done here, and it is asked no more.
            return work(*args, **rest)
        self.idle.put(connection)
        if error:
            raise error
        done: T = result
        return done


@contextmanager
def pool(jobs: int) -> Iterator[Executor]:
    """An executor of some processes.

    They are started afresh, so that none inherits a lock or a database, and end when this process does, however.
    """
    executor = _Processes(jobs)
    processes: list[SpawnProcess] = []
    try:
        # It starts with the first process, and then lets signals through.
        resource_tracker.ensure_running()
        # A process that comes up while this one goes down has much to say about it.
        with undisturbed():
            _start(jobs, processes, executor.idle)
        yield executor
    finally:
        with undisturbed():
            executor.over = True
            for process in processes:
                process.kill()
                process.join()
            executor.shutdown(cancel_futures=True)


def _start(jobs: int, processes: list[SpawnProcess], idle: SimpleQueue[Connection]) -> None:
    """Start processes, as many as can be had, and wait until they are up."""
    context = multiprocessing.get_context("spawn")
    connections = []
    # They inherit this, and hear nothing until they are up.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        with suppress(OSError):
            for _ in range(jobs):
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs,), daemon=True)
                process.start()
                processes.append(process)
                theirs.close()
                connections.append(ours)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    for connection in connections:
        with suppress(EOFError, OSError):
            connection.recv()
            idle.put(connection)


def _serve(connection: Connection) -> None:
    """Do what is asked, until nobody is there to ask."""
    # Ctrl-C reaches all of a terminal's processes; the run is the one to heed it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    with suppress(EOFError, OSError):
        connection.send(None)
        while True:
            connection.send(_done(*connection.recv()))


def _done(work: Callable[..., T], args: tuple[Any, ...], rest: dict[str, Any]) -> tuple[T | None, Exception | None]:
    try:
        return work(*args, **rest), None
    except Exception as error:
        error.add_note("".join(format_exception(error)))
        return None, error
