"""GitHub Pages, which has no settings: copies of feeds where readers ask for them. Source: docs.github.com/pages."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from feedwright.config import Config
from feedwright.serve.delivery import Delivery, Served
from feedwright.serve.snippets import scripts

_SAID = (
    "GitHub Pages has no settings of this kind. It cannot send Link (hubs are found in the feeds anyway), nor",
    "410 (what was pruned is answered with 404), and everything may be kept for 10 minutes. Media types go by the",
    'suffix: .xml is application/xml, which readers take; path = { rss = "feed.rss", atom = "feed.atom" } is right.',
    "It compresses by itself, gives ETags, and lets web pages of other sites read all. It has no redirects: so each",
    "old URL gets a copy of the feed, which names its present address. Copies in folders are sent as text/html,",
    "since only an index.html is found there; most readers look at the content, but not all do.",
)


def text(delivery: Delivery, config: Config, out: Path) -> str:
    """A script that makes the copies."""
    return "\n".join(
        (
            *scripts.head(delivery, out, "GitHub Pages", "github-pages", *_SAID),
            "# Without it, files whose names begin with an underscore are left out.",
            ": > .nojekyll",
            *_copies(delivery),
            "",
        )
    )


def _copies(delivery: Delivery) -> Iterator[str]:
    by_url = {one.self_url: one for one in delivery.documents.values()}
    for served in scripts.folders(delivery):
        yield _copy(served, served.address)
    for one in delivery.redirects.values():
        if not one.kept_up:
            yield _copy(by_url[one.target], one.address)


def _copy(served: Served, address: str) -> str:
    to = f"{address}index.html" if address.endswith("/") else address
    source, target = (shlex.quote(f"./{path}") for path in (served.path, to))
    folder = shlex.quote(f"./{to}".rpartition("/")[0])
    return f"[ ! -f {source} ] || {{ mkdir -p {folder} && cp {source} {target}; }}"
