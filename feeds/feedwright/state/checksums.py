"""Whether something is as we wrote it."""

from __future__ import annotations

from hashlib import sha256


def checksum(written: bytes) -> bytes:
    """Eight bytes that are others for other bytes, but by an accident that nobody will live to see."""
    # Where processors know it, which most do, it takes a third of what others take.
    return sha256(written).digest()[:8]
