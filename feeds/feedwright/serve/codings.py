"""Documents in other codings: compressed once for each content, and kept in memory within a bound."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

SMALLEST = 1 << 10
"""Bytes from which a document is compressed: less fits into one packet as it is."""

LARGEST = 8 << 20
"""Bytes up to which it is: that takes a second, once."""

MOST = 32 << 20
"""Bytes that are kept, in all; what was asked for longest ago goes first, and is made anew when it is asked for."""

GZIP_LEVEL = 6
BROTLI_QUALITY = 5
"""Measured on feeds of 40 KB: gzip at 6 leaves 29.1 % of them in 0.8 ms, at 9 29.0 % in 0.9 ms; brotli at 5 27.5 % in
0.8 ms, at 10 24.0 % in 11 ms, at 11 23.5 % in 32 ms. Most polls are answered with 304, and most readers take no brotli.
(zstd at 19 leaves 27.9 % in 9 ms, and whoever reads it reads brotli.)"""

_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Coded:
    """A document's content in a coding.

    Args:
        of: the entity tag of the document.
        etag: strong: derived from its bytes alone.
    """

    of: str
    coding: str
    etag: str
    length: int


class Compressed:
    """What documents are in codings, as far as it is kept; documents of the same content share it.

    Args:
        codings: that are made, the shortest first.
        most: bytes that are kept.
    """

    def __init__(self, codings: tuple[str, ...], most: int = MOST) -> None:
        self.codings = codings
        self.most = most
        self.size = 0
        self.kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self.lock = Lock()

    def content(self, of: str, document: bytes, coding: str) -> bytes:
        """A document in a coding, which is kept from now on where it is shorter.

        Args:
            of: the document's entity tag.
        """
        found = self.bytes_of(of, coding)
        if found is None:
            found = compressed(document, coding)
            if len(found) < len(document):
                self._keep((of, coding), found)
        return found

    def bytes_of(self, of: str, coding: str) -> bytes | None:
        """A document in a coding; None where it is not kept any more."""
        with self.lock:
            found = self.kept.get((of, coding))
            if found is not None:
                self.kept.move_to_end((of, coding))
            return found

    def _keep(self, key: tuple[str, str], content: bytes) -> None:
        with self.lock:
            self.size += len(content) - len(self.kept.pop(key, b""))
            self.kept[key] = content
            while self.size > self.most:
                self.size -= len(self.kept.popitem(last=False)[1])


def available() -> tuple[str, ...]:
    """The codings that can be made here, the shortest first."""
    try:
        import brotli  # noqa: F401  # an extra
    except ImportError:
        return ("gzip",)
    return ("br", "gzip")


def compressed(document: bytes, coding: str) -> bytes:
    """A document in a coding: the same bytes each time.

    Args:
        coding: an available one.
    """
    if coding == "br":
        import brotli

        made: bytes = brotli.compress(document, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
        return made
    # What zlib writes has neither a time nor a name in it.
    return zlib.compress(document, GZIP_LEVEL, _GZIP)
