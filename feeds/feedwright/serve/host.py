"""The field Host: which site is meant, where a machine in between has to agree with us."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.v]++\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*+)(?::[0-9]*+)?")


def names_one_host(version: str, hosts: Sequence[str]) -> bool:
    """Whether a request has one field Host, of the right form; before HTTP/1.1 it may have none.

    Args:
        version: of HTTP, such as "1.1".
        hosts: the values of all its fields.

    Source: RFC 9112 §3.2; RFC 3986 §3.2.2.
    """
    if not hosts:
        return version in ("1", "1.0", "0.9")
    return len(hosts) == 1 and _is_host(hosts[0])


@lru_cache(maxsize=64)
def _is_host(text: str) -> bool:
    return _HOST.fullmatch(text.strip(" \t")) is not None
