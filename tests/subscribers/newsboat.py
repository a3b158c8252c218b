"""newsboat: entries by their guids, in a database of its own; what changes is taken over, and nothing marked again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from tests.subscribers.subscriber import Held, Poll, Subscriber, version_of


def _subscribe(folder: Path, urls: Mapping[str, str]) -> Poll:
    # In one database, an entry is in one feed alone: that which had its guid last.
    for format_, url in urls.items():
        (folder / format_).mkdir()
        (folder / format_ / "config").write_text("")
        (folder / format_ / "urls").write_text(f"{url}\n")
    return lambda: {format_: _polled(folder / format_) for format_ in urls}


def _polled(folder: Path) -> Sequence[Held]:
    places = ["-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config")]
    log = folder / "log"
    log.unlink(missing_ok=True)
    command = ["newsboat", *places, "-d", str(log), "-l", "1", "-x", "reload"]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=60)
    assert "rror while retrieving" not in log.read_text(), log.read_text()
    with closing(sqlite3.connect(folder / "cache.db")) as database, database:
        rows = database.execute("SELECT guid, title, url, content, unread FROM rss_item").fetchall()
        database.execute("UPDATE rss_item SET unread = 0")
        # Its libcurl takes two documents of the same second for one, whatever their ETags.
        database.execute("UPDATE rss_feed SET lastmodified = 0")
    return [
        Held(guid, f"{title} {content}", bool(unread), version_of(title, link, content))
        for guid, title, link, content, unread in rows
    ]


NEWSBOAT = Subscriber(
    "newsboat",
    ("rss", "atom"),
    lambda: "" if shutil.which("newsboat") else "needs newsboat",
    _subscribe,
    notices=frozenset({"body", "title", "link"}),
)
