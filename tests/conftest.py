"""A small language for real sites on a real disk."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from feedwright import formats
from feedwright.pipeline import Options, build
from feedwright.publish.report import Report
from tests import site_schema

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SHARED = Path(__file__).parents[2] / "shared"
LOCK = ".feeds.lock"
"""The one file in the output folder that is no document: it stays, and nothing is ever written into it."""
SITE = 'title = "Tides"\nurl = "https://tides.example/"\n'
FEEDS_ALONE = ("extras = []\n", "stylesheet = false\n")
"""Most tests are about feeds; what is made beside them has tests of its own, and is in all that are about faults."""


MEMORY = Path("/dev/shm")
"""Where there is room, the tests' sites are here: that each file is flushed to a disk takes longer than all else."""
if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2 << 30:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


# Each command that the tests start would compile all modules again, where a machine is told to keep no bytecode.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A shell's job in the background ignores Ctrl-C, and so would every command that the tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a third of the time tests wait, for clocks, locks and other processes."""
    return (os.cpu_count() or 1) + 1


def folders_of(keys: Iterable[str]) -> Counter[str]:
    """The folders of files -> how many of these they hold."""
    return Counter(key.rpartition("/")[0] for key in keys)


def documents(*folders: str) -> tuple[str, ...]:
    """The documents of the feeds in some folders ("" or "tag/x/"), in every format, in order."""
    names = [formats.load(name).file_name for name in formats.NAMES]
    return tuple(sorted(f"{folder}{name}" for folder in folders for name in names))


@dataclass
class SiteOnDisk:
    """A content folder and what is built from it."""

    root: Path
    now: datetime = NOW

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def out(self) -> Path:
        return self.root / "out"

    def configure(self, more: str = "", site: str = SITE, alone: tuple[str, ...] = FEEDS_ALONE) -> SiteOnDisk:
        lines = [line for line in alone if line.partition("=")[0] not in site + more]
        return self.write("site.toml", site + "".join(lines) + more)

    def write(self, name: str, text: str | bytes) -> SiteOnDisk:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def article(self, name: str, body: str = "Water comes and goes.", **fields: object) -> SiteOnDisk:
        """An article with YAML front matter; `date` is 2024-01-01 where none is given."""
        values = {"title": name.rpartition("/")[2].removesuffix(".md"), "date": "2024-01-01", **fields}
        head = "\n".join(f"{key}: {value}" for key, value in values.items() if value is not None)
        return self.write(name, f"---\n{head}\n---\n{body}\n")

    def build(self, now: datetime | None = None, **options: Any) -> Report:
        return build(self.content, self.out, now=now or self.now, options=Options(**options))

    def feed(self, path: str = "atom.xml") -> feedparser.FeedParserDict:
        """What a reader sees of a document."""
        parsed = feedparser.parse((self.out / path).read_bytes())
        assert not parsed.bozo, parsed.bozo_exception
        return parsed

    def titles(self, path: str = "atom.xml") -> list[str]:
        if path.endswith(".json"):
            return [item.get("title", "") for item in json.loads((self.out / path).read_bytes())["items"]]
        return [entry.get("title", "") for entry in self.feed(path).entries]

    def tree(self) -> dict[str, bytes]:
        """Every file of the output folder."""
        files = sorted(path for path in self.out.rglob("*") if path.is_file() and path.name != LOCK)
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(autouse=True, scope="session")
def _site_schema() -> Iterator[None]:
    """Each `site.toml` that a test reads is what the schema of these says that it is."""
    with site_schema.held_against():
        yield


@pytest.fixture
def site(tmp_path: Path) -> SiteOnDisk:
    """A configured site without articles."""
    return SiteOnDisk(tmp_path).configure()


@pytest.fixture
def shared() -> Path:
    """The folder of real posts, feeds and pages that stands beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder of real posts beside the checkout (../shared)")
    return SHARED
