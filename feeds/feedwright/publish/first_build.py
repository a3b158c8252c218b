"""What the first build alone tells: that terms are so many that hardly all of their feeds can be meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from feedwright.config import TERM_KINDS, Config
from feedwright.config.kinds import BY_NAME
from feedwright.config.model import nearest_line
from feedwright.errors import Problem
from feedwright.publish.plan import Plan
from feedwright.state.catalog import Catalog

MANY = 1000
"""Feeds of one kind from which on they are hardly meant."""

_LEAST = (2, 3, 5, 10, 20, 50, 100)
"""What `at_least` may be set to, of which the first is named that leaves few enough feeds."""

_UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "KB"))


def many_terms(config: Config, catalog: Catalog, plan: Plan) -> Iterator[Problem]:
    """The kinds that have very many feeds, and the two lines that mend it.

    Args:
        catalog: as it is after the build; where that was only tried, it has no sizes.
    """
    feeds = Counter(one.kind for one in plan.every)
    for kind in TERM_KINDS:
        if feeds[kind] > MANY:
            yield _many(config, catalog, kind, feeds[kind], sum(feed.kind == kind for _, feed in plan.shapes))


def _many(config: Config, catalog: Catalog, kind: str, feeds: int, documents: int) -> Problem:
    counts = [count for (of, _), count in catalog.with_members(_LEAST[-1]).items() if of == kind]
    left = {least: sum(count >= least for count in counts) for least in _LEAST}
    least = next((least for least in _LEAST if left[least] <= MANY), _LEAST[-1])
    size = catalog.bytes_of(kind)
    what = f"{feeds:,} {BY_NAME[kind].plural} make {documents:,} documents{f' ({_size(size)})' if size else ''}"
    hint = (
        f"With these two lines, only the {left[least]:,} with at least {least} articles get a feed:\n"
        f"        [kinds.{kind}]\n        at_least = {least}\n"
        "    A feed that exists stays. As long as nobody has subscribed, remove the output folder and "
        f"{config.state}, and build again."
    )
    key = f"kinds.{kind}"
    return Problem("warning", "feeds-many", str(config.file), what, hint, nearest_line(config.lines, key), key)


def _size(count: int) -> str:
    unit, name = next(((unit, name) for unit, name in _UNITS if count >= unit), (1, "bytes"))
    return f"{count / unit:.1f} {name}" if unit > 1 else f"{count} {name}"
