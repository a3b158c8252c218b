"""How much of an answer is read, and for how long."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib

import pytest

from feedwright.web.bounds import NotSoCodedError, TooLargeError, content, within

TEXT = b"Tides " * 1000


def raw(text: bytes) -> bytes:
    """What some servers call "deflate"."""
    coder = zlib.compressobj(wbits=-15)
    return coder.compress(text) + coder.flush()


@pytest.mark.parametrize(
    ("coding", "came"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT, mtime=0)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw(TEXT)),
    ],
)
def test_what_comes_is_expanded_as_it_says(coding: str, came: bytes) -> None:
    assert content([came[:10], came[10:]], coding, 10_000) == TEXT
    assert content([], coding, 10_000) == b""


def test_neither_what_comes_nor_what_it_expands_to_may_be_too_long() -> None:
    assert content([TEXT], "", len(TEXT)) == TEXT
    assert content([gzip.compress(TEXT, mtime=0)], "gzip", len(TEXT)) == TEXT
    for coding, came in (("", TEXT), ("gzip", gzip.compress(TEXT, mtime=0)), ("deflate", raw(TEXT))):
        with pytest.raises(TooLargeError):
            content([came], coding, len(TEXT) - 1)


def test_no_more_is_expanded_than_is_read() -> None:
    bomb = gzip.compress(bytes(100 * 2**20))
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        content([bomb], "gzip", 2**20)
    assert tracemalloc.get_traced_memory()[1] < 10 * 2**20
    tracemalloc.stop()


@pytest.mark.parametrize("came", [TEXT, gzip.compress(TEXT, mtime=0)[:-1], b"\x1f"])
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_what_is_not_so_coded_or_cut_off_is_refused(coding: str, came: bytes) -> None:
    with pytest.raises(NotSoCodedError):
        content([came], coding, 10_000)


def test_work_is_not_waited_for_without_end() -> None:
    assert within(5, lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        within(0.1, lambda: time.sleep(2))
    assert time.monotonic() - began < 1
