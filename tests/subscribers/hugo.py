"""The same site as Hugo makes its feeds: RSS, as Hugo has it by itself."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.engines.engines import HUGO
from tests.subscribers.changes import MOVED
from tests.subscribers.newsroom import Newsroom, Post

NAMES = {
    "": "",
    "author/jane-doe/": "authors/jane-doe/",
    "category/sea/": "categories/sea/",
    "category/land/": "categories/land/",
    "section/coast/": "coast/",
}
"""Folders of our feeds -> of Hugo's."""

_SETTINGS = {
    "": "",
    "limit = 2\n": "[services.rss]\nlimit = 2\n",
    MOVED: '[outputFormats.RSS]\nbaseName = "all"\n',
}
"""Ours -> Hugo's; others it does not have."""

_CONFIGURATION = """baseURL = "https://{host}/"
title = "Tides"
[taxonomies]
category = "categories"
author = "authors"
[permalinks.page]
posts = "/:year/:slugorcontentbasename/"
boats = "/:year/:slugorcontentbasename/"
coast = "/:year/:slugorcontentbasename/"
shore = "/:year/:slugorcontentbasename/"
{settings}"""


class NotThere(Exception):
    """Hugo has no such setting."""


@dataclass
class Hugo(Newsroom):
    """A site whose feeds Hugo makes; what it needs of one build for the next is nothing."""

    settings: str = ""

    @property
    def content(self) -> Path:
        return self.root / "content"

    def publish(self) -> None:
        if self.settings not in _SETTINGS:
            raise NotThere(self.settings)
        self.root.mkdir(exist_ok=True)
        settings = _SETTINGS[self.settings]
        (self.root / "hugo.toml").write_text(_CONFIGURATION.format(host=self.host, settings=settings))
        shutil.rmtree(self.content, ignore_errors=True)
        for post in self.posts.values():
            file = self.content / (post.file if "/" in post.file else f"posts/{post.file}")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.with_name(f"{file.name}.md").write_text(self._written(post))
        subprocess.run([*HUGO.command(self.root), "--destination", "out"], cwd=self.root, check=True)

    def lose(self, *names: str) -> None:
        """Files or folders of the site's folder are gone; it keeps no state."""
        if "out" in names:
            shutil.rmtree(self.out)

    def _written(self, post: Post) -> str:
        fields = {"title": post.title, "date": post.date, "slug": post.slug, "lastmod": post.updated}
        fields |= {"summary": post.summary, "draft": "true" if post.draft else ""}
        fields |= {"categories": f'["{post.category}"]', "authors": f'["{self.author}"]'}
        lines = [f"{key}: {value}" for key, value in fields.items() if value]
        return "\n".join(["---", *lines, "---", post.body, ""])
