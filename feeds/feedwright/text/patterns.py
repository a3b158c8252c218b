"""Patterns that are compiled when they are first asked for: most runs need few of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial


def late(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """What gives a pattern, and compiles it when that is first asked for.

    Args:
        pattern, flags: as `re.compile` takes them.
    """
    return cache(partial(re.compile, pattern, flags))
