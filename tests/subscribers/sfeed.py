"""sfeed: lines of text, each told apart by id, title and link, that stay as they first came.

By itself it follows no redirects, and reports them; here it is told to.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.subscribers.subscriber import Held, Poll, Subscriber, version_of

_SETTINGS = """sfeedpath={folder}/feeds
fetch() {{ curl -L -f -s -m 20 "$2"; }}
feeds() {{
{feeds}
}}
"""


def _subscribe(folder: Path, urls: Mapping[str, str]) -> Poll:
    feeds = "\n".join(f"feed {format_} '{url}'" for format_, url in urls.items())
    (folder / "sfeedrc").write_text(_SETTINGS.format(folder=folder, feeds=feeds))
    (folder / "feeds").mkdir()
    known: set[tuple[str, str]] = set()

    def poll() -> Mapping[str, Sequence[Held]]:
        done = subprocess.run(["sfeed_update", str(folder / "sfeedrc")], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        held: dict[str, list[Held]] = {}
        for format_ in urls:
            lines = (folder / "feeds" / format_).read_text().splitlines()
            held[format_] = [_held(format_, line, known) for line in lines]
        return held

    return poll


def _held(format_: str, line: str, known: set[tuple[str, str]]) -> Held:
    _, title, link, content, _, id_, *_ = line.split("\t")
    key = "\t".join((id_, title, link))
    unread = (format_, key) not in known
    known.add((format_, key))
    return Held(key, f"{title} {content}", unread, version_of(line))


def _needs() -> str:
    missing = [name for name in ("sfeed_update", "curl") if not shutil.which(name)]
    return f"needs {' and '.join(missing)}" if missing else ""


SFEED = Subscriber(
    "sfeed", ("rss", "atom"), _needs, _subscribe, notices=frozenset(), apart=frozenset({"title", "link"})
)
