"""Feeds of a site that an engine built, by its pages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from feedwright.pipeline import Options, build
from feedwright.publish.report import Report
from tests.engines.engine import EngineSite

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
HOST = "https://news.example"


class Entry(NamedTuple):
    """An article in a feed.

    Args:
        address: from the host on.
        body: HTML.
    """

    id: str
    address: str
    title: str
    body: str


def configure(site: EngineSite, more: str = "") -> EngineSite:
    """Write the site's site.toml: it takes all from the pages, and nothing says how the engine makes addresses."""
    pages = {"folder": "public", "body": site.engine.body, "drop": list(site.engine.drop)}
    lines = [f"{key} = {json.dumps(value)}" for key, value in pages.items()]
    text = f"""title = "The Dunwich News"
url = "{HOST}{site.engine.base}"
language = "en"
content = {json.dumps(site.engine.content)}
limit = 0
all_languages = true
extras = []
stylesheet = false
{more}
[pages]
"""
    (site.folder / "site.toml").write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
    return site


def out_of(site: EngineSite) -> Path:
    """The folder of the site's feeds."""
    return site.folder.with_name(f"{site.folder.name}.out")


def build_feeds(site: EngineSite, now: datetime = NOW, **options: bool) -> Report:
    """As cron does after the engine."""
    return build(site.folder, out_of(site), now=now, options=Options(**options))


def entries(site: EngineSite) -> dict[str, Entry]:
    """What the site's feeds show: the article's file, without its suffix -> the entry."""
    found = {}
    for document in sorted(out_of(site).rglob("*.json")):
        items = json.loads(document.read_bytes())["items"]
        assert len({item["id"] for item in items}) == len(items)
        for item in items:
            key = unquote(item["id"].split(":", 2)[2])
            found[key] = Entry(item["id"], item["url"].removeprefix(HOST), item["title"], item.get("content_html", ""))
    return found


def name_of(key: str) -> str:
    """A source's path without its suffix, as ids have it."""
    return key.rpartition(".")[0]


def tree(site: EngineSite) -> dict[str, tuple[int, bytes]]:
    """Every document, and when it was written."""
    files = sorted(path for path in out_of(site).rglob("*") if path.is_file() and path.name != ".feeds.lock")
    return {str(path.relative_to(out_of(site))): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}
