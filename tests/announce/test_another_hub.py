"""A hub of another make (Flask-WebSub) takes our pings, and subscribers get what it fetches then."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import feedparser
import httpx
import pytest

from tests.announce.conftest import KINDS
from tests.conftest import NOW, SiteOnDisk

SERVER = Path(__file__).with_name("flask_hub.py")


@pytest.fixture
def folder(site: SiteOnDisk) -> Path:
    found = site.root / "hub"
    found.mkdir()
    site.out.mkdir()
    return found


@pytest.fixture
def address(site: SiteOnDisk, folder: Path) -> Iterator[str]:
    """Where hub, feeds and subscriber are."""
    argv = [sys.executable, str(SERVER), str(site.out), str(folder)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port, (folder / "log").read_text()
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.kill()
        process.communicate()


def delivered(folder: Path, count: int) -> list[list[str]]:
    """The titles in each delivery, once there are so many."""
    until = time.monotonic() + 10
    while len(found := sorted(folder.glob("*.delivered"))) < count and time.monotonic() < until:
        time.sleep(0.02)
    return [[entry.title for entry in feedparser.parse(one.read_bytes()).entries] for one in found]


def test_a_subscriber_gets_an_article_as_soon_as_it_is_published(site: SiteOnDisk, address: str, folder: Path) -> None:
    site.configure(f'feeds_url = "{address}feeds/"\nhubs = ["{address}hub"]\n{KINDS}').article("a.md")
    assert site.build().problems == ()
    # A subscriber finds both addresses in the feed, and nowhere else.
    links = {link.rel: link.href for link in site.feed("rss.xml").feed.links}
    form = {"hub.mode": "subscribe", "hub.topic": links["self"], "hub.callback": f"{address}callback"}
    assert httpx.post(links["hub"], data=form).status_code == 202
    assert delivered(folder, 0) == []
    site.article("b.md", date="2024-02-01")
    report = site.build(NOW + timedelta(minutes=1))
    assert (report.problems, report.waiting) == ((), ())
    assert delivered(folder, 1) == [["b", "a"]]
    site.build(NOW + timedelta(minutes=2))
    assert len(delivered(folder, 1)) == 1
