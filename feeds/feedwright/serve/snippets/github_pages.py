"""GitHub Pages, which has no settings: copies of feeds where readers ask for them. Source: docs.github.com/pages."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from html import escape
from pathlib import Path

from feedwright.config import Config
from feedwright.serve.delivery import Delivery, Served
from feedwright.serve.snippets import rules, scripts

_SAID = (
    "GitHub Pages has no settings of this kind. It cannot send Link (hubs are found in the feeds anyway), nor",
    "410 (what was pruned is answered with 404), and everything may be kept for 10 minutes. Media types go by the",
    'suffix: .xml is application/xml, which readers take; path = { rss = "feed.rss", atom = "feed.atom" } is right.',
    "It compresses by itself, gives ETags, and lets web pages of other sites read all. It has no redirects: so each",
    "old URL gets a copy of the feed, which names its present URL. Copies in folders are sent as text/html,",
    "since only an index.html is found there; most readers look at the content, but not all do. Where an article was",
    "before, a page leads on to it, unless there is another.",
)


_MARK = "moved-article"
"""What tells pages that lead on from others."""


def text(delivery: Delivery, config: Config, out: Path) -> str:
    """A script that makes the copies."""
    return "\n".join(
        (
            *scripts.head(delivery, out, "GitHub Pages", "github-pages", *_SAID),
            "# Without it, files whose names begin with an underscore are left out.",
            ": > .nojekyll",
            *_copies(delivery),
            *_pages(delivery),
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


def _pages(delivery: Delivery) -> Iterator[str]:
    """Pages that lead on, where articles were that are below the feeds' root."""
    root = rules.root(delivery).removeprefix("/")
    files = [one for one in scripts.moved_files(delivery) if one[0].endswith((".html", ".htm"))]
    pages = [(path.removeprefix(root), target) for path, target in files if path.startswith(root)]
    if not pages:
        return
    yield "moved() {"
    yield f'  [ ! -e "$1" ] || grep -q {_MARK} "$1" || return 0'
    yield '  mkdir -p "${1%/*}" && printf \'%s\\n\' "$2" > "$1"'
    yield "}"
    yield from (f"moved {shlex.quote(f'./{path}')} {shlex.quote(_page(target))}" for path, target in pages)


def _page(target: str) -> str:
    url = escape(target)
    return (
        f'<!DOCTYPE html><html class="{_MARK}"><meta charset="utf-8"><title>Moved</title>'
        f'<link rel="canonical" href="{url}"><meta http-equiv="refresh" content="0; url={url}">'
        f'<p><a href="{url}">{url}</a>'
    )
