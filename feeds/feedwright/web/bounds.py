"""Bounds of an answer: in time, and in size, as it comes and as it is when it is expanded."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterable
from typing import TypeVar

CODINGS = {"": 0, "identity": 0, "gzip": 31, "x-gzip": 31, "deflate": 15}
"""Content-Encoding -> what zlib is told; 0 for what is as it is. Source: RFC 9110 §8.4.1."""

_RAW = -15
T = TypeVar("T")


class TooLargeError(ValueError):
    """It has more bytes than are read."""


class NotSoCodedError(ValueError):
    """It is not coded as it says."""


def content(parts: Iterable[bytes], coding: str, most: int) -> bytes:
    """What comes, expanded; neither the one nor the other is longer than what is read.

    Args:
        parts: as they come.
        coding: one of `CODINGS`.
        most: bytes.

    Raises:
        TooLargeError, NotSoCodedError: it cannot be had.
    """
    came = bytearray()
    for part in parts:
        came += part
        if len(came) > most:
            raise TooLargeError
    if not CODINGS[coding] or not came:
        return bytes(came)
    # Some servers leave the header of "deflate" away (RFC 9110 §8.4.1.2).
    is_raw = coding == "deflate" and (came[0] & 15 != 8 or int.from_bytes(came[:2]) % 31 != 0)
    return _expanded(bytes(came), _RAW if is_raw else CODINGS[coding], most)


def _expanded(came: bytes, window: int, most: int) -> bytes:
    decoder = zlib.decompressobj(window)
    try:
        found = decoder.decompress(came, most + 1)
    except zlib.error as error:
        raise NotSoCodedError from error
    if len(found) > most:
        raise TooLargeError
    if not decoder.eof:
        raise NotSoCodedError
    return found


def within(seconds: float, work: Callable[[], T]) -> T:
    """What work returns or raises, where it is done in time; else it is left to itself.

    Looking up a name cannot be broken off: such a thread must not keep the process from ending.

    Raises:
        TimeoutError: it is not done yet.
    """
    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]
