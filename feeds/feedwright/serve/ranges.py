"""Ranges of bytes (RFC 9110 §14)."""

from __future__ import annotations

import re

MOST = 16
"""Ranges in one request that are looked at; who asks for more gets the whole."""


class UnsatisfiableError(Exception):
    """Every range that was asked for begins after the last byte."""


def byte_range(field: str | None, length: int) -> tuple[int, int] | None:
    """The part that is to be sent: its first byte, and the byte after its last; None for the whole.

    What is no range of bytes is ignored, as are several ranges: a server may always answer with the whole.

    Args:
        field: of the request, whose conditions hold.
        length: of the representation.

    Raises:
        UnsatisfiableError: it is to be answered with 416.
    """
    if field is None:
        return None
    unit, _, ranges = field.partition("=")
    wanted = [one.strip(" \t") for one in ranges.split(",")]
    wanted = [one for one in wanted if one]
    if unit.strip(" \t").lower() != "bytes" or not wanted or len(wanted) > MOST:
        return None
    found: list[tuple[int, int]] = []
    for one in wanted:
        part = re.fullmatch(r"([0-9]{0,18})-([0-9]{0,18})", one)
        if not part or part[0] == "-" or (part[1] and part[2] and int(part[2]) < int(part[1])):
            return None
        first, end = _part(part[1], part[2], length)
        if first < end:
            found.append((first, end))
        elif not part[1] and int(part[2]):
            # The last bytes of nothing: there is no such part, but it is no fault to ask for it.
            return None
    if not found:
        raise UnsatisfiableError
    return found[0] if len(found) == 1 else None


def _part(first: str, last: str, length: int) -> tuple[int, int]:
    if not first:
        return max(length - int(last), 0), length
    return int(first), min(int(last) + 1, length) if last else length
