"""FreshRSS, where FEEDS_FRESHRSS names its folder: entries by guid, taken over anew where a hash of them changes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import quoteattr

from tests.subscribers.subscriber import Held, Poll, Subscriber

_PROGRAM = os.environ.get("FEEDS_FRESHRSS", "")


def _needs() -> str:
    if not shutil.which("php"):
        return "needs php"
    return "" if Path(_PROGRAM, "cli/do-install.php").is_file() else "needs FreshRSS in FEEDS_FRESHRSS"


def _run(folder: Path, script: str, *arguments: str) -> None:
    command = ["php", f"cli/{script}.php", *arguments]
    environment = {**os.environ, "DATA_PATH": str(folder / "data")}
    done = subprocess.run(command, cwd=_PROGRAM, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def _outline(format_: str, url: str) -> str:
    return f"<outline type='{'JSONFeed' if format_ == 'json' else 'rss'}' text='{format_}' xmlUrl={quoteattr(url)}/>"


def _subscribe(folder: Path, urls: Mapping[str, str]) -> Poll:
    shutil.copytree(Path(_PROGRAM, "data"), folder / "data")
    _run(folder, "do-install", "--default-user", "subscriber", "--db-type", "sqlite", "--auth-type", "none")
    _run(folder, "create-user", "--user", "subscriber")
    database_file = folder / "data/users/subscriber/db.sqlite"
    with closing(sqlite3.connect(database_file)) as database, database:
        database.execute("DELETE FROM feed")
    outlines = "".join(_outline(format_, url) for format_, url in urls.items())
    opml = folder / "feeds.opml"
    opml.write_text(f"<opml version='2.0'><head><title>Feeds</title></head><body>{outlines}</body></opml>")
    _run(folder, "import-for-user", "--user", "subscriber", "--filename", str(opml))
    with closing(sqlite3.connect(database_file)) as database, database:
        by_url = {url: number for number, url in database.execute("SELECT id, url FROM feed")}
    # By number: it notes the new URL of a feed that moved.
    formats = {by_url[url]: format_ for format_, url in urls.items()}

    def poll() -> Mapping[str, Sequence[Held]]:
        for cached in (folder / "data/cache").iterdir():  # by these it would ask no server again within minutes
            cached.unlink()
        with closing(sqlite3.connect(database_file)) as database, database:
            database.execute("UPDATE feed SET lastUpdate = 1 WHERE lastUpdate > 1")
        _run(folder, "actualize-user", "--user", "subscriber")
        held: dict[str, list[Held]] = {format_: [] for format_ in urls}
        with closing(sqlite3.connect(database_file)) as database, database:
            assert database.execute("SELECT url FROM feed WHERE error > 0").fetchall() == []
            query = "SELECT id_feed, guid, title, content, is_read, hex(hash) FROM entry"
            rows = database.execute(query).fetchall()
            database.execute("UPDATE entry SET is_read = 1")
        for feed, guid, title, content, is_read, hash_ in rows:
            held[formats[feed]].append(Held(guid, f"{title} {content}", not is_read, hash_))
        return held

    return poll


FRESHRSS = Subscriber(
    "freshrss",
    ("rss", "atom", "json"),
    _needs,
    _subscribe,
    notices=frozenset({"body", "title", "link", "terms", "author"}),
    blind={"json": frozenset({"author"})},
    costly=True,
)
