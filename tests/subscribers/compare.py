"""What the readers that are here see of Feedwright's feeds, and of Hugo's.

`python -m tests.subscribers.compare` prints it as a table.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from tests.subscribers.changes import Change
from tests.subscribers.hugo import NAMES, Hugo, NotThere
from tests.subscribers.newsroom import Feedwright
from tests.subscribers.seen import Seen, lived
from tests.subscribers.test_changes import FILES, SUBSCRIBERS, TABLE

HERE = tuple(one for one in SUBSCRIBERS if not one.needs())


def said(seen: Mapping[tuple[str, str], Seen]) -> str:
    """What all saw, and where some alone did, how many of how many."""
    counted = Counter(
        f"{kind}: {'all' if len(names) > 4 else ' '.join(names)}"
        for found in seen.values()
        for kind, names in zip(Seen._fields, found, strict=True)
        if names
    )
    return "; ".join(f"{what} ({number} of {len(seen)})" for what, number in counted.items()) or "nothing"


def of_feedwright(change: Change, root: Path) -> str:
    """What is seen of a change to our feeds, in all formats."""
    site = Feedwright(root / "feedwright")
    paths = {format_: TABLE[change].feed + name for format_, name in FILES.items()}
    return said(lived(change, site, HERE, paths, ("--content", str(site.content))))


def of_hugo(change: Change, root: Path) -> str:
    """The same of Hugo's RSS, and how many readers end without a feed."""
    seen: dict[tuple[str, str], Seen] = {}
    lost = 0
    path = f"{NAMES[TABLE[change].feed]}index.xml"
    for subscriber in HERE:
        site = Hugo(root / f"hugo-{subscriber.name}")
        try:
            seen |= lived(change, site, [subscriber], {"rss": path})
        except NotThere:
            return "–"
        except Exception:  # each has its own
            if (site.out / path).exists():
                raise
            lost += 1
    ended = f"the feed is not there any more ({lost} of {len(HERE)})" if lost else ""
    return "; ".join(part for part in (ended, said(seen) if seen else "") if part)


def main() -> None:
    """Print the table."""
    print(f"Readers: {', '.join(one.name for one in HERE)}\n")
    print("| change | Feedwright: RSS, Atom, JSON | Hugo: RSS |\n|---|---|---|")
    for change in TABLE:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            row = (change.__name__.replace("_", " "), of_feedwright(change, root), of_hugo(change, root))
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
