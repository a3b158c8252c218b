"""Whether something is as we wrote it."""

from __future__ import annotations

from zlib import crc32


def checksum(written: bytes) -> bytes:
    """Eight bytes that are others for bytes that are damaged or another's, but by an accident that nobody will see.

    They keep no one out who means to deceive: who can write here needs no such means.
    """
    return crc32(written).to_bytes(4) + (len(written) & 0xFFFFFFFF).to_bytes(4)
