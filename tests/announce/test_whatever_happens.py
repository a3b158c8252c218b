"""Whatever hubs, articles, commands and databases do: no change goes untold, and nothing is told without a change."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from feedwright.announce import dispatch
from feedwright.config import load_config
from tests.announce.conftest import KINDS
from tests.announce.hub import Hub, serving
from tests.conftest import NOW, SiteOnDisk

TAGS = ("sea", "land")
URL = "https://tides.example/"
STATES = (204, 202, 500, 503, 429, 404, 422, 0)
"""What a hub answers; 0: it is not there."""


@dataclass
class Story:
    """A site with two hubs, and for each the feeds that changed since it took them last.

    Args:
        seen: path -> bytes that a hub may have fetched when it was last told.
        again: what a hub may be told once more: with the catalog it is lost which hub was told and which was not.
    """

    site: SiteOnDisk
    hubs: tuple[Hub, Hub]
    random: Random
    now: datetime = NOW
    held: bool = False
    seen: dict[str, bytes] = field(default_factory=dict)
    untold: dict[int, set[str]] = field(default_factory=lambda: {0: set(), 1: set()})
    again: dict[int, set[str]] = field(default_factory=lambda: {0: set(), 1: set()})
    servers: dict[int, ExitStack] = field(default_factory=dict)

    def up(self, number: int) -> None:
        if number not in self.servers:
            self.servers[number] = ExitStack()
            self.servers[number].enter_context(serving(self.hubs[number]))

    def down(self, number: int) -> None:
        if number in self.servers:
            self.servers.pop(number).close()

    def turn(self) -> None:
        """Something happens."""
        kind = self.random.choice(("edit", "edit", "hub", "hub", "wait", "catalog", "hold", "hand", "new"))
        number = self.random.randrange(2)
        if kind == "edit":
            tag = self.random.choice(TAGS)
            self.site.article(f"{tag}.md", f"Water {self.random.random()}.", tags=f"[{tag}]")
        elif kind == "new":
            tag = self.random.choice(TAGS)
            self.site.article(f"{tag}-{self.random.randrange(3)}.md", tags=f"[{tag}]")
        elif kind == "hub":
            self.behave(number, self.random.choice(STATES))
        elif kind == "wait":
            self.now += timedelta(seconds=self.random.choice((30, 90, 600, 7200, 90000)))
        elif kind == "catalog":
            (self.site.content / ".feeds/catalog.db").unlink(missing_ok=True)
            for number, other in ((0, 1), (1, 0)):
                self.again[number] |= self.untold[other]
        elif kind == "hold":
            self.held = not self.held
            self.site.write("fails", "") if self.held else (self.site.content / "fails").unlink()
        elif kind == "hand":
            dispatch.announce(load_config(self.site.content), self.now, everything=True)
            self.listen()

    def behave(self, number: int, status: int) -> None:
        if status:
            self.hubs[number].status = status
            self.up(number)
        else:
            self.down(number)

    def build(self) -> None:
        self.now += timedelta(seconds=1)
        report = self.site.build(self.now)
        for path in report.written:
            if self.seen.get(path) != (now := (self.site.out / path).read_bytes()):
                self.seen[path] = now
                for untold in self.untold.values():
                    untold.add(URL + path)
        self.listen()

    def listen(self) -> None:
        """What a hub took had changed since it took it before."""
        for number, hub in enumerate(self.hubs):
            took = Counter(hub.took)
            assert not took or max(took.values()) == 1, took
            assert took.keys() <= self.untold[number] | self.again[number], took
            self.untold[number] -= took.keys()
            self.again[number] -= took.keys()
            hub.forget()

    def recover(self) -> None:
        """All is well again: by hand, what is left is told."""
        if self.held:
            self.held = False
            (self.site.content / "fails").unlink()
        for number in range(2):
            self.behave(number, 204)
        self.build()
        dispatch.announce(load_config(self.site.content), self.now, everything=True)
        self.listen()
        assert self.untold == {0: set(), 1: set()}


def tell(root: Path, seed: int, turns: int) -> None:
    random = Random(seed)
    site = SiteOnDisk(root)
    with ExitStack() as held:
        hubs = (Hub(), Hub())
        for hub in hubs:
            with serving(hub):
                pass
        story = Story(site, hubs, random)
        held.callback(lambda: [story.down(number) for number in range(2)])
        command = '[[after_publish]]\ncommand = ["test", "!", "-e", "../content/fails"]\n'
        site.configure(f'hubs = ["{hubs[0].url}", "{hubs[1].url}"]\n{KINDS}{command}')
        for tag in TAGS:
            site.article(f"{tag}.md", tags=f"[{tag}]")
        for number in range(turns):
            story.turn()
            story.build()
            if number % 10 == 9:
                story.recover()
        story.recover()


def test_no_change_goes_untold_whatever_happens(tmp_path: Path) -> None:
    tell(tmp_path, 1, 12)
    assert (tmp_path / "out/rss.xml").exists()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 22))
def test_no_change_goes_untold_in_many_stories(tmp_path: Path, seed: int) -> None:
    tell(tmp_path, seed, 60)
    assert (tmp_path / "out/rss.xml").exists()
