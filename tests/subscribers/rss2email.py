"""rss2email: a mail for each entry, by its id, and one in reply where the text changes; kept in a Maildir."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

from tests.subscribers.subscriber import Held, Poll, Subscriber

_SETTINGS = """[DEFAULT]
from = feeds@example.org
to = subscriber@example.org
email-protocol = maildir
maildir-path = {folder}
maildir-mailbox = mail
reply-changes = True
verbose = warning
"""


def _program() -> str:
    return shutil.which("r2e", path=str(Path(sys.executable).parent)) or shutil.which("r2e") or ""


def _subscribe(folder: Path, urls: Mapping[str, str]) -> Poll:
    feeds = "".join(f"[feed.{format_}]\nurl = {url}\n" for format_, url in urls.items())
    (folder / "rss2email.cfg").write_text(_SETTINGS.format(folder=folder) + feeds)
    command = [_program(), "-c", str(folder / "rss2email.cfg"), "-d", str(folder / "seen.json"), "run"]
    # Where its lock is; and what a newer Python has to say of it is no fault of a feed.
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(folder), "PYTHONWARNINGS": "ignore"}
    # By its name: it notes the new URL of a feed that moved.
    lists = {f"<{format_}.localhost>": format_ for format_ in urls}
    mails: dict[tuple[str, str], list[EmailMessage]] = defaultdict(list)
    opened: set[str] = set()

    def poll() -> Mapping[str, Sequence[Held]]:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        unread: set[tuple[str, str]] = set()
        for file in sorted((folder / "mail" / "new").glob("*")):
            if file.name not in opened:
                opened.add(file.name)
                mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                key = (lists[mail["List-ID"]], mail["X-RSS-ID"])
                mails[key].append(mail)
                if not mail["In-Reply-To"]:
                    unread.add(key)
        held: dict[str, list[Held]] = {format_: [] for format_ in urls}
        for (format_, id_), all_ in mails.items():
            text = f"{all_[-1]['Subject']} {all_[-1].get_content()}"
            held[format_].append(Held(id_, text, (format_, id_) in unread, str(len(all_))))
        return held

    return poll


RSS2EMAIL = Subscriber(
    "rss2email",
    ("rss", "atom"),
    lambda: "" if _program() else "needs rss2email",
    _subscribe,
    notices=frozenset({"body"}),
    costly=True,
)
