"""Netlify: `_headers` and `_redirects`. Source: docs.netlify.com, Custom headers; Redirects and rewrites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from feedwright.config import Config
from feedwright.serve.delivery import Delivery, Served
from feedwright.serve.snippets import scripts

_SAID = (
    "It writes _headers and _redirects there. Netlify compresses by itself, and gives ETags.",
    "Netlify has no 410: what was pruned is answered with 404.",
)


def text(delivery: Delivery, config: Config, out: Path) -> str:
    """A script that writes both files."""
    return "\n".join(
        (
            *scripts.head(delivery, out, "Netlify", "netlify", *_SAID, *scripts.files_of_rules(delivery)),
            *scripts.file("_headers", _headers(delivery)),
            *scripts.file("_redirects", _redirects(delivery)),
            "",
        )
    )


def _headers(delivery: Delivery) -> Iterator[str]:
    # No patterns: what two rules set for the same document would be set twice.
    for one in scripts.everything(delivery):
        for address in dict.fromkeys((one.address, one.path)):
            yield scripts.url_path(delivery, address)
            yield from fields(one)


def fields(one: Served) -> Iterator[str]:
    """The lines of a rule that say what is set."""
    return (f"  {name}: {value}" for name, value in one.headers.items())


def _redirects(delivery: Delivery) -> Iterator[str]:
    for one in delivery.redirects.values():
        # Also where a file is there, as at former addresses.
        yield f"{scripts.url_path(delivery, one.address)} {one.target} 301!"
    for served in scripts.folders(delivery):
        paths = scripts.url_path(delivery, served.address), scripts.url_path(delivery, served.path)
        yield f"{paths[0]} {paths[1]} 200"
    yield from (f"{quote(path)} {target} 301!" for path, target in delivery.moved)
