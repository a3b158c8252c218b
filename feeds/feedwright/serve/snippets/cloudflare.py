"""Cloudflare Pages and static assets: `_headers` and `_redirects`. Source: developers.cloudflare.com/pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from feedwright.config import Config
from feedwright.serve.delivery import PLACEHOLDER, Delivery, Served, matched
from feedwright.serve.snippets import scripts
from feedwright.serve.snippets.netlify import fields

MOST_HEADERS = 100
MOST_REDIRECTS = 2000
"""Rules that Cloudflare follows; what comes after these is ignored."""

_SAID = (
    "It writes _headers and _redirects there. Cloudflare compresses by itself, and gives ETags.",
    "Cloudflare has no 410: what was pruned is answered with 404. All archive documents are kept as the newest are.",
)


def text(delivery: Delivery, config: Config, out: Path) -> str:
    """A script that writes both files."""
    served = list(_served(delivery))
    redirects = list(_redirects(delivery))
    return "\n".join(
        (
            *scripts.head(
                delivery,
                out,
                "Cloudflare Pages",
                "cloudflare",
                *_SAID,
                *scripts.files_of_rules(delivery),
                *_too_many(served, redirects),
            ),
            *scripts.file("_headers", (line for one in served for line in _rule(delivery, one))),
            *scripts.file("_redirects", redirects),
            "",
        )
    )


def _too_many(served: Sequence[Served], redirects: Sequence[str]) -> Iterator[str]:
    for name, count, most in (
        ("_headers", len(served), MOST_HEADERS),
        ("_redirects", len(redirects), MOST_REDIRECTS),
    ):
        if count > most:
            yield f"NOT ALL OF IT WORKS: Cloudflare follows {most} rules of {name}, and there are {count}."


def _served(delivery: Delivery) -> Iterator[Served]:
    """Documents and patterns, each of which but one rule is for: what two set would be set twice."""
    for one in scripts.everything(delivery):
        if not any(matched(pattern, one.path) for pattern in delivery.patterns):
            yield from (replace(one, address=address) for address in dict.fromkeys((one.address, one.path)))
    for one in delivery.patterns:
        yield from (replace(one, address=address) for address in dict.fromkeys((one.address, one.path)))


def _rule(delivery: Delivery, one: Served) -> Iterator[str]:
    path = scripts.url_path(delivery, one.address)
    self_url = one.self_url
    for name in PLACEHOLDER.findall(one.path):
        encoded = quote(f"{{{name}}}")
        path, self_url = path.replace(encoded, f":{name}"), self_url.replace(encoded, f":{name}")
    yield path
    yield from fields(replace(one, self_url=self_url))


def _redirects(delivery: Delivery) -> Iterator[str]:
    for one in delivery.redirects.values():
        yield f"{scripts.url_path(delivery, one.address)} {one.target} 301"
    for served in scripts.folders(delivery):
        yield f"{scripts.url_path(delivery, served.address)} {scripts.url_path(delivery, served.path)} 200"
    yield from (f"{quote(path)} {target} 301" for path, target in delivery.moved)
