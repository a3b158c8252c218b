"""The path below which a site stands, as its pages link one another: nothing in the folder's own paths says it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from feedwright.pages.addresses import decoded, stem

SAMPLE = 50
"""Pages that are enough to tell."""

_TARGET = re.compile(rb"<a\b[^<>]{0,500}?\bhref\s{0,9}=\s{0,9}[\"']?(/(?!/)[^\"'<>\s#?]{0,500})", re.IGNORECASE)
_DEEPEST = 3
_MOST = 0.8
_FEWEST = 5


def path_of_site(pages: Iterable[bytes], paths: Iterable[str]) -> str:
    """The path of a site's address: "/" or "/blog/"; empty where its pages do not tell.

    Args:
        pages: some of them.
        paths: of all, below the folder.
    """
    stems = {stem(decoded(path)) for path in paths}
    found: Counter[str] = Counter()
    total = 0
    for html in pages:
        # A theme's links stand on each page, so that each counts once.
        for target in {one.decode("utf-8", "replace") for one in _TARGET.findall(html)}:
            parts = decoded(target).lstrip("/").split("/")
            total += 1
            for depth in range(min(_DEEPEST, len(parts)) + 1):
                if stem("/".join(parts[depth:])) in stems:
                    found["".join(f"{part}/" for part in parts[:depth])] += 1
    best = max(sorted(found), key=lambda prefix: (found[prefix], -len(prefix)), default=None)
    if best is None or total < _FEWEST or found[best] < _MOST * total:
        return ""
    return f"/{best}"
