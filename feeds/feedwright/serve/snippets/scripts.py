"""Shell scripts, which hosts of static sites need: what is to be run after each build, before all is uploaded."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from feedwright.serve.delivery import Delivery, Served
from feedwright.serve.snippets import rules

_END = "FEEDWRIGHT"


def head(delivery: Delivery, out: Path, host: str, name: str, *said: str) -> Iterator[str]:
    """How a script begins.

    Args:
        host: as it calls itself.
        name: of the snippet.
        said: what is to be known about the host, in lines.
    """
    folder = rules.sayable(out, "a script")
    yield "#!/bin/sh"
    yield f"# Feedwright: has {host} serve {folder} as {delivery.site.feeds_url}"
    yield f"# Run it after each build, before the folder is uploaded: feeds snippets {name} ... | sh"
    yield from (f"# {line}" for line in said)
    yield "set -eu"
    yield f"cd {shlex.quote(folder)}"


def file(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Commands that write a file of lines none of which is the mark that ends it."""
    yield f"cat > {name} <<'{_END}'"
    yield from lines
    yield _END


def url_path(delivery: Delivery, address: str) -> str:
    """An address as it is asked for: a path of a URL."""
    return rules.raw_root(delivery) + quote(address)


def files_of_rules(delivery: Delivery) -> Iterator[str]:
    """What is to be said of `_headers` and `_redirects` where the feeds are in a folder of what is uploaded."""
    if rules.raw_root(delivery) != "/":
        yield f"Move both to the root of what is uploaded, of which this folder is {rules.raw_root(delivery)}."


def folders(delivery: Delivery) -> list[Served]:
    """Feeds that are served as folders, which hosts know with an `index.html` alone."""
    return [one for one in delivery.documents.values() if one.address != one.path]


def everything(delivery: Delivery) -> list[Served]:
    """All documents that were published, as far as the root is ours."""
    others = [one for one in delivery.others if one.path != "index.html" or rules.own_space(delivery)]
    return [*delivery.documents.values(), *others]


def moved_files(delivery: Delivery) -> Iterator[tuple[str, str]]:
    """Former addresses of articles as files below the root of the host, and where each leads.

    A folder's address without its slash leads to that with it by itself.
    """
    paths = {one.path for one in delivery.moved}
    for path, target in delivery.moved:
        if f"{path}/" not in paths:
            yield path.removeprefix("/") + ("index.html" if path.endswith("/") else ""), target
